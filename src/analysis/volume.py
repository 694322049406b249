"""What strength work adds up to: sets by muscle, and load lifted.

The counting rules, with their evidence: a set counts 1 for a muscle it trains directly and 0.5 for one it
trains indirectly ("fractional sets", Pelland et al. 2025); left and right done once each are one set; an easy
or short hold is half a set. Plyometrics, hills and running are exposures: they are never counted as sets.
"""

import numpy as np
import pandas as pd

from .catalog import SET_FAMILIES, Catalog
from .errors import ParameterError
from .schema import BAND, LEG_MUSCLES, MUSCLE, RUNNER_MUSCLES, TARGET, WEEKLY_VOLUME, band_of, conform, monday_of

WORKING_SETS = ("normal", "drop", "failure")  # kinds of sets that count; warm-ups do not
HOLD_S, HOLD_RPE = 20.0, 6.0  # a hold of this length and effort is a whole set, any other is half of one
DAYS = 7
NEVER = np.iinfo(np.int64).min  # before any day


# ------------------------------------------------------------------------------------------ sets by muscle
def weekly_volume(
    efforts: pd.DataFrame,
    catalog: Catalog,
    start=None,
    end=None,
    indirect: float = 0.5,
    kinds: tuple[str, ...] = WORKING_SETS,
) -> pd.DataFrame:
    """One row per athlete, week and muscle group, weeks and muscles without training included as zeros.

    Columns: athlete, week (Monday), from_day, to_day (the days of that week inside the period), muscle,
    sets (fractional: the mean of the sides), sets_left, sets_right, sided_sets (of sets, those logged for one side),
    direct_sets, indirect_sets (parts of sets),
    reps, hold_s (per side, of the sets that train the muscle), days_trained (days with a set), last_trained (day),
    days_exposed (days with plyometrics, hills or running that load it).

    start, end: first and last day of the period; those of the efforts when missing. indirect: what a set counts
    for a muscle it trains indirectly, 0 to 1. kinds: which kinds of sets count; warm-ups do not.

    Fractional sets: Pelland et al. 2025 (doi 10.1007/s40279-025-02344-w). Sides and holds: conventions.
    """
    if efforts.empty:
        return conform({}, WEEKLY_VOLUME)
    if not 0 <= indirect <= 1:
        raise ParameterError(f"indirect={indirect}: is no share of a set. Fix: give a number from 0 to 1.")
    first, last = _period(efforts, start, end)
    inside = efforts[efforts["date"].between(first, last)]
    if first > last:
        raise ParameterError(f"start={first.date()}: is after the end {last.date()}. Fix: give a start before it.")
    weeks = pd.date_range(monday_of(first), last, freq="7D", unit="s")
    athletes = list(efforts["athlete"].cat.remove_unused_categories().cat.categories)
    share = _shares(catalog, "set")
    direct, half = (share == 1).astype(float), indirect * (share == 0.5)
    trains = ((direct + half) > 0).astype(float)
    work = _working_sets(inside, catalog, kinds)
    n_cells, n_muscles = len(athletes) * len(weeks), len(MUSCLE.categories)

    def tally(values: pd.Series) -> np.ndarray:
        """(athlete and week) x exercise: sums of `values`."""
        place = _week_cell(work, athletes, weeks) * len(share) + work["exercise"]
        return np.bincount(place, values, minlength=n_cells * len(share)).reshape(n_cells, len(share))

    left, right = tally(work["left"]), tally(work["right"])
    both = (left + right) / 2
    days_trained, last_trained = _days(work, trains, athletes, weeks)
    exposed = _exposures(inside, catalog)
    days_exposed, _ = _days(exposed, (_shares(catalog, "exposure") > 0).astype(float), athletes, weeks)
    athlete, week, muscle = np.indices((len(athletes), len(weeks), n_muscles)).reshape(3, -1)
    monday = weeks[week].to_series(index=range(len(week)))
    columns = {
        "athlete": pd.Categorical.from_codes(athlete, athletes),
        "week": monday,
        "from_day": monday.clip(lower=first),
        "to_day": (monday + pd.Timedelta(days=DAYS - 1)).clip(upper=last),
        "muscle": pd.Categorical.from_codes(muscle, dtype=MUSCLE),
        "sets": (both @ (direct + half)).ravel(),
        "sets_left": (left @ (direct + half)).ravel(),
        "sets_right": (right @ (direct + half)).ravel(),
        "sided_sets": (tally(work["sided"]) @ (direct + half)).ravel(),
        "direct_sets": (both @ direct).ravel(),
        "indirect_sets": (both @ half).ravel(),
        "reps": (tally(work["reps"]) @ trains).ravel(),
        "hold_s": (tally(work["hold_s"]) @ trains).ravel(),
        "days_trained": days_trained.ravel(),
        "last_trained": last_trained.ravel(),
        "days_exposed": days_exposed.ravel(),
    }
    return conform(columns, WEEKLY_VOLUME)


