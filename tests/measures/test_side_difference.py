"""How far the sides are apart, and when it is worth a remark."""

import numpy as np
import pytest
from tables import efforts_of, line

from analysis import exercise_sessions, side_difference


def gaps_of(catalog, pairs, exercise_id="one_leg_calf_raise", **cells):
    """One session every four days with a set of each side."""
    lines = []
    for i, sides in enumerate(pairs):
        day = str(np.datetime64("2026-01-05") + 4 * i)
        lines += [
            line(day, exercise_id, reps=best, side=side, sets=3, **cells)
            for side, best in zip(("left", "right"), sides, strict=True)
        ]
    return side_difference(exercise_sessions(efforts_of(*lines), catalog)).to_dict("records")


def test_twenty_five_against_ten(catalog):
    """A gap of 60 %, the right one weaker: told by the table at once, remarked from five sessions on."""
    (once,) = gaps_of(catalog, [(25, 10)])
    assert (once["gap"], once["weaker"], once["sessions"], once["remarked"]) == (pytest.approx(0.6), "right", 1, False)
    (row,) = gaps_of(catalog, [(25, 10)] * 5)
    assert (row["left"], row["right"], row["gap"]) == (25, 10, pytest.approx(0.6))
    assert (row["weaker"], row["weaker_in"], row["remarked"]) == ("right", 5, True)


def test_left_and_right_swapped_changes_the_name_alone(catalog):
    pairs = [(20, 14), (19, 15), (20, 16), (22, 16), (21, 18), (22, 19)]
    (row,), (swapped,) = gaps_of(catalog, pairs), gaps_of(catalog, [pair[::-1] for pair in pairs])
    assert (row["weaker"], swapped["weaker"]) == ("right", "left")
    for name in ("gap", "weaker_in", "gap_per_week", "remarked", "sessions"):
        assert row[name] == swapped[name]
    assert row["gap_per_week"] < 0, "the right one catches up"


@pytest.mark.parametrize(
    ("pairs", "weaker_in", "remarked"),
    [
        ([(20, 17)] * 5, 5, True),  # 15 %, the least
        ([(20, 18)] * 5, 5, False),  # 10 %
        ([(20, 15)] * 4 + [(15, 20)], 4, True),
        ([(20, 15)] * 3 + [(15, 20)] * 2, 3, False),  # not the same side
        ([(20, 15)] * 4, 4, False),  # four prove nothing
    ],
)
def test_what_is_remarked(catalog, pairs, weaker_in, remarked):
    (row,) = gaps_of(catalog, pairs)
    assert (row["weaker_in"], row["remarked"]) == (weaker_in, remarked)


def test_even_sides_have_no_weaker_one(catalog):
    (row,) = gaps_of(catalog, [(12, 12)] * 6)
    assert row["gap"] == 0 and not isinstance(row["weaker"], str) and np.isnan(row["gap_per_week"])


def test_sides_that_nobody_named_are_not_compared(catalog):
    lines = [line("2026-01-05", "one_leg_calf_raise", reps=12)]
    assert side_difference(exercise_sessions(efforts_of(*lines), catalog)).empty


def test_one_session_is_noise():
    """At 12 repetitions and an error of 2, two sides must be 5.5 apart, 46 % of 12, to stand out from chance."""
    assert 1.96 * np.sqrt(2) * 2 == pytest.approx(5.5, abs=0.05)
    assert 1.96 * np.sqrt(2) * 2 / 12 == pytest.approx(0.46, abs=0.005)
