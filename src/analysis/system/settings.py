"""What a folder of one's own is about, once for all notebooks and commands in it: `training.toml`."""

import json
import os
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from analysis.arguments import (
    ATHLETE,
    CATALOG_PATH,
    END,
    EQUIPMENT,
    HR_MAX_BPM,
    HR_REST_BPM,
    LANGUAGE,
    LOGS_PATH,
    PLAN_PATH,
    SEX,
    SHOWN_UNITS,
    START,
    UNIT,
    Day,
)
from analysis.errors import ParameterError

from .atomic import write_whole

SETTINGS_FILE = "training.toml"
SETTING_OF = {  # key of the file -> the parameter that it gives, and an example with what it means
    "logs": (LOGS_PATH, '"logs"  # a log, an export or a folder of them; without it the sample season'),
    "plan": (PLAN_PATH, '"plan.csv"  # the CSV file of a plan'),
    "athlete": (ATHLETE, '"ana"  # whose training'),
    "start": (START, "2026-01-01  # first day"),
    "end": (END, "2026-12-31  # last day"),
    "unit": (UNIT, '"kg"  # of weights, where a file does not say; kg or lb'),
    "catalog": (CATALOG_PATH, '"catalog"  # a folder with exercises, aliases or hills of your own'),
    "equipment": (EQUIPMENT, '"stairs chair hill"  # what is at hand; nothing: nothing'),
    "hr_rest": (
        HR_REST_BPM,
        "50  # beats a minute at rest, of the athlete; with the next two, load is told by heart rate",
    ),
    "hr_max": (HR_MAX_BPM, "190  # beats a minute at most, measured"),
    "sex": (SEX, '"woman"  # woman or man'),
    "language": (LANGUAGE, '"de"  # of pages, such as de'),
    "units": (SHOWN_UNITS, '"imperial"  # in which pages show weights, ways and heights; metric or imperial'),
}
FIRST_LINES = """\
# What the notebooks of this folder, and `analysis report` and `analysis check` in it, are about.
# A line counts once the # before it is gone. Paths are seen from this file. What a command is told wins.

"""


@dataclass(frozen=True)
class Settings:
    """What was asked for: by a parameter, else by the settings of a folder, else None.

    Attributes
    ----------
    logs_path, plan_path, catalog_path : str or None
        Absolute where the settings gave them.
    athlete, start, end, unit : str or None
        As in `load_season`; days as YYYY-MM-DD.
    equipment : str or None
        The things at hand, as in `exercises_to_show`.
    hr_rest_bpm, hr_max_bpm : float or None
        Heart rates of the athlete, as in `session_loads`.
    sex : str or None
        Of the athlete, as in `session_loads` and `reference_values`.
    language, units : str or None
        As in `speak`.
    told : tuple of str
        Keys that the settings gave.

    Examples
    --------
    >>> Settings(athlete="ana").athlete
    'ana'
    """

    logs_path: str | None = None
    plan_path: str | None = None
    athlete: str | None = None
    start: str | None = None
    end: str | None = None
    unit: str | None = None
    catalog_path: str | None = None
    equipment: str | None = None
    hr_rest_bpm: float | None = None
    hr_max_bpm: float | None = None
    sex: str | None = None
    language: str | None = None
    units: str | None = None
    told: tuple[str, ...] = ()

    @property
    def parameters(self) -> dict[str, Any]:
        """Parameter of a notebook -> value, of those that were asked for."""
        values = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "told"}
        return {name: value for name, value in values.items() if value is not None}

    def known_to(self, parameters: Collection[str]) -> "Settings":
        """Without what the settings of the folder say and nobody asks for; what was given stays."""
        unknown = [key for key in self.told if SETTING_OF[key][0].name not in parameters]
        gone: dict[str, Any] = dict.fromkeys(SETTING_OF[key][0].name for key in unknown)
        return replace(self, **gone, told=tuple(key for key in self.told if key not in unknown))


def load_settings(
    folder: str | Path = ".",
    *,
    logs_path: str | Path | None = None,
    plan_path: str | Path | None = None,
    athlete: str | None = None,
    start: Day | None = None,
    end: Day | None = None,
    unit: str | None = None,
    catalog_path: str | Path | None = None,
    equipment: str | None = None,
    hr_rest_bpm: float | None = None,
    hr_max_bpm: float | None = None,
    sex: str | None = None,
    language: str | None = None,
    units: str | None = None,
) -> Settings:
    """What is given, and for the rest what `training.toml` of a folder says; without that file, only what is given.

    Parameters
    ----------
    folder : path
        Where `training.toml` may lie; by default the folder one is in, which of a notebook is its own.
    logs_path, plan_path, athlete, start, end, unit, catalog_path, equipment, hr_rest_bpm, hr_max_bpm, sex, language, units
        As in `load_season`, `load_catalog`, `exercises_to_show`, `session_loads` and `speak`; what is given wins.

    Returns
    -------
    Settings
        One value a parameter.

    Raises
    ------
    ParameterError
        The file cannot be read, has a key that is unknown or a value that is none, or names what is not there.

    Examples
    --------
    >>> _ = save_settings(folder, {"athlete": "ana", "start": "2026-03-02"})
    >>> load_settings(folder).start, load_settings(folder, athlete="ben").athlete
    ('2026-03-02', 'ben')
    """
    paths = {"logs_path": logs_path, "plan_path": plan_path, "catalog_path": catalog_path}
    words = {"athlete": athlete, "start": start, "end": end, "unit": unit, "equipment": equipment, "sex": sex}
    words |= {"language": language, "units": units}
    given: dict[str, Any] = paths | words | {"hr_rest_bpm": hr_rest_bpm, "hr_max_bpm": hr_max_bpm}
    own = {parameter.name: parameter.read(given[parameter.name]) for parameter, _ in SETTING_OF.values()}
    file, told = Path(folder) / SETTINGS_FILE, _told(Path(folder) / SETTINGS_FILE)
    used = {key: value for key, value in told.items() if own[SETTING_OF[key][0].name] is None}
    return Settings(**own | {SETTING_OF[key][0].name: _read(file, key, used[key]) for key in used}, told=tuple(used))


