"""The fields of a week: a number for each exercise and day, a menu for the day of each session, the minutes of each day."""

import html
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import ipywidgets as widgets
import pandas as pd

from analysis.catalog import Catalog
from analysis.language import said
from analysis.loading.plan import Plan
from analysis.measures.contacts import contacts_of
from analysis.measures.set_counter import sides_of
from analysis.planning.week_grid import Cell, planned_in_sets, week_grid
from analysis.schema import WEEKDAYS
from analysis.wording import counted_in, named_session, named_unit, number

from .live import menu_words, row_of

FIELD_HAS_SETS, DAY_HAS_MINUTES = 99, 600
LABEL = "12rem"
# Seven fields become narrower on a phone.
SEVEN_FIELDS = {"flex": "1 1 21rem", "min_width": "0", "max_width": "25rem", "overflow": "visible"}
FIELD = "2.7rem"  # at least: two figures are seen
A_NAME = f'<span style="flex:1 1 0;min-width:{FIELD};margin:0 2px;text-indent:10px">'


def _day_names() -> str:
    days = "".join(f"{A_NAME}{said(day)[:3]}</span>" for day in WEEKDAYS)
    return f'<div style="display:flex">{days}</div>'


class WeekLooks:
    """What the fields share: each of its own would be a message to the browser."""

    def __init__(self):
        self.field = widgets.Layout(flex="1 1 0", width="auto", min_width=FIELD, margin="2px")
        self.label, self.total = widgets.Layout(width=LABEL, margin="2px"), widgets.Layout(margin="2px")
        self.row, self.days = widgets.Layout(flex_flow="row wrap", overflow="visible"), widgets.Layout(**SEVEN_FIELDS)
        self.menu = widgets.Layout(width="16rem")
        self.beside = widgets.Dropdown(style={"description_width": "9rem"}).style
        self.unseen = widgets.BoundedFloatText(style={"description_width": "0px"}).style  # names that are read aloud
        self.text = widgets.HTML().style

    def told(self, text: str, layout: widgets.Layout) -> widgets.HTML:
        return widgets.HTML(text, layout=layout, style=self.text)

    def line(self, text: str, fields: list[widgets.Widget]) -> widgets.HBox:
        """A label, seven fields and room for a word; the fields stay together where it is narrow."""
        days = widgets.HBox(fields, layout=self.days)
        return widgets.HBox([self.told(text, self.label), days, self.told("", self.total)], layout=self.row)


