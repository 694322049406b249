"""A session that was logged, in an app or by hand, and recorded too is one session.

Of a gym session the log knows the sets, and the recording the time and the heart rate. Of a run the recording knows
what was measured, and the log what it was, its effort and its notes.
"""

from collections import Counter, defaultdict

import numpy as np
import pandas as pd

from analysis.catalog import Catalog
from analysis.catalog.sports import UNLOGGED, Sports
from analysis.formats.account import Note, Passed, Remarked, problem
from analysis.formats.registry import ACTIVITIES
from analysis.formats.text.units import DAY_S

from .accounts import AMOUNTS, OF_RECORD, Accounts, name_of
from .by_count import charges_in
from .pairing import BOTH, Pair, Session, by_muscles, kinds_of, pairs_of, sessions_in
from .row_and_recording import is_rest

TEXT_COLUMNS = ["session", "title", "session_type", "exercise", "notes", "route", "pain_region"]
AMOUNTS_AND_DESCENT = [*AMOUNTS, "descent_m"]
NUMBERS = ["begin_s", "offset_s", "duration_min", "session_rpe", "hr_mean_bpm", "rpe", "pain", *AMOUNTS_AND_DESCENT]


def sessions_once(
    lines: pd.DataFrame, accounts: Accounts, catalog: Catalog, sports: Sports
) -> tuple[pd.DataFrame, Accounts]:
    """The lines with each session once; the accounts say what was joined, and what may be one and was not.

    lines: of all files, with athlete, after activities_once.
    """
    timed = (lines["source"].isin(ACTIVITIES) & lines["begin_s"].notna()).to_numpy()
    if timed.all() or not timed.any():
        return lines, accounts
    days = lines["day"].to_numpy().astype("datetime64[D]").astype(int)
    near = np.isin(days, np.unique(days[timed])[:, None] + [-1, 0, 1])
    kind = kinds_of(lines, catalog, sports)
    charge = charges_in(lines, catalog).to_numpy()
    logged = sessions_in(lines, np.flatnonzero(~timed & near), ["athlete", "day", "session"], kind, charge)
    recorded = sessions_in(lines, np.flatnonzero(timed), ["file", "line"], kind, charge)
    pairs, doubtful = pairs_of(logged, recorded)
    pairs, strangers = by_muscles(pairs, logged, recorded, lines["exercise"], catalog)
    notes = _of_doubts(accounts, logged, recorded, doubtful + strangers)
    if not pairs:
        return lines, accounts.noted(notes)
    several = {place for place, n in Counter(pair.recorded for pair in pairs).items() if n > 1}
    joining = Joining(lines, kind, charge, catalog)
    for place, own in _by_session(pairs).items():
        with_sets = joining.join(logged[place], own, recorded, several)
        notes.append(_of_joined(accounts, logged[place], own, recorded, with_sets))
    return joining.joined(), accounts.noted(notes + _passed_over(lines, joining.gone & ~timed))


def _by_session(pairs: list[Pair]) -> dict[int, list[Pair]]:
    """The pairs of each logged session."""
    found = defaultdict(list)
    for pair in pairs:
        found[pair.logged].append(pair)
    return found


