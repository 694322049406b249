"""The greatest load that could be lifted once, expected of a set of more repetitions."""

import numpy as np

from analysis.rules import LEFT_AT_RPE, ONE_RM_FORMULA, ONE_RM_REPS

FORMULAS = {  # (kg, repetitions to failure) -> kg; after one repetition the load itself
    "Epley": lambda load, reps: load * np.where(reps == 1, 1.0, 1 + reps / 30),
    "Brzycki": lambda load, reps: load * 36 / np.where(reps < 37, 37 - reps, np.nan),
    "Lombardi": lambda load, reps: load * reps**0.10,
}


def one_rm(load_kg: np.ndarray | float, reps: np.ndarray | float, formula: str = ONE_RM_FORMULA) -> np.ndarray:
    """Greatest load for one repetition, in kg, of a set with this load, and as many repetitions as were possible.

    It is reckoned for whatever repetitions; beyond some ten it is no estimate of anything (Reynolds 2006).
    """
    return FORMULAS[formula](np.asarray(load_kg, float), np.asarray(reps, float))


def tells_greatest(load_kg: np.ndarray, reps: np.ndarray) -> np.ndarray:
    """Whether a set of so many repetitions to failure lets expect the greatest load for one."""
    return (load_kg > 0) & (reps >= 1) & (reps <= ONE_RM_REPS)


def reps_left(rpe: np.ndarray) -> np.ndarray:
    """Repetitions left after a set of this effort of 10 (Zourdos 2016); NaN where the effort does not tell."""
    rpe = np.asarray(rpe, float)
    return np.interp(rpe, list(LEFT_AT_RPE), list(LEFT_AT_RPE.values()), left=np.nan, right=np.nan)
