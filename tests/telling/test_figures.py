"""What the figures of muscle volume hold: traces, numbers, axes, colours by band, and their words."""

import numpy as np
import pandas as pd
import pytest
from by_plotly import by_plotly
from tables import efforts_of, line

from analysis import (
    foot_contacts,
    plot_contacts,
    plot_muscle_weeks,
    plot_volume_weeks,
    recent_volume,
    weekly_sets_by_exercise,
    weekly_volume,
)
from analysis.schema import MUSCLES, RUNNER_MUSCLES
from analysis.telling.empty import NO_LEG_SETS
from analysis.telling.figures.figure import MIME
from analysis.telling.figures.theme import BAND_COLOURS, GREY, IMPACT_COLOURS
from analysis.telling.figures.volume import MOST_EXERCISES

BANDS = ["none", "below", "within", "above"]


def days(values) -> list[str]:
    return [str(day) for day in pd.DatetimeIndex(values).strftime("%Y-%m-%d")]


def heat(figure):
    """(muscle, Monday) -> the sets behind the cell and its colour."""
    (trace,) = figure.data
    steps = dict(trace.colorscale)  # of two colours at one place, the upper
    cells = {}
    for name, bands, sets in zip(trace.y, np.asarray(trace.z), np.asarray(trace.customdata), strict=True):
        for monday, band, number in zip(days(trace.x), bands, sets, strict=True):
            place = (band - trace.zmin) / (trace.zmax - trace.zmin)
            below = max(edge for edge in steps if edge <= place)
            cells[muscle_named(name), monday] = (float(number), steps[below])
    return cells


def muscle_named(name: str) -> str:
    """The muscle group of a label, long or short."""
    (muscle,) = (muscle for muscle, words in MUSCLES.items() if words.startswith(name))
    return muscle


def bars(figure) -> dict[str, dict[str, float]]:
    """Trace name -> day -> height, without the zeros."""
    return {
        trace.name: {day: y for day, y in zip(days(trace.x), np.nan_to_num(trace.y.astype(float)), strict=True) if y}
        for trace in figure.data
    }


def muscle_weeks(efforts, catalog, muscle, **options):
    return plot_muscle_weeks(
        weekly_sets_by_exercise(efforts, catalog), weekly_volume(efforts, catalog), muscle, **options
    )


# ------------------------------------------------------------------------------------------ heat map
def test_heat_map_has_a_cell_for_each_muscle_and_week(season, catalog):
    figure = plot_volume_weeks(weekly_volume(season, catalog))
    (trace,) = figure.data
    assert trace.type == "heatmap"
    assert [muscle_named(name) for name in trace.y] == list(reversed(RUNNER_MUSCLES))  # the first one on top
    assert days(trace.x) == ["2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26", "2026-02-02", "2026-02-09"]
    soleus = [sets for (name, _), (sets, _) in heat(figure).items() if name == "soleus"]
    assert soleus == [4, 0, 8, 12, 6, 2]
    assert figure.layout.title.text


def test_heat_map_colours_are_the_bands(season, catalog):
    cells = heat(plot_volume_weeks(weekly_volume(season, catalog)))
    bands = [colour for (name, _), (_, colour) in cells.items() if name == "soleus"]
    expected = ["within", "none", "within", "above", "within", "below"]
    assert bands == [BAND_COLOURS[band] for band in expected]
    assert {colour for (name, _), (_, colour) in cells.items() if name == "core"} == {BAND_COLOURS["none"]}


def test_the_target_moves_the_colours_and_the_legend(season, catalog):
    figure = plot_volume_weeks(weekly_volume(season, catalog), target=(8, 12.5))
    soleus = [colour for (name, _), (_, colour) in heat(figure).items() if name == "soleus"]
    assert soleus == [BAND_COLOURS[b] for b in ("below", "none", "within", "within", "below", "below")]
    legend = figure.data[0].colorbar
    assert [text.replace("<br>", " ") for text in legend.ticktext] == [
        "no set",
        "below 8",
        "8 to 12.5",
        "above 12.5",
    ]
    assert list(legend.tickvals) == [0, 1, 2, 3]


def test_heat_map_in_words(season, catalog):
    alt = plot_volume_weeks(weekly_volume(season, catalog)).alt
    assert "6 weeks" in alt
    assert "within 4 to 8 sets most often (3 weeks)" in alt
    assert MUSCLES["soleus"] in alt or MUSCLES["gastrocnemius"] in alt


