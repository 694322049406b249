"""What a term means: one table for all pages, of which each shows the terms that it uses."""

import csv
import html
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from analysis.language import said

GLOSSARY_FILE = Path(__file__).with_name("glossary.csv")


class Glossary:
    """Terms and what they mean, folded up until they are asked for; a list elsewhere.

    Parameters
    ----------
    terms : dict of str to str
        Term -> one or two sentences.

    Examples
    --------
    >>> Glossary({"grade": "Metres climbed on 100 metres of way."})
    grade: Metres climbed on 100 metres of way.
    """

    def __init__(self, terms: dict[str, str]):
        self.terms = terms

    def __repr__(self) -> str:
        return "\n".join(f"{term}: {meaning}" for term, meaning in self.terms.items())

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self.as_html()}

    def as_html(self) -> str:
        told = "".join(
            f"<dt>{html.escape(term)}</dt><dd>{html.escape(meaning)}</dd>" for term, meaning in self.terms.items()
        )
        return f'<details class="words"><summary>{html.escape(said("Words"))}</summary><dl>{told}</dl></details>'


def glossary(*terms: str) -> Glossary:
    """The terms that a page uses, in the order of the alphabet, each with what it means and who says so.

    Parameters
    ----------
    *terms : str
        As `telling/glossary.csv` names them; all of them when none is named.

    Returns
    -------
    Glossary
        To show at the end of a page.

    Raises
    ------
    KeyError
        For a term that the table does not have.

    Examples
    --------
    >>> print(glossary("VAM", "fade"))
    fade: How much longer the later half of a session's repeats took than the earlier half: +3% are 76 s after 74 s.
    VAM: Metres climbed in an hour (velocità ascensionale media): 20 metres in 80 seconds are 900 metres an hour.
    """
    known = {row["term"]: row for row in glossary_rows()}
    rows = [known[term] for term in terms or known]
    told = {said(row["term"]): said(row["meaning"]) + f" ({row['source']})" * bool(row["source"]) for row in rows}
    return Glossary({term: told[term] for term in _in_order(told)})


@lru_cache(maxsize=1)
def glossary_rows() -> list[dict[str, str]]:
    """The rows of the table: term, its other forms with | between, meaning, source."""
    with open(GLOSSARY_FILE, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _in_order(terms: Iterable[str]) -> list[str]:
    return sorted(terms, key=str.casefold)
