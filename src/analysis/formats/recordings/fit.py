"""FIT, the format of sports watches, as recordings: what the messages of a file mean. What no message says is NaN."""

import re
from itertools import chain, count

import numpy as np
import pandas as pd

from analysis.errors import LogError
from analysis.formats.text.cells import whole_text
from analysis.schema import LAP_MARKS, SET_MARKS, conform
from analysis.wording import counted

from . import fit_profile as profile
from . import totals
from .clocks import is_plausible, wrong_clock
from .fit_exercises import UNKNOWN, exercise_name
from .fit_messages import Messages, Stored, field_dtype, find_messages
from .fit_straps import merge_straps
from .outings import each_once, refuse_more_activities, repeated
from .recording import LAT_LON, LIMITS, NO_SET_MARKS, SET_LIMITS, Recording

MOST_DEVELOPER_FIELDS = 32
QUARTER_S = 900  # offsets to UTC are quarters of an hour, ...
FURTHEST_S = 14 * 3600  # ... this many seconds at most
EVENT_OFF_S = 3  # a record so near to a stop or start of the timer may be written on either side of it
SEVERAL = "multisport"
NO_EXERCISE = (None, None)  # a category and an exercise that are not told
LONGEST_TITLE = 200
LOST = ("truncated", "damaged")  # faults after which a file is not whole


def read_fit(data: bytes, name: str) -> list[Recording | LogError]:
    """The activities of a FIT file; in place of one of several that is none, why. `name` is how errors call the file.

    Each of several files one behind another is an activity, unless it only continues the one before; each session of
    a multisport file is one, with its sport. Points have the columns of POINTS, in the order of the file, then one
    `dev_...` for each number that an app on the device added. Cadence counts both feet of running, walking and hiking;
    of other sports it is as written. Heart rates that a strap sent later are merged in.

    Raises LogError: empty-file, not-a-fit, fit-settings, fit-workout, not-activity, no-records, truncated, damaged,
    too-big, too-many-activities. Rejects: no-time, wrong-clock. Remarks: truncated, damaged, crc-mismatch,
    trailing-bytes, recorded-twice, time-order, implausible-date, wrong-clock, range-error, empty-set, unknown-sport,
    developer-field, fit-odd-field, guessed-exercise.
    """
    _refuse_other_formats(data, name)
    messages = find_messages(data, name)
    _refuse_other_kinds(messages.read(profile.FILE_ID)["kind"].tolist(), name)
    found = each_once([one for part in _apart(messages) for one in _recordings(part, name)])
    if all(isinstance(one, LogError) for one in found):
        raise found[0]
    return found


# ------------------------------------------------------------------------------------------- one activity each
def _apart(messages: Messages) -> list[Messages]:
    """The messages of each activity; a file without a head of its own continues the one before, as those of a strap."""
    if len(messages.begins) < 2:
        return [messages]
    begins, heads = np.array(messages.begins), messages.read(profile.FILE_ID)
    of = begins[np.searchsorted(begins, heads["starts"], side="right") - 1].tolist()
    kinds = dict(zip(of, heads["kind"].tolist(), strict=True))
    held = [part for number in profile.HOLDERS for _, parts in messages.kinds.get(number, ()) for part in parts]
    holders = {begin for begin, starts in held if len(starts)}
    groups: list[list[int]] = []
    for begin in messages.begins:
        if kinds.get(begin) in profile.NO_ACTIVITY:
            continue  # settings, or another kind
        if groups and not (begin in kinds and begin in holders):
            groups[-1].append(begin)
        else:
            groups.append([begin])
    return [messages.files(group) for group in groups]


