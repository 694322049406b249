"""Sports: what was done, by the words that devices, sites and people have for it. The words stand in the catalog."""

import re
from functools import lru_cache

from .catalog import SET_FAMILIES, Catalog, fold, load_catalog

UNTOLD = "activity"  # title of a recording that does not say what was done: as runners record it, a run
SAYS_NOTHING = {"", UNTOLD, "generic", "other", "sport", "track", "unknown", "uncategorized", "all"}
GENERAL = {"generic", "training", "fitness_equipment"}  # of which the sub-sport says more
STAIRS = {"stairs", "stair climbing", "floor climbing"}
WALKS = {"walk", "hike", "uphill_walk"}  # exercises on foot that are no runs
ON_FOOT = {"run", "walk", "stairs"}  # kinds of which hill charges come
UNLOGGED = "strength_training"  # the exercise that stands for sets which nobody logged
OTHER = "other_sport"
FAMILIES = {"running", "hills", "other"}  # of the exercises that are sports


class Sports:
    """The sports that a catalog knows."""

    def __init__(self, catalog: Catalog):
        self.family = dict(zip(catalog.exercises["exercise_id"], catalog.exercises["family"].astype(str), strict=True))
        sports = {name: exercise_id for name, exercise_id in catalog.ids_of.items() if self.family[exercise_id] in FAMILIES}
        self.ids = {_as_one(name): exercise_id for name, exercise_id in sports.items()}

    def find(self, words: str) -> str | None:
        """The exercise of a sport: of `Trail Run`, `trail_run`, `TrailRun` and `trail-run` the same."""
        return self.ids.get(_as_one(words))

    def kind_of(self, words: str) -> str:
        """Its kind: run, walk (a hike too), stairs, strength, else its exercise; "" of words that say nothing.

        A number is a sport for which its site or device has a word that we do not know.
        """
        word = fold(words)
        if word in SAYS_NOTHING:
            return ""
        if word in STAIRS:
            return "stairs"
        return OTHER if word.isdigit() else self.kind_of_exercise(self.find(words) or "")

    def kind_of_exercise(self, exercise_id: str) -> str:
        """The kind of an exercise; "" of one that is not in the catalog."""
        family = self.family.get(exercise_id, "")
        if family in ("running", "hills"):
            return "walk" if exercise_id in WALKS else "run"
        return "strength" if family in (*SET_FAMILIES, "plyometrics") or exercise_id == UNLOGGED else exercise_id

    def named(self, sport: str, sub_sport: str) -> str:
        """The word that says most: trail_running of running and trail, yoga of training and yoga; else the sport."""
        if sub_sport in ("", "generic"):
            return sport
        if sport in GENERAL:
            return sub_sport if self.find(sub_sport) else sport
        likely = f"{sub_sport.removesuffix('_activity')}_{sport}", sub_sport
        return next((word for word in likely if self.find(word) and self.kind_of(word) == self.kind_of(sport)), sport)


@lru_cache(maxsize=1)
def our_sports() -> Sports:
    return Sports(load_catalog())


def in_words(sport: str) -> str:
    """What was done, of the word that a device has for it."""
    if sport == UNTOLD:
        return "Running"
    return "Other sport" if sport.isdigit() else sport.replace("_", " ").capitalize()


def _as_one(words: str) -> str:
    """Without blanks, hyphens and the version of a site's word, such as rowing_v2."""
    return re.sub(r"[\W_]+", "", fold(words)).removesuffix("v2")
