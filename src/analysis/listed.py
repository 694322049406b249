"""One activity in several files counts once: by the recording that says most, else by a row of a list."""

from collections import Counter, defaultdict

import numpy as np
import pandas as pd

from .sources import LISTS
from .sources.part import Part
from .sports import in_words

RECORDINGS = ("fit", "tcx", "gpx")  # formats of which a file is one recorded activity
BEST_FIRST = (*RECORDINGS, *LISTS)  # a recording with laps, without, a row of numbers
ACTIVITIES = frozenset(BEST_FIRST)  # formats in which a record is an activity
SAME_S, SAME_SHARE = 10.0, 0.02  # devices and sites agree so far on start and duration of one activity
MOST_NEAR = 50  # activities looked at for each; nobody begins so many at once, but a damaged list may
ZONES_S, FARTHEST_S = 900.0, 14 * 3600.0  # clocks of two zones differ by quarters of an hour, up to 14 hours
GIVEN = ["title", "session_rpe"]  # what a list knows better than a recording
LONGEST_MESSAGE = 3  # names that a sentence lists


def activities_once(lines: pd.DataFrame, parts: list[Part]) -> pd.DataFrame:
    """The lines without those of an activity that another file holds too; the parts say what became of each.

    lines: of all parts, with athlete; a row of a list gives its recording what it knows. Two activities of one athlete
    are the same where a list names the file, or where start and duration agree; where one file has the time of UTC and
    the other a clock of who knows which zone, their starts agree to the minute and second, and so do their durations.
    """
    formats = np.array([part.format for part in parts], dtype=object)
    ours = np.isin(formats, list(ACTIVITIES))[lines["file"].to_numpy()] if len(lines) else np.zeros(0, dtype=bool)
    if not ours.any():
        return lines
    acts = lines[ours].drop_duplicates(["file", "line"])[
        ["file", "line", "athlete", "day", "session", "begin_s", "offset_s", "elapsed_s", "recording"]
    ]
    acts = acts.assign(format=formats[acts["file"]], row=np.arange(len(acts))).reset_index(drop=True)
    acts["listed"] = acts["format"].isin(LISTS)
    same = _Same(len(acts))
    named = _join_named(acts, parts, same)
    _join_by_time(acts, same)
    keeper = same.best(acts["format"].map(BEST_FIRST.index).to_numpy())
    kept = keeper == np.arange(len(acts))
    lines = _give(lines, acts, keeper)
    _account(acts, keeper, parts, named)
    gone = pd.MultiIndex.from_frame(acts.loc[~kept, ["file", "line"]])
    lines = lines[~pd.MultiIndex.from_frame(lines[["file", "line"]]).isin(gone)] if len(gone) else lines
    return _told_apart(lines, acts[kept])


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
    rows = [(parts[file].name, row) for file, row in acts.loc[~acts["listed"], ["file", "row"]].to_numpy()]
    recorded = {name.lower(): row for name, row in reversed(rows)} | dict(rows)  # as it is written, else in any case
    missing = np.zeros(len(acts), dtype=bool)
    listed = acts[acts["listed"]]
    for row, file, name in zip(listed["row"], listed["file"], listed["recording"], strict=True):
        if isinstance(name, str) and name:
            path = f"{parts[file].name.rpartition('/')[0]}/{name}".lstrip("/")
            likely = [f(p) for f in (str, str.lower) for p in (path, path.removesuffix(".gz"), f"{path}.gz")]
            found = next((recorded[p] for p in likely if p in recorded), None)
            missing[row] = found is None
            if found is not None:
                same.join(row, found)
    return missing


def _join_by_time(acts: pd.DataFrame, same: _Same) -> None:
    """Joins activities of one athlete that begin together and last as long; by UTC, or by the clock where one has no more."""
    clock = (acts["day"].astype("datetime64[s]").astype("int64") + acts["begin_s"]).to_numpy()
    utc = clock - acts["offset_s"].to_numpy(dtype=float)
    length, who = acts["elapsed_s"].to_numpy(dtype=float), acts["athlete"].cat.codes.to_numpy()
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
            alike = together & (apart <= np.maximum(SAME_S, SAME_SHARE * longer)) & (zoneless == partly)
            for i, j in zip(one[alike].tolist(), other[alike].tolist(), strict=True):
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


def _give(lines: pd.DataFrame, acts: pd.DataFrame, keeper: np.ndarray) -> pd.DataFrame:
    """The lines of recordings with the title, effort, kind and note of the row that lists them."""
    giving = acts["listed"].to_numpy() & ~acts["listed"].to_numpy()[keeper]
    if not giving.any():
        return lines
    to = pd.Series(
        acts["file"].to_numpy()[keeper[giving]], pd.MultiIndex.from_frame(acts.loc[giving, ["file", "line"]])
    )
    rows = lines[pd.MultiIndex.from_frame(lines[["file", "line"]]).isin(to.index)]
    target = to[pd.MultiIndex.from_frame(rows[["file", "line"]])].to_numpy()
    exercise, title = (lines[name].astype(object) for name in ("exercise", "title"))
    sport = pd.Series(rows["exercise"].astype(object).to_numpy(), target)
    sport = lines["file"].map(sport[~sport.index.duplicated()])
    whole = (exercise == title.map(in_words, na_action="ignore")) & sport.notna()  # not its sets, and no charges
    lines = lines.assign(exercise=exercise.mask(whole, sport).astype("category"), title=title)
    for name in [name for name in GIVEN if name in lines]:
        given = pd.Series(rows[name].astype(object).to_numpy(), target).dropna()
        given = given[~given.index.duplicated()]
        value = lines["file"].map(given)
        lines[name] = value.where(value.notna(), lines[name])
    if "notes" in lines:
        notes = pd.Series(rows["notes"].astype(object).to_numpy(), target)
        notes = notes[(notes.fillna("") != "") & ~notes.index.duplicated()]
        last = ~lines["file"].duplicated(keep="last") & lines["file"].isin(notes.index)
        lines.loc[last, "notes"] = lines.loc[last, "file"].map(notes)
    return lines


def _account(acts: pd.DataFrame, keeper: np.ndarray, parts: list[Part], missing: np.ndarray) -> None:
    """What became of each: a row that is recorded too is passed over, a file that stands twice is refused."""
    rows: dict[int, Counter] = defaultdict(Counter)
    files, listed, line = acts["file"].to_numpy(), acts["listed"].to_numpy(), acts["line"].to_numpy()
    into = set()
    for i, best in enumerate(keeper.tolist()):
        part = parts[files[i]]
        rows[files[i]]["rows"] += listed[i]
        if best != i and listed[i]:
            part.passed["listed_too"] += 1
            into.add(best)
        elif best != i:
            message = "is the same activity as another file, by start and duration; the other is kept."
            fix = "nothing to do; where two people log alike, give each a folder with their name."
            part.refuse_line(line[i], "", parts[files[best]].name, "duplicate-row", message, fix)
        elif listed[i]:
            rows[files[i]]["missing" if missing[i] else "alone"] += 1
    for file, n in rows.items():
        _remark_list(parts[file], n)
    unlisted = [parts[files[i]].name for i in np.flatnonzero(~listed) if keeper[i] == i and i not in into]
    lists = [file for file in rows if rows[file]["rows"]]
    if unlisted and lists:
        n = len(unlisted)
        what = f"{n:,} {'recordings are' if n > 1 else 'recording is'} in no list; {'they count' if n > 1 else 'it counts'} too."
        parts[lists[0]].remark_file("unlisted-file", what, "nothing to do.", value=names(unlisted))


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
