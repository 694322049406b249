"""Whose lines are whose, and which of them were asked for."""

from difflib import get_close_matches

import pandas as pd

from analysis.catalog import fold
from analysis.errors import LogError
from analysis.formats.account import Part
from analysis.schema import UNNAMED

from .same_activity import ACTIVITIES


def owners_of(parts: list[Part], athlete: pd.Series) -> dict[int, str]:
    """Place of a part that names nobody, a recording or a list -> whose it is: the athlete of the logs whose name its folder
    has, or the only one there.
    """
    known = list(athlete.cat.categories)
    folded = {fold(name): name for name in known}
    folders = {i: part.name.rpartition("/")[0] for i, part in enumerate(parts) if part.format in ACTIVITIES}
    owner_of = {}
    for folder in set(folders.values()):
        named_so = [folded[fold(name)] for name in folder.split("/") if fold(name) in folded]
        owner_of[folder] = named_so[-1] if named_so else known[0] if len(known) == 1 else UNNAMED
    return {i: owner_of[folder] for i, folder in folders.items()}


def named_by_owner(athlete: pd.Series, file: pd.Series, owners: dict[int, str]) -> pd.Series:
    """Everybody with a name, those of no name with that of the owner of their part."""
    known = list(athlete.cat.categories)
    named = athlete.cat.set_categories([*known, UNNAMED] if UNNAMED not in known else known)
    owner = file.map(owners).astype(named.dtype) if owners else named
    return named.fillna(owner).fillna(UNNAMED).cat.remove_unused_categories()


def athlete_mask(lines: pd.DataFrame, athlete: str | None) -> pd.Series:
    if athlete is None:
        return pd.Series(True, lines.index)
    return lines["athlete"] == athlete


def athlete_named(athlete: str, names: list[str], where: str = "log") -> str:
    """The name in the log (or plan): as it is written, or else whatever its case and accents."""
    if athlete in names:
        return athlete
    folded = {fold(name): name for name in names}
    if fold(athlete) in folded:
        return folded[fold(athlete)]
    near = [folded[key] for key in get_close_matches(fold(athlete), folded, n=1)] or names[:3]
    fix = f"write {' or '.join(map(repr, near))}." if near else f"load a {where} that names its athletes."
    raise LogError(f"athlete={athlete!r}", f"is not in the {where}.", fix, "unknown-athlete")
