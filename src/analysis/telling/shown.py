"""How words and tables are shown: as text, and as HTML in which text from data is never markup."""

import html
import re
from collections.abc import Callable, Iterable, Mapping
from numbers import Real

import pandas as pd

from analysis.language import LISTENER, WRITTEN_IN, said
from analysis.schema import (
    BAND,
    BANDS,
    COMPARED_IN,
    IMPACT,
    KIND,
    MODALITY,
    MUSCLE,
    QUANTITY,
    SESSION_TYPE,
    SIDE,
    VERDICT,
)
from analysis.telling.exercise_trends import IN_KG, quantity_words
from analysis.units import as_shown, unit_of
from analysis.wording import FACTS_TYPE, day, muscle_name, named_unit, number

MOST_AT_A_GLANCE = 5  # points of an answer that stand open; the rest is one press away

SET_LEFT = ' style="text-align:left"'  # JupyterLab sets every cell right, where long words are hard to read
IN_WORDS = {  # columns whose values are read in words, and how
    MUSCLE: muscle_name,
    BAND: lambda band: said(BANDS[band]),
    COMPARED_IN: named_unit,
    QUANTITY: quantity_words,
    **dict.fromkeys((SESSION_TYPE, MODALITY, IMPACT, KIND, SIDE, VERDICT), said),
}
OF_QUANTITY = ("first_value", "last_value", "change", "noise", "best")  # columns whose unit stands beside them
UNIT_AT_END = re.compile("_(kg|km|m|m_per_h)$")  # of the name of a column, of those that are shown in others


class Sentences:
    """Sentences that answer a question, the answer first: a lead and a list in a notebook, plain text elsewhere.

    Of an answer, which has facts, the list beyond its first five points is folded up.

    Parameters
    ----------
    sentences : iterable of str
        Empty ones are left out.
    facts : dict, optional
        The same for a machine, where a roster of several athletes is made of it.
    links : dict, optional
        Name -> the id on the page to which it leads.

    Examples
    --------
    >>> Sentences(["Six of eight weeks were whole.", "", "Two were cut."])
    Six of eight weeks were whole.
    Two were cut.
    """

    def __init__(self, sentences: Iterable[str], facts: dict | None = None, links: Mapping[str, str] | None = None):
        self.sentences, self.facts = [sentence for sentence in sentences if sentence], facts
        self.links = links or {}

    def linked(self, links: Mapping[str, str]) -> "Sentences":
        """The same sentences, in which names lead to ids of the page: where a card is told."""
        return Sentences(self.sentences, self.facts, links)

    def __str__(self) -> str:
        return "\n".join(self.sentences)

    __repr__ = __str__

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str | dict]:
        shown: dict[str, str | dict] = {"text/plain": str(self), "text/html": self.as_html()}
        return shown | ({FACTS_TYPE: self.facts} if self.facts else {})

    def as_html(self) -> str:
        lead, *rest = [_with_links(sentence, self.links) for sentence in self.sentences] or [""]
        open_ones = len(rest) if self.facts is None else MOST_AT_A_GLANCE
        shown, folded = (_points(some) for some in (rest[:open_ones], rest[open_ones:]))
        more = (
            f'<details class="more"><summary>{html.escape(said("More"))}</summary>{folded}</details>' if folded else ""
        )
        return f"<p><strong>{lead}</strong></p>{shown}{more}"


def _points(sentences: list[str]) -> str:
    """A list of sentences that are HTML already; nothing of none."""
    return f"<ul>{''.join(f'<li>{sentence}</li>' for sentence in sentences)}</ul>" if sentences else ""


