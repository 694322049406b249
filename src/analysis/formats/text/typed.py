"""What people type into a spreadsheet of their own, cell by cell: docs/cells.md shows it, and a test reads that page.

A unit in a cell is read where it is of the system of its column; pounds among kilograms are refused, and so is what can
be meant in two ways: the fix then says what to write. Apps write their own cells, which cells.py reads.
"""

import re
from typing import Any

import pandas as pd

from analysis.schema import PAIN_REGIONS

from .cells import CellError, Parser, Sets, bare, decimal, in_range, short
from .columns import Reading
from .months import month_of
from .units import KILOGRAMS, METRES, MINUTES, SECONDS

NOT_TOLD = {"-", "–", "—", "n/a", "n.a.", "na"}  # what stands for an empty cell
TIME_MARKS = {"m": 60.0, "'": 60.0, "′": 60.0, "’": 60.0, '"': 1.0, "″": 1.0, "''": 1.0}  # of minutes and seconds
UNITS = {  # of a column -> the words of its cells, in that unit
    "s": SECONDS | TIME_MARKS,
    "min": MINUTES | {mark: seconds / 60 for mark, seconds in TIME_MARKS.items()},
    "kg": KILOGRAMS,
    "m": METRES | {"k": 1000.0},
    "pct": dict.fromkeys(("%", "pct", "percent"), 1.0),
    "bpm": {"bpm": 1.0},
    "reps": dict.fromkeys(("rep", "reps", "x"), 1.0),
    "sets": dict.fromkeys(("set", "sets", "x"), 1.0),
    "rpe": {"rpe": 1.0},
    "pain": {},
}
OTHER_SYSTEM = set("lb lbs pound pounds mi mile miles ft foot feet in inch inches yd yard yards".split())
MOST_SETS = 100
DIVIDED = ("reps", "duration_s", "distance_m")  # columns in which a cell may tell several sets


def amount(
    low: float, high: float, unit: str, whole: bool = False, factor: float = 1.0, divided: bool = False
) -> Parser:
    """A parser of numbers from `low` to `high`, with or without their unit; None for a cell that stands for nothing.

    divided: whether it may say several sets too.
    """

    def parse(text: str, decimal_comma: bool) -> float | Sets | None:
        text = bare(text)
        if text.casefold() in NOT_TOLD:
            return None
        found = _sets(text, decimal_comma, unit) if divided else None
        if found is None:
            return in_range(_value(text, decimal_comma, unit), text, low, high, whole) * factor
        return Sets((sets, in_range(value, text, low, high, whole) * factor) for sets, value in found)

    return parse


def word(parse: Parser) -> Parser:
    """A parser of words, of which a dash is none."""

    def parse_word(text: str, decimal_comma: bool = False) -> Any:
        return None if bare(text) in "-–—" else parse(bare(text), decimal_comma)

    return parse_word


def pain_region(text: str, decimal_comma: bool = False) -> str:
    """Where it hurt: one of PAIN_REGIONS, with a side before or after it."""
    words = bare(text).casefold().replace("tendon", "").split()
    sides = [side for side in ("left", "right") if side in words]
    region = " ".join(one for one in words if one not in sides)
    if region not in PAIN_REGIONS or len(sides) > 1:
        fix = f"write one of: {', '.join(PAIN_REGIONS)}; left or right may stand before it."
        raise CellError("enum-error", f"{short(text)!r} is not known here.", fix)
    return " ".join([*sides, region])


def _value(text: str, decimal_comma: bool, unit: str) -> float:
    """The number of a cell, in the unit of its column."""
    for read in OWN_READERS.get(unit, ()):
        if (found := read(text, decimal_comma)) is not None:
            return found
    match = re.fullmatch(r"([+-]?[0-9.,]{1,12}) ?([^\W\d_]{1,12}|[%'’′\"″]{1,2})", text)
    if match and match[2].casefold() in UNITS[unit]:
        return _in_unit(text, decimal(match[1], decimal_comma), match[2].casefold(), unit)
    if decimal_comma and re.fullmatch(r"[1-9][0-9]{0,2}\.[0-9]{3}", text):
        both = f"write {text.replace('.', '')}, or {text.replace('.', ',')}."
        raise CellError("type-error", f"{text!r} may be thousands or decimals.", both)
    try:
        return decimal(text, decimal_comma)
    except CellError as error:
        raise _refusal(text, unit) or error from None


def _in_unit(text: str, value: float, written: str, unit: str) -> float:
    value *= UNITS[unit][written]
    if written in OTHER_SYSTEM:
        system = "pounds" if unit == "kg" else "miles, feet or the like"
        raise CellError(
            "unit-conflict",
            f"{text!r} is in {system}.",
            f"write {round(value, 1):g}, in {'kilograms' if unit == 'kg' else 'metres'}.",
        )
    return value


