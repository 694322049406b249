"""One activity in several files counts once: by the recording that says most, else by a row of a list."""

from collections import Counter, defaultdict

import numpy as np
import pandas as pd

from analysis.catalog.sports import Sports
from analysis.formats.account import Note
from analysis.formats.registry import ACTIVITIES, LISTS

from .accounts import OF_RECORD, Accounts
from .activity_notes import COPY_S, is_kept, notes_on_activities, notes_on_two, typed_beside
from .overlap import MOST_NEAR, alike, broken_off, keepers, sharing
from .pairing import FARTHEST_S
from .recorded import CHARGES
from .row_and_recording import given_by_rows

SAME_S, SAME_SHARE = 10.0, 0.02  # devices and sites agree so far on start and duration of one activity
ZONES_S = 900.0  # clocks of two zones differ by quarters of an hour
LISTED_HOLDS = {"hr_mean_bpm": "heart rate", "distance_m": "distance", "ascent_m": "altitude"}


def activities_once(
    lines: pd.DataFrame, accounts: Accounts, sports: Sports, keep_both: bool = False
) -> tuple[pd.DataFrame, Accounts]:
    """The lines without those of an activity that another file holds too; the accounts say what became of each.

    lines: of all files, with athlete; a row of a list gives its recording what it knows. Two activities of one athlete
    are the same where a list names the file, or where start and duration agree; where one file has the time of UTC and
    the other a clock of who knows which zone, their starts agree to the minute and second, and so do their durations.
    Two of one kind that share their time are one session (see overlap.py).
    keep_both: two recordings are the same only where one is a copy of the other.
    """
    formats = np.array([account.format for account in accounts.files], dtype=object)
    ours = np.isin(formats, ACTIVITIES)[lines["file"].to_numpy()] if len(lines) else np.zeros(0, dtype=bool)
    if not ours.any():
        return lines, accounts
    act = np.full(len(lines), -1)
    act[ours] = lines[ours].groupby(OF_RECORD, sort=False).ngroup()
    acts = _activities(lines[ours], act[ours], formats, sports)
    same = _Same(len(acts))
    missing = _join_named(acts, accounts, same)
    _join_by_time(acts, same, keep_both)
    acts = acts.assign(keeper=same.best(acts["rank"].to_numpy()), shared=False, ends=False)
    acts, two = (acts, []) if keep_both else _joined_by_sharing(acts, accounts)
    notes = [*two, *notes_on_activities(acts, accounts, missing)]
    kept = is_kept(acts)
    lines = given_by_rows(lines, act, acts)[(act < 0) | kept[act]]
    return _told_apart(lines, acts[kept]), accounts.noted(notes)


def _activities(lines: pd.DataFrame, act: np.ndarray, formats: np.ndarray, sports: Sports) -> pd.DataFrame:
    """One row per activity: its first line, and of all of it the way, the kind of its sport, what it holds and its rank."""
    acts = lines.iloc[np.unique(act, return_index=True)[1]].reset_index(drop=True)
    acts = acts.assign(format=formats[acts["file"]], row=np.arange(len(acts)))
    for name in ("distance_m", "ascent_m"):
        acts[name] = lines[name].groupby(act).sum(min_count=1).to_numpy()
    acts["listed"] = acts["format"].isin(LISTS)
    acts["sport"] = acts["sport"].astype(object).fillna("").astype(str)
    acts["kind"] = acts["sport"].map({sport: sports.kind_of(sport) for sport in acts["sport"].unique()})
    acts["holds"] = np.where(acts["listed"], _held(acts), acts["holds"].astype(object).fillna("").astype(str))
    acts["clock"] = acts["day"].astype("datetime64[s]").astype("int64") + acts["begin_s"].astype(float)
    acts["utc"] = acts["clock"] - acts["offset_s"].astype(float)
    acts["length_s"] = acts["elapsed_s"].astype(float)
    held = acts["holds"].map(lambda words: len(words.split(", ")) if words else 0)
    best = acts["format"].map(ACTIVITIES.index)
    without = ~acts["holds"].str.startswith(CHARGES)
    acts["rank"] = np.lexsort([-acts["length_s"], best, -held, without, acts["listed"]]).argsort()
    return acts


