"""The bytes of a FIT file as arrays: where each message stands, and the values of one kind of message, column by column.

A file is a header, messages one after another, and a checksum; several files may stand one behind another. A
definition says which fields the data messages of one of 16 local types hold from there on. The reader finds where
each message stands, cuts all messages of one layout out at once, and decodes them field by field.
"""

from array import array
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import repeat
from operator import length_hint
from typing import NamedTuple

import numpy as np

from analysis.errors import LogError

from . import fit_profile as profile

LARGEST = 64 << 20  # bytes: a message a second for a week, each of a hundred
MOST_MESSAGES = 800_000  # a message a second for a week, and as many again for a day or two
MOST_OTHERS = 50_000  # of one kind that is not written second by second
MOST_OF_APPS = 10_000_000  # values that apps on the device added to the records
MOST_FILES = 5_000  # one behind another
MOST_LAYOUTS = 2_000
CUT = 1 << 16  # messages that are cut out at a time


class Stored(NamedTuple):
    """Where and how the messages of one layout hold a field."""

    field: profile.Field
    base: profile.Base
    offset: int
    dtype: np.dtype


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
    def columns(self) -> tuple[dict[str, Stored], list[str]]:
        """Of the fields we know: name -> where it is held; and the names of those of an odd size."""
        known, odd, offset = profile.ANY | profile.MESSAGES.get(self.message, {}), [], 0
        found: dict[str, Stored] = {}
        for number, size, kind in self.fields:
            if number in known and size:
                base = profile.BASES.get(kind & 0x1F)
                dtype = field_dtype(base, size, self.order)
                if base is None or dtype is None or known[number].text != (base.code == "S"):
                    odd.append(known[number].name)
                else:
                    found.setdefault(known[number].name, Stored(known[number], base, offset, dtype))
            offset += size
        return found, odd


new_layout = lru_cache(maxsize=1024)(Layout)  # watches define the same over and over, in one file and in all


@lru_cache(maxsize=1024)
def field_dtype(base: profile.Base | None, size: int, order: str) -> np.dtype | None:
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
    faults: list[tuple[int, str, str, str]]  # beginning of the file it is of, code, what (with {kept}), fix
    name: str = ""

    def files(self, begins: list[int]) -> "Messages":
        """The messages of some of the files."""
        kinds: dict[int, list] = {}
        for number, layouts in self.kinds.items():
            own = [(layout, [part for part in parts if part[0] in begins]) for layout, parts in layouts]
            kinds[number] = [(layout, parts) for layout, parts in own if parts]
        return Messages(self.data, begins, kinds, [fault for fault in self.faults if fault[0] in begins], self.name)

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
        n = sum(len(own) * len(more) for (_, own), more in zip(layouts, added or (), strict=False))
        if n > MOST_OF_APPS:
            raise too_much(self.name, f"{MOST_OF_APPS:,} values of apps")
        fields = [*profile.MESSAGES[number].values(), *(found[0] for more in added or () for found in more.values())]
        names = list(dict.fromkeys(field.name for field in fields))
        columns = dict(zip(names, np.full((len(names), len(starts)), np.nan), strict=True))
        columns |= {field.name: np.full(len(starts), "", dtype=object) for field in fields if field.text}
        end = 0
        for (layout, own), found in zip(layouts, known, strict=True):
            begin, end = end, end + len(own)
            for at in range(0, len(own), CUT):
                rows = self.rows(layout, own[at : at + CUT])
                for name in found.keys() & columns.keys():
                    _decode(rows, found[name], columns[name][begin + at : begin + at + len(rows)])
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
                _decode(self.rows(layout, own), layout.columns[0]["time"], values)
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


def _decode(rows: np.ndarray, stored: Stored, values: np.ndarray) -> None:
    """Fill `values` with what the rows hold of a field, in our units; numbers that mean none become NaN."""
    field, base, offset, dtype = stored
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
    if len(data) > LARGEST:
        raise too_much(name, f"{LARGEST >> 20} MiB")
    begins: list[int] = []
    known: dict[bytes, list] = {}
    faults: list[tuple] = []
    begin, room = 0, MOST_MESSAGES
    while begin < len(data):
        if data[begin + 8 : begin + 12] != b".FIT" or data[begin] < 12:
            faults.append((begins[-1], *_trailing(len(data) - begin)))
            break
        first, end, announced = _extent(data, begin)
        found: dict[bytes, array] = {}
        stop, why = _walk(data[first:end], found, room, name)
        for definition, starts in found.items():
            known.setdefault(definition, []).append((first, starts))
        if len(known) > MOST_LAYOUTS:
            raise too_much(name, f"{MOST_LAYOUTS:,} layouts")
        room -= sum(map(len, found.values()))
        begins.append(first)
        if len(begins) > MOST_FILES:
            raise too_much(name, f"{MOST_FILES:,} files one behind another")
        if why == "undefined":
            faults.append((first, *_damaged(first + stop, len(data))))
        elif why == "cut" or announced + 2 > len(data):
            at = first + stop if end == announced else len(data)
            faults.append((first, *_cut(at, announced + 2, end == announced)))
        elif not ends_in_checksum(data[begin : announced + 2]) or _is_header_damaged(data[begin:first]):
            faults.append((first, *CRC_MISMATCH))
        begin = announced + 2
    kinds: dict[int, list[tuple[Layout, list]]] = {}
    for definition, parts in known.items():
        layout = new_layout(definition)
        kinds.setdefault(layout.message, []).append((layout, parts))
    for kind in profile.MESSAGES.keys() - {profile.RECORD, profile.HR}:
        if sum(len(starts) for _, parts in kinds.get(kind, ()) for _, starts in parts) > MOST_OTHERS:
            raise too_much(name, f"{MOST_OTHERS:,} messages of one kind beside its records")
    return Messages(data, begins, kinds, faults, name)


def too_much(name: str, what: str) -> LogError:
    return LogError(name, f"holds over {what}.", "no watch writes that; export the activity again.", "too-big")


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
                raise too_much(name, f"{MOST_MESSAGES:,} messages")
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
            lowest, bits = bits[: 14 * n], bits[14 * n :]
            bits[: 14 * n] ^= lowest
            bits[n : 15 * n] ^= lowest
    rest = int.from_bytes(bits.tobytes(), "little")
    for n in (1 << k for k in range(9, -1, -1)):
        while rest >> 15 * n:
            low = rest & (1 << 14 * n) - 1
            rest = rest >> 14 * n ^ low ^ low << n
    return not odd and not rest
