"""One hill has one name, and two hills have two: by foot and top, as well as a device knows them."""

import importlib.util
import sys

import numpy as np
import pandas as pd
import pytest
from hill_writer import laps_of, run, write_run
from places import BENCHMARKS
from recording_writer import at

from analysis import hill_charges, load_catalog, load_logs
from analysis.loading.hill_names import lines_of, name_hills
from analysis.schema import HILLS, conform

PATH = BENCHMARKS / "seasons.py"
SPEC = importlib.util.spec_from_file_location("benchmark_of_seasons", PATH)
seasons = sys.modules[SPEC.name] = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(seasons)

LAT, LON = 1 / 111_195, 1 / 111_195 / np.cos(np.radians(50))  # a metre in degrees, at 50 N
NO_HILLS = conform({}, HILLS)


def sets(*rows, known=NO_HILLS):
    """Names of sets of three charges, a day each: foot and top in metres east and north of 50 N 10 E, ascent, route."""
    lines = []
    for day, (foot, top, ascent, *route) in enumerate(rows):
        place = {"foot_lat": 50 + foot[1] * LAT, "foot_lon": 10 + foot[0] * LON}
        place |= {"top_lat": 50 + top[1] * LAT, "top_lon": 10 + top[0] * LON, "place_m": 3.0, "ascent_m": ascent}
        of = {"athlete": "me", "day": pd.Timestamp(2026, 3, 1 + day), "session": "run", "file": day, "line": 1}
        lines += [of | place | {"hill_set": 1, "begin_s": 0.0, "sets": np.nan, "route": np.nan}] * 3
        if route:
            lines.append({**of, "file": 99, "sets": 3.0, "route": route[0]})
    table = pd.DataFrame(lines)
    names = name_hills(table, pd.Series(True, table.index), known)[table["file"] != 99]
    assert (names.groupby(table["file"]).nunique() == 1).all(), "a set has one name"
    return names.groupby(table["file"]).first().tolist()


def test_foot_and_top_tell_the_hill():
    """30 m off is the same place; 60 m off, at the foot or at the top, is another."""
    hill = ((0, 0), (0, 200), 16)
    assert sets(hill, ((30, 0), (30, 200), 16)) == ["hill 1", "hill 1"]
    assert sets(hill, ((60, 0), (60, 200), 16)) == ["hill 1", "hill 2"]
    assert sets(hill, ((60, 0), (0, 200), 16)) == ["hill 1", "hill 2"]
    assert sets(hill, ((0, 0), (0, -200), 16)) == ["hill 1", "hill 2"], "from one foot north and south"


def test_a_bad_altitude_makes_no_other_hill_where_foot_and_top_are_the_same():
    """12 m of stairs, of which GPS altitude made 7; but 40 m are not 12."""
    assert sets(((0, 0), (0, 36), 12), ((5, 0), (5, 36), 6.5)) == ["hill 1", "hill 1"]
    assert sets(((0, 0), (0, 36), 12), ((5, 0), (5, 36), 42)) == ["hill 1", "hill 2"]


def test_the_nearest_hill_is_taken():
    """Two hills 80 m apart, and a session 36 m from the second."""
    west, east = ((0, 0), (0, 200), 16), ((80, 0), (80, 200), 16)
    assert sets(west, east, ((44, 0), (44, 200), 16)) == ["hill 1", "hill 2", "hill 2"]


def test_a_set_is_compared_with_all_sets_so_far():
    """The first day was 30 m off: the next two are at 0, and 44 m from the first, which is 14 m from their middle."""
    hill = ((0, 0), (0, 200), 16)
    assert sets(((30, 0), (30, 200), 16), hill, hill, ((-14, 0), (-14, 200), 16)) == ["hill 1"] * 4


def test_names_stay_when_later_recordings_come():
    rows = [((500 * i % 1500, 0), (500 * i % 1500, 200), 16) for i in range(6)]
    for n in range(1, 7):
        assert sets(*rows[:n]) == ["hill 1", "hill 2", "hill 3", "hill 1", "hill 2", "hill 3"][:n]


