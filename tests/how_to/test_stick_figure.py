"""The drawn figures: a body of the lengths that books give, on the ground, in the positions that the training describes."""

from math import atan2, degrees, hypot
from types import SimpleNamespace
from xml.etree import ElementTree

import pandas as pd
import pytest

from analysis import load_catalog, schema
from analysis.errors import CatalogError
from analysis.how_to.stick_figure import THICK, joints_of, stick_figure
from analysis.rules import PROTOCOL_GRADE

NINE = [
    *("calf_raise", "one_legged_squat", "hamstring_push_up", "bench_step_up", "bridge"),
    *("line_hop", "step_hop", "skipping", "hill_charge"),
]
FLYING = {("line_hop", 2), ("one_leg_line_hop", 2), ("skipping", 1), ("skipping", 3)}
REST = {name: 0.0 if dtype == schema.NUMBER else "" for name, dtype in schema.POSTURES.items()}


def posture(**cells) -> SimpleNamespace:
    return SimpleNamespace(**(REST | {"stands_on": "toe_right"} | cells))


def rows_of(catalog, exercise_id: str) -> list:
    return list(catalog.postures[catalog.postures["exercise_id"] == exercise_id].itertuples())


def angle(a, b, c) -> float:
    """Degrees at b between a and c."""
    turn = abs(degrees(atan2(a[1] - b[1], a[0] - b[0]) - atan2(c[1] - b[1], c[0] - b[0]))) % 360
    return min(turn, 360 - turn)


def test_an_upright_body_is_as_tall_as_its_lengths_come_from():
    """Drillis & Contini: of a body of 175 cm the hip is at 0.530, the knee at 0.285 of it, the ankle at 0.039."""
    body = joints_of(posture())
    ground = THICK["foot"] / 2
    assert body["head"][1] + 11 - ground == pytest.approx(175, abs=2)
    for joint, share in {"hip": 0.530, "knee_left": 0.285, "ankle_left": 0.039}.items():
        assert body[joint][1] - ground == pytest.approx(share * 175, abs=0.5)


def test_angles_are_those_of_the_joints():
    body = joints_of(posture(hip_right_deg=90, knee_right_deg=90, stands_on="hip"))
    assert body["knee_right"] == pytest.approx((43, 3)), "the thigh is level, forward"
    assert body["ankle_right"] == pytest.approx((43, -40)), "the shin hangs"
    lying = joints_of(posture(trunk_deg=-90, stands_on="hip"))
    assert lying["shoulder"] == pytest.approx((-50, 3))
    assert lying["knee_right"] == pytest.approx((43, 3)), "straight, whatever the trunk does"
    assert lying["toe_right"][1] > lying["heel_right"][1], "on the back, toes up"


@pytest.mark.parametrize("exercise_id", NINE)
def test_each_of_the_nine_is_drawn_from_start_to_end(catalog, exercise_id):
    rows = rows_of(catalog, exercise_id)
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    assert len(rows) >= 2 and all(row.caption for row in rows)


def ground_below(row, x: float) -> float:
    width = {"step": 46, "bench": 42, "chair": 42}.get(row.prop, 0)
    if row.prop == "slope":
        return x * row.prop_height_cm / 100
    return row.prop_height_cm if row.prop_x_cm <= x <= row.prop_x_cm + width else 0.0


def test_every_figure_is_on_the_ground_and_never_in_it(catalog):
    for row in catalog.postures.itertuples():
        feet = {name: at for name, at in joints_of(row).items() if name[:3] in ("hee", "toe", "hip", "sho")}
        clear = [y - THICK["foot"] / 2 - ground_below(row, x) for x, y in feet.values()]
        assert min(clear) > -2.5, (row.exercise_id, row.position)
        if (row.exercise_id, row.position) not in FLYING:
            assert min(clear) < 5, (row.exercise_id, row.position)


def test_heels_hang_lower_than_the_toes_and_rise_above_them(catalog):
    start, end = (joints_of(row) for row in rows_of(catalog, "calf_raise"))
    assert start["heel_right"][1] < start["toe_right"][1] - 5
    assert end["heel_right"][1] > end["toe_right"][1] + 10
    assert end["toe_right"] == pytest.approx(start["toe_right"])


def test_the_front_knee_of_the_squat_is_at_90_degrees(catalog):
    start, end = (joints_of(row) for row in rows_of(catalog, "one_legged_squat"))
    assert angle(end["hip"], end["knee_right"], end["ankle_right"]) == pytest.approx(90, abs=1)
    assert end["heel_right"] == pytest.approx(start["heel_right"]), "the front foot stays"
    assert end["toe_left"] == pytest.approx(start["toe_left"], abs=2), "and so do the toes behind"
    assert start["toe_right"][0] - start["toe_left"][0] > 70, "a stride"


def test_the_hamstring_push_up_has_a_chair_against_a_wall_and_one_leg_off(catalog):
    start, end = rows_of(catalog, "hamstring_push_up")
    assert start.prop == end.prop == "chair"
    assert joints_of(start)["heel_left"] == pytest.approx(joints_of(start)["heel_right"]), "both heels on it"
    assert joints_of(end)["heel_left"][1] > joints_of(end)["heel_right"][1] + 30, "one leg off"
    assert joints_of(end)["hip"][1] < joints_of(start)["hip"][1] - 15, "hips lower"


def test_the_bench_is_knee_high_at_most_and_the_knee_is_not_locked(catalog):
    start, end = rows_of(catalog, "bench_step_up")
    assert start.prop_height_cm <= 0.285 * 175
    body = joints_of(end)
    assert 165 <= angle(body["hip"], body["knee_right"], body["ankle_right"]) < 175


