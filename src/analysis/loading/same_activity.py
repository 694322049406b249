"""One activity in several files counts once: by the recording that says most, else by a row of a list."""

from collections import Counter, defaultdict

import numpy as np
import pandas as pd

from analysis.catalog.sports import NEITHER, UNTOLD, Sports, in_words, our_sports
from analysis.formats.account import Part, problem
from analysis.formats.registry import LISTS

from .overlap import MOST_NEAR, SHARED, Sharing, alike, broken_off, keepers, sharing
from .recorded import CHARGES

RECORDINGS = ("fit", "tcx", "gpx")  # formats of which a file is one recorded activity
BEST_FIRST = (*RECORDINGS, *LISTS)  # a recording with laps, without, a row of numbers
ACTIVITIES = frozenset(BEST_FIRST)  # formats in which a record is an activity
SAME_S, SAME_SHARE = 10.0, 0.02  # devices and sites agree so far on start and duration of one activity
COPY_S = 1.0  # and copies of one recording so far
ZONES_S, FARTHEST_S = 900.0, 14 * 3600.0  # clocks of two zones differ by quarters of an hour, up to 14 hours
GIVEN = ["title", "session_rpe"]  # what a list knows better than a recording
LISTED_HOLDS = {"hr_mean_bpm": "heart rate", "distance_m": "distance", "ascent_m": "altitude"}
LONGEST_MESSAGE = 3  # names that a sentence lists
BOTH = "nothing to do, or count both with --keep-both; where two people log alike, give each a folder with their name."


def activities_once(lines: pd.DataFrame, parts: list[Part], sports: Sports, keep_both: bool = False) -> pd.DataFrame:
    """The lines without those of an activity that another file holds too; the parts say what became of each.

    lines: of all parts, with athlete; a row of a list gives its recording what it knows. Two activities of one athlete
    are the same where a list names the file, or where start and duration agree; where one file has the time of UTC and
    the other a clock of who knows which zone, their starts agree to the minute and second, and so do their durations.
    Two of one kind that share their time are one session (see overlap.py).
    keep_both: two recordings are the same only where one is a copy of the other.
    """
    formats = np.array([part.format for part in parts], dtype=object)
    ours = np.isin(formats, list(ACTIVITIES))[lines["file"].to_numpy()] if len(lines) else np.zeros(0, dtype=bool)
    if not ours.any():
        return lines
    act = np.full(len(lines), -1)
    act[ours] = lines[ours].groupby(["file", "line"], sort=False).ngroup()
    acts = _activities(lines[ours], act[ours], formats, sports)
    same = _Same(len(acts))
    missing = _join_named(acts, parts, same)
    _join_by_time(acts, same, keep_both)
    acts["keeper"] = same.best(acts["rank"].to_numpy())
    acts["shared"] = acts["ends"] = False
    if not keep_both:
        _join_sharing(acts, parts)
    lines = _give(lines, act, acts)
    _account(acts, parts, missing)
    kept = _is_kept(acts)
    return _told_apart(lines[(act < 0) | kept[act]], acts[kept])


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
    best = acts["format"].map(BEST_FIRST.index)
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


def _join_named(acts: pd.DataFrame, parts: list[Part], same: _Same) -> np.ndarray:
    """Joins each row of a list to the recording that it names; which rows name one that is not here."""
    recorded: dict[str, list[int]] = defaultdict(list)  # rows by name as it is written, and in lower case
    for file, row in acts.loc[~acts["listed"], ["file", "row"]].to_numpy():
        for name in {parts[file].name, parts[file].name.lower()}:
            recorded[name].append(row)
    missing = np.zeros(len(acts), dtype=bool)
    listed = acts[acts["listed"]]
    for row, file, name in zip(listed["row"], listed["file"], listed["recording"], strict=True):
        if isinstance(name, str) and name:
            path = f"{parts[file].name.rpartition('/')[0]}/{name}".lstrip("/")
            likely = [f(p) for f in (str, str.lower) for p in (path, path.removesuffix(".gz"), f"{path}.gz")]
            found = next((recorded[p] for p in likely if p in recorded), [])
            missing[row] = not found
            if found:
                same.join(row, _likest(acts, row, found))
    return missing


def _likest(acts: pd.DataFrame, row: int, found: list[int]) -> int:
    """Of the activities of a file the one that lasts as long as a row of a list says, of equal ones the nearest in time."""
    apart = [abs(acts[name].to_numpy() - acts[name].iat[row]) for name in ("length_s", "clock")]
    return min(found, key=lambda i: [np.nan_to_num(seconds[i], nan=np.inf) for seconds in apart])


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
    common, taken = Counter(pair[:2] for pair in pairs), set()
    for *_, i, j in sorted(pairs, key=lambda pair: (-common[pair[:2]], abs(pair[1]), pair)):
        if not taken & {i, j}:
            same.join(i, j)
            taken |= {i, j}