def test_a_part_of_a_hill_from_its_foot_up_its_road_is_the_hill():
    long, half = ((0, 0), (0, 200), 16), ((5, 5), (5, 105), 8)
    assert sets(long, half, long) == sets(half, long, half) == ["hill 1"] * 3
    assert sets(long, ((0, 0), (90, 45), 8)) == ["hill 1", "hill 2"], "another road from the same foot"
    assert sets(long, ((0, 100), (0, 200), 8)) == ["hill 1", "hill 2"], "another foot"


def test_a_hill_is_called_as_it_was_typed_for_that_session():
    a, b = ((0, 0), (0, 200), 16), ((900, 0), (900, 200), 16)
    assert sets(a, b, (*a, "Mill Lane"), b) == ["Mill Lane", "hill 2", "Mill Lane", "hill 2"]
    assert sets((*a, "Mill Lane"), (*b, "Dam"), a) == ["Mill Lane", "Dam", "Mill Lane"]


def test_a_named_hill_may_say_its_top():
    """Two hills from one foot: without the top the first would have both."""
    known = pd.DataFrame({"hill": ["North", "South"], "lat": 50.0, "lon": 10.0, "ascent_m": 16.0})
    known = conform(known.assign(top_lat=[50 + 200 * LAT, 50 - 200 * LAT], top_lon=10.0), HILLS)
    assert sets(((0, 0), (0, -195), 16), ((0, 0), (5, 198), 15), known=known) == ["South", "North"]
    assert lines_of(known).startswith("hill,lat,lon,ascent_m,top_lat,top_lon\nNorth,50.0,10.0,16.0,50.0018,10.0\n")
    assert lines_of(known[:1]) == "hill,lat,lon,ascent_m\nNorth,50.0,10.0,16.0\n"


# ------------------------------------------------------------------------------------------------ through the log
def test_lengths_on_one_hill_are_compared_apart(tmp_path, catalog):
    """200 m and 100 m of one road: one hill, two lengths, each with its name for good."""
    for day, metres in enumerate((200, 100, 200, 100), 2):
        write_run(tmp_path / f"{day}.fit", at("18:00:00", f"2026-03-0{day}"), run([metres] * 5))
    charges = hill_charges(load_logs(tmp_path).efforts, catalog)
    names = charges.groupby("date")["hill"].unique().map(list).tolist()
    assert names == [["hill 1"], ["hill 1, about 100 m at 8%"], ["hill 1"], ["hill 1, about 100 m at 8%"]]


def test_a_name_may_be_told_for_a_day_and_stays_with_the_place(tmp_path):
    log, own = tmp_path / "log", tmp_path / "hills.csv"
    log.mkdir()
    for day in (2, 3):
        write_run(log / f"{day}.fit", at("18:00:00", f"2026-03-0{day}"), run([200] * 5), laps_of(5))
    write_run(log / "4.fit", at("18:00:00", "2026-03-04"), run([200] * 5).assign(lat=np.nan, lon=np.nan))
    own.write_text("hill,date\nMill Lane,2026-03-03\nTreadmill,2026-03-04\n")
    catalog = load_catalog(own)
    efforts = load_logs(log / "2.fit", catalog=catalog).efforts
    assert set(efforts["route"].dropna()) == {"hill 1"}
    charges = hill_charges(load_logs(log, catalog=catalog).efforts, catalog)
    assert charges.groupby("date")["hill"].first().astype(str).tolist() == ["Mill Lane", "Mill Lane", "Treadmill"]


# ------------------------------------------------------------------------------------------------ seasons
@pytest.mark.parametrize("device", ["barometer, lag of 4 s", "phone"])
@pytest.mark.parametrize("climb", ["80 m at 9 %", "200 m at 8 %"])
def test_a_season_on_one_hill_has_one_name(climb, device):
    told = seasons.season(1, seasons.HILLS[climb], seasons.DEVICES[device])
    assert (told["names"], told["split"]) == (1, False)


def test_a_season_on_two_hills_80_m_apart_has_two_names():
    told = seasons.season(1, seasons.HILLS["200 m at 8 %"], seasons.DEVICES["phone"], hills=2)
    assert not told["joined"] and told["names"] == 1
