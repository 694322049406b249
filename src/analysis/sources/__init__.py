"""The formats of log files, one file each, and the list of them: the first that knows a header reads it."""

from pathlib import Path

from .fitnotes import FITNOTES
from .hevy import HEVY
from .reading import Format, Reading, read_lines
from .sheet import Sheet, read_sheet
from .strong import STRONG
from .stronglifts import STRONGLIFTS
from .tidy import TIDY

FORMATS = (STRONG, HEVY, STRONGLIFTS, FITNOTES, TIDY)  # ours last: it asks for the least


def read_log_file(path: Path, unit: str | None = None) -> Reading:
    """The lines of work of one file, whatever app wrote it; the format is told by the header, not the name.

    Raises LogError for a file that is no log, in no known format, or without one good record.
    """
    sheet = read_sheet(path, lambda header: any(format.recognises(header) for format in FORMATS))
    return read_lines(sheet, _format_of(sheet), unit)


def _format_of(sheet: Sheet) -> Format:
    return next(format for format in FORMATS if format.recognises(set(sheet.header)))
