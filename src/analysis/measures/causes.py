"""What of a session keeps other work at a distance: heavy sets, hops that land hard, charges, descents, fast runs.

What a run is, is told by its exercise; of a plain run by a word of its title or, where the session is nothing else, its
effort. Holds, light sets, low hops and easy runs keep nothing at a distance.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.catalog import SET_FAMILIES, Catalog
from analysis.catalog.names import fold
from analysis.language import said
from analysis.rules import (
    HARD_RUN_RPE,
    HEAVY_IMPACT,
    HEAVY_SET_RPE,
    LONG_DESCENT_M,
    LONG_DOWNHILL_MIN,
    WORKING_SETS,
)
from analysis.schema import CAUSES, LEG_MUSCLES
from analysis.wording import number

from .doses import MODALITY_OF

RUN_CAUSES = {"tempo_run": "fast run", "interval_run": "fast run", "race": "race", "long_run": "long run"}
PLAIN_RUNS = ("easy_run", "treadmill_run", "trail_run")  # which apps write whatever the run was
DOWNHILL = "hill_jog_down"
TITLES = {  # word of a title -> what a plain run is then
    **dict.fromkeys(("tempo", "threshold", "interval", "intervals", "fartlek", "speedwork", "intervalle"), "fast run"),
    **dict.fromkeys(("long run", "longrun"), "long run"),
}
HARD = CAUSES.keys() - {"long run", "downhill"}  # days of them are hard ones; those of a long run by its effort
LEGS_LOADED = set(LEG_MUSCLES)
OF_A_SESSION = ["athlete", "date", "session_id"]
Strains = dict[str, dict[str, set[str]]]  # cause -> muscle it loads -> the exercises, in words


class Line(NamedTuple):
    """What a line of work says that decides; numbers are NaN where it says none."""

    athlete: str
    date: pd.Timestamp
    session_id: str
    effort: int
    exercise: int  # row of the catalog
    light: bool  # of a set: held, or of little effort
    sets: float
    duration_s: float
    ascent_m: float
    descent_m: float


class Exercise(NamedTuple):
    """What the catalog says of one."""

    exercise_id: str
    name: str
    family: str
    counts: str
    impact: str
    muscles: list[str]  # that its sets train directly, or that it loads otherwise


class Said(NamedTuple):
    """What the log says of a session; hours since 1970."""

    title: str = ""
    rpe: float = np.nan
    begin_h: float = np.nan
    end_h: float = np.nan


@dataclass
class Work:
    """What one session strains."""

    day: pd.Timestamp
    begin_h: float
    end_h: float
    strains: Strains = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)  # cause -> kind of training, as MODALITY
    order: dict[str, int] = field(default_factory=dict)  # cause -> number of its first line
    hard: bool = False
    session_id: str = ""


def works_of(efforts: pd.DataFrame, catalog: Catalog, sessions: pd.DataFrame | None = None) -> dict[str, list[Work]]:
    """Athlete -> the sessions that keep other work at a distance, in order of day and begin.

    sessions: as `schema.SESSIONS`, whose titles, efforts and times tell more; without them exercises alone tell.
    """
    exercises, told = _exercises(catalog), _sessions(sessions)
    groups: dict[tuple, list[Line]] = {}
    for line in _lines(efforts, catalog):
        groups.setdefault((line.athlete, line.date, line.session_id), []).append(line)
    found: dict[str, list[Work]] = {}
    for (athlete, _, session_id), lines in groups.items():
        work = _work(lines, exercises, told.get(session_id, Said()))
        if work.strains:
            found.setdefault(athlete, []).append(work)
    return {athlete: sorted(works, key=lambda work: (work.day, work.begin_h)) for athlete, works in found.items()}


def _work(lines: list[Line], exercises: list[Exercise], session: Said) -> Work:
    work = Work(lines[0].date, session.begin_h, session.end_h, session_id=lines[0].session_id)
    runs_only = all(exercises[line.exercise].family in ("running", "other") for line in lines)
    for line in lines:
        exercise = exercises[line.exercise]
        cause, by = _cause(line, exercise, session, runs_only)
        if cause:
            _add(work, cause, by, line, exercise)
            legs = not LEGS_LOADED.isdisjoint(exercise.muscles)
            work.hard |= legs and (cause in HARD or (cause == "long run" and session.rpe >= HARD_RUN_RPE))
    for line in _downhill(lines, exercises):
        _add(work, "downhill", exercises[line.exercise].name, line, exercises[line.exercise])
    return work


def _add(work: Work, cause: str, by: str, line: Line, exercise: Exercise) -> None:
    loaded = work.strains.setdefault(cause, {})
    for muscle in exercise.muscles:
        loaded.setdefault(muscle, set()).add(by)
    work.kinds.setdefault(cause, MODALITY_OF[exercise.family])
    work.order.setdefault(cause, line.effort)


def _cause(line: Line, exercise: Exercise, session: Said, runs_only: bool) -> tuple[str, str]:
    """(cause, by what, in words); empty where the line keeps nothing at a distance."""
    if exercise.family in SET_FAMILIES:
        return "" if line.light else "strength", exercise.name
    if exercise.family == "plyometrics":
        return f"{exercise.impact} hops" if exercise.impact in HEAVY_IMPACT else "", exercise.name
    if exercise.counts == "charges":
        return "hills", exercise.name
    if exercise.exercise_id in PLAIN_RUNS:
        return _of_a_plain_run(exercise, session, runs_only)
    return RUN_CAUSES.get(exercise.exercise_id, ""), exercise.name


def _of_a_plain_run(exercise: Exercise, session: Said, runs_only: bool) -> tuple[str, str]:
    words = f" {' '.join(fold(session.title).replace('-', ' ').split())} "
    if named := next((cause for word, cause in TITLES.items() if f" {word} " in words), ""):
        return named, said("{exercise}, by its title", exercise=exercise.name)
    fast = runs_only and session.rpe >= HARD_RUN_RPE
    by = said("{exercise} at RPE {rpe}", exercise=exercise.name, rpe=number(session.rpe))
    return "fast run" if fast else "", by


def _downhill(lines: list[Line], exercises: list[Exercise]) -> list[Line]:
    """The lines of a session that lead downhill for long; the ways back of charges are no part of it."""
    down = [line for line in lines if exercises[line.exercise].exercise_id == DOWNHILL]
    runs = down + [line for line in lines if exercises[line.exercise].family == "running" and line.descent_m > 0]
    if not runs:
        return []
    minutes = np.nansum([line.sets * line.duration_s / 60 for line in down])
    charged = [line for line in lines if exercises[line.exercise].counts == "charges"]
    metres = np.nansum([line.sets * line.descent_m for line in runs])
    metres -= np.nansum([line.sets * line.ascent_m for line in charged])
    return runs if minutes > LONG_DOWNHILL_MIN or metres > LONG_DESCENT_M else []


# ------------------------------------------------------------------------------------------ what is told
def _lines(efforts: pd.DataFrame, catalog: Catalog) -> list[Line]:
    """Those of exercises that are known, in their order; of sets and hops of a session that tell the same, the first."""
    work = efforts[efforts["kind"].isin(WORKING_SETS)]
    words = {name: work[name].astype(str) for name in ("athlete", "session_id")}
    work = work.assign(exercise=catalog.rows_of(work), **words)
    work = work[work["exercise"] >= 0].sort_values([*OF_A_SESSION, "effort", "exercise"], ignore_index=True)
    facts = catalog.exercises[["family", "counts"]].iloc[work["exercise"]].reset_index(drop=True)
    held = (facts["counts"] == "seconds") | (work["reps"].isna() & work["duration_s"].notna())
    work = work.assign(light=held | (work["rpe"] < HEAVY_SET_RPE))
    alike = facts["family"].isin([*SET_FAMILIES, "plyometrics"]) & (facts["counts"] != "charges")
    again = work.duplicated([*OF_A_SESSION, "exercise", "light"]) & alike
    lines = work.loc[~again, list(Line._fields)].astype(dict.fromkeys(words, object))
    return [*map(Line._make, lines.itertuples(index=False))]


def _exercises(catalog: Catalog) -> list[Exercise]:
    loads = (catalog.shares["set"] == 1) | (catalog.shares["exposure"] > 0)
    names = catalog.muscles["muscle"].cat.categories.to_numpy()
    facts = catalog.exercises[list(Exercise._fields[:-1])].astype(object).itertuples(index=False)
    return [Exercise._make([*told, names[of].tolist()]) for told, of in zip(facts, loads, strict=True)]


def _sessions(sessions: pd.DataFrame | None) -> dict[str, Said]:
    if sessions is None:
        return {}
    begin = (sessions["start"] - pd.Timestamp(0, tz="UTC")) / pd.Timedelta(hours=1)
    end = begin + sessions["duration_min"].fillna(0) / 60
    columns = sessions["title"].astype(object), sessions["rpe"], begin, end
    return dict(zip(sessions["session_id"].astype(str), map(Said._make, zip(*columns, strict=True)), strict=True))