def test_words_do_not_praise_a_muscle_that_was_never_on_target(catalog):
    efforts = efforts_of(line("2026-01-05", "split_squat", sets=2))
    assert "most often (0" not in plot_volume_weeks(weekly_volume(efforts, catalog)).alt


def test_arms_and_chest_are_not_on_the_runners_map(catalog):
    press, squat = (line("2026-01-05", name, sets=6, reps=8) for name in ("bench_press", "split_squat"))
    cells = heat(plot_volume_weeks(weekly_volume(efforts_of(press, squat), catalog)))
    assert len(cells) == len(RUNNER_MUSCLES)
    assert cells == heat(plot_volume_weeks(weekly_volume(efforts_of(squat), catalog)))
    alone = plot_volume_weeks(weekly_volume(efforts_of(press), catalog))
    assert (alone.alt, len(alone.data)) == (NO_LEG_SETS, 0), "no map of nothing"


# ------------------------------------------------------------------------------------- one muscle
def test_bars_stack_the_exercises_of_a_muscle_the_largest_first(mixed_week, catalog):
    figure = muscle_weeks(mixed_week, catalog, "soleus")
    assert bars(figure) == {
        "One-leg calf raise": {"2026-01-05": 6},
        "Split squat": {"2026-01-05": 3},
        "Bench step-up": {"2026-01-05": 2},
    }
    assert [trace.name for trace in figure.data] == ["One-leg calf raise", "Split squat", "Bench step-up"]
    assert figure.layout.barmode == "stack"
    assert figure.layout.yaxis.title.text == "fractional sets a week"
    assert MUSCLES["soleus"] in figure.layout.title.text


def test_gaps_of_stacked_bars_do_not_travel_packed(season, catalog):
    """Of a packed one plotly.js makes NaN, and puts what comes above it on the ground."""
    drawn = muscle_weeks(season, catalog, "gastrocnemius").plain()["data"]
    assert all(isinstance(trace["y"], list) for trace in drawn) and any(None in trace["y"] for trace in drawn)


def test_weeks_of_rest_have_their_place(season, catalog):
    figure = muscle_weeks(season, catalog, "gastrocnemius")
    (trace,) = figure.data
    assert len(trace.x) == 6
    assert np.nan_to_num(trace.y.astype(float)).tolist() == [4, 0, 8, 12, 6, 2]
    first, last = pd.to_datetime(figure.layout.xaxis.range)
    assert first < pd.Timestamp("2026-01-05")
    assert last > pd.Timestamp("2026-02-09")


def test_the_target_is_a_band_behind_the_bars(mixed_week, catalog):
    figure = muscle_weeks(mixed_week, catalog, "soleus", target=(3, 7.5))
    (band,) = figure.layout.shapes
    assert (band.y0, band.y1, band.layer) == (3, 7.5, "below")
    assert (band.name, band.showlegend) == ("target 3 to 7.5", True), "beside the bars, not below them"


def test_an_exercise_looks_the_same_for_every_muscle(mixed_week, catalog):
    looks = {}
    for muscle in ("soleus", "quadriceps", "gluteus_medius"):
        for trace in muscle_weeks(mixed_week, catalog, muscle).data:
            looks.setdefault(trace.name, set()).add(look(trace))
    assert set(map(len, looks.values())) == {1}
    assert len(set.union(*looks.values())) == len(looks) == 4


def look(trace) -> tuple:
    return trace.marker.color, (trace.marker.pattern or {}).get("shape")


def test_the_least_used_of_many_exercises_share_one_bar(catalog):
    """Two exercises more than are shown, with n, n - 1, ... 2, 1 sets: the last two make a bar of 3."""
    n = MOST_EXERCISES + 2
    exercises = catalog.muscles.query("muscle == 'quadriceps' and share == 1 and role == 'set'")["exercise_id"][:n]
    efforts = efforts_of(*(line("2026-01-05", e, sets=n - i, reps=8) for i, e in enumerate(exercises)))
    figure = muscle_weeks(efforts, catalog, "quadriceps")
    heights = [next(iter(weeks.values())) for weeks in bars(figure).values()]
    assert heights == [*range(n, 2, -1), 3]
    assert figure.data[-1].name == "other exercises"
    assert figure.data[-1].marker.color == GREY
    assert len({look(trace) for trace in figure.data}) == MOST_EXERCISES + 1


def test_muscle_weeks_in_words(season, catalog):
    alt = muscle_weeks(season, catalog, "soleus").alt
    assert "Deep calf (soleus): 32 sets in 6 weeks, 100% of them from One-leg calf raise; 1 week without." in alt