def _recordings(messages: Messages, name: str) -> list[Recording | LogError]:
    """The activities of one file, one of each session; what is said of the whole file stands with the first."""
    sessions, steps = _sessions(messages), messages.read(profile.WORKOUT_STEP)
    rejects: list[dict] = []
    remarks: list[dict] = []
    points, laps = _points(messages), _laps(messages.read(profile.LAP), steps)
    broken = [fault for fault in messages.faults if fault[1] in LOST]
    n = len(points["time"])
    points = _each_once(_by_right_clock(points, sessions, rejects), remarks)
    sets = _with_work(_sets(messages, steps), remarks)
    legs, facts = _legs(sessions), _facts(messages)
    refuse_more_activities(name, legs)
    parts = [(points, laps, sets)]
    if len(legs) > 1:
        of = [_leg_of(legs, starts) for starts in (points["time"], laps["start"], sets["start"])]
        parts = [(_rows(points, of[0] == i), _rows(laps, of[1] == i), sets[of[2] == i]) for i in range(len(legs))]
    found: list = [_recording(leg, *part, facts) for leg, part in zip(legs, parts, strict=True)]
    found = [_nothing(name, broken, n) if _is_empty(one, broken) else one for one in found]
    first = next((one for one in found if isinstance(one, Recording)), None)
    if first:
        kept = f"{len(points['time']):,} records kept"
        faults = [_problem(code, what.format(kept=kept), fix) for _, code, what, fix in messages.faults]
        first.rejects, first.remarks = rejects, [*faults, *remarks, *first.remarks, *_odd_fields(messages)]
    return found


def _leg_of(legs: list[dict], starts) -> np.ndarray:
    """The number of the leg in which each of the starts lies: from its begin until that of the next."""
    edges = np.array([leg["start"] for leg in legs[1:]], dtype="datetime64[ms]")
    return np.searchsorted(edges, np.asarray(starts, dtype="datetime64[ms]"), side="right")


def _rows(columns: dict[str, np.ndarray], rows: np.ndarray) -> dict[str, np.ndarray]:
    """Some rows of all columns, their segments numbered anew."""
    taken = {name: values[rows] for name, values in columns.items()}
    return taken | ({"segment": _numbered(taken["segment"])} if "segment" in taken else {})


def _recording(leg: dict, points: dict, laps: dict, sets: pd.DataFrame, facts: dict) -> Recording:
    """One activity: points within what can be, laps and sets at times that can be, and what is odd of it."""
    remarks: list[dict] = []
    edges = totals.edges_of(points["time"])
    points["cadence_spm"] = points["cadence_spm"] * (2 if leg["sport"] in profile.STRIDING else 1)
    _limit(points, LIMITS, "records", remarks)
    own = totals.known_totals("session", leg["start"], leg)
    own, said = totals.believed(own, edges), own
    if own != said:
        what = f"a session of {said.get('elapsed_s', 0):,.0f} s from {said.get('start')} is not when its records are."
        remarks.append(_problem("wrong-clock", what, "nothing to do; the records say when it was.", "start"))
    span, of_laps = totals.span(own, edges), totals.of_laps(laps, edges[1] if edges else None, own)
    for marks, which in ((laps, "laps"), (sets, "sets"))[: 1 + (len(sets) > 0)]:
        if n := totals.leave_out_times(marks, span):
            what = f"{n} of {len(marks['start'])} {which} have a time far from the records; it is not used."
            remarks.append(_problem("wrong-clock", what, "nothing to do.", "start"))
            of_laps = {} if which == "laps" else of_laps
    return Recording(
        columns=points,
        marks={name: laps[name] for name in LAP_MARKS},
        sets=sets,
        facts=facts | {name: leg[name] for name in ("sport", "sub_sport")},
        remarks=remarks + _remarks(points, edges, leg["sport"]),
        totals=totals.first_told(own, of_laps),
    )


def _is_empty(one: Recording, broken: list) -> bool:
    """Whether an activity tells nothing, or not when; where a file breaks off, its totals are not of what it holds."""
    amounts = {"timer_s", "elapsed_s", "distance_m"} & one.totals.keys()
    typed = bool(amounts) and "start" in one.totals and not broken
    logged = len(one.sets) and ("start" in one.totals or one.sets["start"].notna().any())
    return not one.size and not logged and not typed


