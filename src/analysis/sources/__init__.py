"""The formats of log files, one file each, and the list of them: the first that knows a header reads it."""

from pathlib import Path

from ..errors import LogError
from .alpha_progression import ALPHA_PROGRESSION
from .fitbit import FITBIT
from .fitbod import FITBOD
from .fitnotes import FITNOTES
from .garmin import GARMIN, SUMMARIES
from .garmin_sets import EXERCISE_SETS
from .garmin_splits import SPLITS
from .health_auto_export import HEALTH_AUTO_EXPORT
from .hevy import HEVY
from .jefit import JEFIT
from .languages import foreign
from .liftlog import LIFTLOG
from .liftosaur import LIFTOSAUR
from .lyfta import LYFTA
from .mapmyrun import MAPMYRUN
from .polar import POLAR_CSV, POLAR_SESSION
from .reading import FileFormat, Format, Reading, read_lines
from .runkeeper import RUNKEEPER
from .samsung import SAMSUNG
from .sheet import Sheet, read_sheet, refuse_other_kinds
from .strava import STRAVA, STRAVA_2018
from .strong import STRONG
from .stronglifts import STRONGLIFTS
from .stronglifts_2018 import STRONGLIFTS_2018
from .tidy import TIDY


def _is_health(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" and b"HealthData" in head


def _read_health(source) -> Reading:
    from .apple import read_health  # its library takes a while

    return read_health(source)


FILES = (  # told by their first bytes
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


def read_log_file(path: Path, unit: str | None = None) -> Reading:
    """The lines of work of one file, whatever app wrote it; the format is told by the content, not the name.

    path: a file, or a member of a zip. Raises LogError for a file that is no log, in no known format, or without one
    good record.
    """
    head = _head(path)
    for format in FILES:
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
    return read_lines(sheet, _format_of(sheet), unit)


def _head(path: Path) -> bytes:
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
