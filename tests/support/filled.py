"""A log that begin wrote, filled in by hand as somebody would: rows as they stand, done as planned, saved in some way."""

import csv
import re
from collections.abc import Iterable
from pathlib import Path

CELL_OF = {
    "rep": "reps",
    "s": "duration_s",
    "kg": "load_kg",
    "repeat": "charges",
}  # what is planned -> where it is written


def rows_of(file: Path) -> list[dict[str, str]]:
    mark, *lines = file.read_text(encoding="utf-8").splitlines()
    assert mark == "sep=,"
    return list(csv.DictReader(lines))


def as_planned(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Each row with the numbers that it plans, and an effort."""
    told = [re.findall(r"(\d+) (repeat|rep|s|kg)", row["planned"]) for row in rows]
    assert all(told)
    return [row | {"rpe": "7"} | {CELL_OF[unit]: n for n, unit in cells} for row, cells in zip(rows, told, strict=True)]


def written(
    file: Path, rows: Iterable[dict], *, mark="sep=,\n", encoding="utf-8", more_columns=0, more_rows=0, **dialect
) -> Path:
    """The rows as a spreadsheet saves them: with other marks, ends and separators, and with empty cells around them."""
    rows = list(rows)
    delimiter = dialect.get("delimiter", ",")
    with file.open("w", encoding=encoding, newline="") as stream:
        stream.write(mark.replace("sep=,\n", f"sep={delimiter}\n") if mark == "sep=,\n" else mark)
        sheet = csv.writer(stream, **({"lineterminator": "\n"} | dialect))
        sheet.writerow([*rows[0], *[""] * more_columns])
        sheet.writerows([*(row.get(name, "") for name in rows[0]), *[""] * more_columns] for row in rows)
        sheet.writerows([[""] * (len(rows[0]) + more_columns)] * more_rows)
    return file