def _held(acts: pd.DataFrame) -> list[str]:
    """What the row of a list holds, in the words of a recording."""
    there = acts[list(LISTED_HOLDS)].notna().to_numpy()
    return [", ".join(word for word, held in zip(LISTED_HOLDS.values(), row, strict=True) if held) for row in there]


def _told_apart(lines: pd.DataFrame, acts: pd.DataFrame) -> pd.DataFrame:
    """The lines, sessions that begin in one minute and are two numbered."""
    number = acts.groupby(["athlete", "day", "session"], observed=True).cumcount() + 1
    if not (number > 1).any():
        return lines
    again = acts[number > 1]
    names = pd.Series(
        (again["session"].astype(str) + " " + number[number > 1].astype(str)).to_numpy(),
        pd.MultiIndex.from_frame(again[["file", "line"]]),
    )
    named = names.reindex(pd.MultiIndex.from_frame(lines[["file", "line"]])).to_numpy()
    session = lines["session"].astype(object)
    return lines.assign(session=session.where(pd.isna(named), named).astype("category"))


class _Same:
    """Groups of activities that are one."""

    def __init__(self, n: int):
        self.root = list(range(n))

    def of(self, i: int) -> int:
        while self.root[i] != i:
            self.root[i] = i = self.root[self.root[i]]
        return i

    def join(self, i: int, j: int) -> None:
        self.root[self.of(i)] = self.of(j)

    def best(self, rank: np.ndarray) -> np.ndarray:
        """Of each activity the one of its group with the lowest rank, the first of equal ones."""
        group = np.array([self.of(i) for i in range(len(self.root))])
        order = np.lexsort((np.arange(len(group)), rank, group))
        first = np.append(True, group[order][1:] != group[order][:-1])
        best = np.empty(len(group), dtype=int)
        best[group[order][first]] = order[first]
        return best[group]


def _join_named(acts: pd.DataFrame, accounts: Accounts, same: _Same) -> np.ndarray:
    """Joins each row of a list to the recording that it names; which rows name one that is not here."""
    files, recorded = accounts.files, defaultdict(list)  # rows by name as it is written, and in lower case
    for file, row in acts.loc[~acts["listed"], ["file", "row"]].to_numpy():
        for name in {files[file].name, files[file].name.lower()}:
            recorded[name].append(row)
    missing = np.zeros(len(acts), dtype=bool)
    listed, times = acts[acts["listed"]], acts[["length_s", "clock"]].to_numpy(float)
    for row, file, name in zip(listed["row"], listed["file"], listed["recording"], strict=True):
        if isinstance(name, str) and name:
            path = f"{files[file].name.rpartition('/')[0]}/{name}".lstrip("/")
            likely = [f(p) for f in (str, str.lower) for p in (path, path.removesuffix(".gz"), f"{path}.gz")]
            found = next((recorded[p] for p in likely if p in recorded), [])
            missing[row] = not found
            if found:
                same.join(row, _likest(times, row, found))
    return missing


def _likest(times: np.ndarray, row: int, found: list[int]) -> int:
    """Of the activities of a file the one that lasts as long as a row of a list says, of equal ones the nearest in time.

    times: of each activity how long it lasts, and its clock, in seconds.
    """
    return min(found, key=lambda i: np.nan_to_num(abs(times[i] - times[row]), nan=np.inf).tolist())


