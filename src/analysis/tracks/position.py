"""Where a recording was: positions that can be true, whether the place is that of a game, and the zone of it."""

import re
from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import pandas as pd

from .terrain import haversine

FASTEST_BY_SPORT_M_PER_S = {"running": 12.5, "walking": 12.5, "hiking": 12.5}  # other sports: as below
FASTEST_OTHER_M_PER_S = 45.0
FIX_OFF_M, SHORT_VISIT = 30.0, 10  # a fix may be off by so much; fewer samples than this elsewhere are no visit
NOWHERE_DEG = 0.01  # a kilometre about 0 N 0 E, which is far out at sea and stands for no fix
GAMES = re.compile(  # makers and apps of virtual places; `virtual` in sport or sub-sport
    r"virtu|zwift|whoosh|rouvy|\brgt\b|road grand tours|trainer ?road|sufferfest|systm|bkool|fulgaz|kinomap|onelap"
    r"|ictrainer|indievelo|biketerra|esport",
    re.IGNORECASE,
)
INDOORS = re.compile(r"indoor|treadmill|spin|elliptical|trainer", re.IGNORECASE)
SAMPLED = 100  # places that tell where most of a recording was
TRAVELS_M = 300.0  # indoors nobody gets so far: such a place is made up


def fastest(sport: str) -> float:
    """Metres a second that nobody exceeds in a sport."""
    return FASTEST_BY_SPORT_M_PER_S.get(sport, FASTEST_OTHER_M_PER_S)


def believable_position(
    points: Mapping, elapsed: np.ndarray, sport: str, remarks: list[dict]
) -> tuple[np.ndarray, np.ndarray]:
    """Latitude and longitude without what is no place, and without places that nobody can have reached."""
    lat, lon = np.array(points["lat"]), np.array(points["lon"])
    north, east = np.abs(lat), np.abs(lon)
    nowhere = (north > 90) | (east > 180) | (north < NOWHERE_DEG) & (east < NOWHERE_DEG)
    what = (
        "{} samples lie at 0 N 0 E or nowhere on earth, where a device writes that it has no fix; they have no place."
    )
    _forget(lat, lon, np.flatnonzero(nowhere), "no-fix", what, remarks)
    what = "{} samples lie where nobody can have been so fast; their position is not used."
    _forget(lat, lon, _out_of_reach(lat, lon, elapsed, fastest(sport)), "teleport", what, remarks)
    return lat, lon


def _forget(lat: np.ndarray, lon: np.ndarray, rows: np.ndarray, code: str, what: str, remarks: list[dict]) -> None:
    if len(rows):
        lat[rows] = lon[rows] = np.nan
        message = what.format(f"{len(rows):,}")
        remarks.append({"code": code, "column": "lat", "message": message, "fix": "nothing to do."})


def _out_of_reach(lat: np.ndarray, lon: np.ndarray, elapsed: np.ndarray, fastest: float) -> np.ndarray:
    """Samples of short visits to where nobody can have got so fast, and of a fix that stood still and then jumped."""
    known = np.flatnonzero(np.isfinite(lat + lon))
    if len(known) < 3:
        return known[:0]
    seconds = np.maximum(np.abs(np.diff(elapsed[known])), 1.0)
    jump = ways(lat[known], lon[known]) > fastest * seconds + FIX_OFF_M
    if not jump.any():
        return known[:0]
    first = np.flatnonzero(np.append(True, jump))
    size = np.diff(np.append(first, len(known)))
    spread = sum(np.maximum.reduceat(v[known], first) - np.minimum.reduceat(v[known], first) for v in (lat, lon))
    away = ((size < SHORT_VISIT) | (spread == 0)) & (size < size.max())  # where many samples are, somebody was
    return known[np.repeat(away, size)]


def ways(lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Metres from each position to the next."""
    return haversine(lat[:-1], lon[:-1], lat[1:], lon[1:])


def is_virtual(facts: dict, lat: np.ndarray, lon: np.ndarray) -> bool:
    """Whether the place is that of a game: by sport and device, or as it travels although it is indoors."""
    game, indoors = _seems_made_up(f"{facts['sport']} {facts['sub_sport']}", facts["device"])
    if not (game or indoors) or not np.isfinite(lat + lon).any():
        return False
    return game or extent_m(lat, lon) > TRAVELS_M


def extent_m(lat: np.ndarray, lon: np.ndarray) -> float:
    """Metres between the corners of all places."""
    south, north = np.fmin.reduce(lat), np.fmax.reduce(lat)
    return float(haversine(south, np.fmin.reduce(lon), north, np.fmax.reduce(lon)))


@lru_cache(maxsize=64)
def _seems_made_up(sport: str, device: str) -> tuple[bool, bool]:
    """(whether this is a game, whether it is indoors)."""
    return bool(GAMES.search(f"{sport} {device}")), bool(INDOORS.search(sport))


def zone_of(offset_s: float, start: pd.Timestamp, lat: np.ndarray, lon: np.ndarray) -> tuple[str, float]:
    """(where the local time is from, its offset to UTC): the file's own, else that of the place where most samples are.

    It is never the zone of this machine.
    """
    if np.isfinite(offset_s):
        return "file", offset_s
    known = np.flatnonzero(np.isfinite(lat + lon))
    if len(known):
        from tzfpy import get_tz

        some = known[:: max(len(known) // SAMPLED, 1)]
        north, east = (float(np.sort(values[some])[len(some) // 2]) for values in (lat, lon))
        try:
            zone = ZoneInfo(get_tz(east, north))
            offset = start.tz_localize("UTC").tz_convert(zone).utcoffset()
            return "place", (offset or timedelta()).total_seconds()
        except (ZoneInfoNotFoundError, ValueError):
            pass
    return "unknown", 0.0
