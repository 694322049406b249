"""FitNotes' CSV: one set a row under its day, weights by header or by a unit in the row."""

from pathlib import Path

from ..errors import LogError
from .apps import apply_units, logged, weight_in
from .cells import LB, duration_with_colons, iso_moment, name, note, number
from .reading import Column, Format, Reading, check_efforts

COLUMNS = {
    "date": Column("date", iso_moment, required=True),
    "exercise": Column("exercise", name, required=True),
    "weight": Column("load_kg", number(0, 1600)),
    "weight (kg)": Column("load_kg", number(0, 700)),
    "weight (kgs)": Column("load_kg", number(0, 700)),
    "weight (lbs)": Column("load_lb", number(0, 1600, factor=LB)),
    "weight unit": Column("weight_unit", name),
    "reps": Column("reps", number(0, 5000, whole=True)),
    "distance": Column("distance_m", number(0, 1_000_000)),
    "distance unit": Column("distance_unit", name),
    "time": Column("duration_s", duration_with_colons),
    "comment": Column("notes", note),
    "notes": Column("notes", note),
}
WEIGHTS = {"weight", "weight (kg)", "weight (kgs)", "weight (lbs)"}


def columns(path: Path, header: list[str], unit: str | None) -> dict[str, Column]:
    if "weight" in header and len(WEIGHTS & set(header)) > 1:
        raise LogError(path, "has weights with and without a unit.", "keep one of the columns.", "unit-conflict", 1)
    if "weight" in header and "weight unit" not in header:
        return COLUMNS | {"weight": weight_in(path, unit)}
    return COLUMNS


def finish(reading: Reading) -> None:
    apply_units(reading)
    lines = reading.lines
    if "load_lb" in lines:  # the iOS app fills one of two columns in each row
        both = lines["load_kg"].notna() & lines["load_lb"].notna()
        reading.lines = lines.assign(load_kg=lines["load_kg"].fillna(lines["load_lb"]))
        reading.reject(
            both, "weight (lbs)", "unit-conflict", "{} stands beside a weight in kg.", "keep one of the two."
        )
    lines = reading.lines
    reading.lines = lines.assign(
        kind="normal", duration_s=logged(lines["duration_s"]), distance_m=logged(lines["distance_m"])
    )
    check_efforts(reading)
    lines = reading.lines
    reading.lines = lines.assign(day=lines["date"], begin_s=lines["date_second"], offset_s=lines["date_offset_s"])


FITNOTES = Format(
    "fitnotes",
    lambda header: {"date", "exercise", "category"} <= header and bool(WEIGHTS & header),
    columns,
    finish,
    knows={"category", "kind"}.__contains__,
)
