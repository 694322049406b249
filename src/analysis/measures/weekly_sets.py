"""What strength work adds up to: sets by muscle.

The counting rules, with their evidence: a set counts 1 for a muscle it trains directly and INDIRECT_SETS for one
it trains indirectly ("fractional sets", Pelland et al. 2025); left and right done once each are one set; an easy
or short hold is SHORT_HOLD_SETS. Plyometrics, hills and running are exposures: they are never counted as sets.
"""

import numpy as np
import pandas as pd

from analysis.arguments import INDIRECT, ONE_MUSCLE, WEEKS, Day, read_target
from analysis.catalog import Catalog
from analysis.errors import ParameterError
from analysis.rules import AVERAGED_WEEKS, INDIRECT_SETS, TARGET_SETS, WORKING_SETS
from analysis.schema import (
    BAND,
    LEG_MUSCLES,
    MUSCLE,
    RECENT_VOLUME,
    RUNNER_MUSCLES,
    VOLUME_RATIOS,
    WEEK_DAYS,
    WEEKLY_SETS_BY_EXERCISE,
    WEEKLY_VOLUME,
    band_of,
    conform,
)

from .set_counter import SUMS, Counting, Tally, coded_lines, coded_words, day_number, used


# ------------------------------------------------------------------------------------------ sets by muscle
def weekly_volume(
    efforts: pd.DataFrame,
    catalog: Catalog,
    start: Day | None = None,
    end: Day | None = None,
    indirect: float = INDIRECT_SETS,
    kinds: tuple[str, ...] = WORKING_SETS,
) -> pd.DataFrame:
    """One row per athlete, week and muscle group, weeks and muscles without training included as zeros.

    Parameters
    ----------
    efforts : DataFrame
        As `schema.EFFORTS`.
    catalog : Catalog
        Which muscles each exercise trains.
    start, end : date or str, optional
        First and last day of the period; by default those of the efforts.
    indirect : float
        What a set counts for a muscle that only helps, 0 to 1.
    kinds : tuple of str
        Kinds of sets that count; warm-ups do not.

    Returns
    -------
    DataFrame
        As `schema.WEEKLY_VOLUME`: fractional sets, repetitions per side, seconds of holds, days.

    Raises
    ------
    ParameterError
        `indirect` is no share, or `start` is after `end`.

    References
    ----------
    Fractional sets: Pelland et al. 2025 (doi 10.1007/s40279-025-02344-w). Sides and holds: conventions.

    Examples
    --------
    >>> volume = weekly_volume(log.efforts, catalog)
    >>> volume["week"].nunique(), volume["muscle"].nunique(), len(volume)
    (26, 15, 390)
    """
    if efforts.empty:
        return conform({}, WEEKLY_VOLUME)
    indirect = INDIRECT.read(indirect)
    first, last = days_counted(efforts["date"], start, end)
    tally, athletes = _tally(efforts, catalog, first, last, kinds)
    trains = tally.rules.direct | (tally.rules.indirect & (indirect > 0))
    days_trained, last_trained = tally.days(trains)
    days_exposed, *exposed_on = tally.exposed_days()
    n = len(MUSCLE.categories)
    monday = np.tile(np.repeat(tally.mondays, n), len(athletes))
    first, last = (day.to_datetime64() for day in (first, last))
    columns = {
        "athlete": pd.Categorical.from_codes(np.repeat(np.arange(len(athletes)), tally.weeks * n), athletes),
        "week": _seconds(monday),
        "from_day": _seconds(np.maximum(monday, first)),
        "to_day": _seconds(np.minimum(monday + WEEK_DAYS - 1, last)),
        "muscle": pd.Categorical.from_codes(np.tile(np.arange(n), tally.cells), dtype=MUSCLE),
        **{name: column.ravel() for name, column in zip(SUMS, tally.by_muscle(indirect), strict=True)},
        "days_trained": days_trained.ravel(),
        "last_trained": _seconds(last_trained.ravel()),
        "days_exposed": days_exposed.ravel(),
        **{f"days_exposed_{side}": days.ravel() for side, days in zip(("left", "right"), exposed_on, strict=True)},
    }
    return pd.DataFrame(columns, copy=False)  # as WEEKLY_VOLUME has it, which a test sees to


