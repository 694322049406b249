"""Whether the exercises of the training were done as it asks, as far as a log tells."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from analysis.catalog import Catalog
from analysis.language import said, to_say
from analysis.rules import PROTOCOL_CHARGES, PROTOCOL_GRADE, PROTOCOL_HOLD_S, PROTOCOL_REP_S, WORKING_SETS
from analysis.schema import PROTOCOL, conform
from analysis.wording import low_to_high, number

from .charges import hill_charges, hill_sessions

A_SESSION = ["athlete", "session_id"]
ONE_SIDED = ("one_leg_calf_raise", "one_legged_squat", "hamstring_push_up")
HOPS = {  # in the order of the training
    "line_hop": to_say("before the other hops"),
    "step_hop": to_say("after line hops, before skipping"),
    "skipping": to_say("after the other hops"),
}


def protocol_check(efforts: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """One row per athlete and thing that the training asks of an exercise.

    Sides are told by sets that name them, holds by their seconds, turns and order by the lines of a session. A session of
    which the log does not tell is neither kept nor not kept.

    Parameters
    ----------
    efforts : DataFrame
        As `schema.EFFORTS`.
    catalog : Catalog
        The names of exercises, and which are hill charges.

    Returns
    -------
    DataFrame
        As `schema.PROTOCOL`: of the sessions with the exercise, how many kept to it, how many did not, and how many do not
        tell. Warm-ups are left out.

    Examples
    --------
    >>> protocol_check(log.efforts, catalog)[["exercise", "asked", "sessions", "kept"]].tail(2)
           exercise              asked  sessions  kept
    11  Hill charge  grade of 5 to 10%        25    25
    12  Hill charge    way down jogged        25     1
    """
    work = catalog.known(efforts)
    work = work[work["kind"].isin(WORKING_SETS)].sort_values([*A_SESSION, "effort"], kind="stable")
    names = dict(zip(catalog.exercises["exercise_id"], catalog.exercises["name"], strict=True))
    asked = list(_asked(work, hill_sessions(hill_charges(efforts, catalog))))
    rows = [
        {"athlete": athlete, "exercise_id": name, "exercise": names[name], "asked": what, **_counts(kept, athlete)}
        for athlete in sorted(efforts["athlete"].dropna().unique())
        for name, what, kept in asked
    ]
    return conform(pd.DataFrame(rows, columns=list(PROTOCOL)), PROTOCOL)


def _counts(kept: pd.Series, athlete: str) -> dict[str, int]:
    own = kept[kept.index.get_level_values("athlete") == athlete]
    told = {"kept": own == 1, "not_kept": own == 0, "not_told": own.isna()}
    return {"sessions": len(own)} | {name: int(sessions.sum()) for name, sessions in told.items()}


def _asked(work: pd.DataFrame, hills: pd.DataFrame) -> Iterator[tuple[str, str, pd.Series]]:
    """(exercise_id, what is asked of it, of each of its sessions 1 where it was kept, 0 where not, NaN where untold)."""

    def lines_of(name: str) -> pd.DataFrame:
        return work[(work["exercise_id"] == name).to_numpy()]

    raises, bridges = lines_of("calf_raise"), lines_of("bridge")
    yield (
        "calf_raise",
        said("{seconds} s or more a repetition, held at the top", seconds=number(PROTOCOL_REP_S)),
        _of_lines(raises, raises["duration_s"] / raises["reps"], PROTOCOL_REP_S),
    )
    for name in ONE_SIDED:
        yield name, said("as many sets with each leg"), _both_legs(lines_of(name))
    yield "bench_step_up", said("legs in turn"), _in_turn(lines_of("bench_step_up"))
    yield (
        "bridge",
        said("held {seconds} s or more", seconds=number(PROTOCOL_HOLD_S)),
        _of_lines(bridges, bridges["duration_s"], PROTOCOL_HOLD_S),
    )
    for name, place in HOPS.items():
        yield name, said(place), _in_order(work, name)
        if name == "step_hop":
            yield name, said("legs in turn"), _in_turn(lines_of(name))
    hills = hills.drop_duplicates("session_id").set_index(A_SESSION)  # a session of two hills is one session
    told = {
        "charges_ok": said("{n} repeats", n=low_to_high(PROTOCOL_CHARGES)),
        "grade_ok": said("grade of {grade}", grade=low_to_high(PROTOCOL_GRADE, share=True)),
        "jog_ok": said("way down jogged"),
    }
    for column, what in told.items():
        yield "hill_charge", what, hills[column].map({True: 1.0, False: 0.0}).astype(float)


def _of_lines(lines: pd.DataFrame, seconds: pd.Series, least: float) -> pd.Series:
    """Whether every set of a session took so long; one that was too short tells, whatever the others do."""
    kept = (seconds >= least).astype(float).where(seconds.notna())
    sets = kept.groupby([lines[key] for key in A_SESSION], observed=True)
    shortest = sets.min()
    return shortest.where((sets.count() == sets.size()) | (shortest == 0))


def _both_legs(lines: pd.DataFrame) -> pd.Series:
    """Whether a session has as many sets of the left leg as of the right."""
    sides = {side: lines["sets"].where(lines["side"] == side, 0.0) for side in ("left", "right")}
    sets = pd.DataFrame(sides).groupby([lines[key] for key in A_SESSION], observed=True).sum()
    return (sets["left"] == sets["right"]).astype(float).where(sets.sum(axis=1) > 0)


def _in_turn(lines: pd.DataFrame) -> pd.Series:
    """Whether no set of a session follows one of the same leg."""
    sessions: dict[tuple, list[tuple[str, float]]] = {}
    for *session, side, sets in lines[[*A_SESSION, "side", "sets"]].itertuples(index=False):
        sessions.setdefault(tuple(session), []).append((side, sets))
    turns = {session: _alternate(*zip(*own, strict=True)) for session, own in sorted(sessions.items())}
    index = pd.MultiIndex.from_tuples(turns) if turns else pd.MultiIndex.from_arrays([[], []])
    return pd.Series(list(turns.values()), index.set_names(A_SESSION), dtype=float)


def _alternate(sides: Sequence[str], sets: Sequence[float]) -> float:
    if set(sides) == {"both"}:
        return np.nan
    return float({"left", "right"} == set(sides) and max(sets) == 1 and all(a != b for a, b in pairwise(sides)))


def _in_order(work: pd.DataFrame, hop: str) -> pd.Series:
    """Whether the hops of the training that come sooner were done before, and those that come later after."""
    lines = work[work["exercise_id"].isin(list(HOPS))]
    places = lines["effort"].groupby(
        [*(lines[key] for key in A_SESSION), lines["exercise_id"].astype(object)], observed=True
    )
    first, last = (end.unstack().reindex(columns=list(HOPS)) for end in (places.min(), places.max()))
    own = list(HOPS).index(hop)
    wrong = [last[other] >= first[hop] for other in list(HOPS)[:own]]
    wrong += [last[hop] >= first[other] for other in list(HOPS)[own + 1 :]]
    alone = first.drop(columns=hop).isna().all(axis=1)
    return (~pd.concat(wrong, axis=1).any(axis=1)).astype(float).where(~alone)[first[hop].notna()]
