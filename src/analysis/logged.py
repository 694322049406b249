"""A session that was logged, in an app or by hand, and recorded too is one session.

Of a gym session the log knows the sets, and the recording the time and the heart rate. Of a run the recording knows
what was measured, and the log what it was, its effort and its notes. They are one by the time that they share; where
the log tells no time of day, or nobody knows the zone of a clock, by being the only two of their kind there.
"""

from collections import Counter, defaultdict
from typing import NamedTuple

import numpy as np
import pandas as pd

from .catalog import Catalog
from .listed import ACTIVITIES, BOTH, is_rest, name_of
from .overlap import SHARED
from .sources.part import Part, problem
from .sports import OTHER, UNLOGGED, Sports

EARLY_S = 1800.0  # so long before the watch is started somebody may open the log
FARTHEST_S = 14 * 3600.0  # clocks of two zones differ by no more
USUAL = 3  # so many pairs with as many hours between their clocks tell a zone
DAY_S = 86_400
BESIDE = {"", "warm_up", "cool_down", "stretching", "mobility", "foam_rolling"}  # part of a session of any kind
OPEN = "open"  # kind of a recording that may be of any: of a device set to "other", or in a gym to "cardio"
BY_TIME, BY_DAY, BY_ZONE = "by its time", "as the only two of that day", "as the only two so near each other"
AMOUNTS = ["distance_m", "ascent_m", "duration_s"]
TEXTS = ["session", "title", "exercise", "notes"]
FACTS = ["begin_s", "offset_s", "duration_min", "session_rpe", "hr_mean_bpm"]  # of a whole session


class Session(NamedTuple):
    """A session as a log or a recording has it."""

    rows: np.ndarray  # the places of its lines
    kinds: frozenset  # of sports, as in sports.py
    athlete: str
    day: int  # from 1970
    clock: float  # seconds from 1970; NaN where no time of day is told
    utc: float  # the same; NaN where no zone is told
    is_local: bool  # whether that clock is the runner's
    length_s: float
    way_m: float


class Pair(NamedTuple):
    """A logged and a recorded session that are one, or may be: their places, of what kind, and how that is known."""

    logged: int
    recorded: int
    kind: str
    how: str


def sessions_once(lines: pd.DataFrame, parts: list[Part], catalog: Catalog, sports: Sports) -> pd.DataFrame:
    """The lines with each session once; the parts say what was joined, and what may be one and was not.

    lines: of all parts, with athlete, after listed.activities_once.
    """
    timed = (lines["source"].isin(ACTIVITIES) & lines["begin_s"].notna()).to_numpy()
    if timed.all() or not timed.any():
        return lines
    days = lines["day"].to_numpy().astype("datetime64[D]").astype(int)
    near = np.isin(days, np.unique(days[timed])[:, None] + [-1, 0, 1])
    kind = _kinds(lines, catalog, sports)
    logged = _sessions(lines, np.flatnonzero(~timed & near), ["athlete", "day", "session"], kind)
    recorded = _sessions(lines, np.flatnonzero(timed), ["file", "line"], kind)
    pairs, doubtful = _pairs(logged, recorded)
    pairs, strangers = _by_muscles(pairs, logged, recorded, lines["exercise"], catalog)
    _tell_doubts(lines, parts, logged, recorded, doubtful + strangers)
    if not pairs:
        return lines
    several = {place for place, n in Counter(pair.recorded for pair in pairs).items() if n > 1}
    joining = Joining(lines, kind, catalog)
    for place, own in _by_session(pairs).items():
        with_sets = joining.join(logged[place], own, recorded, several)
        _tell_joined(lines, parts, logged[place], own, recorded, with_sets)
    _pass_over(lines, parts, joining.gone & ~timed)
    return joining.joined()


def _by_session(pairs: list[Pair]) -> dict[int, list[Pair]]:
    """The pairs of each logged session."""
    found = defaultdict(list)
    for pair in pairs:
        found[pair.logged].append(pair)
    return found


def _kinds(lines: pd.DataFrame, catalog: Catalog, sports: Sports) -> np.ndarray:
    """Of each line the kind of its sport, where it has one, else of its exercise; OPEN of one that says nothing."""
    names, words = lines["exercise"].cat.categories, lines["sport"].dropna().unique()
    of_exercise = {name: sports.kind_of_exercise(catalog.find(name) or "") for name in names}
    of_sport = lines["sport"].map({word: sports.kind_of(word) for word in words}).astype(object)
    own = lines["exercise"].astype(object).map(of_exercise)
    own = own.mask(of_sport.eq("") & own.eq(OTHER) | of_sport.eq("gym"), OPEN)
    return of_sport.mask(of_sport.isin(["", "gym"])).fillna(own).to_numpy()


