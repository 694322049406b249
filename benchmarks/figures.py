"""Processor time of the figures of the sample season: as plain data, beside what plotly's objects of the same would add.

    python benchmarks/figures.py [ROUNDS]

In turn, median of the ratios: ours whole, with its JSON; of plotly only the object and its JSON, out of ours.
"""

import sys
import time
from collections.abc import Callable
from statistics import median

import plotly.graph_objects as go

from analysis import (
    exercise_progression,
    exercise_sessions,
    hill_charges,
    hill_progression,
    load_catalog,
    load_season,
    plan_adherence,
    plan_doses,
    plot_each_exercise,
    plot_each_hill,
    plot_each_muscle,
    plot_each_week,
    week_calendar,
    weekly_sets_by_exercise,
    weekly_volume,
)
from analysis.rules import TARGET_SETS


def makers() -> dict[str, Callable]:
    season, catalog = load_season().of("ana"), load_catalog()
    efforts, plan = season.log.efforts, season.plan.efforts
    charges, volume = hill_charges(efforts, catalog), weekly_volume(efforts, catalog)
    parts, progression = weekly_sets_by_exercise(efforts, catalog), hill_progression(charges)
    calendar = week_calendar(plan_adherence(plan, efforts, catalog))
    doses = plan_doses(plan, efforts, catalog, *season.log.period)
    sessions = exercise_sessions(efforts, catalog)
    exercises = exercise_progression(sessions)
    return {
        "plot_each_muscle": lambda: plot_each_muscle(parts, volume, "soleus"),
        "plot_each_hill": lambda: plot_each_hill(charges, progression, "Mill Lane"),
        "plot_each_week": lambda: plot_each_week(calendar, doses, None, TARGET_SETS),
        "plot_each_exercise": lambda: plot_each_exercise(sessions, exercises),
    }


def processor_s(make: Callable) -> float:
    begun = time.process_time()
    make()
    return time.process_time() - begun


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    print(f"{'':22}{'ours, ms':>10}{'+ plotly, ms':>14}{'ratio':>8}")
    for name, make in makers().items():
        plain = make().plain()
        own, its = (lambda make=make: make().plain()), (lambda plain=plain: go.Figure(plain).to_json())
        its(), own()
        pairs = [(processor_s(own), processor_s(its)) for _ in range(rounds)]
        ours, more = (median(pair[i] for pair in pairs) * 1000 for i in (0, 1))
        print(f"{name:22}{ours:10.0f}{more:14.0f}{median(a / (a + b) for a, b in pairs):8.2f}")


if __name__ == "__main__":
    main()
