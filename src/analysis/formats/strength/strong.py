"""Strong's CSV: one set a row, old and new header, comma or semicolon; weights often without a unit."""

from analysis.formats.text.cells import duration_in_words, iso_moment, name, note, number_in
from analysis.formats.text.columns import Column, Format, Reading, check_efforts, with_units
from analysis.system.members import Source

from .app_columns import apply_units, logged, weight_in, with_start

KIND_LETTERS = {"w": "warmup", "d": "drop", "f": "failure"}
NOT_SETS = {"rest timer": "rest_timers", "note": "notes"}
COLUMNS = {
    "date": Column("date", iso_moment, required=True),
    "workout name": Column("title", name),
    "exercise name": Column("exercise", name, required=True),
    "set order": Column("set_order", name, required=True),
    "weight": Column("load_kg", number_in(-1600, 1600)),
    "weight unit": Column("weight_unit", name),
    "reps": Column("reps", number_in(0, 5000, whole=True)),
    "distance": Column("distance_m", number_in(0, 1_000_000)),
    "distance unit": Column("distance_unit", name),
    "seconds": Column("duration_s", number_in(0, 86_400)),
    "rpe": Column("rpe", number_in(0, 10)),
    "notes": Column("notes", note),
    "duration": Column("duration_min", duration_in_words),
    "workout duration": Column("duration_min", duration_in_words),
}
FIELDS = {"weight": "load_kg", "distance": "distance_m", "duration": "duration_min"}


def columns(path: Source, header: list[str], unit: str | None) -> dict[str, Column]:
    told = with_units(path, header, FIELDS)
    if "weight" in header and "weight unit" not in header:
        told["weight"] = weight_in(path, unit)
    return COLUMNS | told


def finish(reading: Reading) -> None:
    order = reading.lines["set_order"].astype(str).str.casefold()
    for word, kind in NOT_SETS.items():
        reading.pass_over((order == word).loc[reading.lines.index], kind)
    order = order.loc[reading.lines.index]
    known = order.isin(KIND_LETTERS) | order.str.fullmatch(r"\d+")
    reading.reject(~known, "set order", "enum-error", "{!r} is no kind of set.", "write a number, W, D or F.")
    apply_units(reading)
    reading.lines = reading.lines.assign(
        kind=order.loc[reading.lines.index].map(KIND_LETTERS).fillna("normal"),
        duration_s=logged(reading.lines["duration_s"]),
        distance_m=logged(reading.lines["distance_m"]),
    )
    check_efforts(reading)
    reading.lines = with_start(reading.lines, "date")


STRONG = Format(
    "strong",
    lambda header: {"date", "workout name", "exercise name", "set order"} <= header,
    columns,
    finish,
    knows={"workout notes", "workout #"}.__contains__,
)