def save_settings(folder: str | Path, settings: Mapping[str, str | Path | date | float | None]) -> Path:
    """Write some settings of a folder into its `training.toml`; every other line of it stays as it is.

    Parameters
    ----------
    folder : path
        A folder that is there.
    settings : dict
        Key (logs, plan, athlete, start, end, unit, catalog, equipment, hr_rest, hr_max, sex, language, units) -> value; None takes a setting
        away. A path inside the folder is written as seen from it.

    Returns
    -------
    Path
        The file that was written.

    Raises
    ------
    ParameterError
        A key or a value that is none, or a file that cannot be read or written.

    Examples
    --------
    >>> print(save_settings(folder, {"logs": "log.csv", "plan": "plan.csv"}).name)
    training.toml
    """
    folder = Path(folder)
    file = folder / SETTINGS_FILE
    before = _text(file)
    written = {key: _written(file, key, value) for key, value in settings.items()}
    text = FIRST_LINES + "".join(f"{_unused(key)}\n" for key in SETTING_OF) if before is None else before
    for key, value in written.items():
        text = _with_line(text, key, _unused(key) if value is None else f"{key} = {_toml(value)}")
    after = _parsed(file, before or "") | written
    if not _says(text, {key: value for key, value in after.items() if value is not None}):
        raise _refused(file, "is not written as we write it", "delete it, and give all settings again")
    try:
        write_whole(file, text.encode())
    except (OSError, UnicodeEncodeError) as error:
        raise _refused(file, f"cannot be written ({error})", "choose another folder") from None
    return file


def _told(file: Path) -> dict[str, Any]:
    """Key -> value, as the file says them; a file that is not there says nothing."""
    return _parsed(file, _text(file) or "")


def _text(file: Path) -> str | None:
    """The file as it stands; None where there is none."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise _refused(file, f"cannot be read ({error})", "save it as text in UTF-8") from None


def _says(text: str, told: dict[str, Any]) -> bool:
    try:
        return tomllib.loads(text) == told
    except tomllib.TOMLDecodeError:
        return False


def _parsed(file: Path, text: str) -> dict[str, Any]:
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _refused(file, f"is not TOML: {error}", 'write key = "value", a line each') from None
    for key in told:
        if key not in SETTING_OF:
            raise _refused(file, f"has no setting {key!r}", f"it takes {', '.join(SETTING_OF)}")
    return told


def _read(file: Path, key: str, value: Any) -> Any:
    """A value of the file as its parameter takes it; a path, absolute, of something that is there."""
    read = _valid(file, key, value)
    if SETTING_OF[key][0].kind != "path" or read is None:
        return read
    path = os.path.abspath(file.parent / read)
    if not os.path.exists(path):
        what = f"{key}: {read!r} is not there"
        raise _refused(file, what, f"put it into {file.absolute().parent}, or mend the line in the file")
    return path


def _written(file: Path, key: str, value: Any) -> Any:
    """A value as the file says it; a path as seen from the file, where it lies in its folder."""
    if key not in SETTING_OF:
        raise _refused(file, f"has no setting {key!r}", f"it takes {', '.join(SETTING_OF)}")
    text = _valid(file, key, value)
    if SETTING_OF[key][0].kind != "path" or text is None:
        return text
    path, folder = Path(os.path.abspath(file.parent / text)), file.absolute().parent
    return (path.relative_to(folder) if path.is_relative_to(folder) else path).as_posix()


def _valid(file: Path, key: str, value: Any) -> Any:
    """A value as its parameter takes it, refused by the name of its key."""
    try:
        return replace(SETTING_OF[key][0], name=key).read(value)
    except ParameterError as error:
        raise ParameterError(f"{file.name}: {error}") from None


def _unused(key: str) -> str:
    return f"# {key} = {SETTING_OF[key][1]}"


def _toml(value: str | float) -> str:
    """As JSON writes it, but for one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _with_line(text: str, key: str, written: str) -> str:
    """The text with one setting, in the line that has it, or would if it were no comment; else in a new one."""
    for line in (rf"^{key} *=.*$", rf"^# *{key} *=.*$"):
        if re.search(line, text, re.MULTILINE):
            return re.sub(line, lambda _: written, text, count=1, flags=re.MULTILINE)
    return f"{text.rstrip()}\n{written}\n".lstrip()


def _refused(file: Path, what: str, fix: str) -> ParameterError:
    return ParameterError(f"{file.name}: {what}. Fix: {fix}.")
