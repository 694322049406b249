import re

import numpy as np
import pandas as pd
import pytest

from analysis.schema import LEG_MUSCLES, MUSCLES, PAIN_REGIONS, RUNNER_MUSCLES
from analysis.telling.figures.leg_map import PAIN_PLACES, plot_leg_map
from analysis.telling.figures.theme import BAND_COLOURS


def recent(**sets) -> pd.DataFrame:
    """One row per muscle from muscle=(sets on the left, sets on the right), trained two days ago."""
    return pd.DataFrame(
        {
            "muscle": list(sets),
            "sets_per_week": [(left + right) / 2 for left, right in sets.values()],
            "sets_per_week_left": [float(left) for left, _ in sets.values()],
            "sets_per_week_right": [float(right) for _, right in sets.values()],
            "days_since": [2.0] * len(sets),
            "weeks": 4,
            "whole": True,
            "since": pd.Timestamp("2026-06-08"),
            "until": pd.Timestamp("2026-07-05"),
        }
    )


def traces(figure) -> dict:
    return {trace.name: trace for trace in figure.data}


def band(figure, name: str) -> str:
    return {colour: band for band, colour in BAND_COLOURS.items()}[traces(figure)[name].fillcolor]


def names(figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


def pain(*rows) -> pd.DataFrame:
    """As pain_days: (day, region, pain), logged with calf raises."""
    table = pd.DataFrame(rows, columns=["date", "region", "pain"])
    return table.assign(date=pd.to_datetime(table["date"]), exercise="Calf raise", athlete="me", notes="<b>stiff")


def test_pain_stands_where_it_was_felt_and_on_the_side_that_is_told():
    """Seen from the front the left leg is on our right; of two days of one region the higher number is shown."""
    hurt = pain(("2026-06-10", "left knee", 2), ("2026-06-12", "left knee", 4), ("2026-06-20", "achilles", 1))
    figure = plot_leg_map(recent(quadriceps=(6, 6)), pain=hurt)
    rings = traces(figure)["pain, 0 to 10: the highest"]
    assert list(rings.text) == ["4", "1", "1"]
    assert rings.x[0] > -185 and rings.x[1] < 185 < rings.x[2]
    assert (
        rings.hovertext[0]
        == "<b>Pain, left knee</b><br>4 of 10 on 12 Jun 2026,<br>logged with Calf raise<br>&lt;b&gt;stiff"
    )
    beside = "(logged with Calf raise)"
    assert f"left knee 4 of 10 on 12 Jun 2026 {beside} and achilles 1 of 10 on 20 Jun 2026 {beside}." in figure.alt


def test_pain_of_other_days_none_and_of_no_region_is_on_no_place_of_the_body():
    hurt = pain(
        ("2026-05-01", "knee", 8), ("2026-06-10", "hip", 0), ("2026-06-12", "", 3), ("2026-06-12", "elsewhere", 2)
    )
    figure = plot_leg_map(recent(quadriceps=(6, 6)), pain=hurt)
    assert "pain, 0 to 10: the highest" not in traces(figure)
    assert "no region told 3 of 10 on 12 Jun 2026 (" in figure.alt and "and elsewhere 2 of 10" in figure.alt
    assert "knee" not in figure.alt


def test_every_region_has_a_place_or_is_told_in_words_alone():
    assert set(PAIN_REGIONS) - set(PAIN_PLACES) == {"elsewhere"}


def test_every_leg_muscle_has_a_shape_on_both_sides():
    drawn = traces(plot_leg_map(recent(quadriceps=(6, 6))))
    for muscle in LEG_MUSCLES:
        assert {f"{muscle} left", f"{muscle} right"} <= set(drawn)


@pytest.mark.parametrize(
    ("sets", "expected"),
    [
        (0, "none"),
        (0.5, "below"),
        (3.9, "below"),
        (4, "within"),
        (6, "within"),
        (8, "within"),
        (8.1, "above"),
        (np.nan, "none"),
    ],
)
def test_colour_is_the_band_of_the_sets(sets, expected):
    figure = plot_leg_map(recent(quadriceps=(sets, sets)), target=(4, 8))
    assert band(figure, "quadriceps left") == band(figure, "quadriceps right") == expected


def test_target_moves_the_bands_and_the_legend():
    figure = plot_leg_map(recent(quadriceps=(6, 6)), target=(8, 12.5))
    assert band(figure, "quadriceps left") == "below"
    legend = [trace.name for trace in figure.data if trace.showlegend is not False]
    assert legend == ["no set", "below 8", "8 to 12.5", "above 12.5"]


def test_each_side_has_its_own_colour():
    figure = plot_leg_map(recent(gastrocnemius=(3, 9)))
    assert band(figure, "gastrocnemius left") == "below"
    assert band(figure, "gastrocnemius right") == "above"


def test_left_and_right_stand_where_they_are_seen():
    """The front view (x < 0) faces us, so its left is on our right; in the back view left is left."""
    drawn = traces(plot_leg_map(recent(quadriceps=(6, 6))))
    assert np.nanmean(drawn["tibialis_anterior left"].x) > np.nanmean(drawn["tibialis_anterior right"].x)
    assert np.nanmean(drawn["hamstrings left"].x) < np.nanmean(drawn["hamstrings right"].x)


def test_sides_mirror_each_other():
    drawn = traces(plot_leg_map(recent(quadriceps=(6, 6))))
    for muscle in RUNNER_MUSCLES:
        left, right = drawn[f"{muscle} left"], drawn[f"{muscle} right"]
        np.testing.assert_array_equal(left.y, right.y)
        midline = np.where(np.asarray(left.x) < 0, -185, 185)
        np.testing.assert_allclose(left.x - midline, midline - right.x, atol=0.11)


def test_shapes_of_one_muscle_are_closed():
    for name, trace in traces(plot_leg_map(recent())).items():
        if name.split()[0] in RUNNER_MUSCLES:
            points = np.column_stack([trace.x, trace.y])
            gaps = np.flatnonzero(np.isnan(points[:, 0]))
            for start, end in zip([0, *gaps[:-1] + 1], gaps, strict=True):
                np.testing.assert_array_equal(points[start], points[end - 1])


def test_missing_muscle_is_not_trained():
    figure = plot_leg_map(recent(quadriceps=(6, 6)))
    assert band(figure, "soleus left") == band(figure, "soleus right") == "none"
    assert "never trained" in traces(figure)["soleus left"].text
    assert f"{MUSCLES['soleus'].split(' (')[0]}<br><b>0</b>" in names(figure)


def test_no_rows_at_all_draw_an_untrained_body():
    figure = plot_leg_map(recent())
    assert {band(figure, f"{muscle} left") for muscle in RUNNER_MUSCLES} == {"none"}


def test_upper_body_is_left_out():
    assert "chest left" not in traces(plot_leg_map(recent(chest=(6, 6), quadriceps=(6, 6))))


def test_hover_names_muscle_sets_side_band_and_days():
    text = traces(plot_leg_map(recent(gastrocnemius=(2.5, 9))))["gastrocnemius left"].text
    assert text == (
        "<b>Calf (gastrocnemius)</b><br>2.5 sets a week on the left,<br>"
        "below the target of 4 to 8<br>days since trained: 2"
    )


def test_each_muscle_is_named_once_with_its_mean():
    figure = plot_leg_map(recent(quadriceps=(10, 9), gastrocnemius=(3, 8)))
    assert names(figure).count("Quadriceps<br><b>9.5</b>") == 1
    assert names(figure).count("Calf<br><b>5.5</b>") == 1
    for muscle in RUNNER_MUSCLES:
        short = MUSCLES[muscle].split(" (")[0]
        assert sum(text.startswith(f"{short}<br>") for text in names(figure)) == 1


def test_words_say_what_the_picture_shows():
    alt = plot_leg_map(recent(quadriceps=(10, 9))).alt
    assert "Quadriceps 9.5 (above 8)" in alt
    assert "Hamstrings 0 (not trained)" in alt


def exposed(muscle: str, days: float, sides=("left", "right"), **sets) -> pd.DataFrame:
    table = recent(**sets)
    told = [days * (name == muscle) for name in table["muscle"]]
    return table.assign(**{f"days_exposed{end}": told for end in ("", *(f"_{side}" for side in sides))})


def test_dots_lie_on_the_side_that_hops_loaded():
    drawn = traces(plot_leg_map(exposed("soleus", 9, ["left"], soleus=(2, 2))))
    assert drawn["soleus left"].fillpattern and not drawn["soleus right"].fillpattern
    assert "loaded by hops" in drawn["soleus left"].text and "loaded by hops" not in drawn["soleus right"].text


def test_hops_and_hills_are_dots_and_no_shade():
    """A muscle that only hops load keeps the shade of no set, with dots on it, and the days beside its number."""
    figure = plot_leg_map(exposed("soleus", 9, soleus=(0, 0), gastrocnemius=(9, 9)))
    drawn = traces(figure)
    for side in ("left", "right"):
        assert band(figure, f"soleus {side}") == "none"
        assert drawn[f"soleus {side}"].fillpattern.shape == "."
        assert drawn[f"soleus {side}"].fillpattern.bgcolor == BAND_COLOURS["none"]
        assert drawn[f"gastrocnemius {side}"].fillpattern is None
    assert "Deep calf<br><b>0</b> ● 9 d" in names(figure) and "Calf<br><b>9</b>" in names(figure)
    assert [trace.name for trace in figure.data if trace.showlegend is not False][-1] == (
        "days (d) with hops, hills, runs or walks"
    )


def test_dots_stand_out_from_every_shade():
    """Contrast of 3 to 1 or more, as WCAG 2 asks of a mark."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    for sets in (0, 2, 6, 9):
        pattern = traces(plot_leg_map(exposed("soleus", 3, soleus=(sets, sets))))["soleus left"].fillpattern
        dark, bright = sorted([light(pattern.fgcolor), light(pattern.bgcolor)])
        assert (bright + 0.05) / (dark + 0.05) >= 3


def test_words_and_hover_tell_both_marks():
    figure = plot_leg_map(exposed("soleus", 9, soleus=(0, 0), gastrocnemius=(2, 2)))
    assert "Deep calf 0 (no set)" in figure.alt and "Glutes 0 (not trained)" in figure.alt
    assert figure.alt.endswith("Days with hops, hills, runs or walks: Deep calf 9.")
    text = traces(figure)["soleus left"].text
    assert "no set, the target is 4 to 8" in text and "loaded by hops, hills, runs or walks on 9 days" in text
    assert "not trained" not in text


def test_the_still_picture_has_the_dots_too():
    picture = plot_leg_map(exposed("soleus", 9, soleus=(0, 0))).picture()
    (name,) = set(re.findall(r'<pattern id="([^"]+)"', picture))
    assert picture.count(f'fill="url(#{name})"') == 2


def test_row_order_changes_nothing_and_the_table_stays_as_it_was():
    table = recent(quadriceps=(10, 9), soleus=(1, 2), chest=(4, 4)).astype({"muscle": "category"})
    before = table.copy(deep=True)
    assert plot_leg_map(table).plain() == plot_leg_map(table[::-1]).plain()
    pd.testing.assert_frame_equal(table, before)


def test_the_title_says_what_is_averaged():
    title = plot_leg_map(recent(quadriceps=(6, 6))).layout.title
    assert title.subtitle.text == "mean of 4 weeks, 8 Jun to 5 Jul 2026"
