"""Finished tables drawn with plotly; the only rooms that know it."""

from .hills import (
    plot_fade,
    plot_hill_map,
    plot_hill_profile,
    plot_hill_progress,
    plot_protocol,
    plot_session_charges,
)
from .leg_map import plot_leg_map
from .volume import plot_contacts, plot_muscle_weeks, plot_volume_weeks

__all__ = [
    "plot_contacts",
    "plot_fade",
    "plot_hill_map",
    "plot_hill_profile",
    "plot_hill_progress",
    "plot_leg_map",
    "plot_muscle_weeks",
    "plot_protocol",
    "plot_session_charges",
    "plot_volume_weeks",
]
