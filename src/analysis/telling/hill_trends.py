"""What sentences and pictures of a hill share: its trend at either end."""

from typing import Any


def trend_ends(told: Any) -> tuple[float, float]:
    """The first and the last value of the trend of one hill, a row of HILL_PROGRESSION: VAM by the clock, else seconds."""
    name = "vam_m_per_h" if told.compared == "VAM" else "s"
    return getattr(told, f"first_{name}"), getattr(told, f"last_{name}")