def _by_right_clock(points: dict, sessions: list[dict], rejects: list[dict]) -> dict[str, np.ndarray]:
    """The points that have a time, without those that a wrong clock dated."""
    time = points["time"]
    no_time = np.isnat(time)
    if no_time.any():
        what = f"{no_time.sum()} of {len(time)} records have no time."
        rejects.append(_problem("no-time", what, "nothing to do; they cannot be placed.", "time"))
        points = _rows(points, ~no_time)
    n, time = len(time), points["time"]
    wrong = wrong_clock(time, points["segment"], [(one["start"], one["end"], one["timer_s"]) for one in sessions])
    if wrong.any():
        first = pd.Timestamp(time[wrong][0])
        what = f"{wrong.sum()} of {n} records are of a wrong clock, the first of {first}: far from all others."
        rejects.append(_problem("wrong-clock", what, "nothing to do; the others say when it was.", "time"))
        points = _rows(points, ~wrong)
    return points


def _each_once(points: dict[str, np.ndarray], remarks: list[dict]) -> dict[str, np.ndarray]:
    again = repeated(points)
    if not again.any():
        return points
    what = f"{again.sum()} of {len(again)} records stand in the file before; each counts once."
    remarks.append(_problem("recorded-twice", what, "nothing to do.", "time"))
    return _rows(points, ~again)


def _limit(columns, limits: dict[str, tuple], rows: str, remarks: list[dict]) -> None:
    """Make missing what cannot be, with a remark of each column."""
    for name, (low, high) in limits.items():
        values = np.asarray(columns[name])
        outside = (values < low) | (values > high)
        if outside.any():
            n, worst = int(outside.sum()), values[outside][0]
            what = f"{name}: {n:,} of {len(values):,} {rows} are outside {low} to {high}, the first {worst:g}; taken as missing."
            remarks.append(_problem("range-error", what, "check the sensor.", name))
            columns[name] = np.where(outside, np.nan, values)
            if name in LAT_LON:
                columns["lat"], columns["lon"] = (np.where(outside, np.nan, columns[axis]) for axis in LAT_LON)


def _with_work(sets: pd.DataFrame, remarks: list[dict]) -> pd.DataFrame:
    """The sets within what can be, without those of nothing."""
    if sets.empty:
        return sets
    _limit(sets, SET_LIMITS, "sets", remarks)
    nothing = (sets["kind"] != "rest") & ~(sets[list(SET_LIMITS)] > 0).any(axis=1)
    if nothing.any():
        what = f"{nothing.sum()} of {len(sets)} sets have no repetitions, no time and no weight; they do not count."
        remarks.append(_problem("empty-set", what, "nothing to do, or log the set by hand."))
    return sets[~nothing].reset_index(drop=True)


# ------------------------------------------------------------------------------------------- what is no activity
OTHER_FORMATS = (  # by how the file begins
    (b"<", "is a web page or XML, not FIT.", "download the activity again, or rename it to what it is."),
    (b"\x1f\x8b", "is a gzip file, not FIT.", "name it .fit.gz, or unpack it."),
    (b"PK", "is a zip file, not FIT.", "unpack it."),
    (b"", "does not begin like a FIT file.", "copy or download it again."),
)


def _refuse_other_formats(data: bytes, name: str) -> None:
    if not data:
        raise LogError(name, "is empty.", "copy or download it again.", "empty-file")
    if data[8:12] == b".FIT" and data[0] >= 12:
        return
    head = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    what, fix = next((what, fix) for begin, what, fix in OTHER_FORMATS if head.startswith(begin))
    raise LogError(name, what, fix, "not-a-fit")


def _refuse_other_kinds(kinds: list[float], name: str) -> None:
    """A file that says that it is something else is no activity, even where it holds records, as a course does."""
    if not kinds or profile.ACTIVITY_FILE in kinds or kinds[0] not in profile.NO_ACTIVITY:
        return
    what = profile.NO_ACTIVITY[int(kinds[0])]
    code = {profile.SETTINGS: "fit-settings", profile.WORKOUT: "fit-workout"}.get(what, "not-activity")
    raise LogError(name, f"holds {what}, not an activity.", "give the recorded activity.", code)


