"""Where the notebooks and the sample data stand: beside the source in a checkout, inside the package in a wheel."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
_CHECKOUT = PACKAGE.parents[1]


def _place(name: str) -> Path:
    inside = PACKAGE / name
    return inside if inside.exists() else _CHECKOUT / name


NOTEBOOKS = _place("notebooks")
SAMPLE_ACTIVITIES = _place("data") / "sample_activities"
SAMPLE_PLAN = _place("data") / "sample_plan.csv"
SAMPLE_LOGS = _place("data") / "sample_logs.csv"
