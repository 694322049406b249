"""What did I train this season? Told in sentences."""

import pandas as pd

from analysis.language import said
from analysis.rules import AVERAGED_WEEKS
from analysis.schema import MUSCLES, RUNNER_MUSCLES, SEASON_WORDS, WEEK_DAYS
from analysis.telling.shown import Sentences
from analysis.wording import counted, days, listed, number, told_amount

from .people import Seasonal, about, nothing_done, others, whose


def season_headline(season: Seasonal, weeks: pd.DataFrame, recent: pd.DataFrame, bests: pd.DataFrame) -> Sentences:
    """The answer of the season notebook.

    Parameters
    ----------
    season : Season
        Of one athlete.
    weeks : DataFrame
        As `season_weeks` returns it, of the log.
    recent : DataFrame
        As `recent_volume` returns it, of the log.
    bests : DataFrame
        As `hill_bests` returns it, of the log.

    Returns
    -------
    Sentences
        What was done, in one sentence; its facts are what a later report is compared with.

    Examples
    --------
    >>> weeks = season_weeks(log.efforts, log.sessions, catalog)
    >>> recent = recent_volume(weekly_volume(log.efforts, catalog))
    >>> bests = hill_bests(hill_charges(log.efforts, catalog))
    >>> str(season_headline(season, weeks, recent, bests)).split(":")[0]
    'ana'
    """
    log = season.log
    if weeks.empty:
        return Sentences(
            nothing_done(log, said("There is no training in this period, so there is nothing to tell.")),
            about(log, season.period),
        )
    rest = int((weeks["sessions"] == 0).sum())
    sums = [told_amount(total, words) for name, words in SEASON_WORDS.items() if (total := weeks[name].sum()) > 0]
    told = said(
        "{sessions}, {rest} of {n} without any, {days}: {sums}." if rest else "{sessions} in {weeks}, {days}: {sums}.",
        sessions=counted(len(log.sessions), "session"),
        rest=counted(rest, "week"),
        n=number(len(weeks)),
        weeks=counted(len(weeks), "week"),
        days=days(*log.period),
        sums=listed(sums),
    )
    return Sentences(
        [f"{whose(season.athletes)}{told}", others(log)],
        about(log, season.period) | {"season": _facts(log, weeks, recent, bests)},
    )


def _facts(log, weeks: pd.DataFrame, recent: pd.DataFrame, bests: pd.DataFrame) -> dict:
    """What a later report is compared with."""
    muscles = recent[recent["muscle"].isin(RUNNER_MUSCLES)]
    hills = {
        str(row.hill): {
            "compared": row.compared,
            "best": round(float(row.duration_s if row.compared == "time" else row.vam_m_per_h), 1),
            "day": f"{row.date:%Y-%m-%d}",
        }
        for row in bests.itertuples()
    }
    return {
        "first": f"{log.period[0]:%Y-%m-%d}",
        "last": f"{log.period[1]:%Y-%m-%d}",
        "sessions": len(log.sessions),
        "days": sorted({f"{day:%Y-%m-%d}" for day in log.sessions["date"]})[-WEEK_DAYS * AVERAGED_WEEKS :],
        "sums": {name: round(float(weeks[name].sum()), 1) for name in SEASON_WORDS},
        "sets_a_week": {
            MUSCLES[row.muscle]: round(float(row.sets_per_week), 2) for row in muscles.itertuples() if row.whole
        },
        "hills": hills,
    }
