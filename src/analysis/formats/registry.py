"""The formats of log files, one file each, and the list of them: the first that knows a header reads it."""

from analysis.errors import LogError
from analysis.formats.lists.fitbit import FITBIT
from analysis.formats.lists.garmin import GARMIN, SUMMARIES
from analysis.formats.lists.garmin_splits import SPLITS
from analysis.formats.lists.health_auto_export import HEALTH_AUTO_EXPORT
from analysis.formats.lists.mapmyrun import MAPMYRUN
from analysis.formats.lists.polar import POLAR_CSV, POLAR_SESSION
from analysis.formats.lists.runkeeper import RUNKEEPER
from analysis.formats.lists.samsung import SAMSUNG
from analysis.formats.lists.strava import STRAVA, STRAVA_2018
from analysis.formats.strength.alpha_progression import ALPHA_PROGRESSION
from analysis.formats.strength.fitbod import FITBOD
from analysis.formats.strength.fitnotes import FITNOTES
from analysis.formats.strength.garmin_sets import EXERCISE_SETS
from analysis.formats.strength.hevy import HEVY
from analysis.formats.strength.jefit import JEFIT
from analysis.formats.strength.liftlog import LIFTLOG
from analysis.formats.strength.liftosaur import LIFTOSAUR
from analysis.formats.strength.lyfta import LYFTA
from analysis.formats.strength.own import TIDY
from analysis.formats.strength.plan import WRITTEN
from analysis.formats.strength.strong import STRONG
from analysis.formats.strength.stronglifts import STRONGLIFTS
from analysis.formats.strength.stronglifts_2018 import STRONGLIFTS_2018
from analysis.formats.text.columns import FileFormat, Format, Reading, read_lines
from analysis.formats.text.languages import foreign
from analysis.formats.text.sheet import Sheet, read_sheet, refuse_other_kinds
from analysis.system.members import Source


def _is_health(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" and b"HealthData" in head


def _read_health(source: Source) -> Reading:
    from analysis.formats.lists.apple import read_health  # its library takes a while

    return read_health(source)


FILE_FORMATS = (  # told by their first bytes
    SUMMARIES,
    POLAR_SESSION,
    POLAR_CSV,
    FITBIT,
    EXERCISE_SETS,
    JEFIT,
    ALPHA_PROGRESSION,
    FileFormat(_is_health, _read_health),
)
FORMATS = (  # told by their header; ours last: it asks for the least
    STRAVA,
    STRAVA_2018,
    GARMIN,
    SPLITS,
    RUNKEEPER,
    SAMSUNG,
    MAPMYRUN,
    HEALTH_AUTO_EXPORT,
    STRONG,
    HEVY,
    STRONGLIFTS,
    STRONGLIFTS_2018,
    FITNOTES,
    FITBOD,
    LYFTA,
    LIFTOSAUR,
    LIFTLOG,
    TIDY,
)
RECORDINGS = ("fit", "tcx", "gpx")  # formats of which a file holds recorded activities
LISTS = (  # formats with an activity a row
    "strava",
    "garmin",
    "runkeeper",
    "apple_health",
    "polar",
    "samsung",
    "fitbit",
    "mapmyrun",
    "health_auto_export",
)
ACTIVITIES = (
    *RECORDINGS,
    *LISTS,
)  # formats in which a record is an activity; the best first: with laps, without, a row


def read_log_file(path: Source, unit: str | None = None) -> Reading:
    """The lines of work of one file, whatever app wrote it; the format is told by the content, not the name.

    path: a file, or a member of a zip. Raises LogError for a file that is no log, in no known format, or without one
    good record.
    """
    head = _head(path)
    for format in FILE_FORMATS:
        if format.recognises(head):
            return format.read(path, unit) if format.weighs else format.read(path)
    refuse_other_kinds(path, head)
    doubles = [format for format in FORMATS if format.may_double]
    sheet = read_sheet(
        path,
        lambda header: any(format.recognises(header) for format in FORMATS),
        may_double=lambda header: any(format.recognises(header) for format in doubles),
        why_unknown=foreign,
    )
    if sheet.header[: len(WRITTEN)] == WRITTEN:
        what, fix = "is a plan that was saved here, not a log.", "give it by --plan, or as plan in training.toml."
        raise LogError(path, what, fix, "plan-file")
    return read_lines(sheet, _format_of(sheet), unit)


def _head(path: Source) -> bytes:
    try:
        if hasattr(path, "head"):  # a member of a zip may be gigabytes
            return path.head()
        with path.open("rb") as file:
            return file.read(4096)
    except OSError as error:
        what = f"cannot be read ({error.strerror})."
        raise LogError(path, what, "check the path and its rights.", "unreadable") from None


def _format_of(sheet: Sheet) -> Format:
    return next(format for format in FORMATS if format.recognises(set(sheet.header)))
