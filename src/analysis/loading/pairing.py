"""Which sessions of a log are one with a recording of it: by their kind, and the time that they share.

Where the log tells no time of day, or nobody knows the zone of a clock, the only two of their kind that may be one are.
"""

from collections import Counter, defaultdict
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.catalog import Catalog
from analysis.catalog.sports import ON_FOOT, OTHER, Sports
from analysis.formats.text.units import DAY_S

from .overlap import SAME_TIME

BOTH = "nothing to do, or count both with --keep-both; where two people log alike, give each a folder with their name."
EARLY_S = 1800.0  # so long before the watch is started somebody may open the log
FARTHEST_S = 14 * 3600.0  # clocks of two zones differ by no more
USUAL = 3  # so many pairs with as many hours between their clocks tell a zone
BESIDE = {"", "warm_up", "cool_down", "stretching", "mobility", "foam_rolling"}  # part of a session of any kind
OPEN = "open"  # kind of a recording that may be of any: of a device set to "other", or in a gym to "cardio"
BY_TIME, BY_DAY, BY_ZONE = "by its time", "as the only two of that day", "as the only two so near each other"
BY_CHARGES = "by the number of their hill repeats"


class Session(NamedTuple):
    """A session as a log or a recording has it."""

    file: int  # of its first record
    line: int
    rows: np.ndarray  # the places of its lines
    kinds: frozenset  # of sports, as in sports.py
    athlete: str
    day: int  # from 1970
    clock: float  # seconds from 1970; NaN where no time of day is told
    utc: float  # the same; NaN where no zone is told
    is_local: bool  # whether that clock is the runner's
    length_s: float
    way_m: float
    charges: int  # of a hill


class Pair(NamedTuple):
    """A logged and a recorded session that are one, or may be: their places, of what kind, and how that is known."""

    logged: int
    recorded: int
    kind: str
    how: str


def kinds_of(lines: pd.DataFrame, catalog: Catalog, sports: Sports) -> np.ndarray:
    """Of each line the kind of its sport, where it has one, else of its exercise; OPEN of one that says nothing."""
    names, words = lines["exercise"].cat.categories, lines["sport"].dropna().unique()
    of_exercise = {name: sports.kind_of_exercise(catalog.find(name) or "") for name in names}
    of_sport = lines["sport"].map({word: sports.kind_of(word) for word in words}).astype(object)
    own = lines["exercise"].astype(object).map(of_exercise)
    own = own.mask(of_sport.eq("") & own.eq(OTHER) | of_sport.eq("gym"), OPEN)
    return of_sport.mask(of_sport.isin(["", "gym"])).fillna(own).to_numpy()


def sessions_in(
    lines: pd.DataFrame, rows: np.ndarray, by: list[str], kind: np.ndarray, charge: np.ndarray | None = None
) -> list[Session]:
    """The sessions of some lines, which have these columns in common.

    charge: which of all lines are hill charges; none when missing.
    """
    part = lines.iloc[rows]
    number = part.groupby(by, dropna=False, observed=True, sort=False).ngroup().to_numpy()
    if not len(number):
        return []
    places = np.split(rows[np.argsort(number, kind="stable")], np.cumsum(np.bincount(number))[:-1])
    first = part.iloc[np.unique(number, return_index=True)[1]]
    times = part["sets"].fillna(1)
    seconds, metres = ((part[name] * times).groupby(number).sum(min_count=1) for name in ("duration_s", "distance_m"))
    whole = part["elapsed_s"].groupby(number).first().fillna(part["duration_min"].groupby(number).first() * 60)
    day = first["day"].to_numpy().astype("datetime64[D]").astype(int)
    clock = day * DAY_S + first["begin_s"].to_numpy(dtype=float)
    offset, zone = first["offset_s"].to_numpy(dtype=float), first["zone"].astype(object).to_numpy()
    told = pd.notna(zone) & (zone != "unknown")
    facts = (first["athlete"].astype(object), day, clock, clock - offset, told | (offset != 0))
    climbs = times.to_numpy(dtype=float) * (0 if charge is None else charge[rows])
    climbed = np.bincount(number, climbs).astype(int).tolist()
    amounts = (whole.fillna(seconds).to_numpy(), metres.to_numpy(), climbed)
    kinds = (_kinds_of(frozenset(kind[of])) for of in places)
    records = (first[name].to_list() for name in ("file", "line"))
    return [Session(*row) for row in zip(*records, places, kinds, *facts, *amounts, strict=True)]