def _nothing(name: str, broken: list[tuple], records: int) -> LogError:
    """Why there is no activity."""
    if broken:
        _, code, what, fix = broken[0]
        return LogError(name, what.format(kept="holds no whole record"), fix, code)
    what = (
        f"holds {counted(records, 'record')}, none with a time."
        if records
        else "holds no records, no sets and no totals."
    )
    return LogError(name, what, "export the activity again with its records.", "no-records")


# ------------------------------------------------------------------------------------------- the tables
def _points(messages: Messages) -> dict[str, np.ndarray]:
    """The columns of POINTS and those of apps, one value per record."""
    added = _developer_fields(messages)
    records = messages.read(profile.RECORD, added)
    seconds, starts = records["time"], records["starts"]
    if (np.frombuffer(messages.data, dtype=np.uint8)[starts] >= 0x80).any():
        every, times = messages.seconds()
        seconds = times[np.searchsorted(every, starts)]
    if messages.kinds.get(profile.HR):
        records["hr_bpm"] = merge_straps(messages, seconds, records["hr_bpm"])
    return {
        "time": utc_of(seconds),
        **{name: records[name] for name in ("lat", "lon", "distance_m", "hr_bpm")},
        **{name: _first_known(records[f"enhanced_{name}"], records[name]) for name in ("altitude_m", "speed_m_per_s")},
        "cadence_spm": records["cadence"] + np.nan_to_num(records["fractional_cadence"]),
        "segment": _segments(seconds, starts, messages.begins, messages.read(profile.EVENT)),
        **{name: records[name] for fields in added for name in fields},
    }


def _first_known(better: np.ndarray, plain: np.ndarray) -> np.ndarray:
    return np.where(np.isnan(better), plain, better)


def utc_of(seconds: np.ndarray) -> np.ndarray:
    """UTC of seconds of FIT."""
    known = (seconds >= 0) & (seconds < 2**32)
    return (np.where(known, seconds + profile.EPOCH_S, np.nan) * 1000).round().astype("datetime64[ms]")


def _segments(seconds: np.ndarray, starts: np.ndarray, begins: list[int], events: dict[str, np.ndarray]) -> np.ndarray:
    """A new number after each pause of the timer, and in each file of several; -1 of what is recorded in a pause."""
    order = np.argsort(seconds, kind="stable")
    at, pauses = seconds[order], _pauses(events, seconds[order])
    if not pauses and len(begins) == 1:
        return np.zeros(len(at), dtype=np.int64)
    place = np.argsort(order)
    new, paused = np.zeros(len(at), dtype=bool), np.zeros(len(at), dtype=bool)
    for stop, resume in pauses:
        low, high = np.searchsorted(at, stop, side="right"), np.searchsorted(at, resume)
        if ((at[low:high] > stop + EVENT_OFF_S) & (at[low:high] < resume - EVENT_OFF_S)).any():
            paused[low:high] = True
            new[high : high + 1] = True
        elif low > 0 and high < len(at):
            edges = at[low - 1 : high + 1].clip(stop, resume)
            new[low + int(np.diff(edges).argmax())] = True  # the silence that is most of the pause
    first = np.searchsorted(starts, begins)  # record of each file
    new[place[first[(first > 0) & (first < len(new))]]] = True
    return _numbered(np.where(paused[place], -1, new[place].cumsum()))


def _numbered(segment: np.ndarray) -> np.ndarray:
    """The same, counted 0, 1, ... where one is left out."""
    counts = np.unique(segment[segment >= 0])
    return (
        segment
        if len(counts) == segment.max(initial=-1) + 1
        else np.where(segment < 0, -1, counts.searchsorted(segment))
    )


def _pauses(events: dict[str, np.ndarray], at: np.ndarray) -> list[tuple[float, float]]:
    """When the timer stopped and started again, in the order of time: some devices write the events last.

    Where a start is lost, it is the record (of those `at` seconds) that follows the stop.
    """
    timer = (events["event"] == profile.TIMER) & ~np.isnan(events["time"])
    time, kind = events["time"][timer], events["type"][timer]
    order = np.argsort(time, kind="stable")
    stop: float | None = None
    pauses: list[tuple[float, float]] = []
    for when, what in [*zip(time[order].tolist(), kind[order].tolist(), strict=True), (np.inf, profile.STOPS[0])]:
        if what == profile.TIMER_START:
            pauses += [] if stop is None or stop == when else [(stop, when)]
            stop = None
        elif what in profile.STOPS:
            after = len(at) if stop is None else np.searchsorted(at, stop, side="right")
            lost = after < len(at) and at[after] < when
            pauses += [(stop, at[after])] if stop is not None and lost else []
            stop = when if stop is None or lost else stop  # stopped twice is stopped
    return pauses