class Table:
    """A finished table for reading: rounded here and only here, its columns named in words.

    Parameters
    ----------
    table : DataFrame
        Any table; text in it is never markup.
    columns : dict of str to str
        Column -> heading, in the order shown.
    digits : int
        Decimals of the numbers.
    empty : str
        What to say of a table without rows; empty where its place says it already.
    links : dict, optional
        What a cell says -> the id on the page to which it leads.

    Examples
    --------
    >>> Table(pd.DataFrame({"week": [pd.Timestamp("2026-06-29")], "sets": [3.5]}), {"week": "week", "sets": "sets"})
    week        sets
    29 Jun 2026   3.5
    """

    def __init__(
        self, table: pd.DataFrame, columns: dict[str, str], digits: int = 1, empty: str = "Nothing to show.",
        links: Mapping[str, str] | None = None,
    ):  # fmt: skip
        self.columns = {name: _heading(name, heading) for name, heading in columns.items()}
        self.empty, self.links = said(empty), links or {}
        words = [IN_WORDS.get(table[name].dtype) for name in columns]
        shown = table[list(columns)].assign(
            **{name: as_shown(table[name], unit) for name in columns if (unit := _unit(name))},
            **_of_quantity(table, columns),
        )
        self.cells = [
            [_written(value, digits, known) for known, value in zip(words, row, strict=True)]
            for row in shown.itertuples(index=False)
        ]
        self.kinds = [_kind(table[name].dtype) for name in columns]
        self.values = [[_value(value, digits) for value in row] for row in shown.itertuples(index=False)]

    def __repr__(self) -> str:
        if not self.cells:
            return self.empty
        rows = [list(self.columns.values()), *self.cells]
        widths = [max(len(row[j]) for row in rows) for j in range(len(self.columns))]
        pads = [str.rjust if kind == "number" else str.ljust for kind in self.kinds]
        return "\n".join(
            "  ".join(pad(cell, width) for pad, cell, width in zip(pads, row, widths, strict=True)).rstrip()
            for row in rows
        )

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self.as_html()}

    def as_html(self) -> str:
        if not self.cells:
            return f"<p>{html.escape(self.empty)}</p>" if self.empty else ""
        head = self._row('th scope="col"', self.columns.values(), [""] * len(self.kinds))
        body = "".join(self._row("td", *row) for row in zip(self.cells, self.values, strict=True))
        return f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"

    def _row(self, tag: str, cells: Iterable[str], values: Iterable[str]) -> str:
        """One row; the class of a cell is its kind, for the page's style to align and wrap by; JupyterLab takes its own."""
        written = (
            f'<{tag} class="{kind}"{"" if kind == "number" else SET_LEFT}{value}>{_cell(cell, self.links)}</{tag[:2]}>'
            for kind, cell, value in zip(self.kinds, cells, values, strict=True)
        )
        return f"<tr>{''.join(written)}</tr>"


def _value(value, digits: int) -> str:
    """A number or a day of a cell for the scripts of a page, where it is written as only people of its language read it."""
    if LISTENER.language == WRITTEN_IN or isinstance(value, str) or value is None or pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return f' data-value="{value:%Y-%m-%d}"'
    return f' data-value="{float(value):.{digits}f}"' if isinstance(value, Real) else ""


def _heading(column: str, heading: str) -> str:
    """A heading in the language of the reader, and where it ends with a unit, in that of the reader."""
    told, unit = said(heading), _unit(column)
    return told.removesuffix(unit) + unit_of(unit) if unit and told.endswith(f", {unit}") else told


def _of_quantity(table: pd.DataFrame, columns: Iterable[str]) -> dict[str, pd.Series]:
    """The columns of which each row says what it measures, weights in the unit of the reader."""
    told = [table[name] for name in columns if table[name].dtype == QUANTITY]
    weights = told[0].isin(IN_KG) if told else pd.Series(dtype=bool)
    return {
        name: table[name].mask(weights, as_shown(table[name], "kg"))
        for name in columns
        if name in OF_QUANTITY and weights.any()
    }


def _unit(column: str) -> str:
    """The unit of a column by its name, where a reader may ask for another; else nothing."""
    found = UNIT_AT_END.search(column)
    return found[1].replace("_per_", "/") if found else ""


def _cell(text: str, links: Mapping[str, str]) -> str:
    return _link(text, links) if text in links else html.escape(text)


def _with_links(text: str, links: Mapping[str, str]) -> str:
    """A sentence as HTML; of names that begin alike, the longest is meant."""
    if not links:
        return html.escape(text)
    names = "|".join(map(re.escape, sorted(links, key=len, reverse=True)))
    parts = re.split(rf"(?<!\w)({names})(?!\w)", text)  # words, name, words, ...
    return "".join(_link(part, links) if i % 2 else html.escape(part) for i, part in enumerate(parts))


def _link(name: str, links: Mapping[str, str]) -> str:
    return f'<a href="#{html.escape(links[name])}">{html.escape(name)}</a>'


def _kind(dtype) -> str:
    if pd.api.types.is_datetime64_any_dtype(dtype):
        return "day"
    return "number" if pd.api.types.is_numeric_dtype(dtype) else "text"


def _written(value, digits: int, in_words: Callable[[str], str] | None = None) -> str:
    """A value as a reader wants it: a day as a day, a missing value as nothing."""
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return ""
    if in_words:
        return in_words(value)
    if isinstance(value, pd.Timestamp):
        return day(value)
    if isinstance(value, Real):
        return number(float(value), digits)
    return str(value)