def weekly_sets_by_exercise(
    efforts: pd.DataFrame,
    catalog: Catalog,
    indirect: float = 0.5,
    kinds: tuple[str, ...] = WORKING_SETS,
    side: str = "both",
) -> pd.DataFrame:
    """One row per athlete, week, muscle group and exercise that trained it: what the weeks of a muscle are made of.

    Columns: athlete, week (Monday), muscle, exercise (its name in the catalog), sets (fractional). side: both (the
    mean of the sides), left or right.
    """
    share = _shares(catalog, "set")
    work = _working_sets(efforts, catalog, kinds)
    sets = (work["left"] + work["right"]) / 2 if side == "both" else work[side]
    work = work.assign(sets=sets, week=monday_of(work["date"]))
    sums = work.groupby(["athlete", "week", "exercise"], observed=True, as_index=False)["sets"].sum()
    exercise, muscle = np.nonzero((share == 1) | (indirect * (share == 0.5) > 0))
    credit = np.where(share[exercise, muscle] == 1, 1.0, indirect)
    pairs = pd.DataFrame(
        {"exercise": exercise, "muscle": pd.Categorical.from_codes(muscle, dtype=MUSCLE), "credit": credit}
    )
    parts = sums.merge(pairs, on="exercise")
    names = catalog.exercises["name"].to_numpy()
    parts = parts.assign(exercise=pd.Categorical(names[parts["exercise"]]), sets=parts["sets"] * parts["credit"])
    parts = parts[parts["sets"] > 0].reset_index(drop=True)
    return parts[["athlete", "week", "muscle", "exercise", "sets"]]


def recent_volume(volume: pd.DataFrame, weeks: int = 4, target: tuple[float, float] = TARGET) -> pd.DataFrame:
    """One row per athlete and muscle group: the last whole weeks of `volume` beside as many before them.

    Columns: athlete, muscle, weeks (how many are averaged), whole (whether they are whole weeks), since, until
    (their days), sets_per_week, sets_per_week_left, sets_per_week_right, sided_sets_per_week, band (none, below, within, above
    `target`), weeks_before, sets_per_week_before, change (sets a week), last_trained, days_since (to the end of the
    period; NaN = never in it). With fewer whole weeks, fewer are averaged; without any, the cut ones are.
    """
    if weeks < 1:
        raise ParameterError(f"weeks={weeks}: nothing to average. Fix: give 1 or more.")
    mondays = _averaged(volume)
    recent, before = mondays[-weeks:], mondays[-2 * weeks : -weeks]
    sides = ["sets", "sets_left", "sets_right"]
    now = _weekly_mean(volume, recent, sides).set_axis([f"sets_per_week{side[4:]}" for side in sides], axis=1)
    now["sets_per_week_before"] = _weekly_mean(volume, before, ["sets"])["sets"]
    now["sided_sets_per_week"] = _weekly_mean(volume, recent, ["sided_sets"])["sided_sets"]
    now["last_trained"] = volume.groupby(["athlete", "muscle"], observed=False)["last_trained"].max()
    covered = volume[volume["week"].isin(recent)]
    return now.reset_index().assign(
        weeks=len(recent),
        whole=len(whole_weeks(volume)) > 0,
        since=covered["from_day"].min(),
        until=covered["to_day"].max(),
        band=pd.Categorical([band_of(sets, target) for sets in now["sets_per_week"]], dtype=BAND),
        weeks_before=len(before),
        change=(now["sets_per_week"] - now["sets_per_week_before"]).to_numpy(),
        days_since=(volume["to_day"].max() - now["last_trained"]).dt.days.to_numpy(),
    )


def most_changed(recent: pd.DataFrame) -> str:
    """The runner's muscle group whose weekly sets changed most; without weeks before, the most trained one."""
    muscles = recent[recent["muscle"].isin(RUNNER_MUSCLES)]
    by = muscles["change"].abs() if muscles["change"].notna().any() else muscles["sets_per_week"]
    return muscles.loc[by.idxmax(), "muscle"] if len(muscles) else RUNNER_MUSCLES[0]