def _developer_fields(messages: Messages) -> list[dict[str, Stored]]:
    """What apps on the device added to the records of each layout, where it is a number: by `dev_` and its name."""
    described, found = _described(messages), []
    names: dict[tuple[int, int], profile.Field] = {}
    left_out: set[tuple[int, int]] = set()
    for layout, _ in messages.of(profile.RECORD):
        fields, offset = {}, layout.native_size
        for number, size, developer in layout.developer_fields:
            key, at = (developer, number), offset
            offset += size
            name, base = described.get(key, ("", None))
            dtype = field_dtype(base, size, layout.order) if size else None
            if base is None or dtype is None or (key not in names and len(names) == MOST_DEVELOPER_FIELDS):
                left_out.add(key)
            elif dtype.kind != "S":
                if key not in names:
                    names[key] = profile.Field(_free_name(name, {field.name for field in names.values()}))
                fields[names[key].name] = Stored(names[key], base, at, dtype)
        found.append(fields)
    if left_out:
        what = f"{len(left_out)} fields of apps on the device are not described as they should be."
        messages.faults.append((messages.begins[-1], "developer-field", what, "nothing to do; they are left out."))
    return found


def _described(messages: Messages) -> dict[tuple[int, int], tuple[str, profile.Base | None]]:
    """(app, number of the field) -> its name and how it is stored, as the file itself describes it."""
    told = messages.read(profile.FIELD_DESCRIPTION)
    columns = (told[key].tolist() for key in ("developer", "number", "base", "name"))
    return {
        (developer, number): (name, profile.BASES.get(int(base) & 0x1F) if base == base else None)
        for developer, number, base, name in zip(*columns, strict=True)
    }


def _free_name(name: str, taken: set[str]) -> str:
    """`dev_leg_spring_stiffness`; where that is taken, with a number behind it."""
    plain = "dev_" + (re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:40] or "field")
    names = chain([plain], (f"{plain}_{i}" for i in count(2)))
    return next(name for name in names if name not in taken)


def _sessions(messages: Messages) -> list[dict]:
    """The parts of a multisport activity, or the one there is: sport, start, end and the totals of the device."""
    told = messages.read(profile.SESSION)
    start, end = _span(told)
    if not len(start):  # a file that breaks off has no session; the sport is written when it starts
        sport = messages.read(profile.SPORT)
        told |= {key: sport[key] for key in ("sport", "sub_sport")}
        start = end = np.full(len(sport["sport"]), np.datetime64("NaT", "ms"))
    columns = {
        "sport": _words(told["sport"], profile.SPORTS),
        "sub_sport": _words(told["sub_sport"], profile.SUB_SPORTS),
        "start": [pd.Timestamp(time) for time in start],
        "end": [pd.Timestamp(time) for time in end],
    }
    for total in totals.IN_TOTAL:
        columns[total] = told[total].tolist() or [np.nan] * len(start)
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _legs(sessions: list[dict]) -> list[dict]:
    """The sessions that are an activity each, by their start; one where they do not say when each began.

    A session around others is none of them, and of two that begin together the longer one stands.
    """
    if len(sessions) == 1:
        return sessions
    timed = sorted((one for one in sessions if pd.notna(one["start"])), key=lambda one: (one["start"], one["end"]))
    parts = {one["start"]: one for one in timed if one["sport"] != SEVERAL} or {one["start"]: one for one in timed}
    if parts:
        return list(parts.values())
    sports = {(one["sport"], one["sub_sport"]) for one in sessions} or {("", "")}
    sport, sub_sport = sports.pop() if len(sports) == 1 else (SEVERAL, "")
    unknown = dict.fromkeys(totals.IN_TOTAL, np.nan) | {"start": pd.NaT, "end": pd.NaT}
    return [unknown | {"sport": sport, "sub_sport": sub_sport}]


