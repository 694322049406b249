"""The fields of one row of a log: a set, a side of it, or the charges of a session."""

import html
from collections.abc import Callable, Mapping
from datetime import date

import ipywidgets as widgets

from analysis.language import said, to_say
from analysis.loading.log_entry import DoneSet
from analysis.loading.log_to_fill import SetToFill

from .live import menu_words

FIELD_LABELS = {
    "charges": to_say("repeats"),
    "reps": to_say("reps"),
    "duration_s": to_say("seconds"),
    "distance_m": to_say("metres"),
    "load_kg": "kg",  # as the column of the log
    "rpe": to_say("effort, 0-10"),
    "pain": to_say("pain, 0-10"),
    "pain_region": to_say("where it hurt"),
}
PAIN_FIELDS = ("pain", "pain_region")  # of an exercise, beside the first of its sets
TELL_OF_NO_WORK = ("load_kg", *PAIN_FIELDS)
SIDE_FIELD = "side"
SIDE_CHOICES = ("both", "left", "right")
ASKED_UNPLANNED = ("reps", "duration_s", "load_kg", "rpe")  # of an exercise that was not planned


def typed_number(value: float) -> str:
    """A number as somebody would type it: 12, 7.5."""
    return f"{round(value, 3):.10g}"


class Looks:
    """What the fields of a grid share: each of its own would be a message to the browser."""

    def __init__(self):
        self.narrow, self.wide = widgets.Layout(width="9rem"), widgets.Layout(width="11rem")
        self.row, self.label = widgets.Layout(flex_flow="row wrap"), widgets.Layout(width="12rem")
        self.described = widgets.Text(style={"description_width": "initial"}).style


class SetFields:
    """One row: what is planned, and a field for each number. `key` names it among the rows of its session.

    first: whether it is the first of its exercise, where pain is asked once.
    """

    def __init__(
        self,
        key: str,
        one: SetToFill,
        planned_on: date | None,
        changed: Callable[[str, str], None],
        looks: Looks,
        first: bool = False,
    ):
        self.key, self.one, self.planned_on, self.looks = key, one, planned_on, looks
        names = (
            [name for name in FIELD_LABELS if name in one.planned or name == "rpe"]
            if planned_on
            else list(ASKED_UNPLANNED)
        )
        if names == ["rpe"]:  # a line of a plan that says sets alone
            names = ["reps", "rpe"]
        names += PAIN_FIELDS if first else []
        self.fields: dict[str, widgets.Widget] = {name: self._field(name) for name in names}
        if not planned_on:
            self.fields[SIDE_FIELD] = widgets.Dropdown(
                options=menu_words(SIDE_CHOICES),
                description=said(SIDE_FIELD),
                layout=looks.narrow,
                tooltip=self._about(SIDE_FIELD),
            )
            self.fields[SIDE_FIELD].style = looks.described
        for name, field in self.fields.items():
            field.observe(lambda change, name=name: changed(f"{key}|{name}", change["new"]), "value")
        told = widgets.HTML(f"{html.escape(self.label)}", layout=looks.label)
        self.row = widgets.HBox([told, *self.fields.values()], layout=looks.row)

    @property
    def label(self) -> str:
        side = self.one.told.get(SIDE_FIELD, "both")
        return ": ".join(
            filter(None, ["" if side == "both" else said(side), self.one.told.get("planned", "")])
        ) or said("a set")

    def as_planned(self) -> dict[str, str]:
        return {
            name: typed_number(self.one.planned[name]) if name in self.one.planned else "" for name in self._numbers
        }

    def as_done(self, amounts: Mapping[str, float]) -> dict[str, str]:
        """The fields as they were another time; what was not written then is empty."""
        return {name: typed_number(amounts[name]) if name in amounts else "" for name in self._numbers}

    def empty(self) -> dict[str, str]:
        return dict.fromkeys(self._numbers, "")

    def fill(self, typed: Mapping[str, str]) -> None:
        for name in self.fields.keys() & typed.keys():
            if name != SIDE_FIELD or typed[name] in SIDE_CHOICES:
                self.fields[name].value = typed[name]

    @property
    def typed(self) -> dict[str, str]:
        return {f"{self.key}|{name}": field.value for name, field in self.fields.items()}

    @property
    def done(self) -> bool:
        """Whether something was typed that tells of work, or of how hard it was."""
        return any(self.fields[name].value.strip() for name in self._numbers if name not in TELL_OF_NO_WORK)

    @property
    def pain(self) -> dict[str, str]:
        """What was typed of pain, by the column of the log; empty where nothing was."""
        fields = {name: self.fields[name].value.strip() for name in PAIN_FIELDS if name in self.fields}
        return fields if any(fields.values()) else {}

    def entry(self, day: date, told: Mapping[str, str]) -> DoneSet:
        """The row of the log. told: cells beside its own."""
        cells = self.one.told | {"date": day.isoformat()}
        typed = {name: field.value.strip() for name, field in self.fields.items()}
        return DoneSet(cells | typed | dict(told), self.planned_on)

    @property
    def _numbers(self) -> list[str]:
        return [name for name in self.fields if name != SIDE_FIELD]

    def _field(self, name: str) -> widgets.Text:
        wide, style = self.looks.wide if name == "rpe" else self.looks.narrow, self.looks.described
        example = said("left knee") if name == "pain_region" else "\u200b"
        return widgets.Text(
            description=said(FIELD_LABELS[name]),
            tooltip=self._about(name),
            placeholder=example,
            layout=wide,
            style=style,
        )

    def _about(self, name: str) -> str:
        return f"{self.one.told['exercise']}, {self.label}: {said(FIELD_LABELS.get(name, name))}"
