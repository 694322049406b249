"""How sure it is that a climb is a repeat, and that a set is one, worked by hand."""

import numpy as np
import pandas as pd
import pytest

from analysis.tracks.repeats.confidence import confidence_of_sets


def repeats_of(**columns):
    """Repeats of one hill set, each of 16 m on 200 m in 60 s where nothing else is said, at a place."""
    n = max(len(values) for values in columns.values())
    usual = {"set": 1, "origin": "detected", "foot_lat": 50.0, "altitude_kind": "barometer"}
    usual |= {"distance_m": 200.0, "ascent_m": 16.0, "duration_s": 60.0}
    return pd.DataFrame({**{name: [value] * n for name, value in usual.items()}, **columns})


@pytest.mark.parametrize(
    ("repeats", "sure"),
    [
        (repeats_of(ascent_m=[16.0] * 8), 7 / 8),  # one grade: only their number speaks against them
        (repeats_of(ascent_m=[16.0] * 3), 2 / 3),
        (repeats_of(ascent_m=[16.0] * 8, foot_lat=[np.nan] * 8), 7 / 8 * 0.9),
        (
            repeats_of(ascent_m=[16.0, 16.0 * np.e] * 2, distance_m=[200.0, 200.0 * np.e] * 2),
            3 / 4,
        ),  # a pyramid has one grade
        (repeats_of(ascent_m=[16.0, 16.0 * np.e, 16.0]), 2 / 3 * np.exp(-2 / np.sqrt(3))),
        (repeats_of(distance_m=[np.nan] * 3, duration_s=[60.0, 60.0 * np.e, 60.0]), 2 / 3 * np.exp(-2 / np.sqrt(3))),
        (
            repeats_of(distance_m=[200.0, 200 * np.e, 200.0], foot_lat=[np.nan] * 3),
            2 / 3 * 0.9 * np.exp(-2 / np.sqrt(3)),
        ),
        (repeats_of(ascent_m=[4.0] * 4, altitude_kind=["gps"] * 4), 3 / 4 * 4 / 6),
        (repeats_of(ascent_m=[4.0] * 4), 3 / 4),
        (repeats_of(ascent_m=[16.0, 40.0, 16.0], origin=["detected", "lap", "detected"]), 1.0),
    ],
    ids=[
        "eight alike",
        "three alike",
        "no place",
        "pyramid",
        "unlike grades",
        "unlike speeds",
        "no place, unlike lengths",
        "4 m by GPS",
        "4 m",
        "by lap",
    ],
)
def test_how_sure_a_set_is(repeats, sure):
    assert confidence_of_sets(repeats, ["set"]) == pytest.approx([sure] * len(repeats))


def test_each_set_is_judged_by_itself():
    """Three alike and four unlike, in turn: neither makes the other doubtful."""
    alike, unlike = repeats_of(ascent_m=[16.0] * 3), repeats_of(ascent_m=[16.0, 40.0] * 2, set=[2] * 4)
    both = pd.concat([alike, unlike]).sample(frac=1, random_state=1)
    sure = confidence_of_sets(both, ["set"])
    assert sure[both["set"] == 1] == pytest.approx([2 / 3] * 3)
    assert sure[both["set"] == 2] == pytest.approx(confidence_of_sets(unlike, ["set"]))
    assert sure.min() < 0.5 < sure.max()
