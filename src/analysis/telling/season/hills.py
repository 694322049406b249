"""The best charge of each hill as a table, with what it is compared with."""

import pandas as pd

from analysis.language import said, to_say
from analysis.telling.shown import Table
from analysis.wording import amount_in, counted, day, number, percent

SHOWN_HILLS = 6  # that fit on the page of a season; the notebook of hills has them all
HEADINGS = {
    "hill": to_say("hill"),
    "best": to_say("best repeat"),
    "day": to_say("day"),
    "pulse": to_say("highest heart rate"),
    "of": to_say("compared with"),
}
NONE = to_say("No hill repeat with a time yet: record one, or log its seconds, and the best of each hill stands here.")


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
            else said("{metres} climbed an hour", metres=amount_in(row.vam_m_per_h, "m", 0)),
            "day": day(row.date),
            "pulse": number(row.hr_max_bpm, 0) if row.hr_max_bpm == row.hr_max_bpm else "",
            "of": _compared_with(row),
        }
        for row in bests.head(SHOWN_HILLS).itertuples()
    ]
    named = {name: words for name, words in HEADINGS.items() if name != "pulse" or any(row["pulse"] for row in rows)}
    return Table(pd.DataFrame(rows, columns=[*HEADINGS]), named, empty=NONE)


def _compared_with(row) -> str:
    long = ""
    if row.compared != "time":
        long = said(" of about {seconds} s, by the clock", seconds=number(row.duration_s, 0))
    elif row.distance_m == row.distance_m:
        long = said(" of about {metres}", metres=amount_in(row.distance_m, "m", 0))
    return said(
        "{repeats}{long}{slope} in {sessions}",
        repeats=counted(row.charges, "repeat"),
        long=long,
        slope=said(" at {grade}", grade=percent(row.grade)) if row.grade == row.grade else "",
        sessions=counted(row.sessions, "session"),
    )