def _span(told: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Start and end of laps or sessions; their own time is when they were written, often later than they ended."""
    start = _first_known(told["start"], told["time"] - told["elapsed_s"])
    return utc_of(start), utc_of(_first_known(start + told["elapsed_s"], told["time"]))


def _words(numbers: np.ndarray, words: dict[int, str]) -> list[str]:
    """The word of each number; a number without a word as it is, none as an empty text."""
    return ["" if n != n else words.get(n, str(int(n))) for n in numbers.tolist()]


def _laps(told: dict[str, np.ndarray], steps: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The columns of LAP_MARKS, and those of which totals are made."""
    start, end = _span(told)
    planned = _of_step(steps, "intensity", told["step"])
    words = {
        "trigger": _words(told["trigger"], profile.TRIGGERS),
        "intensity": _words(_first_known(told["intensity"], planned), profile.INTENSITIES),
    }
    columns = {name: np.array(values, dtype=object) for name, values in words.items()}
    return {**told, **columns, "start": start, "end": end, "duration_s": told["timer_s"]}


def _sets(messages: Messages, steps: dict[str, np.ndarray]) -> pd.DataFrame:
    if not messages.kinds.get(profile.SET):
        return NO_SET_MARKS.copy(deep=False)
    told, titles = messages.read(profile.SET), messages.read(profile.EXERCISE_TITLE)
    _note_guesses(messages)
    return conform(
        {
            "start": utc_of(_first_known(told["start"], told["written"] - told["duration_s"])),
            "kind": _words(told["kind"], profile.SET_KINDS),
            **{key: told[key] for key in ("duration_s", "reps", "load_kg")},
            "exercise": _exercises(told, steps, titles),
        },
        SET_MARKS,
    )


def _of_step(steps: dict[str, np.ndarray], name: str, step: np.ndarray) -> np.ndarray:
    """What the step of the planned workout says that a lap or set carried out."""
    by_index = dict(zip(steps["index"].tolist(), steps[name].tolist(), strict=True))
    return np.array([by_index.get(index, np.nan) for index in step.tolist()], dtype=float)


def _exercises(told: dict[str, np.ndarray], steps: dict[str, np.ndarray], titles: dict[str, np.ndarray]) -> list[str]:
    """What was done in each set: as it says itself, of a watch that guesses its first guess, else as its step says."""
    of_titles = zip(_pairs(titles), map(_title, titles["title"].tolist()), strict=True)
    named = {pair: title for pair, title in of_titles if pair[1] is not None}  # a category's title names no exercise
    of_steps = zip(_pairs(steps), map(_title, steps["title"].tolist()), strict=True)
    planned, names = dict(zip(steps["index"].tolist(), of_steps, strict=True)), []
    for pair, index in zip(_pairs(told), told["step"].tolist(), strict=True):
        step, title = planned.get(index, (NO_EXERCISE, ""))
        if pair in (NO_EXERCISE, (step[0], None)):
            pair = step
        if pair != step:
            title = ""
        names.append(exercise_name(*pair, title or named.get(pair, "")))
    return names


def _pairs(told: dict[str, np.ndarray]) -> list[tuple[int | None, int | None]]:
    """(category, exercise) of each row, None where it is not told."""
    numbers = ([None if n != n else int(n) for n in told[key].tolist()] for key in ("category", "exercise"))
    return [NO_EXERCISE if pair == (UNKNOWN, None) else pair for pair in zip(*numbers, strict=True)]


def _note_guesses(messages: Messages) -> None:
    """Tell of sets for which the watch gives several categories, the likeliest first: nobody said what was done."""
    guesses = 0
    for layout, starts in messages.of(profile.SET):
        stored = layout.columns[0].get("category")
        size = next((size for number, size, _ in layout.fields if number == profile.SET_CATEGORY), 0)
        if stored and size >= 2 * stored.dtype.itemsize:
            _, base, at, dtype = stored
            rows = messages.rows(layout, starts)
            first, second = (np.ndarray(len(rows), dtype, rows, at + i * dtype.itemsize, rows.strides) for i in (0, 1))
            guesses += int(((first < UNKNOWN) & (second != base.invalid)).sum())
    if guesses:
        what = f"{counted(guesses, 'set is', 'sets are')} named by the first of several guesses of the watch."
        messages.faults.append(
            (messages.begins[-1], "guessed-exercise", what, "check their names; choose the exercise on the watch.")
        )


def _title(text: str) -> str:
    """A name that the user or an app gave, in one line."""
    return whole_text(text)[:LONGEST_TITLE].strip()


# ------------------------------------------------------------------------------------------- the facts
def _facts(messages: Messages) -> dict:
    """Those of Recording that all parts of an activity share."""
    devices = messages.read(profile.DEVICE_INFO)
    return {
        "format": "fit",
        "device": _device(messages.read(profile.FILE_ID), devices),
        "offset_s": _offset_s(messages.read(profile.ACTIVITY)),
        "barometer": _has_barometer(devices) or None,  # that none is listed does not say that there is none
    }


def _device(file_id: dict[str, np.ndarray], devices: dict[str, np.ndarray]) -> str:
    """The device that recorded: maker and product, by name where we know it, else by number."""
    creator = np.flatnonzero(devices["index"] == 0)[:1]
    for told, rows in ((devices, creator), (file_id, range(len(file_id["kind"]))[:1])):
        for i in rows:
            number = told["manufacturer"][i]
            if np.isnan(number):
                continue
            watches = profile.WATCHES if number == profile.GARMIN_ID else {}
            product = told["product_name"][i] or _words(told["product"][[i]], watches)[0]
            return f"{profile.MAKERS.get(number, f'maker {number:.0f}')} {product}".strip()
    return ""


def _has_barometer(devices: dict[str, np.ndarray]) -> bool:
    return bool(((devices["source"] == profile.LOCAL_SOURCE) & (devices["type"] == profile.BAROMETER)).any())


def _offset_s(activity: dict[str, np.ndarray]) -> float:
    """Of local time to UTC, in quarters of an hour; NaN where the file does not say."""
    offsets = np.round((activity["local_time"] - activity["time"]) / QUARTER_S) * QUARTER_S
    return next((offset for offset in offsets.tolist() if abs(offset) <= FURTHEST_S), np.nan)


# ------------------------------------------------------------------------------------------- the remarks
def _problem(code: str, message: str, fix: str, column: str = "") -> dict:
    return {"line": None, "column": column, "value": "", "code": code, "message": message, "fix": fix}


def _remarks(points: dict[str, np.ndarray], edges: tuple | None, sport: str) -> list[dict]:
    times, found = points["time"], []
    back, again = int((times[1:] < times[:-1]).sum()), int((times[1:] == times[:-1]).sum())
    if back or again:
        what = f"{back:,} of {len(times):,} records are earlier than the one before, {again:,} of the same second."
        found.append(_problem("time-order", what, "nothing to do; they stand in the order of the file.", "time"))
    if edges and not is_plausible(np.array(edges)).all():
        wrong = int((~is_plausible(times)).sum())
        what = f"{wrong:,} of {len(times):,} records have a time before 1998 or after today."
        found.append(_problem("implausible-date", what, "set the clock of the device.", "time"))
    if not sport and np.isfinite(points["cadence_spm"]).any():
        what = "no sport is named: cadence is as written, of a run that is one foot."
        found.append(_problem("unknown-sport", what, "export the activity again.", "cadence_spm"))
    return found


def _odd_fields(messages: Messages) -> list[dict]:
    ours = [layout for number in profile.MESSAGES for layout, _ in messages.kinds.get(number, ())]
    odd = sorted({name for layout in ours for name in layout.columns[1]})
    if not odd:
        return []
    what = f"fields of a size or type that cannot be: {', '.join(odd)}."
    return [_problem("fit-odd-field", what, "nothing to do; they are missing where that is so.", odd[0])]
