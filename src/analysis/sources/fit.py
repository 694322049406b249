"""FIT, the format of sports watches, read as arrays.

A file is a header, messages one after another, and a checksum; several files may stand one behind another. A
definition says which fields the data messages of one of 16 local types hold from there on. The reader finds where
each message stands, cuts all messages of one layout out at once, and decodes them field by field.

What no message says is NaN. Heart rates that a strap sends later (message `hr`, after a swim) are not merged in.
"""

import re
from array import array
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, count, repeat
from operator import length_hint

import numpy as np
import pandas as pd

from ..errors import LogError
from . import fit_profile as profile
from . import totals
from .cells import whole_text
from .fit_exercises import UNKNOWN, exercise_name
from .recording import LAP_MARKS, POINTS, SET_MARKS, Recording, table

MOST_MESSAGES = 800_000  # three a second for three days
MOST_LAYOUTS = 2_000
MOST_DEVELOPER_FIELDS = 32
QUARTER_S = 900  # offsets to UTC are quarters of an hour, ...
FURTHEST_S = 14 * 3600  # ... this many seconds at most
NOTHING = (None, None)  # a category and an exercise that are not told
LONGEST_TITLE = 200
EVENT_OFF_S = 3  # a record so near to a stop or start of the timer may be written on either side of it


def read_fit(data: bytes, name: str) -> Recording:
    """The activity that a FIT file holds, its points in the order of the file; `name` is how errors call the file.

    Points have the columns of POINTS, then one `dev_...` for each number that an app on the device added. Cadence
    counts both feet of running, walking and hiking; of other sports it is as written. The facts hold, besides those
    of Recording, `sessions`: one dict for each part of a multisport activity, with the totals of the device.

    Raises LogError: empty-file, not-a-fit, fit-settings, fit-workout, not-activity, no-records, truncated, damaged,
    too-big. Remarks: truncated, damaged, crc-mismatch, trailing-bytes, chained-file, time-order, implausible-date,
    unknown-sport, developer-field, fit-odd-field, guessed-exercise.
    """
    _refuse_other_formats(data, name)
    messages = find_messages(data, name)
    file_id, steps = messages.read(profile.FILE_ID), messages.read(profile.WORKOUT_STEP)
    _refuse_other_kinds(file_id["kind"].tolist(), name)
    devices = messages.read(profile.DEVICE_INFO)
    sessions = _sessions(messages)
    laps = messages.read(profile.LAP)
    points = _points(messages, sessions)
    no_time = np.isnat(points["time"])
    sets = _sets(messages.read(profile.SET), steps, messages.read(profile.EXERCISE_TITLE))
    _note_guesses(messages)
    if no_time.all() and sets.empty:
        _refuse_without_records(messages, name, len(no_time))
    if no_time.any():
        points = {column: values[~no_time] for column, values in points.items()}
    points["segment"] = _numbered(points["segment"])
    added = {column: "float64" for column in points if column not in POINTS}
    recording = Recording(
        points=table(points, POINTS | added),
        laps=_laps(laps, steps),
        sets=sets,
        facts={
            "format": "fit",
            **_sport(sessions),
            "device": _device(file_id, devices),
            "offset_s": _offset_s(messages.read(profile.ACTIVITY)),
            "barometer": _has_barometer(devices) or None,  # that none is listed does not say that there is none
            "sessions": sessions,
        },
        totals=_totals(sessions, laps, points["time"]),
    )
    if no_time.any():
        what = f"{no_time.sum()} of {len(no_time)} records have no time."
        recording.rejects.append(_problem("no-time", what, "nothing to do; they cannot be placed.", "time"))
    kept = f"{len(recording.points):,} records kept"
    recording.remarks += [_problem(code, what.format(kept=kept), fix) for code, what, fix in messages.faults]
    recording.remarks += _remarks(points, messages, recording.facts["sport"])
    return recording


