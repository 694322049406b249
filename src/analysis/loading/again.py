"""What was read last, for whoever reads the same again while nothing of it has changed: page after page of one report."""

import os
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from analysis.catalog import Catalog

from .log import Log
from .places import changed_just_now, state_of

Tables = TypeVar("Tables", Log, Catalog)
MOST_LINES_HELD = 250_000  # of work that are held; more would cost more memory than the time is worth


class Last:
    """The last answer to one question, and what it was asked of."""

    def __init__(self) -> None:
        self._asked: tuple | None = None
        self._catalog: Catalog | None = None
        self._answer: Any = None

    def of(self, asked: tuple, catalog: Catalog, make: Callable[[], Any], lines: Callable[[Any], int]) -> Any:
        """What was answered where the same is asked of the same catalog, else what `make` answers.

        asked: equal where the answer would be; empty where nobody can know. lines: how many an answer holds.
        """
        if asked and asked == self._asked and _same(catalog, self._catalog):
            return self._answer
        self._asked = self._answer = None  # before the next is made, so that there are never two
        answer = make()
        if asked and lines(answer) <= MOST_LINES_HELD:
            self._asked, self._catalog, self._answer = asked, of_its_own(catalog), answer
        return answer


def files_now(*paths: Path) -> tuple:
    """The files at some paths, each with its state; empty where one may change and show the same state."""
    files = [file for path in paths for file in _files(path)]
    states = [(file, state_of(file)) for file in files]
    return () if any(changed_just_now(state) for _, state in states) else tuple(states)


def _files(path: Path) -> list[str]:
    """A file, or all in a folder and those below it; one that is not there is one as well."""
    if not os.path.isdir(path):  # of a name that cannot be, too, without an error
        return [str(path)]
    return [
        os.path.join(folder, name) for folder, _, names in os.walk(path, followlinks=True) for name in sorted(names)
    ]


def of_its_own(tables: Tables) -> Tables:
    """A Log or a Catalog of its own: what is changed in the one is not changed in the other. Copied is what is written to."""
    parts = {part.name: getattr(tables, part.name) for part in fields(tables)}
    return replace(tables, **{name: _copy(part) for name, part in parts.items()})


def _copy(part: Any) -> Any:
    if isinstance(part, pd.DataFrame):
        return part.copy(deep=False)
    return part.copy() if isinstance(part, dict | list) else part


def _same(one: Catalog, other: Catalog | None) -> bool:
    return other is not None and all(_equal(getattr(one, p.name), getattr(other, p.name)) for p in fields(one))


def _equal(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    return one.attrs == other.attrs and one.equals(other)
