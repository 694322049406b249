"""Runners by number, not by name. A number is a person's for good: it is kept in a hidden file beside the log."""

import json
from collections.abc import Iterable
from pathlib import Path

from analysis.errors import LogError
from analysis.schema import UNNAMED

from .atomic import write_whole


def pseudonyms_of(names: Iterable[str], logs: Path | None = None) -> dict[str, str]:
    """Name -> Runner 1, Runner 2; who has no name keeps none.

    logs: the path of the log, beside which the numbers are kept: who joins gets the next one, and that of whoever leaves
    is nobody else's. Without a path they are those of this once, in the order of the names.

    Raises LogError, unwritable or not-numbers: they cannot be kept, or what is kept there is something else.
    """
    known = kept_numbers(logs) if logs else {}
    new = sorted(set(names) - {UNNAMED, *known})
    first = max(known.values(), default=0) + 1
    numbers = known | {name: number for number, name in enumerate(new, first)}
    if logs and new:
        _keep(numbers, logs)
    return {name: f"Runner {numbers[name]}" for name in sorted(set(names) - {UNNAMED})}


def numbers_file(logs: Path) -> Path:
    """Where the numbers of a log are kept."""
    return logs.absolute().with_name(f".{logs.absolute().name}.runners.json")


def kept_numbers(logs: Path) -> dict[str, int]:
    """Name -> number, of all who were ever in a log that was shown without names."""
    file = numbers_file(logs)
    try:
        numbers = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        numbers = None
    if not isinstance(numbers, dict) or not all(type(number) is int for number in numbers.values()):
        fix = "mend it; without it every runner gets another number."
        raise LogError(file, "does not hold the numbers of runners.", fix, "not-numbers")
    return numbers


def _keep(numbers: dict[str, int], logs: Path) -> None:
    try:
        write_whole(numbers_file(logs), json.dumps(numbers, indent=1, ensure_ascii=False).encode())
    except OSError as error:
        what = f"the numbers of its runners cannot be kept beside it ({error.strerror})."
        fix = "give its folder rights to write, or leave out --pseudonyms."
        raise LogError(logs, what, fix, "unwritable") from None
