"""What the figures of hill training hold: traces, numbers, axes, colours by hill, and their words."""

import html

import numpy as np
import pandas as pd
import pytest
from by_plotly import by_plotly
from hill_seasons import by_the_clock, charge, season
from reading import PAYLOADS
from tables import efforts_of, line

from analysis import (
    hill_charges,
    hill_progression,
    hill_sessions,
    plot_fade,
    plot_hill_map,
    plot_hill_profile,
    plot_hill_progress,
    plot_protocol,
    plot_session_charges,
)
from analysis.schema import REPEATS, SAMPLES, conform
from analysis.telling.empty import NO_FADE, NO_HILL_TIMES
from analysis.telling.figures.figure import MIME
from analysis.telling.figures.hills import MEASURES
from analysis.telling.figures.theme import BAND_COLOURS

WEEK = pd.Timedelta(days=7)


def days(values) -> list[str]:
    return pd.DatetimeIndex(values).strftime("%Y-%m-%d").tolist()


def trace(figure, name):
    (found,) = [part for part in figure.data if part.name == name]
    return found


def names(figure) -> list[str]:
    return [part.name for part in figure.data]


def points(part) -> dict[str, float]:
    """Day -> y of a trace with one mark a day."""
    return dict(zip(days(part.x), np.asarray(part.y), strict=True))


def steady(rate: float, sessions: int = 6, route: str = "Mill Lane"):
    """One session a week; from the first, of 80 s a charge, times change by `rate` each week."""
    return season([80 * (1 + rate) ** week for week in range(sessions)], route=route, spread=0.1)


def progress(efforts, catalog, hill="Mill Lane"):
    charges = hill_charges(efforts, catalog)
    return plot_hill_progress(charges, hill_progression(charges), hill)


def sessions_of(catalog, *lines) -> pd.DataFrame:
    return hill_sessions(hill_charges(efforts_of(*lines), catalog))


@pytest.fixture
def three(catalog) -> pd.DataFrame:
    """One session of three charges, 20 m up each; the second was not timed, after the last nothing was noted."""
    day = {"date": "2026-03-05", "route": "Mill Lane", "ascent_m": 20}
    return hill_charges(
        efforts_of(
            charge(duration_s=80, recovery_s=90, hr_max_bpm=165, **day),
            charge(duration_s=np.nan, recovery_s=100, hr_max_bpm=170, **day),
            charge(duration_s=72, hr_max_bpm=174, **day),
        ),
        catalog,
    )


# ---------------------------------------------------------------------------------- one session
def test_each_charge_is_a_bar_and_its_recovery_stands_behind_it(three):
    figure = plot_session_charges(three)
    assert names(figure) == ["repeat", "recovery after it"]
    assert trace(figure, "repeat").x.tolist() == [1, 2, 3]
    np.testing.assert_array_equal(trace(figure, "repeat").y, [80, np.nan, 72])
    rest = trace(figure, "recovery after it")
    assert [(x, y) for x, y in zip(rest.x, rest.y, strict=True) if y == y] == [(1.5, 90), (2.5, 100)]
    assert figure.layout.xaxis.title.text == "repeat"
    assert figure.layout.yaxis.title.text == "seconds a repeat"
    assert "Mill Lane" in figure.layout.title.subtitle.text
    assert "5 Mar 2026" in figure.layout.title.subtitle.text


@pytest.mark.parametrize(
    ("measure", "heights", "unit"),
    [
        ("VAM", [900, np.nan, 1000], "metres climbed an hour"),  # 20 m in 80 s, in 72 s
        ("heart rate", [165, 170, 174], "bpm"),
        ("grade-adjusted pace", [80 / 20.25, np.nan, 72 / 20.25], "min/km"),  # 8 %: 1.35 times the speed
    ],
)
def test_other_measures_have_their_own_axis_and_no_recovery(three, measure, heights, unit):
    figure = plot_session_charges(three, measure)
    assert names(figure) == ["repeat"]
    np.testing.assert_allclose(figure.data[0].y, heights, rtol=1e-9)
    assert figure.layout.yaxis.title.text.endswith(unit)


