"""Long seasons: the axis shows days, the last year comes first, and no gap eats a cell."""

import pandas as pd
import pytest
from tables import log_of

from analysis import plot_muscle_weeks, plot_volume_weeks, weekly_sets_by_exercise, weekly_volume

HEADER = "date,exercise,sets,reps"


@pytest.fixture
def two_days_far_apart(tmp_path):
    """One session of 2013 beside one of 2026: 671 weeks."""
    return log_of(tmp_path, f"{HEADER}\n2013-05-01,calf_raise,3,12\n2026-03-02,calf_raise,3,12\n")


def weeks_of(log, catalog):
    return weekly_volume(log.efforts, catalog, *log.period)


def test_of_years_the_last_fifty_two_weeks_are_shown_first(two_days_far_apart, catalog):
    figure = plot_volume_weeks(weeks_of(two_days_far_apart, catalog))
    first, end = map(pd.Timestamp, figure.layout.xaxis.range)
    assert (end - first).days == 52 * 7
    assert first < pd.Timestamp("2026-03-02") < end
    assert [button.label for button in figure.layout.xaxis.rangeselector.buttons] == ["last 52 weeks", "all 671 weeks"]
    assert len(figure.data[0].x) == 671, "the rest is there"


def test_cells_of_years_have_no_gaps_and_those_of_a_season_have(tmp_path, two_days_far_apart, catalog):
    season = log_of(tmp_path, f"{HEADER}\n2026-01-05,calf_raise,3,12\n2026-03-02,calf_raise,3,12\n")
    gaps = [plot_volume_weeks(weeks_of(log, catalog)).data[0].xgap for log in (two_days_far_apart, season)]
    assert gaps == [0, 1]
    assert plot_volume_weeks(weeks_of(season, catalog)).layout.xaxis.rangeselector is None


def test_days_are_days_however_many_bars_there_are(tmp_path, two_days_far_apart, catalog):
    """Beyond 160 bars they are drawn as one area, whose places are numbers."""
    log = two_days_far_apart
    figure = plot_muscle_weeks(weekly_sets_by_exercise(log.efforts, catalog), weeks_of(log, catalog), "soleus")
    assert figure.data[0].type == "scatter" and figure.layout.xaxis.type == "date"