def _is_kept(acts: pd.DataFrame) -> np.ndarray:
    return acts["keeper"].to_numpy() == acts["row"].to_numpy()


def _join_sharing(acts: pd.DataFrame, parts: list[Part]) -> None:
    """Of those kept so far one is, for each session; what shares its time and stays two is told."""
    own = np.flatnonzero(_is_kept(acts))
    kept = acts.iloc[own].assign(athlete=acts["athlete"].cat.codes.iloc[own]).reset_index(drop=True)
    pairs = sharing(kept)
    one = alike(kept, pairs) & ~_typed_beside(kept, pairs)
    best = keepers(kept, pairs.of(one))
    _tell_two(kept, pairs.of(~one & (best[pairs.one] == pairs.one) & (best[pairs.other] == pairs.other)), parts)
    keeper = acts["keeper"].to_numpy(copy=True)
    keeper[own] = own[best]
    acts["keeper"] = keeper[keeper]  # of a row of a list, where its recording is kept by another
    acts.loc[own, "shared"] = best != np.arange(len(own))
    acts.loc[own, "ends"] = broken_off(kept, pairs.of(one))


def _typed_beside(acts: pd.DataFrame, pairs: Sharing) -> np.ndarray:
    """Which pairs are rows of one list of which one was recorded and the other typed there: what the recording lacks."""
    typed = acts["recording"].astype(object).fillna("").eq("").to_numpy()
    one, other = pairs.one, pairs.other
    return (typed[one] != typed[other]) & (acts["file"].to_numpy()[one] == acts["file"].to_numpy()[other])


def _tell_two(acts: pd.DataFrame, pairs: Sharing, parts: list[Part]) -> None:
    """Remark what shares its time and counts all the same."""
    typed = _typed_beside(acts, pairs).tolist()
    for i, j, is_typed in zip(pairs.one.tolist(), pairs.other.tolist(), typed, strict=True):
        (part, line, _), (_, _, other) = _of(acts, j, parts), _of(acts, i, parts)
        sports = " and ".join(acts["sport"].iat[row] or "without a sport" for row in (j, i))
        how = "one of the two was typed" if is_typed else "their lengths or ways differ much"
        how = f"they are of different sports ({sports})" if acts["kind"].iat[i] != acts["kind"].iat[j] else how
        what = f"shares its time with {other}, but {how}: both count."
        fix = "nothing to do, or take one of the two out."
        part.remarks.append(problem(line if part.records_in > 1 else None, "", other, "same-time", what, fix))


def name_of(part: Part, line: int) -> str:
    """What an activity is called: its file, and its line where that holds several."""
    return part.name + (f":{line}" if part.records_in > 1 else "")


def _of(acts: pd.DataFrame, row: int, parts: list[Part]) -> tuple[Part, int, str]:
    """Part, line and name of an activity."""
    part, line = parts[acts["file"].iat[row]], int(acts["line"].iat[row])
    return part, line, name_of(part, line)


def _give(lines: pd.DataFrame, act: np.ndarray, acts: pd.DataFrame) -> pd.DataFrame:
    """The lines of recordings with the title, effort, kind and note of the row that lists them, and a pulse they lack."""
    listed, keeper, away = acts["listed"].to_numpy(), acts["keeper"].to_numpy(), ~_is_kept(acts)
    length = acts["length_s"].to_numpy()
    as_long = away & (length >= SHARED * length[keeper])
    lines = _given(lines, act, acts, "hr_mean_bpm", as_long, lines["hr_mean_bpm"].isna())
    rows = away & listed & ~listed[keeper]
    lines = _given(lines, act, acts, "exercise", rows, is_rest(lines) if rows.any() else True)
    for name in GIVEN:
        lines = _given(lines, act, acts, name, rows)
    last = ~pd.Series(act, lines.index).duplicated(keep="last")
    return _given(lines, act, acts, "notes", rows, last)


def _given(lines: pd.DataFrame, act, acts: pd.DataFrame, name: str, giving: np.ndarray, where=True) -> pd.DataFrame:
    """The lines with what the first of those that give has, in the place of their own."""
    gifts = np.full(len(acts) + 1, None, dtype=object)  # the last is that of lines of no activity
    values = acts[name].astype(object).to_numpy()
    for row in np.flatnonzero(giving & acts[name].notna() & acts[name].ne(""))[::-1]:
        gifts[acts["keeper"].iat[row]] = values[row]
    taken = pd.notna(gifts[act]) & where
    if not taken.any():
        return lines
    given = lines[name].astype(object).mask(taken, pd.Series(gifts[act], lines.index))
    return lines.assign(**{name: given.astype("category" if name in ("exercise", "title") else lines[name].dtype)})