# ---------------------------------------------------------------------------------------- what columns have of their own
_COLONS = re.compile(r"(?:([0-9]{1,3}):(?=[0-5][0-9]:))?([0-9]{1,4}):([0-5][0-9](?:\.[0-9]{1,3})?)")
_PARTS = re.compile(
    r"(?:([0-9]{1,3}) ?h(?:rs?|ours?)?)? ?(?:([0-9]{1,4}) ?(?:m|mins?|minutes?|['′’]))? ?"
    r"(?:([0-9]{1,4}) ?(?:s|secs?|seconds?|\"|″|''))?"
)
_HOURS = re.compile(r"([0-9]{1,3}) ?h ?([0-5][0-9])()")  # 1h30


def _seconds(text: str, decimal_comma: bool) -> float | None:
    """Of `1:30` and `1:30:00`, of `1h 30m`, `1h30` and `1'30"`."""
    match = _COLONS.fullmatch(text) or _PARTS.fullmatch(text) or _HOURS.fullmatch(text)
    return sum(float(part or 0) * s for part, s in zip(match.groups(), (3600, 60, 1), strict=True)) if match else None


def _minutes(text: str, decimal_comma: bool) -> float | None:
    seconds = _seconds(text, decimal_comma)
    if seconds is not None and re.fullmatch(r"[0-9]+:[0-9]+", text):
        both = f"write {seconds:g}, or {seconds / 60:.4g}."
        raise CellError("type-error", f"{text!r} may be hours and minutes, or minutes and seconds.", both)
    return None if seconds is None else seconds / 60


def _effort(text: str, decimal_comma: bool) -> float | None:
    """An effort as `RPE 7`, `@7` or `7/10`."""
    return _of_ten(re.sub(r"^(?:rpe|@) ?", "", text, flags=re.IGNORECASE), decimal_comma)


def _of_ten(text: str, decimal_comma: bool) -> float | None:
    match = re.fullmatch(r"([0-9.,]{1,4})(?: ?(?:/|of|out of) ?10)?", text, re.IGNORECASE)
    return decimal(match[1], decimal_comma) if match else None


def _on_the_body(text: str, decimal_comma: bool) -> float | None:
    """A load as `bw`, `bw+10` or `bw-20`: what is lifted beside the body, below 0 what helps."""
    match = re.fullmatch(r"(?:bw|body ?weight)(?: ?([+-]) ?([0-9.,]{1,6})(?: ?kgs?)?)?", text, re.IGNORECASE)
    return decimal(f"{match[1]}{match[2]}" if match[1] else "0", decimal_comma) if match else None


def _signed(text: str, decimal_comma: bool) -> float | None:
    """A load below 0 whose minus is none of the keyboard."""
    return _value(text.replace("−", "-"), decimal_comma, "kg") if text.startswith("−") else None


OWN_READERS = {
    "s": (_seconds,),
    "min": (_minutes,),
    "rpe": (_effort,),
    "pain": (_of_ten,),
    "kg": (_on_the_body, _signed),
}


# ---------------------------------------------------------------------------------------------------- sets in one cell
def _sets(text: str, decimal_comma: bool, unit: str) -> list[tuple[float, float]] | None:
    """(sets, amount of each) of `3x12`, `3 x 30 s` and, of repetitions, `12,10,8`; None of any other cell."""
    match = re.fullmatch(r"([1-9][0-9]{0,2}) ?[x×*] ?(.*[^ ].*)", text, re.IGNORECASE)
    if match and not re.search("[x×*@]", match[2], re.IGNORECASE):
        return [(in_range(float(match[1]), text, 1, MOST_SETS), _value(match[2], decimal_comma, unit))]
    each = _each(text, decimal_comma) if unit == "reps" else []
    if len(each) > MOST_SETS:
        raise CellError(
            "range-error", f"{len(each)} sets are more than {MOST_SETS}.", "write each in a row of its own."
        )
    return [(1.0, float(part)) for part in each] or None


def _each(text: str, decimal_comma: bool) -> list[str]:
    """The repetitions of several sets: two may be a decimal, thousands, or a left and a right."""
    each = re.split(r" ?[,;/] ?", text)
    if len(each) < 2 or not all(re.fullmatch("[1-9][0-9]{0,2}", part) for part in each):
        return []
    if all(len(part) == 3 for part in each[1:]) and "," in text:
        return []
    if len(each) == 2 and ("/" in text or each[1] in ("5", "50")):
        what = f"{text!r} may be two sets or one number."
        raise CellError("type-error", what, "write each set in a row of its own.")
    return each


def spell_out(reading: Reading) -> None:
    """Make lines of the sets that stand in one cell. What two cells say of the sets must agree."""
    told = [f"{field}_each" for field in DIVIDED if f"{field}_each" in reading.lines]
    for place, each in enumerate(told):
        lines = reading.lines
        sets = lines[each].map(lambda each: sum(n for n, _ in each), na_action="ignore").astype(float)
        apart = (lines["sets"] != sets) & lines["sets"].notna() | lines[told[:place]].notna().any(axis=1)
        what, fix = "{} is not what another cell says of the sets.", "say how many sets there were once."
        reading.reject(sets.notna() & apart, each.removesuffix("_each"), "inconsistent", what, fix)
    for each in told:
        reading.lines = _spelled_out(reading.lines, each)