def _kinds_of(kinds: frozenset) -> frozenset:
    """Jumps among sets are part of a gym session."""
    return kinds - BESIDE - ({"plyometrics"} if "strength" in kinds else set())


def pairs_of(logged: list[Session], recorded: list[Session]) -> tuple[list[Pair], list[Pair]]:
    """(pairs that are one, pairs that may be: there are others like them)."""
    near = defaultdict(list)
    for place, session in enumerate(recorded):
        for kind in session.kinds:
            near[session.athlete, kind, session.day].append(place)
    found = [pair for place, session in enumerate(logged) for pair in _near(place, session, recorded, near)]
    sure = [pair for pair in found if pair.how == BY_TIME]
    left = _without(found, sure)
    usual = _by_usual_zone(left, logged, recorded)
    found = [*sure, *usual]
    for next_ones in (_only, partial(_by_charges, logged=logged, recorded=recorded), _only):
        left = _without(left, found)
        found += next_ones(left)
    return found, _without(left, found)


def _only(pairs: list[Pair]) -> list[Pair]:
    """The pairs of which neither end has another."""
    of_logged, of_recorded = Counter((p.logged, p.kind) for p in pairs), Counter(p.recorded for p in pairs)
    return [pair for pair in pairs if of_logged[pair.logged, pair.kind] == of_recorded[pair.recorded] == 1]


def _near(place: int, session: Session, recorded: list[Session], near: dict) -> list[Pair]:
    """The pairs that a logged session makes, or may, with recordings of its kinds; with an open one of its main kind."""
    main, found = "strength" if "strength" in session.kinds else min(session.kinds, default=""), []
    for kind in sorted(session.kinds):
        on_foot = sorted(ON_FOOT - {kind}) if session.charges and kind in ON_FOOT else []  # a hill is run or walked up
        keys = ((session.athlete, of, session.day + day) for of in (kind, OPEN, *on_foot) for day in (-1, 0, 1))
        for other in (i for key in keys if key[1] != OPEN or kind == main for i in near.get(key, ())):
            if (
                recorded[other].kinds & set(on_foot)
                and kind not in recorded[other].kinds
                and not recorded[other].charges
            ):
                continue
            if how := _how(session, recorded[other]):
                found.append(Pair(place, other, kind, how))
    return found


def _without(pairs: list[Pair], taken: list[Pair]) -> list[Pair]:
    """The pairs of which neither end is taken."""
    logged, recorded = {(pair.logged, pair.kind) for pair in taken}, {pair.recorded for pair in taken}
    return [pair for pair in pairs if (pair.logged, pair.kind) not in logged and pair.recorded not in recorded]


def _by_usual_zone(pairs: list[Pair], logged: list[Session], recorded: list[Session]) -> list[Pair]:
    """Of pairs that only a zone may join those that the hours between most of a runner's clocks join, one to one.

    So two sessions of one day find their own, where the app has the runner's clock and the site has that of UTC.
    """
    zoned = [pair for pair in pairs if pair.how == BY_ZONE]
    hours = [round((recorded[pair.recorded].clock - logged[pair.logged].clock) / 3600) for pair in zoned]
    whose = [(logged[pair.logged].athlete, apart) for pair, apart in zip(zoned, hours, strict=True)]
    usual, found = Counter(whose), []
    taken: set[tuple] = set()
    for pair, key in sorted(zip(zoned, whose, strict=True), key=lambda two: (-usual[two[1]], two[1][1], two[0])):
        ends = {("logged", pair.logged, pair.kind), ("recorded", pair.recorded)}
        if usual[key] >= USUAL and not ends & taken:
            found.append(pair)
            taken |= ends
    return found


