"""The formats of log files, one file each, and the list of them: the first that knows a header reads it."""

from pathlib import Path

from ..errors import LogError
from .fitbod import FITBOD
from .fitnotes import FITNOTES
from .garmin import GARMIN, SUMMARIES
from .hevy import HEVY
from .languages import foreign
from .liftlog import LIFTLOG
from .liftosaur import LIFTOSAUR
from .lyfta import LYFTA
from .reading import Format, Reading, read_lines
from .runkeeper import RUNKEEPER
from .sheet import Sheet, read_sheet, refuse_other_kinds
from .strava import STRAVA, STRAVA_2018
from .strong import STRONG
from .stronglifts import STRONGLIFTS
from .stronglifts_2018 import STRONGLIFTS_2018
from .tidy import TIDY

FORMATS = (
    STRAVA,
    STRAVA_2018,
    GARMIN,
    RUNKEEPER,
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
)  # ours last: it asks for the least
JSON_FORMATS = (SUMMARIES,)
LISTS = ("strava", "garmin", "runkeeper", "apple_health")  # formats with an activity a row


def read_log_file(path: Path, unit: str | None = None) -> Reading:
    """The lines of work of one file, whatever app wrote it; the format is told by the content, not the name.

    path: a file, or a member of a zip. Raises LogError for a file that is no log, in no known format, or without one
    good record.
    """
    head = _head(path)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{"):
        for format in JSON_FORMATS:
            if format.recognises(head):
                return format.read(path)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        from .apple import is_health, read_health

        if is_health(head):
            return read_health(path)
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