# ------------------------------------------------------------------------------------------- the messages
class Layout:
    """How the data messages of one definition are laid out."""

    def __init__(self, definition: bytes):
        """`definition` is that message from its second byte on."""
        self.order = "<>"[definition[1] & 1]
        self.message = int.from_bytes(definition[2:4], "big" if definition[1] & 1 else "little")
        fields_end = 5 + 3 * definition[4]
        triples = definition[5:fields_end], definition[fields_end + 1 :]
        self.fields, self.developer_fields = [list(zip(t[::3], t[1::3], t[2::3], strict=True)) for t in triples]
        self.native_size = sum(size for _, size, _ in self.fields)
        self.size = self.native_size + sum(size for _, size, _ in self.developer_fields)

    @cached_property
    def columns(self) -> tuple[dict[str, tuple], list[str]]:
        """Of the fields we know: name -> (field, base, offset, dtype); and the names of those of an odd size."""
        known, found, odd, offset = profile.ANY | profile.MESSAGES.get(self.message, {}), {}, [], 0
        for number, size, kind in self.fields:
            if number in known and size:
                base = profile.BASES.get(kind & 0x1F)
                dtype = _dtype(base, size, self.order)
                if dtype is None or known[number].text != (base.code == "S"):
                    odd.append(known[number].name)
                else:
                    found.setdefault(known[number].name, (known[number], base, offset, dtype))
            offset += size
        return found, odd


new_layout = lru_cache(maxsize=1024)(Layout)  # watches define the same over and over, in one file and in all


@lru_cache(maxsize=1024)
def _dtype(base: profile.Base | None, size: int, order: str) -> np.dtype | None:
    """Of a field of `size` bytes: one value, or the first of several; None where the size does not fit the type."""
    if base is None:
        return None
    if base.code == "S":
        return np.dtype(f"S{size}")
    dtype = np.dtype(order + base.code)
    return None if size % dtype.itemsize else dtype


@dataclass
class Messages:
    """The data messages of a file: where those of each layout start, and where each of several files begins."""

    data: bytes
    begins: list[int]
    kinds: dict[int, list[tuple[Layout, list[tuple[int, array]]]]]  # an array per file, counting from its beginning
    faults: list[tuple[str, str, str]]  # code, what (with {kept}), fix

    def of(self, number: int) -> list[tuple[Layout, np.ndarray]]:
        """The layouts of one kind of message that have messages, and where those start."""
        found = [
            (layout, np.concatenate([np.array(starts, dtype=np.int64) + begin for begin, starts in parts]))
            for layout, parts in self.kinds.get(number, ())
        ]
        return [(layout, starts) for layout, starts in found if len(starts)]

    @np.errstate(all="ignore")
    def read(self, number: int, added: list[dict] | None = None) -> dict[str, np.ndarray]:
        """One value per message of a kind, in the order of the file, by our names; none is NaN, or "" of texts.

        `starts` is where each starts. `added`: further fields of each of its layouts, as in Layout.columns.
        """
        layouts = self.of(number)
        known = [layout.columns[0] for layout, _ in layouts]
        if added:
            known = [own | more for own, more in zip(known, added, strict=True)]
        starts = np.concatenate([starts for _, starts in layouts] or [np.empty(0, dtype=np.int64)])
        fields = [*profile.MESSAGES[number].values(), *(found[0] for more in added or () for found in more.values())]
        names = list(dict.fromkeys(field.name for field in fields))
        columns = dict(zip(names, np.full((len(names), len(starts)), np.nan), strict=True))
        columns |= {field.name: np.full(len(starts), "", dtype=object) for field in fields if field.text}
        end = 0
        for (layout, own), found in zip(layouts, known, strict=True):
            begin, end = end, end + len(own)
            rows = self.rows(layout, own)
            for name in found.keys() & columns.keys():
                _decode(rows, *found[name], columns[name][begin:end])
        columns["starts"] = starts
        if len(layouts) > 1:
            order = np.argsort(starts, kind="stable")
            columns = {name: values[order] for name, values in columns.items()}
        return columns

    def rows(self, layout: Layout, starts: np.ndarray) -> np.ndarray:
        """The bytes of messages of one layout, without their headers."""
        windows = np.ndarray(len(self.data) - layout.size + 1, f"V{layout.size}", self.data, strides=(1,))
        return windows[starts + 1]

    @np.errstate(all="ignore")
    def seconds(self) -> tuple[np.ndarray, np.ndarray]:
        """Where every message starts, and its time in seconds of FIT: its own, or an earlier one and five bits of its header."""
        layouts = [found for number in self.kinds for found in self.of(number)]
        starts = np.sort(np.concatenate([starts for _, starts in layouts]))
        times = np.full(len(starts), np.nan)
        for layout, own in layouts:
            if "time" in layout.columns[0]:
                values = np.empty(len(own))
                _decode(self.rows(layout, own), *layout.columns[0]["time"], values)
                times[np.searchsorted(starts, own)] = values
        headers = np.frombuffer(self.data, dtype=np.uint8)[starts]
        told = np.flatnonzero((headers >= 0x80) | ~np.isnan(times))
        own, low = times[told], headers[told] & 31
        full = ~np.isnan(own)
        low[full] = own[full] % 32
        steps = np.where(full, 0, np.diff(low, prepend=low[:1]) & 31).cumsum()
        last_full = np.maximum.accumulate(np.where(full, np.arange(len(told)), -1))
        times[told] = np.where(last_full < 0, np.nan, own[last_full] + steps - steps[last_full])
        return starts, times