def _sessions(lines: pd.DataFrame, rows: np.ndarray, by: list[str], kind: np.ndarray) -> list[Session]:
    """The sessions of some lines, which have these columns in common."""
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
    amounts = (whole.fillna(seconds).to_numpy(), metres.to_numpy())
    kinds = (_kinds_of(frozenset(kind[of])) for of in places)
    return [Session(*row) for row in zip(places, kinds, *facts, *amounts, strict=True)]


def _kinds_of(kinds: frozenset) -> frozenset:
    """Jumps among sets are part of a gym session."""
    return kinds - BESIDE - ({"plyometrics"} if "strength" in kinds else set())


# ------------------------------------------------------------------------------------------- which are one
def _pairs(logged: list[Session], recorded: list[Session]) -> tuple[list[Pair], list[Pair]]:
    """(pairs that are one, pairs that may be: there are others like them)."""
    near = defaultdict(list)
    for place, session in enumerate(recorded):
        for kind in session.kinds:
            near[session.athlete, kind, session.day].append(place)
    found = []
    for place, session in enumerate(logged):
        for kind in sorted(session.kinds):
            keys = ((session.athlete, of, session.day + day) for of in (kind, OPEN) for day in (-1, 0, 1))
            for other in (i for key in keys for i in near.get(key, ())):
                if how := _how(session, recorded[other]):
                    found.append(Pair(place, other, kind, how))
    sure = [pair for pair in found if pair.how == BY_TIME]
    taken = {(pair.logged, pair.kind) for pair in sure}, {pair.recorded for pair in sure}
    left = [pair for pair in found if (pair.logged, pair.kind) not in taken[0] and pair.recorded not in taken[1]]
    usual = _by_usual_zone(left, logged, recorded)
    taken = {(pair.logged, pair.kind) for pair in usual}, {pair.recorded for pair in usual}
    left = [pair for pair in left if (pair.logged, pair.kind) not in taken[0] and pair.recorded not in taken[1]]
    of_logged, of_recorded = Counter((p.logged, p.kind) for p in left), Counter(p.recorded for p in left)
    only = {pair for pair in left if of_logged[pair.logged, pair.kind] == of_recorded[pair.recorded] == 1}
    return [*sure, *usual, *only], [pair for pair in left if pair not in only]


def _by_usual_zone(pairs: list[Pair], logged: list[Session], recorded: list[Session]) -> list[Pair]:
    """Of pairs that only a zone may join those that the hours between most of a runner's clocks join, one to one.

    So two sessions of one day find their own, where the app has the runner's clock and the site has that of UTC.
    """
    zoned = [pair for pair in pairs if pair.how == BY_ZONE]
    hours = [round((recorded[pair.recorded].clock - logged[pair.logged].clock) / 3600) for pair in zoned]
    whose = [(logged[pair.logged].athlete, apart) for pair, apart in zip(zoned, hours, strict=True)]
    usual, found, taken = Counter(whose), [], set()
    for pair, key in sorted(zip(zoned, whose, strict=True), key=lambda two: (-usual[two[1]], two[1][1], two[0])):
        ends = {("logged", pair.logged, pair.kind), ("recorded", pair.recorded)}
        if usual[key] >= USUAL and not ends & taken:
            found.append(pair)
            taken |= ends
    return found


def _how(logged: Session, recorded: Session) -> str:
    """How two sessions of one kind are known to be one; "" where they are not. An open one must be as long, and then."""
    how = _how_one(logged, recorded)
    is_open = recorded.kinds == {OPEN}
    return "" if is_open and (how != BY_TIME or np.isnan(logged.length_s) or not _as_long(logged, recorded)) else how


def _how_one(logged: Session, recorded: Session) -> str:
    if np.isnan(logged.clock):
        return BY_DAY if logged.day == recorded.day and _as_long(logged, recorded) else ""
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
    return min(own_s, later_s + its_s) - max(0.0, later_s) >= SHARED * min(own_s, its_s)


def _as_long(logged: Session, recorded: Session) -> bool:
    """Whether their lengths agree, or where the log tells none their ways; of a log of several kinds neither is known."""
    own, its = (logged.way_m, recorded.way_m) if np.isnan(logged.length_s) else (logged.length_s, recorded.length_s)
    return len(logged.kinds) > 1 or not min(own, its) < SHARED * max(own, its)  # of NaN nothing is less