def whole_weeks(volume: pd.DataFrame) -> pd.DatetimeIndex:
    """The Mondays of the weeks that lie wholly inside the period."""
    whole = (volume["to_day"] - volume["from_day"]).dt.days == DAYS - 1
    return pd.DatetimeIndex(volume.loc[whole, "week"].unique()).sort_values()


def volume_ratios(volume: pd.DataFrame, weeks: int | None = None) -> pd.DataFrame:
    """One row per athlete: how the sets of the weeks that recent_volume averages divide, as ratios of their totals.

    weeks: how many; every week of `volume` when missing.
    Columns: athlete, hamstrings_to_quadriceps, calf_share (gastrocnemius and soleus of all leg muscles),
    left_sets, right_sets (legs), asymmetry (0-1: the smaller side's shortfall against the larger), weaker_side.
    NaN where there is nothing to divide by. Descriptions only: no ratio here is a validated target (Bishop 2018).
    """
    if weeks is not None:
        volume = volume[volume["week"].isin(_averaged(volume)[-weeks:])]
    legs = volume[volume["muscle"].isin(LEG_MUSCLES)]
    by_muscle = volume.pivot_table(index="athlete", columns="muscle", values="sets", aggfunc="sum", observed=False)
    by_muscle = by_muscle.reindex(columns=list(MUSCLE.categories))
    sides = legs.groupby("athlete", observed=False)[["sets_left", "sets_right"]].sum()
    leg_sets = by_muscle[list(LEG_MUSCLES)].sum(axis=1)
    more, less = sides.max(axis=1), sides.min(axis=1)
    return pd.DataFrame({
        "hamstrings_to_quadriceps": _ratio(by_muscle["hamstrings"], by_muscle["quadriceps"]),
        "calf_share": _ratio(by_muscle["gastrocnemius"] + by_muscle["soleus"], leg_sets),
        "left_sets": sides["sets_left"],
        "right_sets": sides["sets_right"],
        "asymmetry": _ratio(more - less, more),
        "weaker_side": np.select(
            [sides["sets_left"] < sides["sets_right"], sides["sets_left"] > sides["sets_right"]], ["left", "right"], "none"
        ),
    }).reset_index()  # fmt: skip


def _averaged(volume: pd.DataFrame) -> pd.DatetimeIndex:
    """The weeks that averages are made of: the whole ones, or the cut ones where there is none."""
    mondays = whole_weeks(volume)
    return mondays if len(mondays) else pd.DatetimeIndex(volume["week"].unique()).sort_values()


def _ratio(part: pd.Series, whole: pd.Series) -> pd.Series:
    return part / whole.where(whole > 0)


def _weekly_mean(volume: pd.DataFrame, weeks: pd.DatetimeIndex, columns: list[str]) -> pd.DataFrame:
    """Sums over the weeks divided by their number, so that a week of rest counts; NaN without weeks."""
    counted = volume[columns].where(volume["week"].isin(weeks), 0.0)
    sums = counted.groupby([volume["athlete"], volume["muscle"]], observed=False).sum()
    return sums / (len(weeks) or np.nan)


# --------------------------------------------------------------------------------------------- load lifted
def volume_load(
    efforts: pd.DataFrame,
    catalog: Catalog,
    body_mass_kg: float | None = None,
    kinds: tuple[str, ...] = WORKING_SETS,
) -> pd.DataFrame:
    """One row per athlete, week and exercise with repetitions: sets x reps x (share of body mass + external load).

    Columns: athlete, week, exercise_id, volume_load_kg (per side where it is logged per side, else of the whole set).
    An exercise that lifts the body is NaN without `body_mass_kg`, and always where no share is known; a machine
    is NaN where no load was logged. Never add exercises up: across them volume load says nothing (McBride et al. 2009).
    """
    lifts = catalog.known(efforts)
    strength = lifts["family"].isin(SET_FAMILIES) & lifts["kind"].isin(kinds) & lifts["reps"].notna()
    lifts = lifts[strength.to_numpy()]
    fraction = lifts["body_mass_fraction"]
    body = (fraction * (np.nan if body_mass_kg is None else body_mass_kg)).mask(fraction == 0, 0.0)
    external = lifts["load_kg"].where(lifts["load_kg"].notna() | (fraction == 0), 0.0)
    side = np.where(lifts["side"] == "both", 1.0, 0.5)
    lifts = lifts.assign(volume_load_kg=lifts["sets"] * lifts["reps"] * (body + external) * side)
    keys = ["athlete", "week", "exercise_id"]
    return lifts.groupby(keys, observed=True)["volume_load_kg"].sum(min_count=1).reset_index()


