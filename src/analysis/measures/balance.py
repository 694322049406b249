"""Whether a week is balanced: load, spacing, kinds of training, longest run. Of a plan and of what was done alike.

Descriptions only. No score and no risk is computed: ratios of acute to chronic load and thresholds of injury do not
stand up (Impellizzeri et al. 2020).
"""

import numpy as np
import pandas as pd

from analysis.arguments import WEEKS
from analysis.catalog import SET_FAMILIES, Catalog
from analysis.schema import CONFLICTS, IMPACT, MUSCLES, RUNNER_MUSCLES, conform, monday_of

from .contacts import contacts_of, foot_contacts, session_contacts
from .weekly_sets import WORKING_SETS, volume_ratios, weekly_volume

REST_DAYS = 2  # calendar days between two heavy days of one kind: 48 h, with an hour's grace (Doma & Deakin 2015)
DAYS = 7
LOOK_BACK_DAYS = 30  # of the longest run before (Frandsen et al. 2025)
MODALITIES = {  # as a week is divided: session type -> how a runner reads it
    "strength": "strength", "plyometrics": "plyometrics", "hills": "hills", "run": "running", "mixed": "mixed", "other": "other",
}  # fmt: skip
HEAVY_IMPACT = ("moderate", "high")  # low hops may be done daily (Engeroff et al. 2023)