def is_rest(lines: pd.DataFrame) -> pd.Series:
    """Which lines of recordings stand for the rest of it, and are no sets and no charges."""
    words = {sport: our_sports().written(sport or UNTOLD) for sport in lines["sport"].dropna().unique()}
    exercise = lines["exercise"].astype(object)
    return (exercise == lines["sport"].astype(object).map(words)) | (exercise == in_words(NEITHER))


def _account(acts: pd.DataFrame, parts: list[Part], missing: np.ndarray) -> None:
    """What became of each: what another row or recording holds too is passed over, a copy of a file is refused."""
    rows: dict[int, Counter] = defaultdict(Counter)
    files, listed, keeper = (acts[name].to_numpy() for name in ("file", "listed", "keeper"))
    copies, into = _are_copies(acts), set()
    for i, best in enumerate(keeper.tolist()):
        part = parts[files[i]]
        rows[files[i]]["rows"] += listed[i]
        if best == i:
            rows[files[i]]["missing" if missing[i] else "alone"] += listed[i]
        elif copies[i]:
            message = "is the same activity as another file, by start and duration; the other is kept."
            fix = "nothing to do; where two people log alike, give each a folder with their name."
            part.refuse_line(acts["line"].iat[i], "", parts[files[best]].name, "duplicate-row", message, fix)
        else:
            part.passed["listed_too" if listed[i] else "recorded_too"] += 1
            into |= {best} if listed[i] else set()
            if acts["shared"].iat[i] or not listed[i]:
                _tell_joined(acts, i, best, parts)
    for file, n in rows.items():
        _remark_list(parts[file], n)
    unlisted = [parts[files[i]].name for i in np.flatnonzero(~listed) if keeper[i] == i and i not in into]
    lists = [file for file in rows if rows[file]["rows"]]
    if unlisted and lists:
        n = len(unlisted)
        what = f"{n:,} {'recordings are' if n > 1 else 'recording is'} in no list; {'they count' if n > 1 else 'it counts'} too."
        parts[lists[0]].remark_file("unlisted-file", what, "nothing to do.", value=names(unlisted))


def _are_copies(acts: pd.DataFrame) -> np.ndarray:
    """Which activities are the very recording that is kept: of one start and length, to the second."""
    keeper = acts["keeper"].to_numpy()
    starts = acts["utc"].fillna(acts["clock"]).to_numpy()
    near = [np.abs(values - values[keeper]) <= COPY_S for values in (starts, acts["length_s"].to_numpy())]
    recorded = ~(acts["listed"].to_numpy() | acts["listed"].to_numpy()[keeper])
    return near[0] & near[1] & recorded & ~_is_kept(acts)


def _tell_joined(acts: pd.DataFrame, i: int, best: int, parts: list[Part]) -> None:
    """Remark that an activity is one session with another, and why that one is kept."""
    (part, line, _), (_, _, other) = _of(acts, i, parts), _of(acts, best, parts)
    own, its = (acts["holds"].iat[row].split(", ") for row in (i, best))
    more = [word for word in its if word and word not in own]
    why = (
        f"it has {' and '.join([', '.join(more[:-1]), more[-1]] if more[1:] else more)}" if more else "it holds no less"
    )
    if acts["ends"].iat[i] and not acts["ends"].iat[best]:
        why = "it goes on longer"
    what = f"is one session with {other}, by its time and kind; the other is kept, as {why}."
    part.remarks.append(problem(line if part.records_in > 1 else None, "", other, "one-session", what, BOTH))


def _remark_list(part: Part, n: Counter) -> None:
    if twice := part.passed["listed_too"]:
        what = f"{twice:,} of {n['rows']:,} rows stand in another row or file too; each counts once, where most is said of it."
        part.remark_file("listed-too", what, "nothing to do.")
    for kind, code, which in (("alone", "no-file", "name no recording"), ("missing", "member-missing", "name a recording that is not here or cannot be read")):  # fmt: skip
        if n[kind]:
            what = f"{n[kind]:,} of {n['rows']:,} rows {which}; they count by what the list says of them."
            part.remark_file(code, what, "nothing to do, or add the recordings.")


def names(of: list[str]) -> str:
    """The first few names, and how many more."""
    more = f" and {len(of) - LONGEST_MESSAGE:,} more" if len(of) > LONGEST_MESSAGE else ""
    return ", ".join(name.rpartition("/")[2] for name in of[:LONGEST_MESSAGE]) + more
