"""Weekly volume of one table of efforts, beside pandas: rounds interleaved in one process, median of the ratios.

    python benchmarks/volume.py [ROUNDS] [EFFORTS ...]

All give the same fractional sets of each week and muscle, which is checked. Ours starts from the efforts as the log
holds them and applies every rule (kinds, holds, sides); where the rules are known, pandas is spared them: what each line
counts is given before its clock starts. All sixteen columns, as the user calls it, are compared with all sixteen in pandas;
the sets alone with the sets alone. The clock is that of the processor.
"""

import sys
import time
from functools import partial
from statistics import median

import numpy as np
import pandas as pd
from cohort import DAYS, FIRST, efforts_of

from analysis import load_catalog, weekly_volume
from analysis.catalog import SET_FAMILIES
from analysis.measures.set_counter import Counting, Tally, coded_lines, day_number, first_and_last
from analysis.rules import WORKING_SETS
from analysis.schema import MUSCLE

SIZES = (50_000, 1_000_000, 10_000_000)
GOALS = {50_000: 15, 10_000_000: 40}
KEYS = ["week", "muscle"]


def log_of(catalog, n: int) -> pd.DataFrame:
    """The log of one athlete in ten years, in the order of its days."""
    efforts = efforts_of(catalog, range(-(-n // 10_000)), 1).head(n)
    day = np.sort(np.random.default_rng(2).integers(0, 5 * DAYS, n))
    date = pd.Series((FIRST + day).astype("datetime64[s]"))
    one = pd.Categorical.from_codes(np.zeros(n, int), ["me"])
    return efforts.assign(date=date, week=date - pd.to_timedelta(date.dt.day_of_week, unit="D"), athlete=one)


def with_rules(efforts: pd.DataFrame, exercises: pd.DataFrame) -> pd.DataFrame:
    """The rules in pandas: the lines that count, and what each counts."""
    columns = ["week", "date", "exercise_id", "kind", "side", "sets", "reps", "duration_s", "rpe"]
    lines = efforts.loc[efforts["kind"].isin(WORKING_SETS), columns].merge(exercises, on="exercise_id")
    hold = lines["duration_s"].notna().astype(int) + lines["reps"].isna() + (lines["counts"] == "seconds") >= 2
    hard = (lines["duration_s"] >= 20) & ((lines["rpe"] >= 6) | (lines["kind"] == "failure"))
    worth = lines["sets"] * np.where(hold & ~hard, 0.5, 1)
    share = np.where(lines["side"] == "both", 1, 0.5)
    return lines.assign(worth=worth, hold=hold, share_of_side=share)


def counted(efforts: pd.DataFrame, exercises: pd.DataFrame) -> pd.DataFrame:
    """Week, exercise and what a line counts."""
    lines = with_rules(efforts, exercises)
    lines["sets"] = lines["worth"] * lines["share_of_side"]
    return lines[["week", "exercise_id", "sets"]]


def in_pandas(
    efforts: pd.DataFrame, exercises: pd.DataFrame, muscles: pd.DataFrame, loads: pd.DataFrame
) -> pd.DataFrame:
    """All columns of weekly_volume, each line merged with its muscles, then groups."""
    lines, amount = with_rules(efforts, exercises), ["sets", "sets_left", "sets_right", "sided_sets", "direct_sets"]
    share = lines["share_of_side"]
    sides = {
        "sets": lines["worth"] * share,
        "sets_left": lines["worth"].where(lines["side"] != "right", 0.0),
        "sets_right": lines["worth"].where(lines["side"] != "left", 0.0),
        "sided_sets": (lines["worth"] / 2).where(lines["side"] != "both", 0.0),
        "reps": (lines["sets"] * lines["reps"] * share).where(~lines["hold"]),
        "hold_s": (lines["sets"] * lines["duration_s"] * share).where(lines["hold"]),
    }
    each = lines[["week", "date", "exercise_id"]].assign(**sides).merge(muscles, on="exercise_id")
    each["direct_sets"] = each["sets"].where(each["share"] == 1, 0.0)
    for name in amount[:4]:
        each[name] *= each["share"]
    groups = each.groupby(KEYS, observed=True)
    table = groups[[*amount, "reps", "hold_s"]].sum()
    table["indirect_sets"] = table["sets"] - table["direct_sets"]
    table["days_trained"], table["last_trained"] = groups["date"].nunique(), groups["date"].max()
    exposed = efforts[["week", "date", "exercise_id"]].merge(loads, on="exercise_id")
    table = table.join(exposed.groupby(KEYS, observed=True)["date"].nunique().rename("days_exposed"), how="outer")
    weeks = pd.date_range(efforts["week"].min(), efforts["week"].max(), freq="7D", unit="s")
    every = pd.MultiIndex.from_product([weeks, MUSCLE.categories], names=KEYS)
    table = table.reset_index().astype({"muscle": str}).set_index(KEYS).reindex(every)
    table = table.fillna({name: 0.0 for name in table if name != "last_trained"}).reset_index()
    last = table["week"] + pd.Timedelta(days=6)
    return table.assign(
        from_day=table["week"].clip(lower=efforts["date"].min()), to_day=last.clip(upper=efforts["date"].max())
    )


def merged(lines: pd.DataFrame, muscles: pd.DataFrame) -> pd.DataFrame:
    """A line for each muscle, then groups."""
    each = lines.merge(muscles, on="exercise_id")
    each["sets"] *= each["share"]
    return each.groupby(KEYS, observed=True)["sets"].sum().reset_index()


def aggregated(lines: pd.DataFrame, shares: pd.DataFrame) -> pd.DataFrame:
    """Groups of week and exercise first, then the shares of the muscles as a matrix."""
    sums = lines.groupby(["week", "exercise_id"], observed=True)["sets"].sum().unstack(fill_value=0.0)
    return (sums @ shares.loc[sums.columns]).stack().rename("sets").reset_index()


def sets_alone(efforts: pd.DataFrame, catalog) -> pd.DataFrame:
    """What weekly_volume does for its sets, and no more."""
    lines = coded_lines(efforts)
    tally = Tally(
        Counting.of(catalog, lines.words, WORKING_SETS), 1, *day_number(first_and_last(lines.date)), days=False
    )
    tally.add(lines)
    sets = tally.by_muscle(0.5)[0, 0]
    week, muscle = np.indices(sets.shape).reshape(2, -1)
    muscle = pd.Categorical.from_codes(muscle, dtype=MUSCLE)
    return pd.DataFrame({"week": tally.mondays[week], "muscle": muscle, "sets": sets.ravel()})


def timed(measure, *tables) -> tuple[float, pd.DataFrame]:
    begun = time.process_time()
    table = measure(*tables)
    return time.process_time() - begun, table


def weekly(table: pd.DataFrame) -> pd.Series:
    sums = table.astype({"muscle": str, "week": "datetime64[s]"}).set_index(KEYS)["sets"]
    return sums[sums > 0].sort_index()


def check(tables: dict[str, pd.DataFrame]) -> None:
    """All sets are the same, and where there are all columns, all of them."""
    ours, other, *_ = tables.values()
    for name in ours.columns.drop(["athlete", *KEYS]):
        pd.testing.assert_series_equal(ours[name], other[name], check_dtype=False)
    for name, table in tables.items():
        pd.testing.assert_series_equal(weekly(table), weekly(ours), obj=name)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    sizes = [int(size) for size in sys.argv[2:]] or SIZES
    catalog = load_catalog()
    muscles, loads = (
        catalog.muscles[catalog.muscles["role"] == role].drop(columns="role") for role in ("set", "exposure")
    )
    exercises = catalog.exercises.loc[catalog.exercises["family"].isin(SET_FAMILIES), ["exercise_id", "counts"]]
    shares = muscles.astype({"muscle": str}).pivot(index="exercise_id", columns="muscle", values="share").fillna(0.0)
    shares.columns.name = "muscle"
    print(f"{'efforts':>11}  {'weekly volume':44}{'ms':>9}{'x ours':>9}  goal")
    for n in sizes:
        efforts = log_of(catalog, n)
        lines = counted(efforts, exercises)
        text = lines.astype({"exercise_id": str})
        rules = partial(counted, efforts, exercises)
        ways = {
            "ours, all 16 columns": (weekly_volume, efforts, catalog),
            "pandas, all 16 columns: merge and groupby": (in_pandas, efforts, exercises, muscles, loads),
            "ours, the sets alone": (sets_alone, efforts, catalog),
            "pandas, rules, merge and groupby": (lambda first, *tables: merged(first(), *tables), rules, muscles),
            "pandas, rules, aggregated first": (lambda first, *tables: aggregated(first(), *tables), rules, shares),
            "pandas, rules known: merge and groupby": (merged, lines, muscles),
            "pandas, rules known, text: merge and groupby": (merged, text, muscles),
            "pandas, rules known, aggregated first": (aggregated, lines, shares),
        }
        turns = []
        for turn in range(rounds):
            made = {name: timed(*way) for name, way in ways.items()}
            turns.append({name: seconds for name, (seconds, _) in made.items()})
            if turn == 0:
                check({name: table for name, (_, table) in made.items()})
            del made
        for name in ways:
            ms = median(turn[name] for turn in turns) * 1000
            own = "ours, all 16 columns" if "all 16" in name else "ours, the sets alone"
            ratio = median(turn[name] / turn[own] for turn in turns)
            goal = "" if name.startswith("ours") else 3 if "aggregated" in name else GOALS.get(n, "")
            print(f"{n:11,}  {name:44}{ms:9.1f}{ratio:9.1f}  {goal}", flush=True)


if __name__ == "__main__":
    main()