def _by_muscles(pairs: list[Pair], logged, recorded, exercise: pd.Series, catalog: Catalog) -> tuple[list, list]:
    """(pairs, those that only a day or a zone joins and whose sets, as far as they are known, train no muscle in common)."""
    direct = catalog.muscles[(catalog.muscles["share"] == 1) & (catalog.muscles["role"] == "set")]
    trained = direct.groupby("exercise_id")["muscle"].agg(set).to_dict()
    of_name = {name: trained.get(catalog.find(name), set()) for name in exercise.cat.categories}
    ones, others = [], []
    for pair in pairs:
        both = (logged[pair.logged].rows, recorded[pair.recorded].rows)
        sets = [set().union(*map(of_name.get, exercise.iloc[rows].unique())) for rows in both]
        unlike = pair.how != BY_TIME and all(sets) and not sets[0] & sets[1]
        (others if unlike else ones).append(pair)
    return ones, others


# ------------------------------------------------------------------------------------------- what becomes of them
class Joining:
    """Lines while sessions are joined: what changes of them, as arrays, and which of them are gone."""

    def __init__(self, lines: pd.DataFrame, kind: np.ndarray, catalog: Catalog):
        self.lines, self.kind, self.gone = lines, kind, np.zeros(len(lines), dtype=bool)
        self.texts = {name: lines[name].astype(object).to_numpy(copy=True) for name in TEXTS}
        self.numbers = {name: lines[name].to_numpy(dtype=float, copy=True) for name in (*FACTS, *AMOUNTS)}
        self.day, self.sets = lines["day"].to_numpy(copy=True), lines["sets"].fillna(1).to_numpy()
        names = lines["exercise"].cat.categories
        self.charge = (
            lines["exercise"].isin([name for name in names if catalog.counts_of(name) == "charges"]).to_numpy()
        )
        self.unlogged = lines["exercise"].isin([name for name in names if catalog.find(name) == UNLOGGED]).to_numpy()
        self.rest = is_rest(lines).to_numpy()

    def joined(self) -> pd.DataFrame:
        """The lines that are left, ordered by day."""
        index, columns = self.lines.index, {**self.texts, **self.numbers, "day": self.day}
        typed = {name: pd.Series(values, index).astype(self._dtype(name)) for name, values in columns.items()}
        return self.lines.assign(**typed)[~self.gone].sort_values("day", kind="stable", ignore_index=True)

    def _dtype(self, name: str):
        own = self.lines[name].dtype
        return "category" if isinstance(own, pd.CategoricalDtype) else own

    def join(self, logged: Session, pairs: list[Pair], recorded: list[Session], several: set[int]) -> bool:
        """Join a logged session to its recordings, kind by kind. Whether it is its sets that count."""
        ones, with_sets = [recorded[pair.recorded] for pair in pairs], False
        rows = np.concatenate([logged.rows, *(one.rows for one in ones)])
        facts = self._facts(logged, ones, any(pair.recorded in several for pair in pairs))
        for kind in sorted({pair.kind for pair in pairs}):
            mine = logged.rows[self.kind[logged.rows] == kind]
            theirs = np.concatenate([one.rows for one, pair in zip(ones, pairs, strict=True) if pair.kind == kind])
            if kind == "strength":
                with_sets = not self.unlogged[mine].all()
                self.gone[theirs if with_sets else mine] = True
            else:
                self._measures(mine, theirs)
        self.day[rows] = self.lines["day"].to_numpy()[logged.rows[0]]
        for name, value in facts.items():
            (self.texts if name in self.texts else self.numbers)[name][rows] = value
        return with_sets

    def _facts(self, logged: Session, ones: list[Session], shared: bool) -> dict:
        """What is said of the whole session. shared: whether a recording is one with several sessions of the log."""
        ones = sorted(ones, key=lambda one: one.clock)
        theirs = np.concatenate([one.rows for one in ones])
        names = ("session", "title", "session_rpe")
        facts = {name: self._first(name, np.concatenate([logged.rows, theirs])) for name in names}
        minutes, pulse = (
            np.array([self._first(name, one.rows) for one in ones]) for name in ("duration_min", "hr_mean_bpm")
        )
        own = self._first("duration_min", logged.rows)
        by_watch = logged.kinds == {"strength"} and not shared
        facts["duration_min"] = minutes.sum() if np.isnan(own) or (by_watch and minutes.sum() > 0) else own
        known = ~np.isnan(pulse) & (minutes > 0)  # of what was recorded
        if known.any():
            facts["hr_mean_bpm"] = (
                pulse[known][0] if known.sum() == 1 else np.average(pulse[known], weights=minutes[known])
            )
        if len(logged.kinds) == 1 or np.isnan(logged.clock):
            facts["begin_s"] = ones[0].clock - logged.day * DAY_S
            facts["offset_s"] = ones[0].clock - ones[0].utc
        return facts

    def _first(self, name: str, rows: np.ndarray):
        """The first value that there is; NaN where there is none."""
        values = (self.texts if name in self.texts else self.numbers)[name][rows]
        known = values[pd.notna(values) & (values != "")]
        return known[0] if len(known) else np.nan

    def _measures(self, mine: np.ndarray, theirs: np.ndarray) -> None:
        """What was measured counts: one logged line names it; of several it is what they leave.

        A charge that was logged is one of those where the recording holds no charges.
        """
        logged, rest = mine[~self.charge[mine]], theirs[self.rest[theirs]]
        kept = mine[self.charge[mine]] if not self.charge[theirs].any() else mine[:0]
        if len(logged) == 1 and len(rest):
            self.gone[logged] = True
            self.texts["exercise"][rest] = self.texts["exercise"][logged[0]]
            self.texts["notes"][rest[-1]] = self._first("notes", np.concatenate([logged, rest[-1:]]))
        else:
            kept = np.concatenate([kept, logged])
        if len(kept):
            for name in AMOUNTS:
                self._leave(self.numbers[name], rest, np.nansum(self.numbers[name][kept] * self.sets[kept]))
            nothing = np.all([np.isnan(self.numbers[name][rest]) for name in AMOUNTS], axis=0)
            self.gone[rest[nothing]] = True

    @staticmethod
    def _leave(values: np.ndarray, rest: np.ndarray, told: float) -> None:
        """Take from the rest what is told of it elsewhere; nothing left is missing."""
        for row in rest[~np.isnan(values[rest])]:
            left = values[row] - told
            values[row], told = (left, 0.0) if left > 0 else (np.nan, -left)