def test_a_muscle_without_sets_is_said_not_drawn(season, catalog):
    figure = muscle_weeks(season, catalog, "hamstrings")
    assert len(figure.data) == 0
    assert figure.alt.startswith("No set for Hamstrings")
    assert MUSCLES["hamstrings"] in figure.layout.title.text


def test_a_side_without_sets_is_said_and_no_number_is_made_up(catalog):
    """Only the right calf was trained; of the left nothing can be a share of nothing."""
    efforts = efforts_of(line("2026-01-05", "one_leg_calf_raise", sets=3, side="right"))
    left = weekly_sets_by_exercise(efforts, catalog, side="left")
    figure = plot_muscle_weeks(left, weekly_volume(efforts, catalog), "soleus")
    assert "nan" not in figure.alt.lower()
    assert bars(figure) in ({}, {"One-leg calf raise": {}})


# --------------------------------------------------------------------------------------- contacts
@pytest.fixture
def hops(catalog) -> pd.DataFrame:
    """Three sessions: 60 low, then 60 low and 60 high, then 48 moderate."""
    efforts = efforts_of(
        line("2026-01-05", "line_hop", sets=3, reps=20),
        line("2026-01-08", "line_hop", sets=3, reps=20),
        line("2026-01-08", "one_leg_hop", sets=3, reps=10),
        line("2026-01-12", "step_hop", sets=6, reps=8),
    )
    return foot_contacts(efforts, catalog)


def test_contacts_are_bars_by_tier(hops):
    figure = plot_contacts(hops)
    assert bars(figure) == {
        "low impact": {"2026-01-05": 60, "2026-01-08": 60},
        "moderate impact": {"2026-01-12": 48},
        "high impact": {"2026-01-08": 60},
    }
    colours = {trace.name.split()[0]: trace.marker.color for trace in figure.data}
    assert colours == IMPACT_COLOURS
    assert figure.layout.barmode == "stack"
    assert figure.layout.yaxis.title.text == "foot contacts a session"
    assert figure.layout.xaxis.type == "date"


def test_the_customary_range_is_a_band(hops):
    figure = plot_contacts(hops, customary=(60, 90))
    (band,) = figure.layout.shapes
    assert (band.y0, band.y1) == (60, 90)
    assert (band.name, band.showlegend) == ("customary 60 to 90", True)


def test_contacts_in_words_count_sessions_and_not_tiers(hops):
    assert plot_contacts(hops).alt == (
        "3 sessions with 48 to 120 foot contacts; 1 above the customary 80 to 100."
    )  # fmt: skip


def test_a_tier_that_was_not_done_has_no_trace(hops):
    figure = plot_contacts(hops[hops["impact"] == "low"])
    assert [trace.name for trace in figure.data] == ["low impact"]


def test_bars_of_neighbouring_days_do_not_cover_each_other(catalog):
    efforts = efforts_of(*(line(f"2026-01-0{day}", "line_hop", sets=3, reps=20) for day in (5, 6)))
    (trace,) = plot_contacts(foot_contacts(efforts, catalog)).data
    assert np.max(trace.width) <= 86_400_000


# -------------------------------------------------------------------------------------------- many
def test_many_weeks_are_one_shape_an_exercise_that_reaches_as_high_as_bars(catalog):
    """Four years of calf raises, none in each fourth week, and 2 split squats, half a set each for the calf, on top."""
    weeks = [day for i, day in enumerate(pd.date_range("2022-01-03", periods=208, freq="7D")) if i % 4]
    lines = [line(f"{day:%Y-%m-%d}", "one_leg_calf_raise", sets=2 + i % 3, reps=8) for i, day in enumerate(weeks)]
    lines += [line(f"{day:%Y-%m-%d}", "split_squat", sets=2, reps=8) for day in weeks]
    raises, squats = muscle_weeks(efforts_of(*lines), catalog, "soleus").data
    assert (raises.name, squats.name) == ("One-leg calf raise", "Split squat")
    x, low, high = np.empty(156), {}, {}
    for trace in (raises, squats):
        x, y = (np.asarray(values, float).reshape(156, 6) for values in (trace.x, trace.y))
        low[trace.name], high[trace.name] = np.nanmin(y, axis=1), np.nanmax(y, axis=1)
        assert days(pd.to_datetime(x[:, :4].mean(axis=1), unit="ms")) == [f"{day:%Y-%m-%d}" for day in weeks]
        assert (np.nanmin(x, axis=1)[1:] > np.nanmax(x, axis=1)[:-1]).all(), "none covers the next"
    assert high["One-leg calf raise"].tolist() == [2 + i % 3 for i in range(156)]
    assert (low["Split squat"] == high["One-leg calf raise"]).all(), "stacked"
    assert (high["Split squat"] - low["Split squat"] == 1).all()