def test_knees_hips_and_trunk_of_the_bridge_are_in_one_line(catalog):
    start, end = (joints_of(row) for row in rows_of(catalog, "bridge"))
    assert angle(end["shoulder"], end["hip"], end["knee_right"]) == pytest.approx(180, abs=6)
    assert end["shoulder"] == pytest.approx(start["shoulder"]), "shoulder blades on the floor"
    assert end["toe_right"] == pytest.approx(start["toe_right"], abs=2)


def test_hops_go_over_the_line_onto_the_step_and_off_and_onto_the_same_foot(catalog):
    behind, above, beyond = (joints_of(row) for row in rows_of(catalog, "line_hop"))
    assert behind["toe_right"][0] < 0 < beyond["heel_right"][0]
    assert above["toe_right"][1] > 10
    start, end = rows_of(catalog, "step_hop")
    assert (start.stands_on, end.stands_on) == ("toe_right", "toe_right")
    assert (start.y_cm, end.y_cm) == (0, end.prop_height_cm) and end.prop_height_cm <= 30
    assert [row.stands_on for row in rows_of(catalog, "skipping")] == ["toe_right", "toe_right", "toe_left"]


def test_hills_are_run_up_with_a_lifted_knee_and_jogged_down(catalog):
    up, down = rows_of(catalog, "hill_charge")
    low, high = PROTOCOL_GRADE
    assert low * 100 <= up.prop_height_cm == -down.prop_height_cm <= high * 100
    body = joints_of(up)
    assert body["knee_right"][1] > body["hip"][1] - 10


# ------------------------------------------------------------------------------------------ SVG
def test_a_picture_is_svg_in_the_colour_of_the_text_with_words_for_those_who_do_not_see_it(catalog):
    for exercise_id in catalog.postures["exercise_id"].unique():
        picture = stick_figure(catalog.postures[catalog.postures["exercise_id"] == exercise_id], "<b>Up & down</b>")
        tree = ElementTree.fromstring(picture)
        assert tree.get("role") == "img"
        assert tree.get("aria-label") == "<b>Up & down</b>"
        assert {node.get("stroke") for node in tree.iter()} <= {None, "currentColor", "none"}
        assert {node.get("fill") for node in tree.iter()} <= {None, "currentColor", "none"}


def test_nothing_of_a_picture_is_outside_of_it(catalog):
    for exercise_id, rows in catalog.postures.groupby("exercise_id"):
        tree = ElementTree.fromstring(stick_figure(rows, exercise_id))
        _, _, width, height = map(float, tree.get("viewBox").split())
        for panel in tree.findall("g"):
            move = panel.get("transform").removeprefix("translate(").split(")")[0].split()
            left, top = map(float, move)
            for path in panel.iter("path"):
                numbers = [float(number) for number in path.get("d").removeprefix("M").split()]
                assert all(0 <= left + x <= width for x in numbers[::2])
                assert all(0 <= top - y <= height for y in numbers[1::2]), exercise_id


def test_an_arrow_is_as_long_as_the_way(catalog):
    start, end = (joints_of(row) for row in rows_of(catalog, "one_legged_squat"))
    way = hypot(*(a - b for a, b in zip(start["head"], end["head"], strict=True)))
    assert way == pytest.approx(30, abs=5), "so deep that the thigh is level"


def test_what_is_not_drawn_has_no_picture():
    assert stick_figure(load_catalog().postures.head(0), "nothing") == ""


# ------------------------------------------------------------------------------------------ own postures
OWN = "exercise_id,position,caption,trunk_deg,stands_on\n"


def test_a_coach_adds_a_figure_in_a_folder_of_their_own(tmp_path):
    (tmp_path / "postures.csv").write_text(f"{OWN}plank,1,elbows below the shoulders,80,toe_right\n")
    own = load_catalog(tmp_path)
    assert rows_of(own, "plank")[0].caption == "elbows below the shoulders"
    assert len(rows_of(own, "bridge")) == 2, "ours stay"


def test_own_postures_take_the_place_of_all_of_ours_for_that_exercise(tmp_path):
    (tmp_path / "postures.csv").write_text(f"{OWN}bridge,1,up,-116,shoulder\n")
    assert [row.caption for row in rows_of(load_catalog(tmp_path), "bridge")] == ["up"]


@pytest.mark.parametrize(
    "line, told",
    [
        ("brigde,1,up,0,shoulder", "'brigde' is no exercise"),
        ("bridge,0,up,0,shoulder", "position is '0', write 1 for the start, 2 for what follows"),
        ("bridge,1,up,200,shoulder", "trunk_deg is '200', write a number from -180 to 180"),
        ("bridge,1,up,0,neck", "stands_on is 'neck', write one of hip, shoulder, head, "),
    ],
)
def test_a_posture_that_cannot_be_is_refused(tmp_path, line, told):
    (tmp_path / "postures.csv").write_text(OWN + line + "\n")
    with pytest.raises(CatalogError) as raised:
        load_catalog(tmp_path)
    assert told in str(raised.value)


def test_a_position_stands_once(tmp_path):
    (tmp_path / "postures.csv").write_text(f"{OWN}bridge,1,up,0,hip\nbridge,1,down,0,hip\n")
    with pytest.raises(CatalogError, match="position 1 of bridge stands twice"):
        load_catalog(tmp_path)


def test_figures_do_not_change_their_table(catalog):
    before = catalog.postures.copy()
    stick_figure(catalog.postures[catalog.postures["exercise_id"] == "bridge"], "The bridge")
    pd.testing.assert_frame_equal(catalog.postures, before)
