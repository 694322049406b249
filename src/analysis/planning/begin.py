"""From nothing to the first session: a folder with a plan, its calendar, a sheet and a log to fill in. What is there stays."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from analysis.arguments import Parameter
from analysis.catalog import NOTHING_AT_HAND, Catalog
from analysis.errors import LogError, ParameterError
from analysis.how_to.dose import work_in_words
from analysis.how_to.sheet import save_sheet
from analysis.loading.log_to_fill import NEW_LOG, save_log_to_fill
from analysis.loading.plan import Plan, load_plan, save_plan
from analysis.schema import WEEK_DAYS
from analysis.system.settings import SETTINGS_FILE, load_settings, save_settings
from analysis.wording import day, listed

from .calendar_file import save_calendar
from .first_plan import LEVELS, FirstPlan, equipment_of_first_plans, propose_start

PLAN_FILE, CALENDAR_FILE, SHEET_FILE = "plan.csv", "plan.ics", "sheet.html"
AS_LONG_AS_IT_TAKES = "any"
MOST_MINUTES = Parameter("minutes", "float", 1, 600)  # of a session
FIRST_DAY = Parameter("start", "date")
DAY_MONTH_YEAR = re.compile(r"(?P<d>\d{1,2})\. ?(?P<m>\d{1,2})\. ?(?P<y>\d{4})")
WORDS_FOR_LEVELS = {  # what people call it -> level
    **dict.fromkeys(("beginner", "novice", "none", "1"), "new"),
    **dict.fromkeys(("intermediate", "2"), "some"),
    **dict.fromkeys(("advanced", "3"), "used"),
}


@dataclass(frozen=True)
class Question:
    """What is asked before a plan is made. asked: in lines for a person; the last ends before the answer."""

    name: str
    default: str
    asked: list[str]


def questions(catalog: Catalog) -> list[Question]:
    """What to ask somebody who has no plan, each with the answer of who only presses Enter."""
    levels = [f"  {level:6}for somebody {who}" for level, who in LEVELS.items()]
    things = listed(equipment_of_first_plans(catalog))
    return [
        Question("level", "new", ["How used are you to strength work? In doubt the lower one.", *levels, "Level"]),
        Question(
            "days",
            "Mon Wed Fri",
            ["On which weekdays have you time, such as Mon-Fri? Two at least; of three, one is for hills"],
        ),
        Question("equipment", "stairs chair hill", [f"What is at hand? Some of {things}; or {NOTHING_AT_HAND}"]),
        Question(
            "minutes",
            AS_LONG_AS_IT_TAKES,
            [f"How many minutes may a session take at most? {AS_LONG_AS_IT_TAKES}: as many as it needs"],
        ),
        Question(
            "start",
            f"{_next_monday()}",
            ["From which day on have you time? The plan begins on that Monday, or the next; as 2026-03-31"],
        ),
    ]


def propose_from(catalog: Catalog, answers: Mapping[str, str]) -> FirstPlan:
    """The plan for some answers, each as it was typed. ParameterError: one that cannot be, or two that clash."""
    told = {question.name: question.default for question in questions(catalog)} | dict(answers)
    level, minutes = (told[name].strip().casefold() for name in ("level", "minutes"))
    return propose_start(
        catalog,
        WORDS_FOR_LEVELS.get(level, level),
        told["days"],
        told["equipment"],
        minutes=_minutes_of(minutes),
        start=_day_of(told["start"].strip()),
    )


def _minutes_of(text: str) -> float | None:
    """Minutes, in digits, with or without their unit; None for as long as it takes."""
    if text == AS_LONG_AS_IT_TAKES:
        return None
    digits = re.sub(r" *min(ute)?s?\.?$", "", text)
    with suppress(ParameterError):
        return MOST_MINUTES.read(digits)
    what = "is no number of minutes of a session"
    raise ParameterError(f"minutes={text}: {what}. Fix: write one such as 30, or {AS_LONG_AS_IT_TAKES}.")


def _day_of(text: str) -> str:
    """A day as YYYY-MM-DD, of text that is so or day.month.year."""
    told = DAY_MONTH_YEAR.fullmatch(text)
    with suppress(ParameterError):
        return FIRST_DAY.read(f"{told['y']}-{told['m']:0>2}-{told['d']:0>2}" if told else text)
    raise ParameterError(f"start={text}: is no day. Fix: write one that exists as 2026-03-31 or 31.03.2026.")


def _next_monday() -> date:
    today = date.today()
    return today + timedelta(days=-today.weekday() % WEEK_DAYS)


@dataclass(frozen=True)
class Begun:
    """What a folder holds after it was begun: the plan, the files that were written, and those that were there."""

    plan: Plan
    written: list[Path]
    kept: list[Path]


def begin_folder(folder: Path, catalog: Catalog, propose: Callable[[], FirstPlan]) -> Begun:
    """Write what the folder lacks of plan.csv, plan.ics, sheet.html, log.csv and, in training.toml, of logs, plan and equipment.

    Where the settings name other logs, no log to fill in is made, since nothing would count it.
    propose: gives the plan, where the folder has none; what it was made for is what is at hand. No file that is there is written again. LogError: a plan that is
    there and cannot be read; unwritable. ParameterError: settings that are there and cannot be read.
    """
    there = folder / PLAN_FILE
    first = None if there.exists() else propose()
    plan = first.plan if first else load_plan(there, catalog)
    makers: dict[str, Callable[[Path], Path]] = {
        PLAN_FILE: lambda path: save_plan(plan, path),
        CALENDAR_FILE: lambda path: save_calendar(plan, path, catalog),
        SHEET_FILE: lambda path: save_sheet(plan, path, catalog),
        NEW_LOG: lambda path: save_log_to_fill(plan, path, catalog),
    }
    if _logs_elsewhere(folder):
        del makers[NEW_LOG]
    files = {folder / name: make for name, make in makers.items()}
    kept = [path for path in files if path.exists() or path.is_symlink()]
    _make_folder(folder)
    written = [make(path) for path, make in files.items() if path not in kept]
    missing = {"logs": NEW_LOG, "plan": PLAN_FILE} | ({"equipment": first.equipment} if first else {})
    missing = {key: name for key, name in missing.items() if key not in load_settings(folder).told}
    if missing:
        return Begun(plan, [*written, save_settings(folder, missing)], kept)
    return Begun(plan, written, [*kept, folder / SETTINGS_FILE])


def _logs_elsewhere(folder: Path) -> bool:
    """Whether the settings of a folder name logs that are there, other than the one to fill in."""
    with suppress(ParameterError):
        logs = load_settings(folder).logs_path
        return logs is not None and Path(logs) != (folder / NEW_LOG).absolute()
    return False


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"cannot be made ({error.strerror})."
        raise LogError(folder, what, "choose another folder.", "unwritable") from None


def first_session(plan: Plan, catalog: Catalog) -> str:
    """When the first session is and what is done in it, in one sentence."""
    first = plan.sessions.sort_values("date", kind="stable").iloc[0]
    lines = plan.efforts[plan.efforts["session_id"] == first["session_id"]]
    minutes = f", about {first['duration_min']:.0f} min" if first["duration_min"] == first["duration_min"] else ""
    work = "; ".join(work_in_words(row, catalog) for row in lines.itertuples())
    is_on = "is" if first["date"].date() >= date.today() else "is past: it was"
    return f"The first session {is_on} on {first['date']:%A}, {day(first['date'])} ({first['title']}{minutes}): {work}."