def _join_by_time(acts: pd.DataFrame, same: _Same, keep_both: bool) -> None:
    """Joins activities of one athlete that begin together and last as long; by UTC, or by the clock where one has no more."""
    clock, utc, length = (acts[name].to_numpy() for name in ("clock", "utc", "length_s"))
    listed, who = acts["listed"].to_numpy(), acts["athlete"].cat.codes.to_numpy()
    for starts, partly in ((utc, False), (clock, True)):
        usable = np.isfinite(starts) & np.isfinite(length)
        order = np.flatnonzero(usable)[np.lexsort((length[usable], starts[usable], who[usable]))]
        for step in range(1, min(MOST_NEAR, len(order))):
            one, other = order[:-step], order[step:]
            together = (who[one] == who[other]) & (starts[other] - starts[one] <= SAME_S)
            if not together.any():
                break
            apart, longer = abs(length[one] - length[other]), np.maximum(length[one], length[other])
            zoneless = np.isnan(utc[one]) | np.isnan(utc[other])
            equal = together & (apart <= np.maximum(SAME_S, SAME_SHARE * longer)) & (zoneless == partly)
            if keep_both:
                copies = (starts[other] - starts[one] <= COPY_S) & (apart <= COPY_S)
                equal &= copies | listed[one] | listed[other]
            for i, j in zip(one[equal].tolist(), other[equal].tolist(), strict=True):
                same.join(i, j)
    _join_over_zones(clock, utc, length, who, same)


def _join_over_zones(clock: np.ndarray, utc: np.ndarray, length: np.ndarray, who: np.ndarray, same: _Same) -> None:
    """Joins what begins by UTC to what begins by a clock of an unknown zone: one to one, by the zone that most pairs have.

    So two workouts of half an hour in one day, typed to the full minute, stay two.
    """
    usable = np.flatnonzero(np.isfinite(clock) & np.isfinite(length) & (np.isnan(utc) | (utc == clock)))
    order = usable[np.lexsort((length[usable], clock[usable], who[usable]))]
    pairs = []
    for place, i in enumerate(order.tolist()):
        for j in order[place + 1 : place + MOST_NEAR].tolist():
            if who[j] != who[i] or clock[j] - clock[i] > FARTHEST_S + SAME_S:
                break
            quarters = round((clock[j] - clock[i]) / ZONES_S)
            near = abs(clock[j] - clock[i] - quarters * ZONES_S) <= SAME_S and abs(length[i] - length[j]) <= SAME_S
            if near and np.isnan(utc[i]) != np.isnan(utc[j]):
                pairs.append((who[i], quarters if np.isnan(utc[j]) else -quarters, same.of(i), same.of(j)))
    common = Counter(pair[:2] for pair in pairs)
    taken: set = set()
    for *_, i, j in sorted(pairs, key=lambda pair: (-common[pair[:2]], abs(pair[1]), pair)):
        if not taken & {i, j}:
            same.join(i, j)
            taken |= {i, j}


def _joined_by_sharing(acts: pd.DataFrame, accounts: Accounts) -> tuple[pd.DataFrame, list[Note]]:
    """Of those kept so far one is, for each session; what shares its time and stays two is told."""
    own = np.flatnonzero(is_kept(acts))
    kept = acts.iloc[own].assign(athlete=acts["athlete"].cat.codes.iloc[own]).reset_index(drop=True)
    pairs = sharing(kept)
    one = alike(kept, pairs) & ~typed_beside(kept, pairs)
    best = keepers(kept, pairs.of(one))
    two = pairs.of(~one & (best[pairs.one] == pairs.one) & (best[pairs.other] == pairs.other))
    keeper, shared, ends = (acts[name].to_numpy(copy=True) for name in ("keeper", "shared", "ends"))
    keeper[own], shared[own], ends[own] = own[best], best != np.arange(len(own)), broken_off(kept, pairs.of(one))
    keeper = keeper[keeper]  # of a row of a list, where its recording is kept by another
    return acts.assign(keeper=keeper, shared=shared, ends=ends), notes_on_two(kept, two, accounts)
