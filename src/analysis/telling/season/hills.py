"""The best charge of each hill as a table, with what it is compared with."""

import pandas as pd

from analysis.telling.shown import Table
from analysis.wording import counted, day, number

SHOWN_HILLS = 6  # that fit on the page of a season; the notebook of hills has them all
HEADINGS = {"hill": "hill", "best": "best repeat", "day": "day", "pulse": "highest heart rate", "of": "compared with"}
NONE = "No hill repeat with a time yet: record one, or log its seconds, and the best of each hill stands here."


def season_hills(bests: pd.DataFrame) -> Table:
    """The best charge of each hill, its day and heart rate, and with which charges it is compared.

    Parameters
    ----------
    bests : DataFrame
        Of one athlete, as `hill_bests` returns it.

    Returns
    -------
    Table
        A row a hill, those with most charges first.

    Examples
    --------
    >>> print(season_hills(hill_bests(hill_charges(log.efforts, catalog))))
    hill       best repeat  day          highest heart rate  compared with
    Mill Lane  72 s         11 Jun 2026  177                 161 repeats of about 250 m at 8% in 25 sessions
    """
    rows = [
        {
            "hill": str(row.hill),
            "best": f"{number(row.duration_s)} s"
            if row.compared == "time"
            else f"{number(row.vam_m_per_h, 0)} m climbed an hour",
            "day": day(row.date),
            "pulse": number(row.hr_max_bpm, 0) if row.hr_max_bpm == row.hr_max_bpm else "",
            "of": _compared_with(row),
        }
        for row in bests.head(SHOWN_HILLS).itertuples()
    ]
    named = {name: words for name, words in HEADINGS.items() if name != "pulse" or any(row["pulse"] for row in rows)}
    return Table(pd.DataFrame(rows, columns=[*HEADINGS]), named, empty=NONE)


def _compared_with(row) -> str:
    long = f" of about {number(row.distance_m, 0)} m" if row.distance_m == row.distance_m else ""
    long = long if row.compared == "time" else f" of about {number(row.duration_s, 0)} s, by the clock"
    slope = f" at {row.grade:.0%}" if row.grade == row.grade else ""
    return f"{counted(row.charges, 'repeat')}{long}{slope} in {counted(row.sessions, 'session')}"