def _decode(rows, field: profile.Field, base: profile.Base, offset: int, dtype: np.dtype, values: np.ndarray) -> None:
    """Fill `values` with what the rows hold at `offset`, in our units; numbers that mean none become NaN."""
    raw = np.ndarray(len(rows), dtype, rows, offset, rows.strides)
    if field.text:
        values[:] = [text.split(b"\0")[0].decode("utf-8", "replace") for text in raw.tolist()]
        return
    values[:] = raw
    values[~np.isfinite(values) if base.invalid is None else raw == base.invalid] = np.nan
    if field.scale != 1:
        values /= field.scale
    if field.offset:
        values -= field.offset


def find_messages(data: bytes, name: str) -> Messages:
    """Where the messages of a file stand, up to what cannot be read; what was lost is in `faults`."""
    begins, known, faults = [], {}, []
    begin, files, room = 0, 0, MOST_MESSAGES
    while begin < len(data):
        if data[begin + 8 : begin + 12] != b".FIT" or data[begin] < 12:
            faults.append(_trailing(len(data) - begin))
            break
        first, end, announced = _extent(data, begin)
        found: dict[bytes, array] = {}
        stop, why = _walk(data[first:end], found, room, name)
        for definition, starts in found.items():
            known.setdefault(definition, []).append((first, starts))
        if len(known) > MOST_LAYOUTS:
            raise LogError(name, f"defines over {MOST_LAYOUTS:,} layouts.", "no watch writes that.", "too-big")
        n = sum(map(len, found.values()))
        room -= n
        files += n > 0
        begins.append(first)
        if why == "undefined":
            faults.append(_damaged(first + stop, len(data)))
        elif why == "cut" or announced + 2 > len(data):
            faults.append(_cut(first + stop if end == announced else len(data), announced + 2, end == announced))
        elif not ends_in_checksum(data[begin : announced + 2]) or _is_header_damaged(data[begin:first]):
            faults.append(CRC_MISMATCH)
        begin = announced + 2
    if files > 1:
        what = f"holds {files:,} files one behind another; they are read as one activity."
        faults.append(("chained-file", what, "nothing to do, or split the file."))
    kinds = {}
    for definition, parts in known.items():
        layout = new_layout(definition)
        kinds.setdefault(layout.message, []).append((layout, parts))
    return Messages(data, begins, kinds, faults)


def _extent(data: bytes, begin: int) -> tuple[int, int, int]:
    """Where the messages of a file that begins at `begin` start, where they end, and where its header says they do."""
    first = begin + data[begin]
    announced = first + int.from_bytes(data[begin + 4 : begin + 8], "little")
    if announced == first and len(data) > first + 2 and data[first + 10 : first + 14] != b".FIT":
        announced = max(first, len(data) - 2)  # a device that died had not yet written the size
    return first, min(announced, len(data)), announced


