"""Sports: what was done, by the words that devices, sites and people have for it. The words stand in the catalog."""

from functools import lru_cache

from analysis.catalog import SET_FAMILIES, Catalog, load_catalog

from .names import fold

UNTOLD = "activity"  # title of a recording that does not say what was done: as runners record it, a run
NEITHER = "other"  # of one that says nothing and is no run
SAYS_NOTHING = {"", UNTOLD, "generic", "other", "sport", "track", "unknown", "uncategorized", "all"}
GENERAL = {"generic", "training", "fitness_equipment"}  # of which the sub-sport says more
STAIRS = {"stairs", "stair climbing", "floor climbing"}
GYM = {  # what a watch is set to in a gym, where it has no better word: may be strength
    *("cardio", "cardio training", "indoor cardio", "mixed cardio", "hiit", "high intensity interval training"),
    *("fitness equipment", "gym & fitness equipment", "mixed metabolic cardio training", "functional fitness"),
}
WALKS = {"walk", "hike", "uphill_walk"}  # exercises on foot that are no runs
ON_FOOT = {"run", "walk", "stairs"}  # kinds of which hill charges come
UNLOGGED = "strength_training"  # the exercise that stands for sets which nobody logged
OTHER = "other_sport"


class Sports:
    """The sports that a catalog knows."""

    def __init__(self, catalog: Catalog):
        self.find = catalog.find  # of `Trail Run`, `trail_run`, `TrailRun` and `trail-run` the same
        table = catalog.exercises
        self.family = dict(zip(table["exercise_id"], table["family"].astype(str), strict=True))

    def kind_of(self, words: str) -> str:
        """Its kind: run, walk (a hike too), stairs, strength, gym, else its exercise; "" of words that say nothing.

        A number is a sport for which its site or device has a word that we do not know.
        """
        word = fold(words)
        if word in SAYS_NOTHING:
            return ""
        if word in STAIRS or word in GYM:
            return "stairs" if word in STAIRS else "gym"
        return OTHER if word.isdigit() else self.kind_of_exercise(self.find(words) or "")

    def kind_of_exercise(self, exercise_id: str) -> str:
        """The kind of an exercise; "" of one that is not in the catalog."""
        family = self.family.get(exercise_id, "")
        if family in ("running", "hills"):
            return "walk" if exercise_id in WALKS else "run"
        if family in SET_FAMILIES or exercise_id == UNLOGGED:
            return "strength"
        return family if family == "plyometrics" else exercise_id

    def named(self, sport: str, sub_sport: str) -> str:
        """The word that says most: trail_running of running and trail, yoga of training and yoga; else the sport."""
        if sub_sport in ("", "generic"):
            return sport
        if sport in GENERAL:
            return next((word for word in (sub_sport, f"{sub_sport}_running") if self.find(word)), sport)
        likely = f"{sub_sport.removesuffix('_activity')}_{sport}", sub_sport
        return next((word for word in likely if self.find(word) and self.kind_of(word) == self.kind_of(sport)), sport)


@lru_cache(maxsize=1)
def our_sports() -> Sports:
    return Sports(load_catalog())


def in_words(sport: str) -> str:
    """What was done, of the word that a device has for it; the catalog knows the one where it knows the other."""
    if sport == UNTOLD:
        return "Running"
    return "Other sport" if sport.isdigit() else sport.replace("_", " ").capitalize()
