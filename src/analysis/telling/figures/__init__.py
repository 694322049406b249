"""Finished tables as figures, which plotly draws in a browser; no other rooms know how."""

from .balance import plot_adherence, plot_load, plot_modalities, plot_plan_muscles, plot_week, plot_what_if
from .choices import (
    plot_each_exercise,
    plot_each_hill,
    plot_each_muscle,
    plot_each_session,
    plot_each_test,
    plot_each_week,
)
from .hills import (
    plot_fade,
    plot_hill_map,
    plot_hill_profile,
    plot_hill_progress,
    plot_protocol,
    plot_session_charges,
)
from .leg_map import plot_leg_map
from .muscle_days import plot_muscle_days
from .strength import plot_exercise_progress, plot_ladder, plot_strength, plot_test
from .volume import plot_contacts, plot_muscle_weeks, plot_volume_weeks

__all__ = [
    "plot_adherence",
    "plot_contacts",
    "plot_each_exercise",
    "plot_each_hill",
    "plot_each_muscle",
    "plot_each_session",
    "plot_each_test",
    "plot_each_week",
    "plot_exercise_progress",
    "plot_fade",
    "plot_hill_map",
    "plot_hill_profile",
    "plot_hill_progress",
    "plot_ladder",
    "plot_leg_map",
    "plot_load",
    "plot_modalities",
    "plot_muscle_days",
    "plot_muscle_weeks",
    "plot_plan_muscles",
    "plot_protocol",
    "plot_session_charges",
    "plot_strength",
    "plot_test",
    "plot_volume_weeks",
    "plot_week",
    "plot_what_if",
]