def _walk(body: bytes, found: dict[bytes, array], room: int, name: str) -> tuple[int, str]:
    """Go from message to message, adding to `found` (definition -> where messages of it start), less than `room`.

    Returns where it ended and why: "end", "cut" (inside a message) or "undefined" (no message can start there).
    """
    table = [(0, array("q"))] * 256  # by header byte: size (0: a definition, or not defined), and where such start
    pos, starts = 0, table[0][1]
    try:
        while True:
            left = repeat(None, room)
            for _ in left:
                size, starts = table[body[pos]]
                if not size:
                    break
                starts.append(pos)
                pos += size
            else:
                raise LogError(name, f"holds over {MOST_MESSAGES:,} messages.", "no watch writes that.", "too-big")
            room = length_hint(left) + 1  # a definition is none
            header = body[pos]
            if header & 0xC0 != 0x40:
                return pos, "undefined"
            end = pos + 6 + 3 * body[pos + 5]
            if header & 0x20:
                end += 1 + 3 * body[end]
            if end > len(body):
                return pos, "cut"
            definition = body[pos + 1 : end]
            if len(found) > MOST_LAYOUTS:
                break
            entry = 1 + new_layout(definition).size, found.setdefault(definition, array("q"))
            local = header & 15
            table[local] = table[local | 16] = table[local | 32] = table[local | 48] = entry
            if local < 4:
                packed = 0x80 | local << 5  # the first of 32 headers that hold five bits of time
                table[packed : packed + 32] = [entry] * 32
            pos = end
    except IndexError:
        pass
    if pos == len(body):
        return pos, "end"
    if pos > len(body):  # the last message is not whole
        pos = starts.pop()
    return pos, "cut"


CRC_MISMATCH = (
    "crc-mismatch",
    "the checksum is wrong; {kept}.",
    "copy the file from the device again if values look odd.",
)


def _damaged(at: int, size: int) -> tuple[str, str, str]:
    what = f"{{kept}}; what stands at byte {at:,} of {size:,} is no message, and what follows is lost."
    return "damaged", what, "copy the file from the device again."


def _cut(at: int, whole: int, by_header: bool) -> tuple[str, str, str]:
    where = f"its messages break off at byte {at:,}" if by_header else f"the file ends at byte {at:,} of {whole:,}"
    return "truncated", f"{{kept}}; {where}.", "copy the file from the device again."


def _trailing(n: int) -> tuple[str, str, str]:
    return "trailing-bytes", f"{n:,} bytes behind the activity are no FIT; {{kept}}.", "nothing to do."


# ------------------------------------------------------------------------------------------- the checksum
def _is_header_damaged(header: bytes) -> bool:
    """By its own checksum, where it has one."""
    return len(header) >= 14 and any(header[12:14]) and not ends_in_checksum(header[:14])


def ends_in_checksum(data: bytes) -> bool:
    """Whether the last two bytes are the checksum of FIT over all before them.

    Then the bits, as a polynomial with bit k at x^k, are divisible by (1 + x) (1 + x^14 + x^15): an even number is
    set, and the rest is folded up. Where n is a power of two, 1 = x^14n + x^15n, so the lowest 14n bits may be taken
    away and added n and 0 bits above that, until 15 bits are left.
    """
    bits = np.frombuffer(data, dtype=np.uint8).copy()
    odd = int(np.bitwise_xor.reduce(bits)).bit_count() % 2
    for n in (1 << k for k in range(20, 5, -1)):  # bytes
        while len(bits) >= 29 * n:
            low, bits = bits[: 14 * n], bits[14 * n :]
            bits[: 14 * n] ^= low
            bits[n : 15 * n] ^= low
    rest = int.from_bytes(bits.tobytes(), "little")
    for n in (1 << k for k in range(9, -1, -1)):
        while rest >> 15 * n:
            low = rest & (1 << 14 * n) - 1
            rest = rest >> 14 * n ^ low ^ low << n
    return not odd and not rest


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
    if not kinds or profile.ACTIVITY_FILE in kinds or kinds[0] not in profile.FILES:
        return
    what = profile.FILES[kinds[0]]
    code = {profile.SETTINGS: "fit-settings", profile.WORKOUT: "fit-workout"}.get(what, "not-activity")
    raise LogError(name, f"holds {what}, not an activity.", "give the recorded activity.", code)


