"""The cards of a page, each closed until it is asked for: by muscle that is short of sets, and of the exercises in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

import pandas as pd

from analysis.catalog import Catalog
from analysis.language import said
from analysis.wording import listed, muscle_name

from .card import ExerciseCard, exercise_card
from .choice import MOST_IN_USE
from .templates import filled_in


@dataclass(frozen=True)
class Group:
    """Cards under one heading; `what`: the muscle, or exercises; `here`: ids of cards that stand nowhere before."""

    what: str
    title: str
    cards: tuple[ExerciseCard, ...]
    here: frozenset[str]

    @property
    def anchor(self) -> str:
        """The id of what opens."""
        return f"for-{self.what}"


@dataclass(frozen=True)
class HowToCards:
    """How exercises are done, to open one by one; shows itself in a notebook, without a kernel, script or network.

    `short`: a group for each muscle that is short of sets. `in_use`: the exercises that are done or planned. A card
    stands once, and links lead to it.

    Examples
    --------
    >>> cards = how_to_cards(exercises_to_show(catalog, [log.efforts]), catalog)
    >>> cards.links["Calf raise"]
    'card-calf_raise'
    """

    short: tuple[Group, ...]
    in_use: Group

    @property
    def groups(self) -> tuple[Group, ...]:
        """All groups that hold a card, in the order shown."""
        return tuple(group for group in (*self.short, self.in_use) if group.cards)

    @property
    def links(self) -> dict[str, str]:
        """Name of an exercise or a muscle -> the id on the page at which it is told."""
        exercises = {card.name: anchor_of(card) for group in self.groups for card in group.cards}
        return exercises | {group.title: group.anchor for group in self.short}

    def __repr__(self) -> str:
        return "\n".join(f"{group.title}: {listed(card.name for card in group.cards)}." for group in self.groups)

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        template = filled_in().get_template("cards.html.j2")
        shown = template.render(short=self.short, in_use=self.in_use, links=self.links, anchor_of=anchor_of)
        return {"text/plain": repr(self), "text/html": shown}


def how_to_cards(shown: pd.DataFrame, catalog: Catalog) -> HowToCards:
    """Return the cards of some exercises, grouped by what they are shown for.

    Parameters
    ----------
    shown : DataFrame
        As `exercises_to_show` returns it.
    catalog : Catalog
        How the exercises are done.

    Returns
    -------
    HowToCards
        A group for each muscle, and one of the exercises in use.

    Examples
    --------
    >>> recent = recent_volume(weekly_volume(log.efforts, catalog))
    >>> print(how_to_cards(exercises_to_show(catalog, [log.efforts], [recent]).tail(2), catalog))
    Lower back (erectors): Bird dog and Superman.
    """
    used = shown.loc[shown["muscle"].isna(), "exercise_id"]
    few = len(used) < MOST_IN_USE
    title = said("Exercises of this page" if few else "The {n} exercises of most lines", n=MOST_IN_USE)
    cards = {name: exercise_card(catalog, name) for name in shown["exercise_id"].unique()}
    in_use = Group("exercises", title, tuple(cards[name] for name in used), frozenset(used))
    return HowToCards(tuple(_by_muscle(shown, cards)), in_use)


def _by_muscle(shown: pd.DataFrame, cards: dict[str, ExerciseCard]) -> Iterator[Group]:
    placed = set(shown.loc[shown["muscle"].isna(), "exercise_id"])
    for muscle, rows in shown.groupby("muscle", observed=True, sort=False):
        names = list(rows["exercise_id"])
        here = frozenset(names) - placed
        placed |= here
        yield Group(str(muscle), muscle_name(str(muscle)), tuple(cards[name] for name in names), here)


def anchor_of(card: ExerciseCard) -> str:
    """The id of a card on its page."""
    return f"card-{quote(card.exercise_id, safe='')}"
