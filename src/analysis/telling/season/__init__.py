"""A season in still pictures: SVG and tables in the page itself, which need no script and follow light and dark."""

from .answers import small_exercise, small_hill, small_muscles, small_week
from .hills import season_hills
from .strip import season_strip

__all__ = ["season_hills", "season_strip", "small_exercise", "small_hill", "small_muscles", "small_week"]