class Joining:
    """Lines while sessions are joined: what changes of them, as arrays, and which of them are gone."""

    def __init__(self, lines: pd.DataFrame, kind: np.ndarray, charge: np.ndarray, catalog: Catalog):
        self.lines, self.kind, self.charge, self.gone = lines, kind, charge, np.zeros(len(lines), dtype=bool)
        self.texts = {name: lines[name].astype(object).to_numpy(copy=True) for name in TEXT_COLUMNS}
        self.numbers = {name: lines[name].to_numpy(dtype=float, copy=True) for name in NUMBERS}
        self.day, self.sets = lines["day"].to_numpy(copy=True), lines["sets"].fillna(1).to_numpy()
        names = lines["exercise"].cat.categories
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
        self.day[rows] = self.day[logged.rows[0]]
        for name, value in facts.items():
            self._of(name)[rows] = value
        return with_sets

    def _of(self, name: str) -> np.ndarray:
        return (self.texts if name in self.texts else self.numbers)[name]

    def _facts(self, logged: Session, ones: list[Session], shared: bool) -> dict:
        """What is said of the whole session. shared: whether a recording is one with several sessions of the log."""
        ones = sorted(ones, key=lambda one: one.clock)
        theirs = np.concatenate([one.rows for one in ones])
        names = ("session", "title", "session_type", "session_rpe")
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
        values = self._of(name)[rows]
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
            for name in ("exercise", "route", "rpe", "pain", "pain_region"):
                self._of(name)[rest] = self._of(name)[logged[0]]
            self.texts["notes"][rest[-1]] = self._first("notes", np.concatenate([logged, rest[-1:]]))
            for values in (self.numbers[name] for name in AMOUNTS_AND_DESCENT):
                if np.isnan(values[theirs]).all():  # what no recording measured is as it was logged
                    values[rest[0]] = values[logged[0]] * self.sets[logged[0]]
        else:
            kept = np.concatenate([kept, logged])
        if len(kept):
            for name in AMOUNTS_AND_DESCENT:
                self._leave(self.numbers[name], rest, np.nansum(self.numbers[name][kept] * self.sets[kept]))
            nothing = np.all([np.isnan(self.numbers[name][rest]) for name in AMOUNTS], axis=0)
            self.gone[rest[nothing & ~self.charge[theirs].any()]] = True  # charges that do not count may yet add to it

    @staticmethod
    def _leave(values: np.ndarray, rest: np.ndarray, told: float) -> None:
        """Take from the rest what is told of it elsewhere; nothing left is missing."""
        for row in rest[~np.isnan(values[rest])]:
            left = values[row] - told
            values[row], told = (left, 0.0) if left > 0 else (np.nan, -left)


# ------------------------------------------------------------------------------------------- what is told
def _of_joined(accounts: Accounts, logged: Session, pairs: list[Pair], recorded: list[Session], sets: bool) -> Note:
    """sets: whether the sets of the log count."""
    names, how = _names(accounts, pairs, recorded), " and ".join(dict.fromkeys(pair.how for pair in pairs))
    what = "its sets count from here, time and heart rate" if sets else "its name and effort count from here, the rest"
    message = f"the session of {_day(logged)} is one with {names}, {how}: {what} from there."
    return Remarked(logged.file, problem(int(logged.line), "", names, "one-session", message, BOTH))


def _of_doubts(accounts: Accounts, logged: list[Session], recorded: list[Session], pairs: list[Pair]) -> list[Note]:
    notes: list[Note] = []
    for place, own in _by_session(pairs).items():
        one, names = logged[place], _names(accounts, own, recorded)
        message = f"the session of {_day(one)} may be one with {names}, but nothing tells which are: all count."
        fix = "write the time of day with the date, or take out what stands twice."
        notes.append(Remarked(one.file, problem(int(one.line), "", names, "maybe-recorded", message, fix)))
    return notes


def _names(accounts: Accounts, pairs: list[Pair], recorded: list[Session]) -> str:
    """What the recordings are called."""
    ones = (recorded[pair.recorded] for pair in pairs)
    return " and ".join(dict.fromkeys(name_of(accounts.files[int(one.file)], int(one.line)) for one in ones))


def _day(session: Session) -> str:
    return str(np.datetime64(int(session.day), "D"))


def _passed_over(lines: pd.DataFrame, gone: np.ndarray) -> list[Note]:
    """The logged records of which nothing is left."""
    records, left = (lines.loc[rows, OF_RECORD].drop_duplicates() for rows in (gone, ~gone))
    alone = records.merge(left, how="left", indicator=True)
    return [Passed(file, "recorded_too") for file in alone.loc[alone["_merge"] == "left_only", "file"]]