# ----------------------------------------------------------------------------------------------- counting
def _period(efforts: pd.DataFrame, start, end) -> tuple[pd.Timestamp, pd.Timestamp]:
    first = efforts["date"].min() if start is None else pd.Timestamp(start)
    last = efforts["date"].max() if end is None else pd.Timestamp(end)
    return first.as_unit("s"), last.as_unit("s")


def _shares(catalog: Catalog, role: str) -> np.ndarray:
    """Exercise x muscle group: what one set, or one exposure, is worth."""
    rows = catalog.muscles[catalog.muscles["role"] == role]
    matrix = np.zeros((len(catalog.exercises), len(MUSCLE.categories)))
    place = pd.Index(catalog.exercises["exercise_id"]).get_indexer(rows["exercise_id"])
    matrix[place, rows["muscle"].cat.codes] = rows["share"]
    return matrix


def _working_sets(efforts: pd.DataFrame, catalog: Catalog, kinds: tuple[str, ...]) -> pd.DataFrame:
    """The strength efforts that count, with `left`, `right` (sets of each side), `sided`, `reps` and `hold_s` (per side)."""
    work = catalog.known(efforts)
    work = work[work["family"].isin(SET_FAMILIES).to_numpy() & work["kind"].isin(kinds).to_numpy()]
    timed, held = work["duration_s"].notna(), work["counts"] == "seconds"
    hold = (timed & (held | work["reps"].isna())) | (held & work["reps"].isna())
    hard = (work["duration_s"] >= HOLD_S) & ((work["rpe"] >= HOLD_RPE) | (work["kind"] == "failure"))
    sets = work["sets"] * np.where(hold & ~hard, 0.5, 1.0)
    sides = np.where(work["side"] == "both", 1.0, 0.5)
    return work.assign(
        left=sets.where(work["side"] != "right", 0.0),
        right=sets.where(work["side"] != "left", 0.0),
        sided=sets.where(work["side"] != "both", 0.0) / 2,
        reps=(work["sets"] * work["reps"] * sides).where(~hold, 0.0).fillna(0.0),
        hold_s=(work["sets"] * work["duration_s"] * sides).where(hold, 0.0).fillna(0.0),
    )


def _exposures(efforts: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    known = catalog.known(efforts)
    return known[~known["family"].isin(SET_FAMILIES).to_numpy()]


def _week_cell(work: pd.DataFrame, athletes: list[str], weeks: pd.DatetimeIndex) -> np.ndarray:
    """The place of each effort among athletes x weeks."""
    week = (monday_of(work["date"]) - weeks[0]).dt.days.to_numpy() // DAYS
    return work["athlete"].cat.set_categories(athletes).cat.codes.to_numpy(dtype=int) * len(weeks) + week


def _days(
    work: pd.DataFrame, touches: np.ndarray, athletes: list[str], weeks: pd.DatetimeIndex
) -> tuple[np.ndarray, np.ndarray]:
    """(athlete and week) x muscle: on how many days an exercise touched it, and the last of them."""
    shape = (len(athletes) * len(weeks), touches.shape[1])
    days, last = np.zeros(shape), np.full(shape, np.datetime64("NaT", "s"))
    if work.empty:
        return days, last
    cell, day = _week_cell(work, athletes, weeks), work["date"].to_numpy().astype("datetime64[s]")
    order = np.lexsort((day, cell))
    cell, day, exercise = cell[order], day[order], work["exercise"].to_numpy()[order]
    new_cell = np.append(True, np.diff(cell) != 0)
    new_day = new_cell | np.append(True, day[1:] != day[:-1])
    starts = np.flatnonzero(new_day)
    touched = np.maximum.reduceat(touches[exercise] > 0, starts)  # athlete, week and day x muscle
    firsts = np.flatnonzero(new_cell[starts])
    cells = cell[starts][firsts]
    days[cells] = np.add.reduceat(touched.astype(float), firsts)
    at = np.where(touched, day[starts].astype("int64")[:, None], NEVER)
    latest = np.maximum.reduceat(at, firsts)
    last[cells] = np.where(latest == NEVER, np.datetime64("NaT", "s"), latest.astype("datetime64[s]"))
    return days, last
