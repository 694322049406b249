"""A first plan, asked for where there is neither plan nor log: the questions of `analysis begin` as fields."""

from pathlib import Path

import ipywidgets as widgets

from analysis.catalog import Catalog
from analysis.errors import AnalysisError
from analysis.planning.begin import begin_folder, first_session, propose_from, questions
from analysis.planning.first_plan import LEVELS, FirstPlan

from .live import told_as_list

NO_LOG_NOR_PLAN = "There is neither a log nor a plan yet. Answer five questions, and a first plan is written."


def start_panel(catalog: Catalog, folder: Path) -> widgets.VBox:
    """The questions with their defaults, a button that writes the files of a first plan, and what it wrote."""
    asked = questions(catalog)
    fields = {question.name: _field(question.name, question.default) for question in asked}
    said, why = widgets.HTML(), list[str]()

    def propose() -> FirstPlan:
        first = propose_from(catalog, {name: field.value for name, field in fields.items()})
        why[:] = [*first.why, *first.without]
        return first

    def write(_) -> None:
        try:
            begun = begin_folder(folder, catalog, propose)
        except AnalysisError as error:
            said.value = told_as_list([str(error)], "alert")
            return
        written = [f"Wrote {path.name}." for path in begun.written] + [f"Kept {path.name}." for path in begun.kept]
        said.value = told_as_list(
            [*why, *written, first_session(begun.plan, catalog), "Run the notebook again to see it."]
        )

    button = widgets.Button(description="Write a first plan", layout=widgets.Layout(width="auto"))
    button.on_click(write)
    rows = [widgets.VBox([*map(widgets.Label, question.asked), fields[question.name]]) for question in asked]
    return widgets.VBox([widgets.Label(NO_LOG_NOR_PLAN), *rows, button, said])


def _field(name: str, default: str) -> widgets.Widget:
    if name == "level":
        return widgets.Dropdown(options=[*LEVELS], value=default, description=name)
    return widgets.Text(value=default, description=name)
