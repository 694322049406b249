"""A session as it is done: what is planned as a grid of fields, how it is done beside them, and one button that logs it."""

import html
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import ipywidgets as widgets
import pandas as pd

from analysis.catalog import Catalog
from analysis.errors import AnalysisError, LogError
from analysis.how_to.card import exercise_card
from analysis.how_to.session import card_beside, planned_lines
from analysis.how_to.sheet import rest_s
from analysis.language import said, to_say
from analysis.loading.draft import drop_draft, keep_draft, kept_draft
from analysis.loading.log_and_plan import Season
from analysis.loading.log_entry import DoneSet, Entry, entry_in_words, is_logged, log_file, take_back, write_entry
from analysis.loading.log_to_fill import SetToFill, sets_to_fill
from analysis.loading.planned_session import last_charges, last_time, planned_session, session_of
from analysis.planning.next_files import joined_plans
from analysis.planning.next_session import next_session
from analysis.schema import UNNAMED
from analysis.system.settings import load_settings, save_settings
from analysis.wording import counted, named_session, weekday
from analysis.wording import day as day_in_words

from .live import row_of
from .set_fields import Looks, SetFields
from .timer import timer

UNPLANNED = to_say("no planned session")
ASKED_ONCE = {
    "duration_min": to_say("minutes in all"),
    "session_rpe": to_say("effort of all, 0-10"),
    "notes": to_say("notes"),
}
DONE_ON = "done on"
WITHOUT_A_PLAN = to_say(
    "There is no plan here. The command analysis begin writes a first one, with a log to fill in. Until then: name an "
    "exercise, add its sets, and log them."
)


def log_a_session(
    season: Season,
    catalog: Catalog,
    logs_path: str | Path | None = None,
    day: str | date | None = None,
    equipment: str | Iterable[str] | None = None,
) -> widgets.Widget:
    """A grid to log a session: a field for each number of each planned set, filled with the plan, and how it is done.

    Where no planned session is left, what comes next by the log (`next_session`) takes its place, each line with its reason.

    One button writes it into the log, another takes it back. What was typed is kept beside the log until it is logged.

    Parameters
    ----------
    season : Season
        Of one athlete.
    catalog : Catalog
        How the exercises are done.
    logs_path : path, optional
        The log to write to, or the folder of it; by default log.csv in the folder one is in.
    day : date or str, optional
        Whose planned session is shown first; by default that of today, else the next one (`planned_session`).

    equipment : str or iterable of str, optional
        What is at hand for what comes next; by default what the exercises that were done or planned need.

    Returns
    -------
    Widget
        The grid.

    Examples
    --------
    >>> grid = log_a_session(season, catalog, folder, "2026-03-03")
    >>> [control.description for control in grid.children[0].children]
    ['session', 'done on', 'As planned', 'Same as last time', 'Empty']
    """
    if any(name != called for name, called in season.log.pseudonyms.items()):
        return widgets.Label(said("Runners have numbers here, so nothing is logged: leave out pseudonyms."))
    season = _with_what_comes_next(season, catalog, day, equipment)
    return _Grid(season, catalog, log_file(logs_path), day, unnamed=logs_path is None).panel


def _with_what_comes_next(
    season: Season, catalog: Catalog, day: str | date | None, equipment: str | Iterable[str] | None
) -> Season:
    """The season; where nothing is planned from a day on, or after what was logged, with what comes next as its plan."""
    done, planned = season.log.efforts["date"], season.plan.sessions["date"]
    left = planned > done.max() if day is None else planned >= pd.Timestamp(day)
    if done.empty or left.any():
        return season
    step = next_session(season.log, catalog, season.plan, today=day, equipment=equipment)
    return replace(season, plan=joined_plans(season.plan, step.plan))


