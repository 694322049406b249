"""Finished tables drawn with plotly; the only rooms that know it."""

from .leg_map import plot_leg_map
from .volume import plot_contacts, plot_muscle_weeks, plot_volume_weeks

__all__ = ["plot_contacts", "plot_leg_map", "plot_muscle_weeks", "plot_volume_weeks"]