def _spelled_out(lines: pd.DataFrame, each: str) -> pd.DataFrame:
    lines = lines.explode(each, ignore_index=True)
    pairs = lines.pop(each)
    several = pairs.notna()
    for i, field in enumerate(("sets", each.removesuffix("_each"))):
        lines.loc[several, field] = [pair[i] for pair in pairs[several]]
    return lines


# ------------------------------------------------------------------------------------------------------------- refusals
_N = r"([0-9]{1,6}(?:[.,][0-9]{1,3})?)"
_REFUSED = [  # units of columns ("" for all), a cell, what is wrong with it, what to write
    ("", rf"(?:[~≈]|ca\.?|about|around|approx\.?) ?{_N}|{_N} ?\?", "is not exact", "write {0}, if that was it"),
    ("", rf"{_N} ?\+", "is the least it was", "write how many there were"),
    ("", r"[<>≤≥].*", "is a limit", "write what it was"),
    ("", r"#.*", "is an error of the spreadsheet", "mend its formula, or leave the cell empty"),
    ("sets reps", rf"{_N} ?[x×*] ?{_N} ?(?:[x×*@]|at) ?{_N} ?(?:kgs?)?", "is three numbers",
     "write {0} in sets, {1} in reps and {2} in load_kg"),
    ("sets", rf"{_N} ?[x×*] ?{_N}", "is two numbers", "write {0} in sets and {1} in reps"),
    ("reps", rf"{_N} ?(?:each|per|/ ?[a-z]|e/?s|p/?s|l/r).*", "is of one side",
     "write {0} in a row for left and in a row for right"),
    ("reps", r".*(?::|[0-9] ?(?:s|secs?|seconds?|mins?|m|km|kgs?|lbs?)\b).*", "is no number of repetitions",
     "write it in duration_s, distance_m or load_kg"),
    ("kg", rf"[0-9]{{1,2}} ?[x×*] ?{_N} ?(?:kgs?)?", "is several weights", "write what one repetition lifts in all"),
    ("rpe pain", rf"{_N} ?(?:/|of|out of) ?[0-9]+", "is of another scale", "write it from 0 to 10"),
    ("pct", r".*°.*", "is an angle", "write the rise over the way, in percent"),
    ("kg", rf"{_N} ?[^\W\d_]+", "has a unit that we do not know", "write it in kilograms"),
    ("m", rf"{_N} ?[^\W\d_]+", "has a unit that we do not know", "write it in metres"),
    ("s", rf"{_N} ?[^\W\d_]+", "has a unit that we do not know", "write it in seconds"),
    ("min", rf"{_N} ?[^\W\d_]+", "has a unit that we do not know", "write it in minutes"),
    ("sets reps", rf"{_N} ?[^\W\d_]+", "is no plain number", "write digits alone"),
]  # fmt: skip
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:([ '’.,])[0-9]{3})(?:\1[0-9]{3}){0,2}(?:[.,][0-9]{1,3})?")
_DATE = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}.*|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4}|[0-9]{1,2}[-. ]{1,2}([^\W\d_]{3,10})\.?"
)


def _refusal(text: str, unit: str) -> CellError | None:
    """Why a cell is no number, where that is known."""
    for told in (_formula, _date, _grouped, *([_in_reserve] if unit == "rpe" else [])):
        if found := told(text):
            return CellError("type-error", f"{short(text)!r} {found[0]}.", f"{found[1]}.")
    for units, pattern, what, fix in _REFUSED:
        if (not units or unit in units.split()) and (match := re.fullmatch(pattern, text, re.IGNORECASE)):
            numbers = [group for group in match.groups() if group]
            return CellError("type-error", f"{short(text)!r} {what}.", f"{fix.format(*numbers)}.")
    return None


def _date(text: str) -> tuple[str, str] | None:
    match = _DATE.fullmatch(text)
    if match and (match[1] is None or month_of(match[1])):
        return "is a date, which a spreadsheet makes of numbers", "format the column as text and type them again"
    return None


def _grouped(text: str) -> tuple[str, str] | None:
    """Thousands, where they cannot be decimals."""
    match = _THOUSANDS.fullmatch(text)
    if not match or match[1] in ".," and len(re.findall("[.,]", text)) < 2:
        return None
    return "has thousands set apart", f"write {text.replace(match[1], '').replace(',', '.')}"


def _in_reserve(text: str) -> tuple[str, str] | None:
    match = re.fullmatch(r"rir ?([0-9])|([0-9]) ?rir", text, re.IGNORECASE)
    rpe = f"write {10 - int(match[1] or match[2])}, which is 10 less the repetitions in reserve" if match else ""
    return ("is of another scale", rpe) if match else None


def _formula(text: str) -> tuple[str, str] | None:
    """What to write for a formula: its value, if it is a product, sum or difference of two numbers."""
    if not text.startswith("="):
        return None
    match = re.fullmatch(rf"= ?{_N} ?([*+-]) ?{_N}", text)
    if not match:
        return "is a formula", "save its value in its place"
    a, b = (float(part.replace(",", ".")) for part in (match[1], match[3]))
    return "is a formula", f"write its value, {dict(zip('*+-', (a * b, a + b, a - b), strict=True))[match[2]]:g}"