# ------------------------------------------------------------------------------------------ spacing
def spacing_conflicts(efforts: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """One row per athlete, kind and pair of days that lie too near each other, in order of the days.

    Columns: athlete, first, second (days), kind (strength, plyometrics, hills), what (the muscles that both days train
    directly; else the kind), first_by, second_by (the exercises). Heavy days of one kind should be two calendar days
    apart: strength by muscle, moderate and high plyometrics, hill charges. Low hops are free.
    """
    rows = [
        {"athlete": athlete, "first": first, "second": second, "kind": kind, **told}
        for (athlete, kind), days in _heavy_days(efforts, catalog).items()
        for first, second, told in _too_near(days)
    ]
    table = pd.DataFrame(rows, columns=list(CONFLICTS)).sort_values(["athlete", "first", "kind"], kind="stable")
    return conform(table.reset_index(drop=True), CONFLICTS)


def last_conflicts(conflicts: pd.DataFrame, last, weeks: int = 4) -> pd.DataFrame:
    """The conflicts of the last weeks up to a day, the newest first."""
    recent = conflicts["second"] > pd.Timestamp(last) - pd.Timedelta(weeks=WEEKS.read(weeks))
    return conflicts[recent].sort_values("first", ascending=False, kind="stable").reset_index(drop=True)


def _heavy_days(efforts: pd.DataFrame, catalog: Catalog) -> dict[tuple, dict]:
    """(athlete, kind) -> day -> what is strained -> the exercises that do it."""
    strains, names = _strains(catalog), catalog.exercises["name"].tolist()
    known = catalog.known(efforts)
    known = known.loc[known["kind"].isin(WORKING_SETS), ["athlete", "date", "exercise"]].drop_duplicates()
    found: dict[tuple, dict] = {}
    for athlete, day, exercise in known.itertuples(index=False):
        for kind, what in strains[exercise]:
            found.setdefault((athlete, kind), {}).setdefault(day, {}).setdefault(what, set()).add(names[exercise])
    return found


def _strains(catalog: Catalog) -> list[list[tuple[str, str]]]:
    """Of each exercise of the catalog, in its order: (kind, what) of all that a heavy day of it strains."""
    direct = catalog.muscles[(catalog.muscles["share"] == 1) & (catalog.muscles["role"] == "set")]
    muscles: dict[str, list[str]] = {}
    for exercise_id, muscle in zip(direct["exercise_id"], direct["muscle"], strict=True):
        muscles.setdefault(exercise_id, []).append(muscle)
    facts = catalog.exercises[["exercise_id", "family", "impact", "counts"]].itertuples(index=False)
    return [
        [("strength", muscle) for muscle in muscles.get(exercise_id, []) if family in SET_FAMILIES]
        + [("plyometrics", "plyometrics")] * (family == "plyometrics" and impact in HEAVY_IMPACT)
        + [("hills", "hills")] * (counts == "charges")
        for exercise_id, family, impact, counts in facts
    ]


def _too_near(days: dict):
    """(first, second, what both strain and by what) of each pair of days that leaves too little rest."""
    for day, here in sorted(days.items()):
        for apart in range(1, REST_DAYS):
            later = days.get(day + pd.Timedelta(days=apart), {})
            if shared := here.keys() & later.keys():
                by = [", ".join(sorted(set().union(*(part[what] for what in shared)))) for part in (here, later)]
                what = ", ".join([MUSCLES[name] for name in MUSCLES if name in shared] or shared)
                yield day, day + pd.Timedelta(days=apart), {"what": what, "first_by": by[0], "second_by": by[1]}


# ------------------------------------------------------------------------------------------ load
def day_loads(sessions: pd.DataFrame, start=None, end=None) -> pd.DataFrame:
    """One row per athlete and day, days of rest included as zeros: session-RPE load (Foster 2001).

    Columns: athlete, week, date, load (sum of effort x minutes of the sessions that say both), sessions, unknown (of
    them, those that do not). start, end: first and last day; those of the sessions when missing.
    """
    if sessions.empty:
        return pd.DataFrame(columns=["athlete", "week", "date", "load", "sessions", "unknown"])
    first, last = (pd.Timestamp(day or edge).as_unit("s") for day, edge in ((start, sessions["date"].min()), (end, sessions["date"].max())))  # fmt: skip
    load = sessions["rpe"] * sessions["duration_min"]
    told = sessions.assign(load=load, sessions=1.0, unknown=load.isna().astype(float))
    sums = told.groupby(["athlete", "date"], observed=True)[["load", "sessions", "unknown"]].sum()
    days = pd.date_range(first, last, unit="s")
    athletes = sessions["athlete"].cat.remove_unused_categories().cat.categories
    every = pd.MultiIndex.from_product([athletes, days], names=["athlete", "date"])
    table = sums.reindex(every, fill_value=0.0).reset_index()
    table.insert(1, "week", monday_of(table["date"]))
    return table


def week_load(sessions: pd.DataFrame, start=None, end=None) -> pd.DataFrame:
    """One row per athlete and week: session-RPE load, monotony and strain (Foster 1998).

    Columns: athlete, week (Monday), from_day, to_day, load (sum), sessions, unknown (of them, those without effort or
    minutes), monotony (mean of the days over their population SD, days of rest included), strain (load x monotony).
    Monotony and strain are NaN unless all seven days are known and they differ.
    """
    days = day_loads(sessions, start, end)
    rows = []
    for (athlete, week), part in days.groupby(["athlete", "week"], sort=True):
        whole = len(part) == DAYS and not part["unknown"].any()
        even = monotony(part["load"].to_numpy()) if whole else np.nan
        told = {"athlete": athlete, "week": week, "from_day": part["date"].min(), "to_day": part["date"].max()}
        sums = {key: part[key].sum() for key in ("load", "sessions", "unknown")}
        rows.append(told | sums | {"monotony": even, "strain": sums["load"] * even})
    columns = ["athlete", "week", "from_day", "to_day", "load", "sessions", "unknown", "monotony", "strain"]
    return pd.DataFrame(rows, columns=columns)


def monotony(loads: np.ndarray) -> float:
    """Mean over population standard deviation of the loads of seven days; NaN where they do not differ (Foster 1998)."""
    spread = np.std(loads)
    return float(np.mean(loads) / spread) if spread > 0 else np.nan


def run_spikes(sessions: pd.DataFrame) -> pd.DataFrame:
    """One row per run with a distance, in order: how it stands to the longest of the 30 days before (Frandsen 2025).

    Columns: athlete, week, date, session_id, distance_m, longest_before_m, over (0.2 = 20 % longer; NaN without a run
    in those days, or where the sessions do not reach back so far).
    """
    runs = sessions[(sessions["session_type"] == "run") & sessions["distance_m"].notna()].sort_values("date", kind="stable")  # fmt: skip
    longest = pd.Series(np.nan, runs.index)
    for athlete, own in runs.groupby("athlete", observed=True):
        day, metres = own["date"].to_numpy(), own["distance_m"].to_numpy()
        begun = sessions.loc[sessions["athlete"] == athlete, "date"].min()
        known = day >= begun + pd.Timedelta(days=LOOK_BACK_DAYS)
        since = np.searchsorted(day, day - np.timedelta64(LOOK_BACK_DAYS, "D"))
        before = np.searchsorted(day, day)
        longest[own.index] = [
            metres[a:b].max() if b > a and reaches else np.nan
            for a, b, reaches in zip(since, before, known, strict=True)
        ]
    runs = runs.assign(longest_before_m=longest, over=runs["distance_m"] / longest - 1)
    return runs[["athlete", "week", "date", "session_id", "distance_m", "longest_before_m", "over"]].reset_index(
        drop=True
    )


# ------------------------------------------------------------------------------------------ shares
def target_gap(sets: np.ndarray, target: np.ndarray) -> float:
    """How far the shares of `sets` are from those of `target`: half the sum of differences, 0 to 1; NaN for nothing."""
    sets, target = np.asarray(sets, float), np.asarray(target, float)
    if sets.sum() <= 0 or target.sum() <= 0:
        return np.nan
    return float(0.5 * np.abs(sets / sets.sum() - target / target.sum()).sum())


def week_balance(sessions: pd.DataFrame, efforts: pd.DataFrame, catalog: Catalog, first, last) -> pd.Series:
    """What an average week from `first` to `last` (days) comes to: one value per measure, in words a runner reads.

    Shares are fractions; NaN where nothing tells it. Descriptions: none of them has a validated target (Bishop 2018).
    """
    first, last = pd.Timestamp(first).as_unit("s"), pd.Timestamp(last).as_unit("s")
    weeks = ((last - first).days + 1) / DAYS
    volume = weekly_volume(efforts, catalog, first, last)
    sets = volume[volume["muscle"].isin(RUNNER_MUSCLES)].groupby("muscle", observed=True)["sets"].sum()
    ratios = volume_ratios(volume).iloc[:1].squeeze() if len(volume) else pd.Series(dtype=float)
    inside = efforts[efforts["date"].between(first, last)]
    contacts = foot_contacts(inside, catalog)
    by_tier = contacts.groupby("impact", observed=False)["contacts"].sum() / weeks
    largest = session_contacts(contacts)["contacts"].max()
    modality = modality_weeks(sessions[sessions["date"].between(first, last)])
    made_of = modality.groupby("modality", observed=True)[["minutes", "load"]].sum()
    shares = made_of / made_of.sum().where(made_of.sum() > 0)
    return pd.Series({
        "sets off the even share of muscles": target_gap(sets, np.ones(len(sets))),
        "hamstring sets for one of the quadriceps": ratios.get("hamstrings_to_quadriceps", np.nan),
        "sets that the weaker side lacks": ratios.get("asymmetry", np.nan),
        **{f"contacts a week, {tier} impact": by_tier.get(tier, 0.0) for tier in IMPACT.categories if len(inside)},
        "contacts of the largest session": largest,
        **{f"minutes of {name}, share": share for name, share in shares["minutes"].items()},
        **{f"load of {name}, share": share for name, share in shares["load"].items()},
    })  # fmt: skip


def side_by_side(planned: pd.Series, done: pd.Series) -> pd.DataFrame:
    """One row per measure that a plan or what was done tells: measure, planned, done."""
    table = pd.concat({"planned": planned, "done": done}, axis=1, sort=False)
    table = table[(table.fillna(0) != 0).any(axis=1)]
    return table.rename_axis("measure").reset_index()


def modality_weeks(sessions: pd.DataFrame) -> pd.DataFrame:
    """One row per athlete, week and kind of session that was in it: what a week is made of.

    Columns: athlete, week, modality (strength, plyometrics, hills, running, mixed, other), sessions, minutes, load (of
    those that say them; 0 where none does), untimed (sessions without minutes).
    """
    modality = pd.Categorical(
        sessions["session_type"].astype(object).map(MODALITIES), categories=[*MODALITIES.values()]
    )
    told = sessions.assign(
        modality=modality,
        sessions=1.0,
        minutes=sessions["duration_min"].fillna(0.0),
        load=(sessions["duration_min"] * sessions["rpe"]).fillna(0.0),
        untimed=sessions["duration_min"].isna().astype(float),
    )
    keys = ["athlete", "week", "modality"]
    return told.groupby(keys, observed=True)[["sessions", "minutes", "load", "untimed"]].sum().reset_index()


def weekly_contacts(efforts: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """One row per athlete, week and impact tier with plyometrics. Columns: athlete, week, impact, contacts, days."""
    drills = catalog.known(efforts)
    drills = drills[(drills["family"] == "plyometrics").to_numpy()]
    drills = drills.assign(contacts=contacts_of(drills), impact=drills["impact"].astype(IMPACT))
    groups = drills.groupby(["athlete", "week", "impact"], observed=True)
    return groups.agg(contacts=("contacts", "sum"), days=("date", "nunique")).reset_index()
