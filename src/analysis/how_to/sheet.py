"""A plan as a sheet to tape to the wall: a page a week with cells to write in, and how each exercise is done."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup

from analysis.catalog import Catalog
from analysis.language import LISTENER, said
from analysis.loading.plan import Plan
from analysis.schema import UNNAMED, WEEK_DAYS
from analysis.system.atomic import saved
from analysis.version import __version__
from analysis.wording import days, named_session, number, weekday_and_day

from .card import ExerciseCard, exercise_card
from .dose import Boxes, boxes_for, dose_in_words
from .templates import filled_in

GUIDANCE = Path(__file__).with_name("guidance.csv")
NEIGHBOURS_TOLD = 3  # easier and harder exercises that are named on paper


@dataclass(frozen=True)
class SheetLine:
    """One line of work: what, how much, how long to rest, why, and where to write it; `card`: the id of how it is done."""

    name: str
    card: str
    picture: Markup
    dose: str
    rest: str
    cue: str
    why: str
    boxes: list[Boxes]


@dataclass(frozen=True)
class SheetSession:
    """One session: its day and title, minutes and effort as planned, and its lines."""

    title: str
    about: str
    lines: list[SheetLine]


@dataclass(frozen=True)
class SheetWeek:
    """One page: whose week, which, and its sessions."""

    title: str
    about: str
    sessions: list[SheetSession]


def save_sheet(plan: Plan, path: str | Path, catalog: Catalog) -> Path:
    """Write a plan as one HTML file to print: a page a week to write on, and how each exercise is done.

    Each line says what, how much, the rest, the cue and why it is there, with its figure and a cell for each set. The
    file needs no network and no script, and reads on a phone as well. Text of the plan and the catalog is never markup.

    Parameters
    ----------
    plan : Plan
        What is meant to be done.
    path : path
        The file; an older one is replaced at once, or stays as it was.
    catalog : Catalog
        How the exercises are done.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    LogError
        unwritable: the folder cannot be written to.

    Examples
    --------
    >>> file = save_sheet(plan, folder / "sheet.html", catalog)
    >>> file.read_text().count('<section class="week"') == plan.sessions["week"].nunique()
    True
    """
    return saved(Path(path), sheet_of(plan, catalog).encode())


def sheet_of(plan: Plan, catalog: Catalog) -> str:
    """The sheet as HTML."""
    used = list(plan.efforts["exercise_id"].dropna().unique())
    cards = {name: exercise_card(catalog, name) for name in used}
    families = {str(catalog.exercises["family"].iloc[catalog.row_of[name]]) for name in used}
    at_hand = {word for card in cards.values() for group in card.equipment for word in group}
    return (
        filled_in()
        .get_template("sheet.html.j2")
        .render(
            weeks=list(_weeks(plan, catalog, cards)),
            guidance=_guidance(families),
            cards=[_with_few_neighbours(card, catalog, at_hand) for card in cards.values()],
            style=Markup(Path(__file__).with_name("sheet.css").read_text(encoding="utf-8")),
            maker=f"analysis {__version__}",
            language=LISTENER.language,
        )
    )


def _weeks(plan: Plan, catalog: Catalog, cards: dict[str, ExerciseCard]) -> Iterable[SheetWeek]:
    for athlete, own in plan.sessions.groupby("athlete", observed=True, sort=False):
        weeks = own.sort_values(["date"], kind="stable").groupby("week")
        for nth, (monday, sessions) in enumerate(weeks, start=1):
            whose = "" if athlete == UNNAMED else f"{athlete}: "
            span = days(monday, monday + pd.Timedelta(days=WEEK_DAYS - 1))
            told = [_session(row, plan, catalog, cards) for row in sessions.itertuples()]
            title = said("Week {nth} of {weeks}", nth=nth, weeks=len(weeks))
            yield SheetWeek(f"{whose}{title}", span, told)


def _session(row: Any, plan: Plan, catalog: Catalog, cards: dict[str, ExerciseCard]) -> SheetSession:
    lines = plan.efforts[plan.efforts["session_id"] == row.session_id]
    minutes = "" if pd.isna(row.duration_min) else said("about {n} min", n=number(row.duration_min, 0))
    effort = "" if pd.isna(row.rpe) else said("effort {n} of 10", n=number(row.rpe))
    about = ", ".join(filter(None, [minutes, effort]))
    title = f"{weekday_and_day(row.date)}: {named_session(row.title, row.session_type)}"
    return SheetSession(title, about, [_sheet_line(line, catalog, cards) for line in lines.itertuples()])


def _sheet_line(line: Any, catalog: Catalog, cards: dict[str, ExerciseCard]) -> SheetLine:
    why = "" if pd.isna(line.notes) else line.notes
    if line.exercise_id not in cards:  # one that the catalog does not know
        how = line, "reps", "both"
        return SheetLine(line.exercise, "", Markup(""), dose_in_words(*how), "", "", why, boxes_for(*how))
    facts, card = catalog.facts_of(line.exercise_id), cards[line.exercise_id]
    how = line, facts["counts"], facts["laterality"]
    rest = rest_after(facts["family"])
    told = dose_in_words(*how)
    return SheetLine(card.name, card.exercise_id, card.picture, told, rest, card.cue, why, boxes_for(*how))


def _with_few_neighbours(card: ExerciseCard, catalog: Catalog, at_hand: set[str]) -> ExerciseCard:
    """The card with those neighbours alone that need nothing else than the plan: of its own family, a few of them."""
    doable = dict(zip(catalog.ids, catalog.doable(at_hand), strict=True))
    family = dict(zip(catalog.ids, catalog.exercises["family"], strict=True))

    def few(others: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        near = [other for other in others if doable[other[0]] and family[other[0]] == family[card.exercise_id]]
        return tuple(near[:NEIGHBOURS_TOLD])

    return replace(card, easier=few(card.easier), harder=few(card.harder))


# ------------------------------------------------------------------------------------------ guidance
@cache
def _told() -> pd.DataFrame:
    return pd.read_csv(GUIDANCE, dtype=str, keep_default_na=False)


def _guidance(families: set[str]) -> dict[str, list[str]]:
    """Topic -> its sentences, of what the plan holds."""
    table = _told()
    own = table[table["family"].isin({"", *families}) & (table["topic"] != "Rest")]
    return {said(topic): [said(text) for text in rows["text"]] for topic, rows in own.groupby("topic", sort=False)}


def rest_after(family: str) -> str:
    """How long to rest after a set of a family, in words; empty where nothing is said."""
    return "".join(said(row.text, seconds=row.seconds) for row in _rests(family))


def rest_s(family: str) -> float | None:
    """The seconds of it; None where none are said."""
    return next((float(row.seconds) for row in _rests(family) if row.seconds), None)


@cache
def _rests(family: str) -> tuple[Any, ...]:
    table = _told()
    return tuple(table[(table["topic"] == "Rest") & (table["family"] == family)].itertuples())