@pytest.mark.parametrize("model, name", [("strava", "Strava 2017"), ("minetti", "Minetti 2002")])
def test_grade_adjusted_speed_names_its_model(catalog, model, name):
    charges = hill_charges(efforts_of(charge("2026-03-05", 80)), catalog, model)
    figure = plot_session_charges(charges, "grade-adjusted pace")
    assert name in figure.layout.yaxis.title.text and name in figure.alt


def test_heart_rate_stands_with_what_is_left_of_it_a_minute_later(catalog):
    lines = [charge("2026-03-05", 80, hr_max_bpm=170 + i, hr_60s_after_bpm=130 + i) for i in range(3)]
    figure = plot_session_charges(hill_charges(efforts_of(*lines), catalog), "heart rate")
    assert names(figure) == ["repeat", "60 s after it"]
    assert trace(figure, "60 s after it").y.tolist() == [130, 131, 132]


def test_a_charge_without_a_time_has_no_number_at_its_place(three):
    labels = trace(plot_session_charges(three), "repeat").text
    assert [labels[0], labels[2]] == ["80", "72"]
    assert "nan" not in str(labels[1]).lower()


def test_the_session_in_words(three):
    assert plot_session_charges(three).alt == "3 repeats on 5 Mar 2026: seconds a repeat 80, 72."
    assert plot_session_charges(three, "VAM").alt.endswith("VAM, metres climbed an hour 900, 1,000.")


def test_one_charge_without_recovery_is_one_bar(catalog):
    figure = plot_session_charges(hill_charges(efforts_of(charge("2026-03-05", 80)), catalog))
    assert names(figure) == ["repeat"]
    assert (list(figure.data[0].x), list(figure.data[0].y)) == ([1], [80])
    assert figure.alt.startswith("1 repeat on 5 Mar 2026")


@pytest.mark.parametrize("measure", MEASURES)
def test_a_measure_that_was_not_logged_is_said_not_drawn(catalog, measure):
    nothing = charge("2026-03-05", np.nan, distance_m=np.nan, grade=np.nan)
    figure = plot_session_charges(hill_charges(efforts_of(nothing, nothing), catalog), measure)
    assert len(figure.data) == 0
    assert figure.alt.startswith(f"No {measure} was logged for these repeats: ")


def test_a_session_of_two_hills_is_not_shown_under_the_name_of_one(catalog):
    efforts = efforts_of(
        charge("2026-03-05", 80, route="Mill Lane"), charge("2026-03-05", 40, route="Chapel Steps", distance_m=100)
    )
    figure = plot_session_charges(hill_charges(efforts, catalog))
    shown = str(figure.plain()) + figure.alt
    assert "Mill Lane" in shown
    assert "Chapel Steps" in shown


def test_a_measure_that_does_not_exist_is_answered_with_those_that_do(three):
    with pytest.raises(Exception, match="heart rate"):
        plot_session_charges(three, "hart rate")


# ---------------------------------------------------------------------------------- across the season
def test_dots_are_charges_and_large_dots_their_means(catalog):
    efforts = efforts_of(
        charge("2026-03-05", 80, route="Mill Lane"),
        charge("2026-03-05", 84, route="Mill Lane"),
        charge("2026-03-12", 79, route="Mill Lane"),
        charge("2026-03-12", np.nan, route="Mill Lane"),
        charge("2026-03-12", 30, route="Chapel Steps"),
    )
    figure = progress(efforts, catalog)
    assert names(figure) == ["repeat", "mean of the session"]  # two sessions make no trend
    dots = trace(figure, "repeat")
    assert list(zip(days(dots.x), dots.y, strict=True)) == [("2026-03-05", 80), ("2026-03-05", 84), ("2026-03-12", 79)]
    means = trace(figure, "mean of the session")
    assert points(means) == {"2026-03-05": 82, "2026-03-12": 79}
    assert list(means.customdata) == [2, 1]
    assert figure.layout.yaxis.title.text == "seconds a repeat"
    assert "Mill Lane" in figure.layout.title.text
    assert figure.alt == "Mill Lane: 2 sessions with 3 repeats, too few for a trend."