def _refuse_without_records(messages: Messages, name: str, timeless: int) -> None:
    for code, what, fix in messages.faults:
        if code in ("truncated", "damaged"):
            raise LogError(name, what.format(kept="holds no whole record"), fix, code)
    what = f"holds {timeless:,} records, none with a time." if timeless else "holds no records and no sets."
    raise LogError(name, what, "export the activity again with its records.", "no-records")


# ------------------------------------------------------------------------------------------- the tables
def _points(messages: Messages, sessions: list[dict]) -> dict[str, np.ndarray]:
    """The columns of POINTS and those of apps, one value per record."""
    added = _developer_fields(messages)
    records = messages.read(profile.RECORD, added)
    seconds, starts = records["time"], records["starts"]
    if (np.frombuffer(messages.data, dtype=np.uint8)[starts] >= 0x80).any():
        every, times = messages.seconds()
        seconds = times[np.searchsorted(every, starts)]
    cadence = records["cadence"] + np.nan_to_num(records["fractional_cadence"])
    return {
        "time": moment(seconds),
        **{name: records[name] for name in ("lat", "lon", "distance_m", "hr_bpm")},
        **{name: _first_known(records[f"enhanced_{name}"], records[name]) for name in ("altitude_m", "speed_m_per_s")},
        "cadence_spm": cadence * _feet(seconds, sessions),
        "segment": _segments(seconds, starts, messages.begins, messages.read(profile.EVENT)),
        **{name: records[name] for fields in added for name in fields},
    }


def _first_known(better: np.ndarray, plain: np.ndarray) -> np.ndarray:
    return np.where(np.isnan(better), plain, better)


def moment(seconds: np.ndarray) -> np.ndarray:
    """UTC of seconds of FIT."""
    known = (seconds >= 0) & (seconds < 2**32)
    return (np.where(known, seconds + profile.EPOCH_S, np.nan) * 1000).round().astype("datetime64[ms]")


def _feet(seconds: np.ndarray, sessions: list[dict]) -> np.ndarray | float:
    """What turns cadence into steps, of each point: 2 where it counts strides, else 1."""
    feet = np.array([2.0 if session["sport"] in profile.ON_FOOT else 1.0 for session in sessions] or [1.0])
    if (feet == feet[0]).all():
        return feet[0]
    begins = np.array([session["start"].to_datetime64() for session in sessions])
    order = np.argsort(begins)
    return feet[order][np.maximum(np.searchsorted(begins[order], moment(seconds), side="right") - 1, 0)]


def _segments(seconds: np.ndarray, starts: np.ndarray, begins: list[int], events: dict[str, np.ndarray]) -> np.ndarray:
    """A new number after each pause of the timer, and in each file of several; -1 of what is recorded in a pause."""
    order = np.argsort(seconds, kind="stable")
    at, place = seconds[order], np.argsort(order)
    new, paused = np.zeros(len(at), dtype=bool), np.zeros(len(at), dtype=bool)
    for stop, resume in _pauses(events, at):
        low, high = np.searchsorted(at, stop, side="right"), np.searchsorted(at, resume)
        if ((at[low:high] > stop + EVENT_OFF_S) & (at[low:high] < resume - EVENT_OFF_S)).any():
            paused[low:high] = True
            new[high : high + 1] = True
        elif low > 0 and high < len(at):
            edges = at[low - 1 : high + 1].clip(stop, resume)
            new[low + int(np.diff(edges).argmax())] = True  # the silence that is most of the pause
    first = np.searchsorted(starts, begins)  # record of each file
    new[place[first[(first > 0) & (first < len(new))]]] = True
    return np.where(paused[place], -1, new[place].cumsum())


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
    order, stop, pauses = np.argsort(time, kind="stable"), None, []
    for when, what in [*zip(time[order].tolist(), kind[order].tolist(), strict=True), (np.inf, profile.STOPS[0])]:
        if what == profile.START:
            pauses += [] if stop in (None, when) else [(stop, when)]
            stop = None
        elif what in profile.STOPS:
            after = np.searchsorted(at, np.nan if stop is None else stop, side="right")
            lost = after < len(at) and at[after] < when
            pauses += [(stop, at[after])] if lost else []
            stop = when if lost or stop is None else stop  # stopped twice is stopped
    return pauses


