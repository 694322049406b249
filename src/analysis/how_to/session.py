"""One session as it is done: its lines in words, and the cards of its exercises."""

from typing import Any

import pandas as pd
from markupsafe import Markup

from analysis.catalog import Catalog
from analysis.language import said
from analysis.loading.plan import Plan
from analysis.schema import PLANNED_LINES, conform

from .card import ExerciseCard, exercise_card
from .dose import dose_in_words
from .sheet import rest_after
from .templates import filled_in


def planned_lines(plan: Plan, catalog: Catalog) -> pd.DataFrame:
    """One row per line of work of a plan, in words.

    Parameters
    ----------
    plan : Plan
        Of one session.
    catalog : Catalog
        Names of the exercises, and how they are counted.

    Returns
    -------
    DataFrame
        As `schema.PLANNED_LINES`.

    Examples
    --------
    >>> planned_lines(planned_session(season, "2026-03-05"), catalog)[["exercise", "dose"]]
          exercise       dose
    0  Hill charge  6 repeats
    """
    rows = [_line(row, catalog) for row in plan.efforts.itertuples()]
    return conform(pd.DataFrame(rows, columns=list(PLANNED_LINES)), PLANNED_LINES)


def _line(row: Any, catalog: Catalog) -> dict[str, str]:
    note = "" if pd.isna(row.notes) else row.notes
    if row.exercise_id not in catalog.row_of:  # one that the catalog does not know
        return {
            "exercise": row.exercise,
            "dose": dose_in_words(row, "reps", "both"),
            "rest": "",
            "cue": "",
            "note": note,
        }
    facts = catalog.facts_of(row.exercise_id)
    dose = dose_in_words(row, facts["counts"], facts["laterality"])
    told = {"exercise": facts["name"], "dose": dose, "rest": rest_after(facts["family"]), "cue": facts["cue"]}
    return told | {"note": note}


class ExerciseCards:
    """The cards of some exercises, one below the other; shows itself in a notebook.

    Examples
    --------
    >>> print(ExerciseCards([]))
    No exercise is planned.
    """

    def __init__(self, cards: list[ExerciseCard]):
        self.cards = cards

    def __repr__(self) -> str:
        return "\n\n".join(map(repr, self.cards)) or said("No exercise is planned.")

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        shown = Markup("").join(card.html() for card in self.cards) or Markup("<p>{}</p>").format(repr(self))
        return {"text/plain": repr(self), "text/html": str(shown)}


def exercise_cards(plan: Plan, catalog: Catalog) -> ExerciseCards:
    """The card of each exercise of a plan, once, in its order.

    Parameters
    ----------
    plan : Plan
        Of one session, say.
    catalog : Catalog
        The exercises; of one that it does not know there is no card.

    Returns
    -------
    ExerciseCards
        As `exercise_card` gives them.

    Examples
    --------
    >>> [card.name for card in exercise_cards(planned_session(season, "2026-03-05"), catalog).cards]
    ['Hill charge']
    """
    return ExerciseCards([exercise_card(catalog, name) for name in plan.efforts["exercise_id"].dropna().unique()])


def card_beside(card: ExerciseCard) -> Markup:
    """The card as it stands beside the fields of a log: picture and cue, and the rest of it on demand."""
    return Markup(filled_in().get_template("card_beside.html.j2").module.beside(card))  # type: ignore[attr-defined]