def test_many_charges_are_one_shape_with_each_in_the_middle_of_its_speck(catalog):
    means = [80 - i / 10 for i in range(90)]
    efforts = season(means, spread=0.1)
    figure = progress(efforts, catalog)
    specks = trace(figure, "repeat")
    assert specks.fill == "toself" and len(efforts) > 240
    x, y = (np.asarray(values, float).reshape(len(efforts), 6)[:, :4] for values in (specks.x, specks.y))
    np.testing.assert_allclose(y.mean(axis=1), efforts["duration_s"])
    assert days(pd.to_datetime(x.mean(axis=1), unit="ms")) == days(efforts["date"])


def test_two_sessions_of_a_day_are_two_means(catalog):
    efforts = efforts_of(
        charge("2026-03-05", 80, route="Mill Lane", session_id="morning"),
        charge("2026-03-05", 90, route="Mill Lane", session_id="evening"),
    )
    assert sorted(trace(progress(efforts, catalog), "mean of the session").y) == [80, 90]


def test_the_trend_runs_from_the_first_session_to_the_last(catalog):
    """80 s, 2 % faster each week for five weeks: 80 x 0.98^5 = 72.31 s."""
    figure = progress(steady(-0.02), catalog)
    trend = trace(figure, "trend")
    assert days([trend.x[0], trend.x[-1]]) == ["2026-03-05", "2026-04-09"]
    assert trend.y[0] == pytest.approx(80, abs=1e-6)
    assert trend.y[-1] == pytest.approx(80 * 0.98**5, abs=1e-6)
    assert trend.mode == "lines"
    assert figure.alt == "Mill Lane: 6 sessions with 36 repeats; the trend goes from 80.0 to 72.3 s a repeat."


def test_charges_by_the_clock_are_drawn_by_vam(catalog):
    """Means of 900 and 2 % more each week; their trend is a line through them."""
    figure = progress(by_the_clock([900 * 1.02**week for week in range(6)]), catalog)
    assert figure.layout.yaxis.title.text == "VAM, metres climbed an hour"
    assert "of about 60 s" in figure.layout.title.subtitle.text or "of about 61 s" in figure.layout.title.subtitle.text
    means = list(points(trace(figure, "mean of the session")).values())
    assert means == pytest.approx([900 * 1.02**week for week in range(6)])
    assert trace(figure, "trend").y[-1] == pytest.approx(means[-1])
    assert "by the clock; the trend goes from 900 to 994 m climbed an hour" in figure.alt


def test_every_point_of_the_trend_lies_on_it(catalog):
    """By its own time of day, not by the day that it fell on: else the line is a staircase."""
    trend = trace(progress(steady(-0.02), catalog), "trend")
    weeks = (pd.DatetimeIndex(trend.x) - pd.Timestamp("2026-03-05")) / WEEK
    np.testing.assert_allclose(trend.y, 80 * 0.98 ** weeks.to_numpy(), atol=0.001)