def _developer_fields(messages: Messages) -> list[dict[str, tuple]]:
    """What apps on the device added to the records of each layout, where it is a number: by `dev_` and its name."""
    described, names, found, left_out = _described(messages), {}, [], set()
    for layout, _ in messages.of(profile.RECORD):
        fields, offset = {}, layout.native_size
        for number, size, developer in layout.developer_fields:
            key, at = (developer, number), offset
            offset += size
            name, base = described.get(key, ("", None))
            dtype = _dtype(base, size, layout.order) if size else None
            if dtype is None or (key not in names and len(names) == MOST_DEVELOPER_FIELDS):
                left_out.add(key)
            elif base.code != "S":
                if key not in names:
                    names[key] = profile.Field(_free_name(name, {field.name for field in names.values()}))
                fields[names[key].name] = (names[key], base, at, dtype)
        found.append(fields)
    if left_out:
        what = f"{len(left_out)} fields of apps on the device are not described as they should be."
        messages.faults.append(("developer-field", what, "nothing to do; they are left out."))
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
    for total in totals.MEASURED:
        columns[total] = told[total].tolist() or [np.nan] * len(start)
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _totals(sessions: list[dict], laps: dict[str, np.ndarray], times: np.ndarray) -> dict:
    """Those of the session, and what it lacks by the laps."""
    start, end = _span(laps)
    of_laps = totals.of_laps({**laps, "start": start, "end": end}, times.max() if len(times) else None)
    own = sessions[0] if len(sessions) == 1 else {"start": None}
    return totals.first_told(totals.told("session", own["start"], own), of_laps)


