"""Our own CSV: one line of work a row; only `date` and `exercise` must be there."""

import pandas as pd

from analysis.errors import LogError
from analysis.formats.text.cells import choice, name, note, typed_moment
from analysis.formats.text.columns import WORK, Column, Format, Reading, check_efforts, with_units
from analysis.formats.text.strangers import refuse_doubtful
from analysis.formats.text.typed import amount, pain_region, spell_out, word
from analysis.formats.text.units import DAY_S, SECONDS, in_brackets
from analysis.system.members import Source
from analysis.wording import counted, day

LONGEST_MIN = 10 * 1440  # the Tor des Glaciers may take 190 hours, and other races go on for ten days
LONGEST_M = 5_000_000  # the Race Across America, on a bike
HIGHEST_M = 100_000  # an Everest a day, for as long
MOST_HELP_KG = 300  # of a machine or band; more than almost anybody weighs
TELLING = "strength", "plyometrics", "hills", "run"  # a session that is called so is one, whatever else is in it
COLUMNS = {
    "date": Column("date", typed_moment, required=True),
    "exercise": Column("exercise", word(name), required=True),
    "athlete": Column("athlete", name, required=True),
    "session": Column("session", word(name)),
    "session_type": Column(
        "session_type", word(choice("strength", "plyometrics", "hills", "run", "mixed", "test", "other"))
    ),
    "duration_min": Column("duration_min", amount(0.1, LONGEST_MIN, "min")),
    "session_rpe": Column("session_rpe", amount(0, 10, "rpe")),
    "kind": Column("kind", word(choice("normal", "warmup", "drop", "failure"))),
    "planned": Column("planned", note),
    "sets": Column("sets", amount(1, 100, "sets", whole=True)),
    "charges": Column("sets", amount(1, 100, "sets", whole=True)),
    "side": Column("side", word(choice("both", "left", "right", l="left", r="right", b="both"))),
    "reps": Column("reps", amount(1, 5000, "reps", whole=True, divided=True)),
    "load_kg": Column("load_kg", amount(-MOST_HELP_KG, 700, "kg")),
    "duration_s": Column("duration_s", amount(0.1, LONGEST_MIN * 60, "s", divided=True)),
    "distance_m": Column("distance_m", amount(0.01, LONGEST_M, "m", divided=True)),
    "ascent_m": Column("ascent_m", amount(0, HIGHEST_M, "m")),
    "descent_m": Column("descent_m", amount(0, HIGHEST_M, "m")),
    "grade_pct": Column("grade", amount(-100, 100, "pct", factor=0.01)),
    "recovery_s": Column("recovery_s", amount(0, 86_400, "s")),
    "hr_max_bpm": Column("hr_max_bpm", amount(25, 250, "bpm")),
    "rpe": Column("rpe", amount(0, 10, "rpe")),
    "pain": Column("pain", amount(0, 10, "pain")),
    "pain_region": Column("pain_region", word(pain_region)),
    "route": Column("route", word(name)),
    "notes": Column("notes", note),
}
TO_FILL_IN = {  # where a row says what is planned, 0 says that nothing of it was done
    "reps": Column("reps", amount(0, 5000, "reps", whole=True, divided=True)),
    "charges": Column("sets", amount(0, 100, "sets", whole=True)),
    "duration_s": Column("duration_s", amount(0, LONGEST_MIN * 60, "s", divided=True)),
}
OWN_UNITS = ("kg", "s", "min", "m", "pct", "bpm")
FIELDS = {
    "load": "load_kg",
    "distance": "distance_m",
    "ascent": "ascent_m",
    "descent": "descent_m",
    "recovery": "recovery_s",
}
MOST_KINDS = 12  # different cells of a column that tells sets apart
STILL_M_PER_S = 0.1  # nobody who goes for a day is so slow: the Barkley is walked at 0.7
OF_WORK = ["sets", "reps", "duration_s", "distance_m", "ascent_m"]
BESIDE_WORK = ["rpe", "pain", "pain_region", "load_kg"]  # what is told of a set, and of none that was not done
ONCE_A_SESSION = ["duration_min", "session_rpe"]  # what is written once for all of its rows
SAME_SESSION_S = 6 * 3600  # a session that began before midnight may go on so long after it


def columns(path: Source, header: list[str], unit: str | None) -> dict[str, Column]:
    refuse_other_units(path, header)
    known = COLUMNS | (TO_FILL_IN if "planned" in header else {})
    return known | in_our_units(path, header, known)


def in_our_units(path: Source, header: list[str], columns: dict[str, Column]) -> dict[str, Column]:
    """The columns of a header that write their unit in brackets: `load [kg]`, `duration (min)`, `distance (km)`."""
    ours = {1.0: "s", 60.0: "min"}
    found = with_units(path, header, FIELDS)
    for cell in header:
        quantity, unit = in_brackets(cell)
        unit = ours.get(SECONDS.get(unit, 0.0), unit).replace("%", "pct")
        if unit and f"{quantity}_{unit}" in columns:
            found[cell] = columns[f"{quantity}_{unit}"]
    return found


def refuse_other_units(path: Source, header: list[str]) -> None:
    """`load_lb` would be read as nothing, or worse as kilograms. LogError: unit-conflict."""
    for column in header:
        quantity = column.rpartition("_")[0]
        ours = [known for known in COLUMNS if known.rpartition("_")[::2] in [(quantity, unit) for unit in OWN_UNITS]]
        if ours and column not in COLUMNS:
            what = f"has a column {column!r} where {' or '.join(ours)} is known."
            raise LogError(path, what, f"convert it and name it {ours[0]}.", "unit-conflict", 1)


def recognises(header: set[str]) -> bool:
    return {"date", "exercise"} <= header


