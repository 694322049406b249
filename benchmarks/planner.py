"""How long a week takes to plan: the solver's seconds over random settings, for 9, 30 and 60 exercises.

    python benchmarks/planner.py [SETTINGS]

Exercises are drawn from all calisthenics, plyometrics and hill charges of the catalog; budgets, targets and days are
random. Weeks in which every limit can be kept, and those in which one has to give way (several solves), apart.
"""

import sys
from statistics import median

import numpy as np

from analysis.catalog import load_catalog
from analysis.planning.propose import CORE, propose_week

SIZES = (9, 30, 60)


def drawn(rng: np.random.Generator, catalog, size: int) -> list[str]:
    """The nine of CORE and random others."""
    table = catalog.exercises
    fits = table["family"].isin(["calisthenics", "plyometrics"]) | (table["counts"] == "charges")
    others = [name for name in table["exercise_id"][fits] if name not in CORE]
    return [*CORE, *rng.choice(others, size - len(CORE), replace=False)]


def setting(rng: np.random.Generator) -> dict:
    target = float(rng.choice([5, 6, 8]))
    return {
        "minutes": rng.choice([0, 20, 30, 45, 60], 7, p=[0.3, 0.1, 0.3, 0.15, 0.15]),
        "floor": float(rng.choice([3, 4, target])),
        "target": target,
        "plyo_days": [(1, 2), (2, 2)][rng.integers(2)],
        "hill_sessions": int(rng.integers(0, 3)),
    }


def main(settings: int = 40) -> None:
    catalog = load_catalog()
    propose_week(catalog, "2026-03-02")  # scipy is imported once
    for size in SIZES:
        rng = np.random.default_rng(size)
        weeks = [
            propose_week(catalog, "2026-03-02", exercises=drawn(rng, catalog, size), **setting(rng))
            for _ in range(settings)
        ]
        kept = [week for week in weeks if not week.clash]
        clashing = [week.solve_s for week in weeks if week.clash] or [0.0]
        seconds = [week.solve_s for week in kept]
        gaps = sorted(week.gap for week in kept)
        print(
            f"{size:3d} exercises: {len(kept)} weeks kept, median {median(seconds):.2f} s, worst {max(seconds):.2f} s, "
            f"worst gap {100 * gaps[-1]:.1f} %; {settings - len(kept)} clash, median {median(clashing):.2f} s, "
            f"worst {max(clashing):.2f} s"
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