def weekly_sets_by_exercise(
    efforts: pd.DataFrame,
    catalog: Catalog,
    indirect: float = INDIRECT_SETS,
    kinds: tuple[str, ...] = WORKING_SETS,
    side: str = "both",
) -> pd.DataFrame:
    """One row per athlete, week, muscle group and exercise that trained it: what the weeks of a muscle are made of.

    Parameters
    ----------
    efforts : DataFrame
        As `schema.EFFORTS`.
    catalog : Catalog
        Which muscles each exercise trains.
    indirect : float
        What a set counts for a muscle that only helps, 0 to 1.
    kinds : tuple of str
        Kinds of sets that count.
    side : {"both", "left", "right"}
        Whose sets: the mean of the sides, or one of them.

    Returns
    -------
    DataFrame
        As `schema.WEEKLY_SETS_BY_EXERCISE`: fractional sets. Over the exercises they add up to `weekly_volume`.

    Raises
    ------
    ParameterError
        `indirect` is no share.

    Examples
    --------
    >>> parts = weekly_sets_by_exercise(log.efforts, catalog)
    >>> volume = weekly_volume(log.efforts, catalog)
    >>> bool(parts["sets"].sum() == volume["sets"].sum())
    True
    """
    indirect = INDIRECT.read(indirect)
    tally, athletes = _tally(efforts, catalog, *days_counted(efforts["date"]), kinds)
    first_set = tally.rules.first_set
    slots, direct, half = (part[first_set:] for part in (tally.rules.slots, tally.rules.direct, tally.rules.indirect))
    both, left, right = tally.by_exercise()[0].reshape(3, tally.cells, len(slots))
    sets = {"both": both + (left + right) / 2, "left": both + left, "right": both + right}[side]
    credit = direct + indirect * half
    cell, slot = np.nonzero(sets > 0)
    line, muscle = np.nonzero(credit[slot] > 0)
    cell, slot = cell[line], slot[line]
    names = catalog.exercises["name"].to_numpy()
    columns = {
        "athlete": pd.Categorical.from_codes(cell // tally.weeks, athletes),
        "week": tally.mondays[cell % tally.weeks].astype("datetime64[s]"),
        "muscle": pd.Categorical.from_codes(muscle, dtype=MUSCLE),
        "exercise": pd.Categorical(names[slots[slot]]),
        "sets": sets[cell, slot] * credit[slot, muscle],
    }
    return conform(columns, WEEKLY_SETS_BY_EXERCISE)


def recent_volume(
    volume: pd.DataFrame, weeks: int = AVERAGED_WEEKS, target: tuple[float, float] = TARGET_SETS
) -> pd.DataFrame:
    """One row per athlete and muscle group: the last whole weeks of `volume` beside as many before them.

    Parameters
    ----------
    volume : DataFrame
        As `weekly_volume` returns it.
    weeks : int
        How many weeks to average. With fewer whole weeks, fewer are averaged; without any, the cut ones are.
    target : (float, float)
        Fewest and most weekly sets that are `within`.

    Returns
    -------
    DataFrame
        As `schema.RECENT_VOLUME`: sets a week, the band, the change, the days since the last set.

    Raises
    ------
    ParameterError
        `weeks` or `target` is out of its range.

    Examples
    --------
    >>> recent = recent_volume(weekly_volume(log.efforts, catalog), weeks=4)
    >>> recent[["muscle", "sets_per_week", "band"]].head(3)
                muscle  sets_per_week    band
    0  gluteus_maximus          8.750   above
    1   gluteus_medius          4.625  within
    2       hamstrings          4.625  within
    """
    weeks, target = WEEKS.read(weeks), read_target(target)
    mondays = _averaged(volume)
    recent, before = mondays[-weeks:], mondays[-2 * weeks : -weeks]
    sides = ["sets", "sets_left", "sets_right"]
    days = ["days_trained", "days_exposed", "days_exposed_left", "days_exposed_right"]
    means = _weekly_mean(volume, recent, [*sides, "sided_sets", *days])
    now = means[sides].set_axis([f"sets_per_week{side[4:]}" for side in sides], axis=1)
    now["sets_per_week_before"] = _weekly_mean(volume, before, ["sets"])["sets"]
    now["sided_sets_per_week"] = means["sided_sets"]
    now[days] = means[days] * len(recent)
    now["last_trained"] = volume.groupby(["athlete", "muscle"], observed=False)["last_trained"].max()
    covered = volume[volume["week"].isin(recent)]
    table = now.reset_index().assign(
        weeks=len(recent),
        whole=len(whole_weeks(volume)) > 0,
        since=covered["from_day"].min(),
        until=covered["to_day"].max(),
        band=pd.Categorical([band_of(sets, target) for sets in now["sets_per_week"]], dtype=BAND),
        weeks_before=len(before),
        change=(now["sets_per_week"] - now["sets_per_week_before"]).to_numpy(),
        days_since=(volume["to_day"].max() - now["last_trained"]).dt.days.to_numpy(),
    )
    return conform(table, RECENT_VOLUME)


def most_changed(recent: pd.DataFrame, muscle: str | None = None) -> str:
    """The runner's muscle group whose weekly sets changed most; without weeks before, the most trained one.

    Parameters
    ----------
    recent : DataFrame
        As `recent_volume` returns it.
    muscle : str, optional
        Given, it is returned instead: a choice of the reader.

    Returns
    -------
    str
        A key of `schema.MUSCLES`.

    Raises
    ------
    ParameterError
        `muscle` is no muscle group.

    Examples
    --------
    >>> recent = recent_volume(weekly_volume(log.efforts, catalog))
    >>> changes = recent.set_index("muscle")["change"]
    >>> bool(abs(changes[most_changed(recent)]) == changes[list(schema.RUNNER_MUSCLES)].abs().max())
    True
    """
    if muscle := ONE_MUSCLE.read(muscle):
        return muscle
    muscles = recent[recent["muscle"].isin(RUNNER_MUSCLES)]
    by = muscles["change"].abs() if muscles["change"].notna().any() else muscles["sets_per_week"]
    return muscles.loc[by.idxmax(), "muscle"] if len(muscles) else RUNNER_MUSCLES[0]


def whole_weeks(volume: pd.DataFrame) -> pd.DatetimeIndex:
    """The Mondays of the weeks that lie wholly inside the period."""
    whole = (volume["to_day"] - volume["from_day"]).dt.days == WEEK_DAYS - 1
    return pd.DatetimeIndex(volume.loc[whole, "week"].unique()).sort_values()


def volume_ratios(volume: pd.DataFrame, weeks: int | None = None) -> pd.DataFrame:
    """One row per athlete: how the sets of the weeks that recent_volume averages divide, as ratios of their totals.

    Descriptions only: no ratio here is a validated target (Bishop 2018).

    Parameters
    ----------
    volume : DataFrame
        As `weekly_volume` returns it.
    weeks : int, optional
        How many of the last whole weeks; by default every week.

    Returns
    -------
    DataFrame
        As `schema.VOLUME_RATIOS`: ratios, shares of 0 to 1, sets; NaN where there is nothing to divide by.

    Raises
    ------
    ParameterError
        `weeks` is out of its range.

    References
    ----------
    Bishop et al. 2018, J Sports Sci 36: 1135 (asymmetry as the shortfall of the smaller side).

    Examples
    --------
    >>> volume_ratios(weekly_volume(log.efforts, catalog))[["athlete", "left_sets", "right_sets", "weaker_side"]]
      athlete  left_sets  right_sets weaker_side
    0     ana      935.5       991.5        left
    """
    if weeks is not None:
        volume = volume[volume["week"].isin(_averaged(volume)[-WEEKS.read(weeks) :])]
    legs = volume[volume["muscle"].isin(LEG_MUSCLES)]
    by_muscle = volume.pivot_table(index="athlete", columns="muscle", values="sets", aggfunc="sum", observed=False)
    by_muscle = by_muscle.reindex(columns=list(MUSCLE.categories))
    sides = legs.groupby("athlete", observed=False)[["sets_left", "sets_right"]].sum()
    leg_sets = by_muscle[list(LEG_MUSCLES)].sum(axis=1)
    more, less = sides.max(axis=1), sides.min(axis=1)
    table = pd.DataFrame({
        "hamstrings_to_quadriceps": _ratio(by_muscle["hamstrings"], by_muscle["quadriceps"]),
        "calf_share": _ratio(by_muscle["gastrocnemius"] + by_muscle["soleus"], leg_sets),
        "left_sets": sides["sets_left"],
        "right_sets": sides["sets_right"],
        "asymmetry": _ratio(more - less, more),
        "weaker_side": np.select(
            [sides["sets_left"] < sides["sets_right"], sides["sets_left"] > sides["sets_right"]], ["left", "right"], "none"
        ),
    })  # fmt: skip
    return conform(table.reset_index(), VOLUME_RATIOS)


def _averaged(volume: pd.DataFrame) -> pd.DatetimeIndex:
    """The weeks that averages are made of: the whole ones, or the cut ones where there is none."""
    mondays = whole_weeks(volume)
    return mondays if len(mondays) else pd.DatetimeIndex(volume["week"].unique()).sort_values()


def _ratio(part: pd.Series, whole: pd.Series) -> pd.Series:
    return part / whole.where(whole > 0)


def _weekly_mean(volume: pd.DataFrame, weeks: pd.DatetimeIndex, columns: list[str]) -> pd.DataFrame:
    """Sums over the weeks divided by their number, so that a week of rest counts; NaN without weeks."""
    counted = volume.loc[volume["week"].isin(weeks), ["athlete", "muscle", *columns]]
    return counted.groupby(["athlete", "muscle"], observed=False).sum() / (len(weeks) or np.nan)


# ----------------------------------------------------------------------------------------------- counting
def days_counted(
    days: pd.Series, start: Day | None = None, end: Day | None = None
) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The first and the last day, those of `days` where none is given."""
    first = days.min() if start is None else pd.Timestamp(start)
    last = days.max() if end is None else pd.Timestamp(end)
    if first > last:
        raise ParameterError(f"start={first.date()}: is after the end {last.date()}. Fix: give a start before it.")
    return first, last


def _tally(
    efforts: pd.DataFrame, catalog: Catalog, first: pd.Timestamp, last: pd.Timestamp, kinds: tuple[str, ...]
) -> tuple[Tally, list[str]]:
    """The efforts counted, and the athletes that are in them."""
    lines, named = coded_lines(efforts), coded_words(efforts["athlete"])
    athlete, named_there = named.codes, used(named.codes, len(named.categories))
    if not named_there.all():
        athlete = (np.cumsum(named_there, dtype="int32") - 1)[athlete]
    period = pd.DatetimeIndex([first, last]).fillna(pd.Timestamp(0)).to_numpy()  # no efforts have no days
    tally = Tally(Counting.of(catalog, lines.words, kinds), int(named_there.sum()), *day_number(period))
    tally.add(lines, athlete)
    return tally, list(named.categories[named_there])


def _seconds(days: np.ndarray) -> np.ndarray:
    return days.astype("datetime64[s]")
