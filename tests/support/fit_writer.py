"""A small writer of FIT files, for tests and sample recordings. It shares no code with the reader."""

import struct
from collections.abc import Iterable

EPOCH_S = 631_065_600  # 1989-12-31 UTC
ENUM, SINT8, UINT8, STRING, BYTE = 0x00, 0x01, 0x02, 0x07, 0x0D
SINT16, UINT16, SINT32, UINT32, FLOAT32, FLOAT64 = 0x83, 0x84, 0x85, 0x86, 0x88, 0x89
UINT8Z, UINT16Z, UINT32Z, SINT64, UINT64, UINT64Z = 0x0A, 0x8B, 0x8C, 0x8E, 0x8F, 0x90
CODES = {
    ENUM: "B", SINT8: "b", UINT8: "B", BYTE: "B", SINT16: "h", UINT16: "H", SINT32: "i", UINT32: "I", FLOAT32: "f",
    FLOAT64: "d", UINT8Z: "B", UINT16Z: "H", UINT32Z: "I", SINT64: "q", UINT64: "Q", UINT64Z: "Q",
}  # fmt: skip
NONE = {
    ENUM: 0xFF, SINT8: 0x7F, UINT8: 0xFF, BYTE: 0xFF, SINT16: 0x7FFF, UINT16: 0xFFFF, SINT32: 0x7FFFFFFF,
    UINT32: 0xFFFFFFFF, FLOAT32: float("nan"), FLOAT64: float("nan"), UINT8Z: 0, UINT16Z: 0, UINT32Z: 0,
    SINT64: 2**63 - 1, UINT64: 2**64 - 1, UINT64Z: 0,
}  # fmt: skip


def crc16(data: bytes, crc: int = 0) -> int:
    """The checksum, bit by bit."""
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc


class FitWriter:
    """Messages one after another.

    fit = FitWriter()
    fit.define(0, 20, (253, UINT32), (3, UINT8))  # local type 0: records with a time and a heart rate
    fit.data(0, 1_000_000_000, 142)  # raw values; None where the device knows none
    fit.file()  # bytes
    """

    def __init__(self, big: bool = False):
        self.body, self.order, self.layouts = bytearray(), "<>"[big], {}

    def define(self, local: int, message: int, *fields: tuple, developer: Iterable[tuple] = ()) -> None:
        """fields: (number, base type) or (number, base type, bytes); developer: (number, bytes, index)."""
        sized = [(f[0], f[1], f[2] if len(f) > 2 else struct.calcsize("=" + CODES[f[1]])) for f in fields]
        developer = list(developer)
        self.layouts[local] = sized
        self.body += bytes([0x40 | 0x20 * bool(developer) | local, 0, self.order == ">"])
        self.body += struct.pack(self.order + "HB", message, len(sized))
        self.body += b"".join(bytes([number, size, base]) for number, base, size in sized)
        if developer:
            self.body += bytes([len(developer)]) + b"".join(map(bytes, developer))

    def data(self, local: int, *values, developer: bytes = b"", offset: int | None = None) -> None:
        """A message: numbers, texts, bytes, lists, or None. `offset`: five bits of time in the header."""
        self.body.append(local if offset is None else 0x80 | local << 5 | offset)
        for (_, base, size), value in zip(self.layouts[local], values, strict=True):
            self.body += self._raw(base, size, value)
        self.body += developer

    def _raw(self, base: int, size: int, value) -> bytes:
        if isinstance(value, str):
            value = value.encode()
        if isinstance(value, bytes):
            return value[:size].ljust(size, b"\0")
        n = size // struct.calcsize("=" + CODES[base])
        values = [*(value if isinstance(value, (list, tuple)) else [value])]
        values += [None] * (n - len(values))
        return struct.pack(f"{self.order}{n}{CODES[base]}", *(NONE[base] if v is None else v for v in values))

    def file(self, header: int = 14, size: int | None = None, crc: int | None = None) -> bytes:
        """The whole file. size, crc: what to write instead of what is right."""
        head = struct.pack("<BBHI4s", header, 0x20, 2171, len(self.body) if size is None else size, b".FIT")
        if header > 12:
            head += struct.pack("<H", crc16(head)) + bytes(header - 14)
        data = head + bytes(self.body)
        return data + struct.pack("<H", crc16(data) if crc is None else crc)


def semicircles(degrees: float) -> int:
    return round(degrees * 2**31 / 180)