def finish(reading: Reading) -> None:
    _refuse_other_kinds(reading)
    spell_out(reading)
    if "planned" in reading.sheet.header:
        _pass_over_the_undone(reading)
        _refuse_nothing(reading)
    _reject_mixed_clocks(reading)
    _doubt_days(reading)
    where = reading.lines["pain_region"].notna() & reading.lines["pain"].isna()
    reading.remark(
        where,
        "pain_region",
        "pain-unsaid",
        "says where it hurt and not how much, so it is not shown.",
        "write pain from 0 to 10.",
    )
    check_efforts(reading, ["sets", *WORK, "duration_min"])
    lines = _with_session_start(reading.lines)
    if lines["session_type"].isna().all():
        lines = lines.assign(session_type=lines["session"].cat.set_categories(TELLING))
    reading.lines = lines.assign(title=lines["session"], kind=lines["kind"].fillna("normal"))


def _doubt_days(reading: Reading) -> None:
    """Refuse work of more than a day that got nowhere, and remark on what may be seconds in a column of minutes."""
    for column, seconds in (("duration_s", 1), ("duration_min", 60)):
        time_s = reading.lines[column] * seconds
        still = reading.lines["distance_m"] / time_s < STILL_M_PER_S
        what = "{} is more than a day, for so short a way."
        reading.reject((time_s > DAY_S) & still, column, "range-error", what, "check time and distance.")
        alone = (reading.lines[column] * seconds > DAY_S) & reading.lines["distance_m"].isna()
        reading.remark(
            alone,
            column,
            "unit-suspect",
            "{} is more than a day.",
            f"write it in {'minutes' if seconds > 1 else 'seconds'}.",
        )


def _refuse_other_kinds(reading: Reading) -> None:
    """A column that is not ours and tells warm-ups from other sets would count them as work."""
    sheet, looks = reading.sheet, {}
    for column, cells in zip(sheet.header, sheet.cells, strict=True):
        if column not in COLUMNS and len(cells) <= MOST_KINDS and "warmup" in map(_letters, cells):
            looks[column] = "kind of set"
    refuse_doubtful(reading.source, looks, ours=True)


def _letters(cell: str) -> str:
    return "".join(filter(str.isalpha, cell.casefold())).removesuffix("set")


def _pass_over_the_undone(reading: Reading) -> None:
    """Rows that say what is planned, and not or not yet what was done, are no work: they are counted apart.

    What one row says of its session holds for the others. 0 is nothing done.
    """
    lines = reading.lines
    planned, done = lines["planned"].notna(), lines[OF_WORK].mask(lines[OF_WORK] == 0)
    undone = planned & done.isna().all(axis=1)
    names = [lines[key].astype(object).fillna("") for key in ("athlete", "date", "session")]
    of_session = {key: lines[key].groupby(names).transform("first") for key in ONCE_A_SESSION}
    silent = undone.groupby(names).transform("all") & lines[ONCE_A_SESSION].notna().any(axis=1)
    half = undone & lines[OF_WORK].isna().all(axis=1) & (silent | lines[BESIDE_WORK].notna().any(axis=1))
    told = {key: values.where(planned, lines[key]) for key, values in (done.to_dict("series") | of_session).items()}
    reading.lines = lines.assign(**told)
    reading.reject(half, "", "empty-set", "says how it was and not how much.", "write how much was done.")
    undone &= ~half
    if undone.any():
        n, first = int(undone.sum()), lines.loc[undone, "date"].min()
        what = f"{counted(n, 'planned row')}, the first of {day(first)}, say nothing done yet."
        reading.passed["not_done_yet"] += n
        reading.remark_file("not-done-yet", what, "write the numbers beside the plan once they are done.")
        reading.lines = reading.lines[~undone[reading.lines.index]]


def _refuse_nothing(reading: Reading) -> None:
    """Refuse rows without a plan that say 0 of what is counted."""
    for column in OF_WORK[:3]:
        own = column if column in reading.sheet.header or column != "sets" else "charges"
        none = reading.lines[column] == 0
        reading.reject(none, own, "range-error", "{} is no amount.", "delete the line, or write how much.")


def _reject_mixed_clocks(reading: Reading) -> None:
    """Days with and without an offset cannot be laid beside each other: the smaller part is refused."""
    zoned = reading.lines["date_offset_s"].notna()
    if zoned.mean() <= 0.5:
        odd, what = zoned, "{} has an offset where most rows have none."
    else:
        odd, what = ~zoned, "{} has no offset where most rows have one."
    reading.reject(odd, "date", "date-error", what, "write all dates alike, as YYYY-MM-DD.")


def _with_session_start(lines: pd.DataFrame) -> pd.DataFrame:
    """The lines with day, second and offset of their session's start: over midnight it keeps its first day."""
    lines = lines.assign(day=lines["date"], begin_s=lines["date_second"], offset_s=lines["date_offset_s"])
    timed = lines[lines["begin_s"].notna()]
    if timed.empty:
        return lines
    who, what = (timed[key].cat.codes.astype("int64") for key in ("athlete", "session"))
    timed = timed.assign(who=who, what=what, at=timed["day"].astype("int64") + timed["begin_s"])
    timed = timed.sort_values(["who", "what", "at"], kind="stable")
    step = timed[["who", "what", "at"]].diff()
    same_name = (step["who"] == 0) & (step["what"] == 0)
    new_session = ~same_name | (step["at"] > SAME_SESSION_S)
    starts = timed.groupby(new_session.cumsum())[["day", "begin_s", "offset_s"]].transform("first")
    lines.loc[starts.index, ["day", "begin_s", "offset_s"]] = starts
    return lines


TIDY = Format("own CSV", recognises, columns, finish, ours=True)