def _span(told: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Start and end of laps or sessions; their own time is when they were written, often later than they ended."""
    start = _first_known(told["start"], told["time"] - told["elapsed_s"])
    return moment(start), moment(_first_known(start + told["elapsed_s"], told["time"]))


def _words(numbers: np.ndarray, words: dict[int, str]) -> list[str]:
    """The word of each number; a number without a word as it is, none as an empty text."""
    return ["" if n != n else words.get(n, str(int(n))) for n in numbers.tolist()]


def _sport(sessions: list[dict]) -> dict[str, str]:
    """One sport for the activity: that of its parts where they agree."""
    sports = {(session["sport"], session["sub_sport"]) for session in sessions} or {("", "")}
    sport, sub_sport = sports.pop() if len(sports) == 1 else ("multisport", "")
    return {"sport": sport, "sub_sport": sub_sport}


def _laps(told: dict[str, np.ndarray], steps: dict[str, np.ndarray]) -> pd.DataFrame:
    start, end = _span(told)
    planned = _of_step(steps, "intensity", told["step"])
    return table(
        {
            "start": start,
            "end": end,
            "duration_s": told["timer_s"],
            **{key: told[key] for key in ("distance_m", "ascent_m")},
            "trigger": _words(told["trigger"], profile.TRIGGERS),
            "intensity": _words(_first_known(told["intensity"], planned), profile.INTENSITIES),
        },
        LAP_MARKS,
    )


def _sets(told: dict[str, np.ndarray], steps: dict[str, np.ndarray], titles: dict[str, np.ndarray]) -> pd.DataFrame:
    return table(
        {
            "start": moment(_first_known(told["start"], told["written"] - told["duration_s"])),
            "kind": _words(told["kind"], profile.SET_KINDS),
            **{key: told[key] for key in ("duration_s", "reps", "load_kg")},
            "exercise": _exercises(told, steps, titles) if len(told["kind"]) else [],
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
        step, title = planned.get(index, (NOTHING, ""))
        if pair in (NOTHING, (step[0], None)):
            pair = step
        if pair != step:
            title = ""
        names.append(exercise_name(*pair, title or named.get(pair, "")))
    return names


def _pairs(told: dict[str, np.ndarray]) -> list[tuple[int | None, int | None]]:
    """(category, exercise) of each row, None where it is not told."""
    numbers = ([None if n != n else int(n) for n in told[key].tolist()] for key in ("category", "exercise"))
    return [NOTHING if pair == (UNKNOWN, None) else pair for pair in zip(*numbers, strict=True)]


def _note_guesses(messages: Messages) -> None:
    """Tell of sets for which the watch gives several categories, the likeliest first: nobody said what was done."""
    guesses = 0
    for layout, starts in messages.of(profile.SET):
        _, base, at, dtype = layout.columns[0].get("category", (None, None, 0, None))
        size = next((size for number, size, _ in layout.fields if number == profile.SET_CATEGORY), 0)
        if base and size >= 2 * dtype.itemsize:
            rows = messages.rows(layout, starts)
            first, second = (np.ndarray(len(rows), dtype, rows, at + i * dtype.itemsize, rows.strides) for i in (0, 1))
            guesses += int(((first < UNKNOWN) & (second != base.invalid)).sum())
    if guesses:
        what = f"{guesses:,} sets are named by the first of several guesses of the watch."
        messages.faults.append(("guessed-exercise", what, "check their names; choose the exercise on the watch."))


def _title(text: str) -> str:
    """A name that the user or an app gave, in one line."""
    return whole_text(text)[:LONGEST_TITLE].strip()


# ------------------------------------------------------------------------------------------- the facts
def _device(file_id: dict[str, np.ndarray], devices: dict[str, np.ndarray]) -> str:
    """The device that recorded: maker and product, by name where we know it, else by number."""
    creator = np.flatnonzero(devices["index"] == 0)[:1]
    for told, rows in ((devices, creator), (file_id, range(len(file_id["kind"]))[:1])):
        for i in rows:
            number = told["manufacturer"][i]
            if np.isnan(number):
                continue
            watches = profile.WATCHES if number == profile.GARMIN else {}
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


def _remarks(points: dict[str, np.ndarray], messages: Messages, sport: str) -> list[dict]:
    times, found = points["time"], []
    back, again = int((times[1:] < times[:-1]).sum()), int((times[1:] == times[:-1]).sum())
    if back or again:
        what = f"{back:,} of {len(times):,} records are earlier than the one before, {again:,} of the same second."
        found.append(_problem("time-order", what, "nothing to do; they stand in the order of the file.", "time"))
    first = moment(np.array([profile.SYSTEM_TIME_S], dtype=float))
    tomorrow = np.datetime64("now", "ms") + np.timedelta64(1, "D")
    wrong = int(((times < first) | (times > tomorrow)).sum())
    if wrong:
        what = f"{wrong:,} of {len(times):,} records have a time before 1998 or after today."
        found.append(_problem("implausible-date", what, "set the clock of the device.", "time"))
    if not sport and np.isfinite(points["cadence_spm"]).any():
        what = "no sport is named: cadence is as written, of a run that is one foot."
        found.append(_problem("unknown-sport", what, "export the activity again.", "cadence_spm"))
    ours = [layout for number in profile.MESSAGES for layout, _ in messages.kinds.get(number, ())]
    odd = sorted({name for layout in ours for name in layout.columns[1]})
    if odd:
        what = f"fields of a size or type that cannot be: {', '.join(odd)}."
        found.append(_problem("fit-odd-field", what, "nothing to do; they are missing where that is so.", odd[0]))
    return found
