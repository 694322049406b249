"""One small family of errors: whatever the bytes, nothing else leaves `load_*` or `report`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol


class AnalysisError(Exception):
    """Base of every error this package raises on purpose. The message says where, what, and what to do."""


class Named(Protocol):
    """Whatever has the name of a file: a path, a member of an archive."""

    @property
    def name(self) -> str: ...


class LogError(AnalysisError):
    """A log that cannot be loaded. `code` names the kind; `rejects` holds the lines that were refused, if any."""

    def __init__(self, where: str | Named, what: str, fix: str, code: str, line: int | None = None, rejects=None):
        name = where if isinstance(where, str) else where.name
        if isinstance(where, Path) and not name:  # of the folder that one is in
            name = where.resolve().name
        place = f"{name}:{line}" if line else name
        super().__init__(" ".join(f"{place}: {what} Fix: {fix}".splitlines()))  # a name of a file may hold line breaks
        self.where, self.what, self.fix, self.code, self.line, self.rejects = where, what, fix, code, line, rejects

    def __reduce__(self):  # it comes back from other processes
        return type(self), (self.where, self.what, self.fix, self.code, self.line, self.rejects)


class CatalogError(AnalysisError):
    """A catalog that contradicts itself. The message lists every contradiction."""


class ParameterError(AnalysisError):
    """A parameter that no notebook has, or a value it cannot take."""


class ClusterError(AnalysisError):
    """A cluster that does not answer, or cannot be asked."""


class ReportError(AnalysisError):
    """A report that could not be made; the page of an earlier run is left as it was. `pages`: those made all the same."""

    def __init__(self, message: str, pages: Sequence = ()):
        super().__init__(message)
        self.pages = list(pages)


class AccountError(AnalysisError):
    """A log of which not every record is accounted for: a fault of this package, whatever the file holds."""
