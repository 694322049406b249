"""What a grade costs: running uphill as speed on the level, by two models."""

from typing import Any

import numpy as np

from analysis.arguments import MODEL

GRADE_LIMIT = 0.45  # where Minetti measured; steeper is clipped
STRAVA_GRADE = (
    np.array([-20, -16, -12, -10, -8, -6, -4, -2, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 20]) / 100
)
STRAVA_FACTOR = np.array(  # equal heart rate on the flat: Robb 2017, as digitised in GoldenCheetah
    [1.085, 0.965, 0.885, 0.875, 0.875, 0.885, 0.91, 0.95, 1, 1.02, 1.05, 1.10]
    + [1.14, 1.19, 1.24, 1.29, 1.35, 1.41, 1.48, 1.60, 1.77, 1.93, 2.11, 2.28]
)
MINETTI = np.array([155.4, -30.4, -43.3, 46.3, 19.5, 3.6])  # J/kg/m of running, Minetti et al. 2002


def grade_factor(grade: float | np.ndarray, model: str = "strava") -> Any:
    """How much faster the same effort runs on the flat: "strava" (equal heart rate) or "minetti" (equal energy)."""
    if MODEL.read(model) == "minetti":
        return np.polyval(MINETTI, np.clip(grade, -GRADE_LIMIT, GRADE_LIMIT)) / MINETTI[-1]
    return np.interp(np.clip(grade, -0.34, 0.34), STRAVA_GRADE, STRAVA_FACTOR)
