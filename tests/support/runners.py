"""Plans as runners make them, drawn by a seed: the last of three weeks is that of MONDAY."""

import numpy as np
import pandas as pd

MONDAY = pd.Timestamp("2026-03-02")
STRENGTH = (
    *("calf_raise", "one_leg_calf_raise", "bodyweight_squat", "split_squat", "one_legged_squat", "bench_step_up"),
    *("bridge", "one_leg_bridge", "hamstring_push_up", "dead_bug", "side_plank", "clamshell", "back_squat"),
)
HOLDS = {"bridge", "one_leg_bridge", "side_plank"}
HOPS, RUNS = ("line_hop", "step_hop", "skipping"), ("easy_run", "tempo_run", "interval_run", "easy_run")


def runner(seed: int, folder):
    """A plan of three weeks as runners make them: the last of them is MONDAY's. One line in ten is of one side."""
    rng = np.random.default_rng(seed)
    days = rng.permutation(7)
    own = rng.choice(STRENGTH, rng.integers(2, 8), replace=False)
    lines = []

    def add(day, exercise, **cells):
        lines.append({"weekday": int(day), "exercise": exercise, **cells})

    for day in days[: rng.integers(0, 4)]:
        minutes = int(rng.choice([20, 30, 45]))
        for name in rng.choice(own, rng.integers(1, len(own) + 1), replace=False):
            much = (
                {"duration_s": int(rng.choice([15, 30, 45]))} if name in HOLDS else {"reps": int(rng.integers(6, 16))}
            )
            side = str(rng.choice(["both", "left"], p=[0.9, 0.1]))
            add(day, name, sets=int(rng.integers(1, 6)), side=side, rpe=int(rng.integers(5, 10)), duration_min=minutes,
                session="gym", **much)  # fmt: skip
    for day in rng.permutation(7)[: rng.integers(0, 3)]:
        add(day, str(rng.choice(HOPS)), sets=int(rng.integers(2, 5)), reps=int(rng.choice([10, 20])), session="hops")
    if rng.random() < 0.7:
        add(rng.integers(7), "hill_charge", sets=int(rng.integers(3, 10)), session="hills")
    for day in rng.permutation(6)[: rng.integers(0, 4)]:
        add(day, str(rng.choice(RUNS)), duration_s=1800, session="run")
    add(6, "long_run", duration_s=5400, session="long")
    weeks = [
        {**line, "date": MONDAY + pd.Timedelta(days=line["weekday"] - 7 * back)} for back in range(3) for line in lines
    ]
    file = folder / f"{seed}.csv"
    pd.DataFrame(weeks).drop(columns="weekday").to_csv(file, index=False, date_format="%Y-%m-%d")
    return file