def _by_charges(pairs: list[Pair], logged: list[Session], recorded: list[Session]) -> list[Pair]:
    """Of pairs that only a day joins those with hill charges on both sides, one to one, the most alike in number first.

    The only session that was logged of a day with several recordings is one with all of them where that is more alike.
    """
    both = [p for p in pairs if p.how == BY_DAY and logged[p.logged].charges and recorded[p.recorded].charges]
    wanted, own, found = Counter(p.recorded for p in both), defaultdict(list), []
    for pair in both:
        own[pair.logged, pair.kind].append((abs(logged[pair.logged].charges - recorded[pair.recorded].charges), pair))
    for (place, _), ones in own.items():
        there = [pair for _, pair in ones]
        apart = abs(logged[place].charges - sum(recorded[pair.recorded].charges for pair in there))
        if apart < min(ones)[0] and all(wanted[pair.recorded] == 1 for pair in there):
            found += there
    for _, pair in sorted(one for ones in own.values() for one in ones):
        found += _without([pair], found)
    return [pair._replace(how=BY_CHARGES) for pair in found]


def _how(logged: Session, recorded: Session) -> str:
    """How two sessions of one kind are known to be one; "" where they are not. An open one must be as long, and then."""
    how = _how_one(logged, recorded)
    is_open = recorded.kinds == {OPEN}
    return "" if is_open and (how != BY_TIME or np.isnan(logged.length_s) or not _as_long(logged, recorded)) else how


def _how_one(logged: Session, recorded: Session) -> str:
    """The same, whatever the kind of the recording."""
    if np.isnan(logged.clock):
        alike = _as_long(logged, recorded) or (logged.charges and recorded.charges)
        return BY_DAY if logged.day == recorded.day and alike else ""
    if not np.isnan(logged.utc) and not np.isnan(recorded.utc):
        later = recorded.utc - logged.utc
    elif logged.is_local and recorded.is_local:
        later = recorded.clock - logged.clock
    else:
        near = abs(recorded.clock - logged.clock) <= FARTHEST_S
        return BY_ZONE if near and _as_long(logged, recorded) else ""
    return BY_TIME if _share(logged.length_s, later, recorded.length_s) else ""


def _share(own_s: float, later_s: float, its_s: float) -> bool:
    """Whether most of the shorter one's time is shared; of a log that tells none, whether it begins in the recording."""
    if np.isnan(own_s):
        return -its_s <= later_s <= EARLY_S
    return min(own_s, later_s + its_s) - max(0.0, later_s) >= SAME_TIME * min(own_s, its_s)


def _as_long(logged: Session, recorded: Session) -> bool:
    """Whether their lengths agree, or where the log tells none their ways; of a log of several kinds neither is known."""
    own, its = (logged.way_m, recorded.way_m) if np.isnan(logged.length_s) else (logged.length_s, recorded.length_s)
    return len(logged.kinds) > 1 or not min(own, its) < SAME_TIME * max(own, its)  # of NaN nothing is less


def by_muscles(
    pairs: list[Pair],
    logged: list[Session],
    recorded: list[Session],
    exercise: pd.Series,
    catalog: Catalog,
) -> tuple[list[Pair], list[Pair]]:
    """(pairs, those that only a day or a zone joins and whose sets, as far as they are known, train no muscle in common)."""
    direct = catalog.muscles[(catalog.muscles["share"] == 1) & (catalog.muscles["role"] == "set")]
    trained = direct.groupby("exercise_id")["muscle"].agg(set).to_dict()
    of_code = [trained.get(catalog.find(name), set()) for name in exercise.cat.categories] + [
        set()
    ]  # the last: of none
    codes = exercise.cat.codes.to_numpy()
    ones: list[Pair] = []
    others: list[Pair] = []
    for pair in pairs:
        both = (logged[pair.logged].rows, recorded[pair.recorded].rows)
        sets = [set().union(*(of_code[code] for code in set(codes[rows].tolist()))) for rows in both]
        unlike = pair.how != BY_TIME and all(sets) and not sets[0] & sets[1]
        (others if unlike else ones).append(pair)
    return ones, others
