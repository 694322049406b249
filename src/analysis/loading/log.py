"""A Log: what was done, as tables, and an account of every record."""

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.arguments import ATHLETE
from analysis.schema import HILLS, LEFT_OUT, conform

from .fault_kinds import of_athletes
from .people import athlete_named
from .recorded import Held


@dataclass(frozen=True)
class Log:
    """What a path held: its tables, and for every record whether it loaded.

    Attributes
    ----------
    sessions, efforts : DataFrame
        As `schema.SESSIONS` and `schema.EFFORTS`.
    rejects, warnings : DataFrame
        As `schema.REJECTS`: records that did not load, and what is worth a look.
    counts : dict of str to int
        records_in = loaded + rejected; of the loaded, those passed over by kind (rest_timers, notes, outside_period,
        other_athletes) are no efforts.
    period : (Timestamp, Timestamp)
        First and last day that the tables cover.
    first_days : dict of str to Timestamp
        Of each athlete the first day ever in the log, before any period was asked for.
    files : DataFrame
        As `schema.FILES`: one row per file.
    recordings : dict
        session_id -> the file of a recorded activity, and where in it.
    hills : DataFrame
        As `schema.HILLS`: those that recordings place.
    left_out : DataFrame
        As `schema.LEFT_OUT`: hill charges that do not count.
    others : list of str
        Athletes of the log that these tables leave out.
    pseudonyms : dict of str to str
        Name -> what the tables call that runner.
    shared : bool
        Whether it is for others' eyes.
    sample : bool
        Whether it is of the sample season, as nobody named another.

    Examples
    --------
    >>> everybody = load_logs()
    >>> everybody.counts["records_in"] == everybody.counts["loaded"] + everybody.counts["rejected"]
    True
    >>> everybody.of("ana").others
    ['ben']
    """

    sessions: pd.DataFrame
    efforts: pd.DataFrame
    rejects: pd.DataFrame
    warnings: pd.DataFrame
    counts: dict[str, int]
    period: tuple[pd.Timestamp, pd.Timestamp]
    first_days: dict[str, pd.Timestamp]  # of each athlete, the first ever in the log, before any period was asked for
    files: pd.DataFrame  # one row per file: file, format, records_in, loaded, rejected
    recordings: dict[str, Held] = field(
        default_factory=dict
    )  # session_id -> the file of a recorded activity, and where
    hills: pd.DataFrame = field(default_factory=lambda: conform({}, HILLS))  # those that recordings place
    left_out: pd.DataFrame = field(default_factory=lambda: conform({}, LEFT_OUT))  # hill charges that do not count
    others: list[str] = field(default_factory=list)  # athletes of the log that these tables leave out
    pseudonyms: dict[str, str] = field(default_factory=dict)  # name -> what the tables call that runner
    shared: bool = False  # for others' eyes
    sample: bool = False  # of the season that is shown where nobody named another

    @property
    def athletes(self) -> list[str]:
        return [*self._rows_of["sessions"]]

    @cached_property
    def _rows_of(self) -> dict[str, dict[str, np.ndarray]]:
        """Table -> athlete -> their rows there; the athletes by name."""
        tables = {name: getattr(self, name) for name in ("sessions", "efforts", "left_out")}
        return {name: dict(sorted(of.groupby("athlete", observed=True).indices.items())) for name, of in tables.items()}

    def of(self, athlete: str | None = None) -> "Log":
        """The Log of one athlete, by default the first by name; `others` names those left out. LogError: unknown-athlete."""
        athlete, athletes = ATHLETE.read(athlete), self.athletes
        if len(athletes) < 2 and athlete is None:
            return self
        own = athlete_named(athlete, athletes) if athlete else athletes[0]
        tables = {name: getattr(self, name).take(rows.get(own, [])) for name, rows in self._rows_of.items()}
        others = athletes.copy()
        others.remove(own)
        return replace(
            self,
            **{name: table.reset_index(drop=True) for name, table in tables.items()},
            period=(max(self.period[0], self.first_days[own]), self.period[1]),
            others=others,
            **(
                {name: of_athletes(getattr(self, name), [own]) for name in ("rejects", "warnings")}
                if self.shared
                else {}
            ),
        )