# ------------------------------------------------------------------------------------------- what is told
def _tell_joined(lines, parts, logged: Session, pairs: list[Pair], recorded: list[Session], with_sets: bool) -> None:
    names = _names(lines, parts, pairs, recorded)
    how = " and ".join(dict.fromkeys(pair.how for pair in pairs))
    what = (
        "its sets count from here, time and heart rate from there"
        if with_sets
        else "its name and effort count from here, the rest from there"
    )
    message = f"the session of {_day(logged)} is one with {names}, {how}: {what}."
    _remark(lines, parts, logged, "one-session", message, BOTH, names)


def _tell_doubts(lines, parts, logged: list[Session], recorded: list[Session], pairs: list[Pair]) -> None:
    for place, own in _by_session(pairs).items():
        names = _names(lines, parts, own, recorded)
        message = (
            f"the session of {_day(logged[place])} may be one with {names}, but nothing tells which are: all count."
        )
        fix = "write the time of day with the date, or take out what stands twice."
        _remark(lines, parts, logged[place], "maybe-recorded", message, fix, names)


def _remark(lines, parts, logged: Session, code: str, message: str, fix: str, value: str) -> None:
    file, line = (int(lines[name].iat[logged.rows[0]]) for name in ("file", "line"))
    parts[file].remarks.append(problem(line, "", value, code, message, fix))


def _names(lines, parts, pairs: list[Pair], recorded: list[Session]) -> str:
    """What the recordings are called."""
    places = lines[["file", "line"]].iloc[[recorded[pair.recorded].rows[0] for pair in pairs]].drop_duplicates()
    return " and ".join(name_of(parts[file], line) for file, line in places.itertuples(index=False))


def _day(session: Session) -> str:
    return str(np.datetime64(int(session.day), "D"))


def _pass_over(lines: pd.DataFrame, parts: list[Part], gone: np.ndarray) -> None:
    """Count the logged records of which nothing is left."""
    records = lines.loc[gone, ["file", "line"]].drop_duplicates()
    left = lines.loc[~gone, ["file", "line"]].drop_duplicates()
    alone = records.merge(left, how="left", indicator=True)
    for file in alone.loc[alone["_merge"] == "left_only", "file"]:
        parts[file].passed["recorded_too"] += 1
