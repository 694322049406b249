"""Names compared as people mean them, however they are spelled."""

import unicodedata

import pandas as pd


def fold(name: str) -> str:
    """A name without case, accents and surplus spaces (_ is one): what must be equal for a match."""
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(name.casefold().replace("_", " ").split())


def fold_column(names: pd.Series) -> pd.Series:
    return names.map(fold)
