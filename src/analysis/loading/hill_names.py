"""One hill, one name: sets of charges that go up one road from one foot are of one hill, whatever the device adds.

A set is compared with what all sets on a hill so far say of it, the nearest hill first, in the order of time: so a hill
keeps its name when later recordings come.
"""

from bisect import insort
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.catalog import Catalog
from analysis.catalog.names import fold
from analysis.schema import HILLS, conform
from analysis.tracks.terrain import haversine

from .accounts import OF_RECORD, Accounts
from .by_count import charges_in
from .sessions import OF_SESSION

DEVICE_M = 6.6  # by which a device places one point on one day or another, along and across: a stated default
MEDIAN_OF_TWO = 1.18  # median distance from the middle of points that scatter by 1 along and across (Rayleigh)
ALIKE = 4.3  # so many scatters lie between two places of one point once in ten thousand days (Rayleigh)
FARTHEST_M = 46.0  # between places of one point, however a device scatters: hills 80 m apart are two
DEGREE_M = 111_000  # of latitude, and a little less
SAME_ASCENT, SAME_ASCENT_M = 0.35, 5.0  # ascents of one hill differ by no larger share, or by so few metres
LEAST_PART_M, ASIDE = 60.0, 0.35  # a part of a hill is so long, and its top by no more of that off the way up
FEET_AND_TOPS = ["foot_lat", "foot_lon", "top_lat", "top_lon", "ascent_m", "place_m"]
OF_SET = [*OF_SESSION, *OF_RECORD, "hill_set"]