class WeekFields:
    """`rows` and `menus` are shown. changed: called when a number was typed; moved: with a session and its new day."""

    def __init__(self, catalog: Catalog, changed: Callable[[], None], moved: Callable[[str, int], None]):
        self.catalog, self.changed, self.moved = catalog, changed, moved
        self.looks, self.by_us = WeekLooks(), False
        self.lines: dict[str, widgets.HBox] = {}  # of each exercise, the same in every week: a new one takes longer
        self.shown = pd.DataFrame()
        self.sessions: list[tuple[str, int]] = []  # (session, day) of each menu
        self.minutes = [
            self._number(said("minutes at most on {day}", day=said(day)), DAY_HAS_MINUTES) for day in WEEKDAYS
        ]
        self.of_minutes = self.looks.line(said("most minutes, runs apart, of a week that is proposed"), self.minutes)
        head = widgets.HBox(
            [
                self.looks.told(said("sets, of hills {repeats}", repeats=named_unit("charges")), self.looks.label),
                self.looks.told(_day_names(), self.looks.days),
            ],
            layout=self.looks.row,
        )
        self.head, self.menus = head, row_of([])
        self.rows = widgets.VBox(layout=widgets.Layout(overflow="auto"))  # where it is narrower than seven fields

    @contextmanager
    def setting(self) -> Iterator[None]:
        """What is set here is nothing that somebody typed."""
        self.by_us, before = True, self.by_us
        try:
            yield
        finally:
            self.by_us = before

    # -------------------------------------------------------------------------------------- what is shown
    def show(self, week: Plan) -> None:
        """The sets of a week, and the days of its sessions."""
        self.shown = week_grid(week.efforts, self.catalog)
        with self.setting():
            for exercise_id, sets in self.shown.iterrows():
                for field, value in zip(self._fields(str(exercise_id)), sets, strict=True):
                    field.value = value
            self._lay_out()
            self._show_sessions(week.sessions)
        self.tell(week)

    def add(self, exercise_id: str) -> None:
        """A row of zeros for an exercise that the week has not."""
        if exercise_id not in self.shown.index:
            self.shown.loc[exercise_id] = 0.0
            with self.setting():
                for field in self._fields(exercise_id):
                    field.value = 0.0
            self._lay_out()

    def tell(self, week: Plan) -> None:
        """What each exercise comes to in the week, at the end of its row."""
        known = planned_in_sets(week.efforts, self.catalog)
        ids = known["exercise_id"].astype(str)
        hops = contacts_of(known[(known["family"] == "plyometrics").to_numpy()]).groupby(ids).sum()
        sets = (known["sets"] * sides_of(known)).groupby(ids).sum()
        for exercise_id in self.shown.index:
            words = counted_in(self._unit(exercise_id), sets.get(exercise_id, 0.0))
            words += said(", {n} contacts", n=number(hops[exercise_id], 0)) if exercise_id in hops.index else ""
            self.lines[exercise_id].children[-1].value = words

    def _lay_out(self) -> None:
        own = [line for known, line in self.lines.items() if known in self.shown.index]  # in one order: they stay put
        self.rows.children = [self.head, *own, self.of_minutes]

    def _fields(self, exercise_id: str) -> tuple[widgets.Widget, ...]:
        if exercise_id not in self.lines:
            facts = self.catalog.facts_of(exercise_id)
            unit = named_unit(self._unit(exercise_id))
            fields = [self._number(f"{facts['name']}, {said(day)}: {unit}", FIELD_HAS_SETS) for day in WEEKDAYS]
            for field in fields:
                field.observe(self._typed, "value")
            self.lines[exercise_id] = self.looks.line(html.escape(facts["name"]), fields)
        return self.lines[exercise_id].children[1].children

    def _unit(self, exercise_id: str) -> str:
        return "charges" if self.catalog.facts_of(exercise_id)["counts"] == "charges" else "sets"

    def _number(self, about: str, most: int) -> widgets.BoundedFloatText:
        field = widgets.BoundedFloatText(min=0, max=most, step=1, description=about, layout=self.looks.field)
        field.style = self.looks.unseen
        return field

    def _show_sessions(self, sessions: pd.DataFrame) -> None:
        menus = list(self.menus.children)
        while len(menus) < len(sessions):
            menus.append(self._menu(len(menus)))
        self.sessions = [(str(row.session_id), (row.date - row.week).days) for row in sessions.itertuples()]
        for menu, row, (_, day) in zip(menus, sessions.itertuples(), self.sessions, strict=False):
            menu.description = f"{named_session(row.title, row.session_type)}, {said(WEEKDAYS[day])[:3]}"
            menu.value = WEEKDAYS[day]
        self.menus.children = menus[: len(sessions)]

    def _menu(self, n: int) -> widgets.Dropdown:
        """The day of the n-th session."""
        menu = widgets.Dropdown(options=menu_words(WEEKDAYS), layout=self.looks.menu)
        menu.style = self.looks.beside
        menu.observe(lambda change: self._chosen(n, change["new"]), "value")
        return menu

    # -------------------------------------------------------------------------------------- what is typed
    @property
    def sets(self) -> dict[Cell, float]:
        """The numbers that are other than those of the week that was shown."""
        cells = (
            (str(known), day, field.value, sets)
            for known, row in self.shown.iterrows()
            for day, (field, sets) in enumerate(zip(self._fields(str(known)), row, strict=True))
        )
        return {(known, day): value for known, day, value, sets in cells if value != sets}

    def _typed(self, change: dict) -> None:
        """A set is whole; half a one that was done stays so."""
        if self.by_us:
            return
        with self.setting():
            change["owner"].value = round(change["new"])
        self.changed()

    def _chosen(self, n: int, day: str) -> None:
        if not self.by_us:
            self.moved(self.sessions[n][0], WEEKDAYS.index(day))