class _Grid:
    """The fields of one session, and what was logged last."""

    def __init__(self, season: Season, catalog: Catalog, log: Path, day: str | date | None, unnamed: bool):
        self.season, self.catalog, self.log = season, catalog, log
        self.unnamed = unnamed  # by the settings of the folder, until a log is begun in it
        self.there = log.exists()
        self.rows: list[SetFields] = []
        self.looks = Looks()
        self.entry: tuple[Entry, str, dict[str, str]] | None = None  # with its session and what was typed
        self.set_by_us = False
        wide = widgets.Layout(width="auto")
        sessions = season.plan.sessions.sort_values("date", kind="stable")
        options = [
            (
                f"{weekday(row.date)} {day_in_words(row.date)}: {named_session(row.title, row.session_type)}",
                str(row.session_id),
            )
            for row in sessions.itertuples()
        ]
        self.session = widgets.Dropdown(
            options=[*options, (said(UNPLANNED), "")], value=self._first(day), description=said("session"), layout=wide
        )
        self.day = widgets.DatePicker(description=said("done on"), max=date.today(), layout=wide)
        fills: dict[str, Callable[[SetFields], dict[str, str]]] = {
            said("As planned"): SetFields.as_planned,
            said("Same as last time"): self._last_time,
            said("Empty"): SetFields.empty,
        }  # fmt: skip
        buttons = [self._button(name, lambda _, fill=fill: self._fill(fill)) for name, fill in fills.items()]
        self.grid = widgets.VBox()
        names = sorted(self.catalog.exercises["name"])
        self.other = widgets.Combobox(
            options=names, placeholder=said("any exercise, by name"), description=said("exercise"), ensure_option=False
        )
        self.add = self._button(said("Add a set"), lambda _: self._add(self.other.value))
        self.more = widgets.VBox()
        self.whole = {
            name: widgets.Text(description=said(label), style={"description_width": "initial"})
            for name, label in ASKED_ONCE.items()
        }
        self.write = self._button(said("Log it"), lambda _: self._told(self._write), button_style="primary")
        self.undo = self._button(said("Undo"), lambda _: self._told(self._take_back), disabled=True)
        self.said = widgets.HTML()
        self.session.observe(lambda _: self._show(), "value")
        self.day.observe(lambda change: self._changed(DONE_ON, f"{change['new'] or ''}"), "value")
        for name, field in self.whole.items():
            field.observe(lambda change, name=name: self._changed(name, change["new"]), "value")
        self.panel = widgets.VBox([
            row_of([self.session, self.day, *buttons]), self.grid, row_of([self.other, self.add]), self.more,
            row_of(list(self.whole.values())), row_of([self.write, self.undo]), self.said,
        ])  # fmt: skip
        self._show()

    def _button(self, name: str, pressed: Callable, **more) -> widgets.Button:
        button = widgets.Button(description=name, layout=widgets.Layout(width="auto"), **more)
        button.on_click(pressed)
        return button

    def _first(self, day: str | date | None) -> str:
        """The session of the day, else of today, else the next one; none of no plan."""
        plan, today = self.season.plan, f"{date.today()}"
        is_today = plan.sessions["date"] == today
        shown = planned_session(self.season, today if day is None and is_today.any() else day)
        return "".join(shown.sessions["session_id"].astype(str))

    # -------------------------------------------------------------------------------------- what is shown
    def _show(self) -> None:
        """The rows of the session, each with the plan or what was typed before; those that are logged are told as such."""
        plan = session_of(self.season.plan, [self.session.value])
        on = plan.sessions["date"].iloc[0].date() if len(plan.sessions) else None
        lines = planned_lines(plan, self.catalog)
        self.notes = dict(zip(lines["exercise"], lines["note"], strict=True))
        draft = kept_draft(self.log, self.session.value)
        with self._setting():
            self.day.value = _day(draft.get(DONE_ON, "")) or min(on or date.today(), date.today())
            for name, field in self.whole.items():
                field.value = draft.get(name, "")
            planned = list(sets_to_fill(plan, self.catalog))
            self.rows = [*self._planned_rows(planned, on), *self._added_rows(draft)]
            for row in self.rows:
                own = {name: text for name in row.fields if (text := draft.get(f"{row.key}|{name}")) is not None}
                row.fill((row.as_planned() if row.planned_on else {}) | own)
        self._lay_out(planned)

    def _planned_rows(self, planned: list[SetToFill], on: date | None) -> Iterator[SetFields]:
        nth: Counter[str] = Counter()
        asked: set[str] = set()  # exercises of which pain is asked already
        there = is_logged(self.log, [DoneSet(one.told, on) for one in planned], self.catalog)
        self.logged = [one for one, logged in zip(planned, there, strict=True) if logged]
        for one in (one for one, logged in zip(planned, there, strict=True) if not logged):
            name = " ".join(one.told[key] for key in ("exercise", "side", "planned"))
            nth[name] += 1
            first = one.told["exercise"] not in asked
            asked.add(one.told["exercise"])
            yield SetFields(f"{name} {nth[name]}", one, on, self._changed, self.looks, first)

    def _added_rows(self, draft: dict[str, str]) -> Iterator[SetFields]:
        asked: set[str] = set()
        for key in dict.fromkeys(field.rpartition("|")[0] for field in draft if field.startswith("+")):
            name = key.split(" ", 1)[1]
            yield self._added(key, name not in asked)
            asked.add(name)

    def _added(self, key: str, first: bool) -> SetFields:
        whose = self.season.athletes[0] if self.season.athletes else UNNAMED
        titles = session_of(self.season.plan, [self.session.value]).sessions["title"]
        told = {
            "athlete": "" if whose == UNNAMED else whose,
            "session": "".join(titles),
            "exercise": key.split(" ", 1)[1],
        }
        return SetFields(key, SetToFill(told, {}), None, self._changed, self.looks, first)

    def _lay_out(self, planned: list[SetToFill]) -> None:
        exercises = dict.fromkeys(one.told["exercise"] for one in planned)
        self.grid.children = [self._block(name, [row for row in self.rows if row.planned_on]) for name in exercises]
        if not exercises:
            self.grid.children = [
                widgets.HTML("" if len(self.season.plan.sessions) else f"<p>{html.escape(said(WITHOUT_A_PLAN))}</p>")
            ]
        added = [row for row in self.rows if not row.planned_on]
        self.more.children = [
            self._block(name, added) for name in dict.fromkeys(row.one.told["exercise"] for row in added)
        ]

    def _block(self, name: str, rows: list[SetFields]) -> widgets.Widget:
        """One exercise: its fields and timers, and beside them how it is done."""
        own = [row for row in rows if row.one.told["exercise"] == name]
        planned = not own or own[0].planned_on
        logged = sum(one.told["exercise"] == name for one in self.logged) if planned else 0
        note = said("in the log already: {rows}", rows=counted(logged, "row")) if logged else ""
        why = f"<p>{html.escape(self.notes[name])}</p>" if planned and self.notes.get(name) else ""
        head = widgets.HTML(
            f"<h2>{html.escape(name)}{f' <span>({note})</span>' * bool(note)}</h2>{why}{''.join(self._timers(name, own))}"
        )
        fields = widgets.VBox(
            [head, *(row.row for row in own)], layout=widgets.Layout(flex="1 1 24rem", min_width="18rem")
        )
        known = self.catalog.find(name)
        beside = str(card_beside(exercise_card(self.catalog, known))) if known else self._unknown(name)
        how = widgets.HTML(beside, layout=widgets.Layout(flex="1 1 18rem", max_width="26rem", overflow="hidden"))
        return widgets.HBox([fields, how], layout=widgets.Layout(flex_flow="row wrap", border_top="1px solid #8888"))

    def _unknown(self, name: str) -> str:
        near = ", ".join(self.catalog.nearest(name))
        told = said(
            "The catalog does not know it; no muscle gets its sets. Names that look like it: {names}.", names=near
        )
        return html.escape(told)

    def _timers(self, name: str, rows: list[SetFields]) -> Iterator[str]:
        """A timer for the hold, where one is planned, and for the rest after a set."""
        known = self.catalog.find(name)
        if not known:
            return
        facts = self.catalog.facts_of(known)
        holds = dict.fromkeys(row.one.planned["duration_s"] for row in rows if "duration_s" in row.one.planned)
        if facts["counts"] == "seconds":
            yield from (timer(said("Hold"), seconds) for seconds in holds)
        if rest := rest_s(facts["family"]):
            yield timer(said("Rest"), rest)

    # -------------------------------------------------------------------------------------- what is typed
    def _changed(self, field: str, text: str) -> None:
        if not self.set_by_us:
            self._keep({field: text})

    def _keep(self, typed: dict[str, str]) -> None:
        try:
            keep_draft(self.log, self.session.value, typed)
        except AnalysisError as error:
            self._say(html.escape(str(error)), "alert")

    @contextmanager
    def _setting(self) -> Iterator[None]:
        """What is set here is nothing that somebody typed."""
        self.set_by_us = True
        try:
            yield
        finally:
            self.set_by_us = False

    def _fill(self, fill: Callable[[SetFields], dict[str, str]]) -> None:
        with self._setting():
            for row in self.rows:
                row.fill(fill(row))
        self._keep(self._typed())

    def _typed(self) -> dict[str, str]:
        typed = {name: text for row in self.rows for name, text in row.typed.items()}
        return typed | {name: field.value for name, field in self.whole.items()} | {DONE_ON: f"{self.day.value or ''}"}

    def _last_time(self, row: SetFields) -> dict[str, str]:
        """What was done last time of the same set; of a set more than then, as in the last one."""
        name, side = row.one.told["exercise"], row.one.told.get("side", "both")
        known, efforts = self.catalog.find(name), self.season.log.efforts
        before = (
            last_charges(efforts, known) if known and "charges" in row.fields else last_time(efforts, known, name, side)
        )
        alike = [
            other
            for other in self.rows
            if other.one.told["exercise"] == name and other.one.told.get("side") == row.one.told.get("side")
        ]
        return row.as_done(before[min(alike.index(row), len(before) - 1)]) if before else row.empty()

    def _add(self, name: str) -> None:
        if not name.strip():
            self._say(html.escape(said("Name an exercise first.")), "alert")
            return
        n = sum(row.key.startswith("+") for row in self.rows)
        name = " ".join(name.split())
        row = self._added(f"+{n} {name}", not any(name == other.one.told["exercise"] for other in self.rows))
        self.rows.append(row)
        self._keep(row.typed)
        self._lay_out(list(sets_to_fill(session_of(self.season.plan, [self.session.value]), self.catalog)))

    # -------------------------------------------------------------------------------------- what is logged
    def _told(self, act: Callable[[], None]) -> None:
        try:
            act()
        except AnalysisError as error:
            self._say(html.escape(str(error)), "alert")

    def _write(self) -> None:
        done = [row for row in self.rows if row.done]
        if not done or self.day.value is None:
            none = said(
                "Nothing was written: say on which day it was done."
                if done
                else "Nothing was written: write what was done of at least one set."
            )
            self._say(html.escape(none), "alert")
            return
        if hurt := self._pain_without_work(done):
            none = said(
                "Nothing was written: say how much was done of {exercise}, or take its pain out.", exercise=hurt
            )
            self._say(html.escape(none), "alert")
            return
        self._refuse_moved()
        entries = [row.entry(self.day.value, self._pain_of(row, done)) for row in done]
        of_all = {name: field.value.strip() for name, field in self.whole.items() if field.value.strip()}
        entries[0] = DoneSet(entries[0].cells | of_all, entries[0].planned_on)
        entry, typed = write_entry(self.log, entries, self.catalog), self._typed()
        self.there, self.entry = True, (entry, self.session.value, typed)
        drop_draft(self.log, self.session.value)
        self._show()
        self.undo.disabled = False
        told = html.escape("".join(entry.records))
        logged = said("Logged: {entry}, as they stand there now:", entry=entry_in_words(entry))
        self._say(f"<p>{html.escape(logged)}</p><pre>{told}</pre>")
        if self.unnamed and entry.whole_before is None:
            save_settings(self.log.parent, {"logs": self.log.name})

    def _pain_of(self, row: SetFields, done: list[SetFields]) -> dict[str, str]:
        """The pain of an exercise, beside the first of its sets that was done."""
        name = row.one.told["exercise"]
        if row is not next(other for other in done if other.one.told["exercise"] == name):
            return {}
        return next((other.pain for other in self.rows if other.one.told["exercise"] == name and other.pain), {})

    def _pain_without_work(self, done: list[SetFields]) -> str:
        """The first exercise of which pain was typed, and no set; else nothing."""
        worked = {row.one.told["exercise"] for row in done}
        return next((name for row in self.rows if row.pain and (name := row.one.told["exercise"]) not in worked), "")

    def _refuse_moved(self) -> None:
        """LogError: the log lies elsewhere by now, so that what is written here would be read by nobody."""
        if self.log.exists():
            return
        if self.there or (self.unnamed and load_settings(self.log.parent).logs_path):
            what = "was moved since this notebook was run."
            raise LogError(self.log, what, "run the notebook again; what was typed is kept.", "changed-since")

    def _take_back(self) -> None:
        if self.entry is None:
            return
        entry, session, typed = self.entry
        take_back(entry)
        self.there = self.log.exists()
        if self.unnamed and not self.there:
            save_settings(self.log.parent, {"logs": None})
        self.entry, self.undo.disabled = None, True
        keep_draft(self.log, session, typed)
        self.session.value = session
        self._show()
        back = said("Taken back: {file} is without it again, and the fields hold what was typed.", file=entry.path.name)
        self._say(html.escape(back))

    def _say(self, told: str, role: str = "status") -> None:
        self.said.value = f'<div role="{role}">{told}</div>'


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