def with_hills(lines: pd.DataFrame, accounts: Accounts, catalog: Catalog) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(the lines with the routes of recorded charges named, the hills of which a recording tells the place: HILLS)."""
    if not accounts.with_recordings:
        return lines, conform({}, HILLS)
    lines = lines.assign(origin=lines["origin"].fillna("typed"), confidence=lines["confidence"].fillna(1.0))
    route = name_hills(lines, charges_in(lines, catalog), catalog.hills)
    lines = lines.assign(route=route.astype("category"))
    return lines, hills_of(lines)


def name_hills(lines: pd.DataFrame, charge: pd.Series, known: pd.DataFrame) -> pd.Series:
    """The route of each line: all charges of a set that a recording places get the name of its hill.

    charge: which lines are hill charges. The name is that of the hill in `known` (schema.HILLS), else what the same
    runner typed for charges of that session, else "hill 1", "hill 2" in order of time. A climb that is a part of another,
    from the same foot up the same road, is the same hill at another length.
    """
    routes = lines["route"].astype(object)
    placed = lines[lines["foot_lat"].notna()]
    if placed.empty:
        return routes
    sets, set_of = _sets(placed)
    hills = _Hills(known, len(sets))
    sets["hill"] = [hills.of(_Set(*row)) for row in sets[FEET_AND_TOPS].to_numpy()]
    for hill, route in sets.loc[sets["route"].notna(), ["hill", "route"]].itertuples(index=False):
        hills.name(hill, route)
    _name_as_typed(hills, sets, lines[charge & routes.notna() & lines["foot_lat"].isna()])
    names = np.array(hills.names, dtype=object)[sets["hill"].to_numpy()[set_of]]
    routes[placed.index] = np.where(placed["route"].notna(), placed["route"].astype(object), names)
    return routes


def hills_of(lines: pd.DataFrame) -> pd.DataFrame:
    """One row per hill of which a recording tells the place (schema.HILLS): the medians of its sets."""
    sets, _ = _sets(lines[lines["foot_lat"].notna()])
    medians = sets.groupby("route", observed=True, sort=False)[FEET_AND_TOPS].median().reset_index()
    return conform(medians.rename(columns={"route": "hill", "foot_lat": "lat", "foot_lon": "lon"}), HILLS)


def lines_of(hills: pd.DataFrame) -> str:
    """Hills (schema.HILLS) as lines of a hills.csv; with their tops where two begin at one place."""
    lat, lon = (hills[name].to_numpy() for name in ("lat", "lon"))
    near = haversine(lat[:, None], lon[:, None], lat, lon) <= FARTHEST_M
    columns = list(HILLS) if near.sum() > len(hills) else ["hill", "lat", "lon", "ascent_m"]
    return hills[columns].round({**dict.fromkeys(columns[1:], 5), "ascent_m": 0}).to_csv(index=False)


def _sets(placed: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """(one row per hill set, in order of time; of each line the row of its set)."""
    groups = placed.groupby(OF_SET, observed=True, sort=False, dropna=False)
    of = groups.ngroup().to_numpy()
    sets = placed.iloc[np.unique(of, return_index=True)[1]].reset_index(drop=True)
    sets = sets.assign(ascent_m=groups["ascent_m"].median().to_numpy(), charges=np.bincount(of))
    order = sets.sort_values(["day", "begin_s", "file", "line", "hill_set"], kind="stable").index.to_numpy()
    return sets.loc[order].reset_index(drop=True), np.argsort(order)[of]


class _Set(NamedTuple):
    """What one set, or all sets of a hill, say of its place."""

    foot_lat: float
    foot_lon: float
    top_lat: float
    top_lon: float
    ascent_m: float
    place_m: float


class _Hills:
    """The hills so far, each with its name and the medians of its sets."""

    def __init__(self, known: pd.DataFrame, most: int):
        self.names, self.given = [*known["hill"]], len(known)
        given = known.rename(columns={"lat": "foot_lat", "lon": "foot_lon"}).reindex(columns=FEET_AND_TOPS)
        self.seen: list[list[list[float]]] = []  # hill -> of each measure those of its sets that are known, in order
        for row in given.to_numpy(dtype=float):
            self.seen.append([[value] if value == value else [] for value in row])
        self.middle = np.full((len(known) + most, len(FEET_AND_TOPS)), np.nan)
        self.middle[: len(known)] = given
        self.typed: set[int] = set()

    def of(self, one: _Set) -> int:
        """The number of the hill that a set is on; the set is one of its sets from then on."""
        hill, is_part = self._nearest(one)
        if hill is None:
            hill = len(self.names)
            self.names.append(f"hill {hill - self.given + 1}")
            self.seen.append([[] for _ in FEET_AND_TOPS])
        if not is_part:
            for i, (seen, value) in enumerate(zip(self.seen[hill], one, strict=True)):
                if value == value:  # else it is not known
                    insort(seen, value)
                    self.middle[hill, i] = (seen[len(seen) // 2] + seen[(len(seen) - 1) // 2]) / 2
        return hill

    def _nearest(self, one: _Set) -> tuple[int | None, bool]:
        """(the nearest hill with this foot and top, else with this foot and road; whether one is a part of the other)."""
        near = np.flatnonzero(np.abs(self.middle[: len(self.names), 0] - one.foot_lat) <= FARTHEST_M / DEGREE_M)
        hills = _Set(*self.middle[near].T)
        reach = np.minimum(ALIKE * np.hypot(_scatter_m(hills.place_m), _scatter_m(one.place_m)), FARTHEST_M)
        foot = haversine(hills.foot_lat, hills.foot_lon, one.foot_lat, one.foot_lon)
        top = haversine(hills.top_lat, hills.top_lon, one.top_lat, one.top_lon)  # NaN: the foot alone tells
        room = np.maximum(SAME_ASCENT * np.fmax(hills.ascent_m, one.ascent_m), SAME_ASCENT_M)
        room *= np.where(np.isnan(top), 1, 2)  # where both ends tell, ascent need not
        same = ~(top > reach) & ~(np.abs(hills.ascent_m - one.ascent_m) > room)
        for is_part, alike in enumerate((same, _is_part(hills, one))):
            far = np.where((foot <= reach) & alike, np.fmax(foot, top), np.inf)
            if np.isfinite(far).any():
                return int(near[far.argmin()]), bool(is_part)
        return None, False

    def name(self, hill: int, route: str) -> None:
        """Call a hill as its runner does, if nobody has yet."""
        if hill >= self.given and hill not in self.typed:
            self.names[hill] = route
            self.typed.add(hill)


def _scatter_m(place_m):
    """By how much the places of a set scatter, along and across, on this day or between days."""
    return np.fmax(DEVICE_M, place_m / MEDIAN_OF_TWO)


def _is_part(hills: _Set, one: _Set):
    """Of hills with the same foot, those of which the set climbs a part, or that are a part of what it climbs."""
    up, own = _way_up(hills), _way_up(one)
    length, own_length = np.hypot(*up), np.hypot(*own)
    short, long = np.minimum(length, own_length), np.maximum(length, own_length)
    along = (up[0] * own[0] + up[1] * own[1]) / long
    aside = np.abs(up[0] * own[1] - up[1] * own[0]) / long
    return (short >= LEAST_PART_M) & (along > 0) & (aside <= ASIDE * short)


def _way_up(one: _Set):
    """Metres east and north from foot to top, as the crow flies."""
    east = haversine(one.foot_lat, one.foot_lon, one.foot_lat, one.top_lon) * np.sign(one.top_lon - one.foot_lon)
    return east, haversine(one.foot_lat, one.foot_lon, one.top_lat, one.foot_lon) * np.sign(one.top_lat - one.foot_lat)


# ------------------------------------------------------------------------------------------ as it was typed
def _name_as_typed(hills: _Hills, sets: pd.DataFrame, typed: pd.DataFrame) -> None:
    """Give the hills of each session the names that its runner typed for it: in turn, or where one is typed to the main one."""
    if typed.empty:
        return
    told = typed.assign(n=typed["sets"].fillna(1)).groupby([*OF_SESSION, "route"], observed=True, sort=False)["n"].sum()
    of_session = dict(iter(sets.groupby(OF_SESSION, observed=True, sort=False)))
    for session, routes in told.groupby(OF_SESSION, observed=True, sort=False):
        if (own := of_session.get(session)) is None:
            continue
        there = own.groupby("hill", sort=False)["charges"].sum()
        named = {fold(hills.names[hill]) for hill in there.index}
        left = [route for route in routes.index.get_level_values("route") if fold(route) not in named]
        free = [hill for hill in there.index if hill >= hills.given and hill not in hills.typed]
        if len(left) == 1 and len(routes) == 1:
            free = [hill for hill in [there.idxmax()] if hill in free]
        if len(left) == len(free):
            for hill, route in zip(free, left, strict=True):
                hills.name(hill, route)