@pytest.mark.parametrize("means", [[80, 78.5, 77.8, 75, 74.9, 74], [74, 74.9, 75, 77.8, 78.5, 80]])
def test_the_interval_is_a_closed_band_around_the_trend(catalog, means):
    """It turns about the middle of the season; at the ends it is as wide as its two slopes make it."""
    efforts = season(means, spread=0.1)
    told = hill_progression(hill_charges(efforts, catalog)).iloc[0]
    figure = progress(efforts, catalog)
    band, trend = trace(figure, "95% interval of the trend"), trace(figure, "trend")
    n = len(trend.x)
    there, back = np.array(band.y[:n], float), np.array(band.y[n:], float)[::-1]
    assert band.fill == "toself"
    assert list(pd.DatetimeIndex(band.x[:n])) == list(pd.DatetimeIndex(band.x[n:]))[::-1]
    upper, lower = np.maximum(there, back), np.minimum(there, back)
    assert (lower <= trend.y + 1e-9).all()
    assert (trend.y <= upper + 1e-9).all()
    width = upper / lower
    assert width.argmin() in (n // 2 - 1, n // 2)
    half_season = 2.5  # weeks
    for end in (0, -1):
        assert width[end] == pytest.approx(((1 + told["high"]) / (1 + told["low"])) ** half_season)


def test_a_change_inside_the_scatter_has_its_line_too(catalog):
    figure = progress(season([80, 81, 80, 79, 80, 80]), catalog)
    assert {"trend", "95% interval of the trend"} <= set(names(figure))
    assert trace(figure, "trend").y == pytest.approx(80, abs=0.5)


def test_equal_times_make_a_level_line(catalog):
    figure = progress(season([75] * 5, spread=0), catalog)
    assert trace(figure, "trend").y == pytest.approx(75)


def test_the_trend_of_a_hill_is_its_own(catalog):
    both = pd.concat([steady(-0.02), steady(0.03, route="Chapel Steps")], ignore_index=True)
    for hill, last in (("Mill Lane", 80 * 0.98**5), ("Chapel Steps", 80 * 1.03**5)):
        figure = progress(both, catalog, hill)
        assert trace(figure, "trend").y[-1] == pytest.approx(last)
        assert len(trace(figure, "repeat").y) == 36
        assert figure.alt.startswith(hill)


def test_a_hill_without_times_is_said_not_drawn(catalog):
    figure = progress(efforts_of(charge("2026-03-05", np.nan, route="Mill Lane")), catalog)
    assert len(figure.data) == 0
    assert figure.alt == NO_HILL_TIMES
    assert "Mill Lane" in figure.layout.title.text


# ---------------------------------------------------------------------------------- fade
def test_fade_is_later_half_over_earlier_half(catalog):
    """(88 + 92) / (80 + 80) = +12.5 %; of three charges the middle one is left out: 76 / 80 = -5 %."""
    sessions = sessions_of(
        catalog,
        *(charge("2026-03-05", s, route="Mill Lane") for s in (80, 80, 88, 92)),
        *(charge("2026-03-12", s, route="Mill Lane") for s in (80, 99, 76)),
        *(charge("2026-03-19", s, route="Mill Lane") for s in (80, 60)),
    )
    figure = plot_fade(sessions)
    assert names(figure) == ["Mill Lane"]
    assert points(figure.data[0]) == pytest.approx({"2026-03-05": 0.125, "2026-03-12": -0.05})
    assert list(figure.data[0].customdata) == [4, 3]
    assert figure.layout.yaxis.title.text == "later half slower by"
    assert "%" in figure.layout.yaxis.tickformat
    assert [shape.y0 for shape in figure.layout.shapes] == [0]
    assert figure.alt == "Fade of 2 sets of repeats: -5.0% to +12.5%."


def test_each_hill_has_its_colour(catalog):
    hills = ["Mill Lane", "Chapel Steps", "Dam", "Church Hill", "Ridge", "Stairs"]
    lines = [charge("2026-03-05", s, route=h, session_id=h) for h in hills for s in (80, 81, 82)]
    figure = plot_fade(sessions_of(catalog, *lines))
    assert sorted(names(figure)) == sorted(hills)
    assert len({part.marker.color for part in figure.data}) == len(hills)
    assert figure.layout.showlegend


def test_many_hills_stay_readable(catalog):
    """Of thirty hills the five with most sessions have a name and a colour; the others share one."""
    lines = [
        charge(f"2026-0{month}-{day:02d}", s, route=f"hill {day}", session_id=f"{month} {day}")
        for day in range(1, 29) for month in (3, 4 if day <= 5 else 3) for s in (80, 81, 82)
    ]  # fmt: skip
    figure = plot_fade(sessions_of(catalog, *lines))
    assert names(figure) == [f"hill {n}" for n in range(1, 6)] + ["23 other hills"]
    assert len({part.marker.color for part in figure.data}) == 6
    assert set(figure.data[-1].text) == {f"hill {n}" for n in range(6, 29)}, "the mouse tells which"
    assert sum(len(part.x) for part in figure.data) == 28 + 5


def test_a_name_of_200_letters_leaves_room_for_the_picture(catalog):
    lines = [charge("2026-03-05", s, route="x" * 200) for s in (80, 81, 82)]
    assert names(plot_fade(sessions_of(catalog, *lines))) == ["x" * 79 + "…"]


def test_fade_on_two_hills_of_one_session_is_of_one_session(catalog):
    lines = [charge("2026-03-05", s, route=hill) for hill in ("Mill Lane", "Dam") for s in (80, 81, 82)]
    assert "2 sessions" not in plot_fade(sessions_of(catalog, *lines)).alt


def test_fade_needs_three_times(catalog):
    figure = plot_fade(sessions_of(catalog, charge("2026-03-05", 80), charge("2026-03-05", 81)))
    assert len(figure.data) == 0
    assert figure.alt == NO_FADE.format(n="three")


# ---------------------------------------------------------------------------------- protocol
def marks(figure, label) -> dict[str, bool]:
    """Day -> whether the square of that strip is filled."""
    part = trace(figure, label)
    assert set(part.y) <= {label}
    filled = {BAND_COLOURS["within"]: True, "white": False}
    return dict(zip(days(part.x), [filled[colour] for colour in part.marker.color], strict=True))


def test_a_square_is_filled_where_the_session_kept_to_it(catalog):
    figure = plot_protocol(
        sessions_of(
            catalog,
            charge("2026-03-05", 80, route="Mill Lane", sets=6),
            charge("2026-03-12", 80, route="Mill Lane", sets=4),
            charge("2026-03-19", 80, route="Ridge", sets=8, grade=0.15),
            charge("2026-03-26", 80, route="Dam", sets=5, grade=np.nan),
        )
    )
    assert names(figure) == ["5 to 8 repeats", "5 to 10% grade"]
    assert marks(figure, "5 to 8 repeats") == {
        "2026-03-05": True,
        "2026-03-12": False,
        "2026-03-19": True,
        "2026-03-26": True,
    }
    assert marks(figure, "5 to 10% grade") == {"2026-03-05": True, "2026-03-12": True, "2026-03-19": False}
    assert figure.alt == "5 to 8 repeats in 3 of 4 sessions; 5 to 10% grade in 2 of 3 sessions."


def test_the_way_down_has_a_mark_where_it_was_recorded(catalog):
    speeds = {"2026-03-05": 2.3, "2026-03-12": 1.3, "2026-03-19": np.nan}
    lines = [charge(day, 80, route="Mill Lane", recovery_m_per_s=speed) for day, speed in speeds.items()]
    figure = plot_protocol(sessions_of(catalog, *lines))
    assert marks(figure, "jogged down") == {"2026-03-05": True, "2026-03-12": False}
    assert figure.alt.endswith("jogged down in 1 of 2 sessions.")
    assert "7:15 min/km on the way down" in " ".join(trace(figure, "jogged down").text)


def test_no_grade_is_no_share_of_nothing(catalog):
    figure = plot_protocol(sessions_of(catalog, charge("2026-03-05", 80, route="Mill Lane", grade=np.nan, sets=6)))
    assert marks(figure, "5 to 8 repeats") == {"2026-03-05": True}
    assert "0 of 0" not in figure.alt


def test_two_hills_of_one_session_are_one_session(catalog):
    lines = [charge("2026-03-05", 80, route=hill) for hill in ["Mill Lane"] * 3 + ["Dam"] * 3]
    assert "2 sessions" not in plot_protocol(sessions_of(catalog, *lines)).alt


# ---------------------------------------------------------------------------------- profile
@pytest.fixture
def run() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Ten minutes, a sample a minute, up and down by 10 m; two charges of one hill and one of another."""
    seconds = np.arange(0, 601, 60.0)
    samples = conform({"elapsed_s": seconds, "altitude_m": 100 + 10.0 * (np.arange(11) % 2)}, SAMPLES)
    found = {"set": [1, 1, 2], "repeat": [1, 2, 1], "start_s": [0.0, 120.0, 480.0], "end_s": [60.0, 180.0, 540.0]}
    return samples, conform(found, REPEATS)


def test_the_profile_is_height_above_the_foot_over_minutes(run):
    figure = plot_hill_profile(*run)
    assert names(figure) == ["height"]
    assert list(figure.data[0].x) == list(range(11))
    assert list(figure.data[0].y) == [0, 10] * 5 + [0]
    assert figure.layout.xaxis.title.text == "minutes"
    assert figure.layout.yaxis.title.text == "metres above the foot"
    assert figure.alt == "3 repeats found in 10 minutes."


def test_each_found_charge_is_shaded_and_numbered(run):
    figure = plot_hill_profile(*run)
    assert [(shape.x0, shape.x1) for shape in figure.layout.shapes] == [(0, 1), (2, 3), (8, 9)]
    assert [(note.x, note.text) for note in figure.layout.annotations] == [(0.5, "1"), (2.5, "2"), (8.5, "1")]
    first, second, other = (shape.fillcolor for shape in figure.layout.shapes)
    assert first == second != other


def test_an_ordinary_run_has_its_profile_and_no_charge(run):
    figure = plot_hill_profile(run[0], run[1].iloc[:0])
    assert names(figure) == ["height"]
    assert figure.layout.yaxis.title.text == "metres above the lowest point"
    assert figure.layout.shapes is None
    assert figure.alt == "0 repeats found in 10 minutes."


def test_a_recording_without_altitude_is_said_not_drawn(run):
    for samples in (run[0].assign(altitude_m=np.nan), run[0].iloc[:0]):
        figure = plot_hill_profile(samples, run[1])
        assert figure.data == [] and figure.layout.shapes is None
        assert figure.alt.startswith(("No ", "The recording has no altitude"))


def test_a_long_recording_is_thinned_and_nothing_made_up():
    seconds = np.arange(36_000.0)
    samples = conform({"elapsed_s": seconds, "altitude_m": seconds % 977}, SAMPLES)
    (line_,) = plot_hill_profile(samples, conform({}, REPEATS)).data
    assert 1000 <= len(line_.x) <= 4000
    at = np.round(np.asarray(line_.x) * 60).astype(int)
    np.testing.assert_array_equal(line_.y, at % 977)
    assert at[0] == 0
    assert at[-1] > 0.99 * 36_000


def test_a_profile_tells_no_altitude_second_by_second():
    seconds = np.arange(600.0)
    samples = conform({"elapsed_s": seconds, "altitude_m": 1234.56 + seconds / 100}, SAMPLES)
    (line_,) = plot_hill_profile(samples, conform({}, REPEATS)).data
    assert np.diff(np.asarray(line_.x) * 60).min() >= 5 - 1e-9
    assert max(line_.y) <= 6 and all(y == round(y) for y in line_.y)


# ---------------------------------------------------------------------------------- all
def figures_of(efforts, catalog) -> dict:
    charges = hill_charges(efforts, catalog)
    sessions = hill_sessions(charges)
    last = charges[charges["date"] == charges["date"].max()]
    return {
        "session": plot_session_charges(last),
        "progress": plot_hill_progress(charges, hill_progression(charges), "Mill Lane"),
        "fade": plot_fade(sessions),
        "protocol": plot_protocol(sessions),
    }


@pytest.mark.parametrize(
    "lines", [[], [line("2026-03-05", "split_squat", reps=10)]], ids=["no training", "no hill training"]
)
def test_nothing_is_drawn_of_nothing_and_said_so(catalog, lines):
    for name, figure in figures_of(efforts_of(*lines), catalog).items():
        assert len(figure.data) == 0, name
        assert len(figure.alt) > 20, name
        assert figure.layout.title.text, name


def test_one_session_is_enough_for_every_figure(catalog):
    figures = figures_of(efforts_of(*(charge("2026-03-05", s, route="Mill Lane") for s in (80, 81, 82))), catalog)
    assert all(len(figure.data) for figure in figures.values())
    assert all("nan" not in figure.alt.lower() for figure in figures.values())


def test_one_charge_is_enough_for_every_figure(catalog):
    figures = figures_of(efforts_of(charge("2026-03-05", 80, route="Mill Lane")), catalog)
    assert [name for name, figure in figures.items() if len(figure.data)] == ["session", "progress", "protocol"]


def test_every_figure_travels_with_its_words(catalog):
    for name, figure in figures_of(steady(-0.02), catalog).items():
        bundle = figure._repr_mimebundle_()
        assert bundle["text/plain"] == figure.alt, name
        assert len(figure.alt) > 20, name
        assert bundle[MIME]["data"], name
        assert by_plotly(bundle[MIME])["data"] == bundle[MIME]["data"], name


def test_the_order_of_rows_changes_no_figure(catalog):
    efforts = steady(-0.02)
    shuffled = efforts.sample(frac=1, random_state=3)
    assert list(shuffled.index) != list(efforts.index)
    for name, figure in figures_of(shuffled, catalog).items():
        assert figure.plain() == figures_of(efforts, catalog)[name].plain(), name


def test_the_map_shows_charges_in_the_colour_of_their_hill_and_no_way_across_a_gap():
    way = pd.DataFrame({
        "elapsed_s": [0.0, 1, 2, 3, 100, 101], "east_m": [0.0, 1, 2, 3, 50, 51], "north_m": 0.0, "set": [0, 0, 1, 1, 0, 0],
    })  # fmt: skip
    figure = plot_hill_map(way)
    assert names(figure) == ["the rest", "hill 1"]
    assert np.isnan(trace(figure, "the rest").x[2]), "nothing is drawn from before the gap to after it"
    assert figure.layout.yaxis.scaleanchor == "x"
    assert len(plot_hill_map(way.iloc[:0]).data) == 0


def test_tables_stay_as_they_were(catalog, run):
    charges = hill_charges(steady(-0.02), catalog)
    tables = [charges, hill_progression(charges), hill_sessions(charges), *run]
    before = [table.copy(deep=True) for table in tables]
    for measure in MEASURES:
        plot_session_charges(charges, measure)
    plot_hill_progress(charges, tables[1], "Mill Lane")
    plot_fade(tables[2])
    plot_protocol(tables[2])
    plot_hill_profile(*run)
    for table, then in zip(tables, before, strict=True):
        pd.testing.assert_frame_equal(table, then)


@pytest.mark.parametrize("route", [*PAYLOADS, '<a href="https://example.org">Mill Lane</a>', "Mill &amp; Lane"])
def test_a_hill_is_called_as_it_was_written(catalog, route):
    """A picture reads its texts as a little HTML (bold, links, entities); so a hill's name must be escaped there."""
    charges = hill_charges(season([80, 79, 78], route=route), catalog)
    texts = [
        plot_session_charges(charges).layout.title.subtitle.text,
        plot_hill_progress(charges, hill_progression(charges), route).layout.title.text,
        plot_fade(hill_sessions(charges)).data[0].name,
    ]
    for text in texts:
        assert "<" not in text
        assert route in html.unescape(text)
