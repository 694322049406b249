"""The card of an exercise: its picture and every word that the catalog has on it, in one finished value."""

from dataclasses import dataclass

from markupsafe import Markup

from analysis.catalog import Catalog
from analysis.errors import ParameterError
from analysis.language import said, to_say
from analysis.schema import MUSCLE
from analysis.wording import listed, muscle_name, number

from .stick_figure import stick_figure
from .templates import filled_in

COUNTED = {  # laterality -> who works
    "both": to_say("both legs together"),
    "each": to_say("one leg, then the other: the count is that of each"),
    "alternating": to_say("legs in turn: the count is that of both together"),
}


@dataclass(frozen=True)
class ExerciseCard:
    """What somebody who is to do an exercise wants to know of it; shows itself in a notebook.

    `picture`: SVG, empty where nothing is drawn. `positions`: what to see in it, one a position. `easier`, `harder`:
    (exercise_id, name) of the neighbours. `equipment`: groups of words, one of each is needed. `muscles`: (muscle in
    words, share), the most trained first. `in_sets`: whether the share is what a set counts, else it is an exposure.
    `source`: on whose word. `sides`: how the count is meant.

    Examples
    --------
    >>> exercise_card(catalog, "calf_raise").equipment
    (('step', 'stairs'),)
    """

    exercise_id: str
    name: str
    picture: Markup
    positions: tuple[str, ...]
    how_to: str
    cue: str
    easier: tuple[tuple[str, str], ...]
    harder: tuple[tuple[str, str], ...]
    equipment: tuple[tuple[str, ...], ...]
    muscles: tuple[tuple[str, float], ...]
    in_sets: bool
    source: str
    sides: str

    @property
    def needs(self) -> str:
        """The equipment in words: dumbbell or backpack, and step or stairs."""
        groups = [said(" or ").join(map(said, group)) for group in self.equipment]
        return said(", and ").join(groups) or said("nothing")

    @property
    def works(self) -> str:
        """The muscles in words, those that do most of the work before those that help."""
        most = listed(muscle for muscle, share in self.muscles if share == 1)
        rest = listed(muscle for muscle, share in self.muscles if share < 1)
        return "; ".join(filter(None, [most, said("helping: {muscles}", muscles=rest) if most and rest else rest]))

    @property
    def trains(self) -> str:
        """The muscles in words, each with its share."""
        shares = listed(f"{muscle} {number(share)}" for muscle, share in self.muscles)
        return said(
            "A set counts for {shares}" if self.in_sets else "Exposure, not counted in sets: {shares}", shares=shares
        )

    def html(self) -> Markup:
        """The card as HTML."""
        return Markup(filled_in().get_template("card.html.j2").module.card(self))  # type: ignore[attr-defined]

    def __repr__(self) -> str:
        cue, needs = said("Cue: {cue}", cue=self.cue), said("Needs: {needs}", needs=self.needs)
        return "\n".join([self.name, self.how_to, cue, needs, f"{self.trains}."])

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": str(self.html())}


def exercise_card(catalog: Catalog, exercise_id: str) -> ExerciseCard:
    """Return the card of one exercise.

    Parameters
    ----------
    catalog : Catalog
        The exercises.
    exercise_id : str
        Which of them; a name or an alias will do.

    Returns
    -------
    ExerciseCard
        Its picture, how it is done, its neighbours, what it needs and what it trains.

    Raises
    ------
    ParameterError
        No exercise of that name.

    Examples
    --------
    >>> print(exercise_card(catalog, "Bench step-up").trains)
    A set counts for Quadriceps 1, Glutes (maximus) 0.5, Hip abductors (gluteus medius) 0.5, Hamstrings 0.5,
    Adductors 0.5 and Deep calf (soleus) 0.5
    """
    known = catalog.find(exercise_id)
    if known is None:
        near = ", ".join(catalog.nearest(exercise_id)) or "a name of exercises.csv"
        raise ParameterError(f"exercise_id={exercise_id}: is no exercise we know. Fix: give {near}.")
    place = catalog.row_of[known]
    row, in_sets = catalog.exercises.iloc[place], bool(catalog.in_sets[place])
    shares = sorted(
        zip(MUSCLE.categories, catalog.shares["set" if in_sets else "exposure"][place], strict=True),
        key=lambda pair: -pair[1],
    )
    postures = catalog.postures[catalog.postures["exercise_id"] == known]
    positions = tuple(postures["caption"])
    return ExerciseCard(
        exercise_id=known,
        name=row["name"],
        picture=stick_figure(postures, f"{row['name']}: {'; '.join(positions)}."),
        positions=positions,
        how_to=row["how_to"],
        cue=row["cue"],
        easier=_named(row["easier"], catalog),
        harder=_named(row["harder"], catalog),
        equipment=tuple(tuple(group.split("|")) for group in row["equipment"].split()),
        muscles=tuple((muscle_name(muscle), float(share)) for muscle, share in shares if share),
        in_sets=in_sets,
        source=said(row["source"]),
        sides=said(COUNTED[row["laterality"]]),
    )


def _named(others: str, catalog: Catalog) -> tuple[tuple[str, str], ...]:
    """(id, name) of each exercise of a cell."""
    return tuple((other, catalog.exercises["name"].iat[catalog.row_of[other]]) for other in others.split())