def test_many_sessions_are_one_shape_a_tier_that_reaches_as_high_as_bars(catalog):
    """Every third day 60 low contacts, and 60 high ones on top on each second of them."""
    days_ = pd.date_range("2024-01-01", periods=180, freq="3D")
    lines = [line(f"{day:%Y-%m-%d}", "line_hop", sets=3, reps=20) for day in days_]
    lines += [line(f"{day:%Y-%m-%d}", "one_leg_hop", sets=3, reps=10) for day in days_[::2]]
    low, high = plot_contacts(foot_contacts(efforts_of(*lines), catalog)).data
    assert (low.name, high.name) == ("low impact", "high impact")
    for trace, n, base in ((low, 180, 0), (high, 90, 60)):
        x, y = (np.asarray(values, float).reshape(n, 6) for values in (trace.x, trace.y))
        assert (np.nanmin(y, axis=1) == base).all() and (np.nanmax(y, axis=1) == base + 60).all()
        assert (np.nanmin(x, axis=1)[1:] > np.nanmax(x, axis=1)[:-1]).all(), "none covers the next"
        assert np.isnan(x[:, 5]).all(), "none is joined to the next"
        assert (np.asarray(trace.customdata) == 60).all()


# -------------------------------------------------------------------------------------------- all
def figures_of(efforts, catalog, period=()) -> dict:
    volume = weekly_volume(efforts, catalog, *period)
    return {
        "weeks": plot_volume_weeks(volume),
        "muscle": plot_muscle_weeks(weekly_sets_by_exercise(efforts, catalog), volume, "soleus"),
        "contacts": plot_contacts(foot_contacts(efforts, catalog)),
    }


@pytest.mark.parametrize("period", [(), ("2026-01-05", "2026-01-11")], ids=["no period", "a week"])
def test_nothing_is_drawn_of_nothing_and_said_so(catalog, period):
    for name, figure in figures_of(efforts_of(), catalog, period).items():
        assert len(figure.data) == 0, name
        assert figure.alt.startswith("No "), name
        assert figure.layout.title.text, name


def test_every_figure_travels_with_its_words(everything, catalog):
    own = everything[everything["athlete"] == "me"]
    for name, figure in figures_of(own, catalog).items():
        bundle = figure._repr_mimebundle_()
        assert bundle["text/plain"] == figure.alt, name
        assert len(figure.alt) > 20, name
        assert bundle[MIME]["data"], name
        assert by_plotly(bundle[MIME])["data"] == bundle[MIME]["data"], name
        assert bundle[MIME]["config"]["displaylogo"] is False, name


def test_the_order_of_rows_changes_no_figure(everything, catalog):
    own = everything[everything["athlete"] == "me"]
    shuffled = own.sample(frac=1, random_state=3)
    assert list(shuffled.index) != list(own.index)
    for name, figure in figures_of(shuffled, catalog).items():
        assert figure.plain() == figures_of(own, catalog)[name].plain(), name


def test_tables_stay_as_they_were(everything, catalog):
    own = everything[everything["athlete"] == "me"]
    volume, parts = weekly_volume(own, catalog), weekly_sets_by_exercise(own, catalog)
    contacts = foot_contacts(own, catalog)
    before = [table.copy(deep=True) for table in (volume, parts, contacts)]
    plot_volume_weeks(volume)
    plot_muscle_weeks(parts, volume, "soleus")
    plot_contacts(contacts)
    for table, then in zip((volume, parts, contacts), before, strict=True):
        pd.testing.assert_frame_equal(table, then)


def test_one_row_is_enough_for_every_figure(catalog):
    efforts = efforts_of(line("2026-01-07", "split_squat", reps=10))
    figures = figures_of(efforts, catalog)
    assert bars(figures["muscle"]) == {"Split squat": {"2026-01-05": 0.5}}
    assert heat(figures["weeks"])["quadriceps", "2026-01-05"] == (1, BAND_COLOURS["below"])
    assert recent_volume(weekly_volume(efforts, catalog))["band"].tolist().count("below") == 5
    assert list(BAND_COLOURS) == BANDS
