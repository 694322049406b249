"""What the figures of plan and week hold: boxes on their day, menus, bars, bands, texts, and their words."""

import numpy as np
import pandas as pd
import pytest
from by_plotly import by_plotly
from reading import PAYLOADS
from tables import catalog_with, efforts_of, line

from analysis import (
    day_loads,
    dose_adherence,
    load_catalog,
    modality_weeks,
    plan_adherence,
    plan_doses,
    plot_adherence,
    plot_load,
    plot_modalities,
    session_loads,
    spacing_conflicts,
    spacing_remarks,
    week_calendar,
    week_load,
)
from analysis.measures.what_if import beside, sets_of_week
from analysis.schema import DOSES, RUNNER_MUSCLES, SESSIONS, conform
from analysis.telling.empty import NO_MINUTES, NO_PLAN_YET, NO_RPE, NO_SETS_OF_WEEK, NO_WEEK, NONE_OF_THE_PLAN
from analysis.telling.figures import choices, plot_what_if
from analysis.telling.figures.balance import DONE_COLOUR, HALF_CELL, LOAD_COLOUR, ROWS, plot_plan_muscles
from analysis.telling.figures.choices import MOST_IN_MENU
from analysis.telling.figures.figure import MIME
from analysis.telling.figures.theme import MODALITY_COLOURS

NOTHING = efforts_of()
NO_DOSES = conform({}, DOSES)
MON, SUN = "2026-03-02", "2026-03-08"


def marked(figure):
    """The figure, each trace with the week that shows it."""
    for button in figure.layout.updatemenus[0].buttons if figure.layout.updatemenus else ():
        for trace, visible in zip(figure.data, button.args[0]["visible"], strict=True):
            trace.meta = monday_of_label(button.label) if visible else trace.meta
    if not figure.layout.updatemenus and figure.data:
        for trace in figure.data:
            trace.meta = monday_of_label(figure.alt.split(":")[0].split(",")[0])
    return figure


def sets_beside(before, after, catalog):
    """Of each muscle group its sets in the first week, of both."""
    return beside(*(sets_of_week(of, catalog, MON) for of in (before, after)))


def monday_of_label(text: str) -> str:
    return pd.to_datetime(" ".join(text.split()[-3:]), format="%d %b %Y").strftime("%Y-%m-%d")


def plot_each_week(table, week=None, *near, doses=NO_DOSES):
    return marked(choices.plot_each_week(table, doses, week, (4, 8), *near))


def muscles_of(doses, target=(4, 8)):
    return marked(plot_plan_muscles(doses, MON, target))


def traces(figure, week=MON) -> dict:
    """The traces of a week by name."""
    return {trace.name: trace for trace in figure.data if trace.meta == week}


def boxes(trace) -> dict[tuple[int, str], float]:
    """(day, 0 = Monday; row) -> share of the height of the cell that the box fills."""
    corners = zip(trace.x[::6], trace.y[::6], trace.y[2::6], strict=True)
    return {
        (round(x + HALF_CELL), ROWS[round(low + HALF_CELL)]): (high - low) / (2 * HALF_CELL) for x, low, high in corners
    }


def bars(trace) -> set[tuple]:
    """(from day, row, to day, row) of each bar."""
    return {
        (a, ROWS[round(y)], b, ROWS[round(z)]) for a, b, y, z in zip(trace.x[::5], trace.x[3::5], trace.y[::5], trace.y[3::5], strict=True)
    }  # fmt: skip


def texts(figure, week=MON) -> dict[tuple[int, str], str]:
    day = traces(figure, week)["day"]
    return {(x, ROWS[y]): text for x, y, text in zip(day.x, day.y, day.text, strict=True)}


def hover(figure, week=MON) -> list[str]:
    return list(traces(figure, week)["day"].hovertext)


def shown_first(figure) -> set[str]:
    return {trace.meta for trace in figure.data if trace.visible}


def menu(figure):
    return figure.layout.updatemenus[0]


def calendar(catalog, plan=NOTHING, done=NOTHING, **period) -> pd.DataFrame:
    adherence = plan_adherence(plan, done, catalog, **period)
    return week_calendar(adherence, spacing_conflicts(plan, catalog), spacing_conflicts(done, catalog))


def week_of(catalog, plan=NOTHING, done=NOTHING, week=None, doses=NO_DOSES, **period):
    near = [told(of, catalog) for told in (spacing_conflicts, spacing_remarks) for of in (plan, done)]
    return plot_each_week(calendar(catalog, plan, done, **period), week, *near, doses=doses)


def squats(day, sets=4, **cells):
    return line(day, "split_squat", sets=sets, reps=10, **cells)


# ---------------------------------------------------------------------------------- one week
def test_the_week_has_a_column_for_each_day_and_a_row_for_each_kind(catalog):
    axes = week_of(catalog, done=efforts_of(squats(MON))).layout
    assert axes.xaxis.ticktext == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert axes.yaxis.ticktext == ["running", "hills", "plyometrics", "strength<br>sets"]
    assert axes.xaxis.range[0] < 0 < 6 < axes.xaxis.range[1]


def test_planned_is_an_outline_and_done_a_fill_of_its_share(catalog):
    """3 of 4 sets on Monday, 6 of 6 charges on Thursday, nothing of 60 hops on Saturday."""
    plan = efforts_of(
        squats(MON), line("2026-03-05", "hill_charge", sets=6), line("2026-03-07", "line_hop", sets=3, reps=20)
    )
    done = efforts_of(squats(MON, 3), line("2026-03-05", "hill_charge", sets=6))
    figure = week_of(catalog, plan, done, until=SUN)
    parts = traces(figure)
    outlines = boxes(parts["planned"])
    assert set(outlines) == {(0, "strength"), (3, "hills"), (5, "plyometrics")}
    assert list(outlines.values()) == pytest.approx([1, 1, 1])
    assert boxes(parts["strength"]) == pytest.approx({(0, "strength"): 0.75})
    assert boxes(parts["hills"]) == pytest.approx({(3, "hills"): 1})
    assert boxes(parts["plyometrics"]) == boxes(parts["running"]) == {}
    assert parts["planned"].fill is None and parts["hills"].fill == "toself"
    assert texts(figure) == {(0, "strength"): "3/4", (3, "hills"): "6/6", (5, "plyometrics"): "0/60"}


def test_each_kind_has_the_colour_that_it_has_in_the_mix(catalog):
    done = efforts_of(
        squats(MON),
        line(MON, "hill_charge", sets=6),
        line(MON, "line_hop", reps=20),
        line(MON, "easy_run", duration_s=60),
    )
    parts = traces(week_of(catalog, done=done))
    assert {row: parts[row].fillcolor for row in ROWS} == {row: MODALITY_COLOURS[row] for row in ROWS}


def test_two_items_of_a_day_fill_their_mean(catalog):
    """All of one and nothing of the other are half."""
    plan = efforts_of(squats(MON), line(MON, "hamstring_push_up", sets=4))
    figure = week_of(catalog, plan, efforts_of(squats(MON)), until=SUN)
    assert boxes(traces(figure)["strength"]) == pytest.approx({(0, "strength"): 0.5})
    assert hover(figure) == ["2 Mar 2026, strength: 4 of 8 sets (in part missed)"]


def test_what_was_not_planned_is_filled_without_outline(catalog):
    figure = week_of(
        catalog, efforts_of(squats(MON)), efforts_of(squats(MON), line("2026-03-04", "calf_raise", sets=2))
    )
    parts = traces(figure)
    assert set(boxes(parts["planned"])) == {(0, "strength")}
    assert boxes(parts["strength"])[(2, "strength")] == pytest.approx(1)
    assert hover(figure)[1] == "4 Mar 2026, strength: 2 sets (extra)"


def test_more_than_was_planned_does_not_leave_the_box_nor_stand_for_what_was_missed(catalog):
    plan = efforts_of(squats(MON, 3), line("2026-03-04", "hamstring_push_up", sets=3))
    done = efforts_of(squats(MON, 9), line("2026-03-04", "calf_raise", sets=3))
    figure = week_of(catalog, plan, done, until=SUN)
    assert boxes(traces(figure)["strength"]) == pytest.approx({(0, "strength"): 1})
    assert texts(figure) == {(0, "strength"): "3/3", (2, "strength"): "0/3"}
    assert hover(figure)[1] == "4 Mar 2026, strength: 0 of 3 sets; 3 sets more (missed)"


def test_what_was_moved_is_planned_on_one_day_and_done_on_another(catalog):
    plan, done = efforts_of(line("2026-03-07", "hill_charge", sets=6)), efforts_of(line(SUN, "hill_charge", sets=6))
    figure = week_of(catalog, plan, done)
    parts = traces(figure)
    assert set(boxes(parts["planned"])) == {(5, "hills")}
    assert boxes(parts["hills"]) == pytest.approx({(6, "hills"): 1})
    assert texts(figure) == {(5, "hills"): "0/6", (6, "hills"): "6"}
    assert all(text.endswith("(moved)") for text in hover(figure))


def test_what_was_moved_into_the_next_week_is_done_there(catalog):
    plan, done = efforts_of(line(SUN, "hill_charge", sets=6)), efforts_of(line("2026-03-09", "hill_charge", sets=6))
    figure = week_of(catalog, plan, done)
    assert boxes(traces(figure)["hills"]) == {}
    assert boxes(traces(figure, "2026-03-09")["hills"]) == pytest.approx({(0, "hills"): 1})


def test_what_is_still_to_come_is_an_outline_with_its_amount(catalog):
    figure = week_of(catalog, efforts_of(squats(MON)))
    parts = traces(figure)
    assert set(boxes(parts["planned"])) == {(0, "strength")}
    assert boxes(parts["strength"]) == {}
    assert texts(figure) == {(0, "strength"): "4"}
    assert figure.alt == "Week of 2 Mar 2026: Mon strength 4 sets (to come)."


def test_what_nobody_measured_is_not_nothing(catalog):
    """45 minutes are planned; the run was logged in kilometres."""
    plan, done = efforts_of(line(MON, "easy_run", duration_s=2700)), efforts_of(line(MON, "easy_run", distance_m=8000))
    figure = week_of(catalog, plan, done)
    assert boxes(traces(figure)["running"]) == pytest.approx({(0, "running"): 1})
    assert texts(figure) == {(0, "running"): "?/45"}


def test_long_amounts_stand_in_two_lines(catalog):
    hops = efforts_of(line(MON, "line_hop", sets=6, reps=20))
    assert texts(week_of(catalog, hops, hops)) == {(0, "plyometrics"): "120/<br>120"}


def test_one_set_is_not_one_sets(catalog):
    assert "Mon strength 1 set (done)" in week_of(catalog, done=efforts_of(squats(MON, 1))).alt


def test_days_are_joined_only_where_they_clash(catalog):
    """Squats on Monday and Tuesday, hamstrings on Wednesday and Thursday: Tuesday and Wednesday share no muscle."""
    days = zip(
        ("2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05"),
        ["split_squat"] * 2 + ["hamstring_push_up"] * 2,
        strict=True,
    )
    figure = week_of(catalog, done=efforts_of(*(line(day, name, sets=3) for day, name in days)))
    near = bars(traces(figure)["too near"])
    assert near == {(0, "strength", 1, "strength"), (2, "strength", 3, "strength")}
    assert hover(figure)[0].endswith("<br>too near: Glutes (maximus), Quadriceps again on Tue")
    assert "Hamstrings again on Thu" in hover(figure)[2]
    assert "again on Tue" not in hover(figure)[2]
    assert "Too near each other: Mon Glutes (maximus), Quadriceps again on Tue; " in figure.alt


def test_a_sunday_and_the_monday_after_it_clash_in_both_weeks(catalog):
    done = efforts_of(line(SUN, "hill_charge", sets=6), line("2026-03-09", "hill_charge", sets=6))
    figure = week_of(catalog, done=done)
    assert bars(traces(figure)["too near"]) == {(6, "hills", 6.5, "hills")}
    assert bars(traces(figure, "2026-03-09")["too near"]) == {(-0.5, "hills", 0, "hills")}


def test_low_hops_and_runs_may_be_daily(catalog):
    drills = [
        line(day, name, reps=20, duration_s=600) for day in (MON, "2026-03-03") for name in ("line_hop", "easy_run")
    ]
    figure = week_of(catalog, done=efforts_of(*drills))
    assert bars(traces(figure)["too near"]) == set()
    assert "near" not in figure.alt


def test_the_plan_clashes_too(catalog):
    plan = efforts_of(squats(MON), squats("2026-03-03"))
    assert bars(traces(week_of(catalog, plan))["too near"]) == {(0, "strength", 1, "strength")}


def test_days_of_two_kinds_are_joined_from_row_to_row(catalog):
    """A tempo run on Tuesday and hills on Wednesday clash; after squats on Monday the run is nearer than is wished."""
    done = efforts_of(
        squats(MON), line("2026-03-03", "tempo_run", duration_s=1800), line("2026-03-04", "hill_charge", sets=6)
    )
    figure = week_of(catalog, done=done)
    assert bars(traces(figure)["too near"]) == {(1, "running", 2, "hills")}
    assert bars(traces(figure)["nearer than wished"]) == {(0, "strength", 1, "running")}
    calf = "Calf (gastrocnemius), Deep calf (soleus) again on Wed (hills)"
    assert f"Too near each other: Tue Glutes (maximus), Hamstrings, Quadriceps, {calf}" in figure.alt


# ---------------------------------------------------------------------------------- the menu of weeks
@pytest.fixture
def three_weeks(catalog):
    """Planned in three weeks, done in the first two."""
    days = ("2026-03-02", "2026-03-09", "2026-03-16")
    return efforts_of(*map(squats, days)), efforts_of(*map(squats, days[:2]))


def figures_with_menu(catalog, plan, done, **options) -> list:
    doses = plan_doses(plan, done, catalog, "2026-03-02", "2026-03-22")
    return [week_of(catalog, plan, done, **options), week_of(catalog, plan, done, doses=doses, **options)]


def test_a_button_shows_the_traces_of_its_week_and_no_others(catalog, three_weeks):
    for figure in figures_with_menu(catalog, *three_weeks):
        labels = [button.label for button in menu(figure).buttons]
        assert labels == ["from 16 Mar 2026", "from 9 Mar 2026", "from 2 Mar 2026"], "the newest first"
        for button, week in zip(menu(figure).buttons, ("2026-03-16", "2026-03-09", "2026-03-02"), strict=True):
            change = button.args[0]
            assert change["visible"] == [trace.meta == week for trace in figure.data]
            assert any(change["visible"])


def test_the_last_week_that_was_trained_is_shown_first(catalog, three_weeks):
    for figure in figures_with_menu(catalog, *three_weeks):
        assert shown_first(figure) == {"2026-03-09"}
        assert menu(figure).buttons[menu(figure).active].label == "from 9 Mar 2026"
        assert figure.alt.startswith("Week of 9 Mar 2026")


@pytest.mark.parametrize("day", ["2026-03-02", "2026-03-05", "2026-03-08"])
def test_any_day_chooses_its_week(catalog, three_weeks, day):
    for figure in figures_with_menu(catalog, *three_weeks, week=day):
        assert shown_first(figure) == {MON}
        assert menu(figure).active == 2


def test_a_day_without_a_week_leaves_the_last_one_trained(catalog, three_weeks):
    for figure in figures_with_menu(catalog, *three_weeks, week="2025-01-01"):
        assert shown_first(figure) == {"2026-03-09"}


def test_a_plan_alone_begins_with_its_first_week(catalog, three_weeks):
    for figure in figures_with_menu(catalog, three_weeks[0], NOTHING):
        assert shown_first(figure) == {MON}


def test_one_choice_moves_both_pictures(catalog, three_weeks):
    """Above the days of the week, below its muscles, each on its own axes; a still picture shows both."""
    doses = plan_doses(*three_weeks, catalog, MON, "2026-03-22")
    figure = week_of(catalog, *three_weeks, doses=doses)
    assert {(trace.name, trace.yaxis) for trace in figure.data} >= {("day", "y"), ("done", "y2"), ("planned", "y2")}
    for button in menu(figure).buttons:
        shown = [trace for trace, on in zip(figure.data, button.args[0]["visible"], strict=True) if on]
        assert {trace.meta for trace in shown} == {monday_of_label(button.label)}
        assert {trace.yaxis for trace in shown} == {"y", "y2"}
    (low, high), (begins, ends) = figure.layout.yaxis2.domain, figure.layout.yaxis.domain
    assert 0 == low < high < begins < ends == 1
    assert [note.text for note in figure.layout.annotations][-1] == "Sets of each muscle in the week"
    assert ">Tue<" in figure.picture() and ">Glutes<" in figure.picture()


def mondays(n) -> list[str]:
    return pd.date_range("2025-01-06", periods=n, freq="7D").strftime("%Y-%m-%d").tolist()


def test_of_many_weeks_the_last_are_in_the_menu_in_order(catalog):
    weeks = mondays(MOST_IN_MENU + 10)
    figure = week_of(catalog, done=efforts_of(*map(squats, weeks)))
    assert sorted({trace.meta for trace in figure.data}) == weeks[-MOST_IN_MENU:]
    assert len(menu(figure).buttons) == MOST_IN_MENU
    assert shown_first(figure) == {weeks[-1]}
    assert menu(figure).active == 0


@pytest.mark.parametrize("place", [0, 5, 12, 30])
def test_a_week_of_long_ago_stands_among_its_neighbours(catalog, place):
    weeks = mondays(MOST_IN_MENU + 10)
    figure = week_of(catalog, done=efforts_of(*map(squats, weeks)), week=weeks[place])
    offered = list(dict.fromkeys(trace.meta for trace in figure.data))
    start = weeks.index(offered[0])
    assert offered[::-1] == weeks[start - MOST_IN_MENU + 1 : start + 1]
    assert shown_first(figure) == {weeks[place]}
    assert figure.data[[trace.visible for trace in figure.data].index(True)].meta == offered[menu(figure).active]


def test_a_long_plan_does_not_push_what_was_done_out_of_the_menu(catalog):
    weeks = mondays(60)
    figure = week_of(catalog, efforts_of(*map(squats, weeks)), efforts_of(*map(squats, weeks[:3])))
    assert set(weeks[:3]) < {trace.meta for trace in figure.data}
    assert shown_first(figure) == {weeks[2]}


# ---------------------------------------------------------------------------------- muscles
def sets_of_bar(trace) -> dict[str, float]:
    return {name: sets for name, sets in zip(trace.y, trace.x, strict=True) if sets}


def test_muscles_done_against_planned_against_the_band(catalog):
    """A split squat trains glutes and quadriceps, and half as much abductors, adductors and the deep calf."""
    doses = plan_doses(efforts_of(squats(MON, 8)), efforts_of(squats(MON, 6)), catalog, MON, SUN)
    figure = muscles_of(doses, target=(3, 5))
    parts = traces(figure)
    half = ("Hip abductors", "Adductors", "Deep calf")
    assert sets_of_bar(parts["done"]) == {"Glutes": 6, "Quadriceps": 6, **dict.fromkeys(half, 3)}
    assert sets_of_bar(parts["planned"]) == {"Glutes": 8, "Quadriceps": 8, **dict.fromkeys(half, 4)}
    assert len(parts["done"].y) == len(RUNNER_MUSCLES)
    assert parts["done"].y[-1] == "Glutes"  # at the top
    assert [(band.x0, band.x1) for band in figure.layout.shapes] == [(3, 5)]
    assert figure.layout.xaxis.title.text == "sets a week; shaded: 3 to 5"
    assert parts["done"].marker.color == DONE_COLOUR
    assert parts["planned"].marker.line.width > 0 and parts["planned"].marker.color.endswith(",0)")
    assert figure.layout.barmode == "overlay"


def test_muscles_in_words_name_those_that_got_nothing(catalog):
    doses = plan_doses(efforts_of(squats(MON, 8)), efforts_of(squats(MON, 6)), catalog, MON, SUN)
    assert muscles_of(doses).alt == (
        "Week of 2 Mar 2026, sets done of planned: Glutes 6 of 8, Hip abductors 3 of 4, "
        "Hamstrings 0 of 0, Quadriceps 6 of 8, Adductors 3 of 4, Hip flexors 0 of 0, Calf 0 of 0, Deep calf 3 of 4, "
        "Shin 0 of 0, Core 0 of 0 and Lower back 0 of 0. Target 4 to 8."
    )


def test_muscles_of_a_log_alone_have_no_outline(catalog):
    figure = muscles_of(plan_doses(NOTHING, efforts_of(squats(MON)), catalog, MON, SUN))
    assert set(traces(figure)) == {"done"}
    assert ", sets done: Glutes 4, Hip abductors 2, Hamstrings 0" in figure.alt


def test_muscles_of_a_plan_alone_are_not_told_as_undone(catalog):
    figure = muscles_of(plan_doses(efforts_of(squats(MON)), NOTHING, catalog, MON, SUN))
    assert sets_of_bar(traces(figure)["done"]) == {}
    assert sets_of_bar(traces(figure)["planned"])["Glutes"] == 4
    assert "sets planned, none done: Glutes 4" in figure.alt


@pytest.mark.parametrize("exercise", ["line_hop", "bench_press"])
def test_work_that_trains_no_muscle_of_the_picture_is_said_not_drawn(catalog, exercise):
    figure = muscles_of(plan_doses(NOTHING, efforts_of(line(MON, exercise, sets=3, reps=9)), catalog, MON, SUN))
    assert len(figure.data) == 0
    assert figure.alt == NO_SETS_OF_WEEK


# ---------------------------------------------------------------------------------- what if
def what_if(catalog, before, after, contacts=(0.0, 0.0), target=(4, 8)):
    return plot_what_if(sets_beside(before, after, catalog), contacts, spacing_conflicts(after, catalog), target)


def test_what_if_stands_before_what_was(catalog):
    figure = what_if(catalog, efforts_of(squats(MON, 4)), efforts_of(squats(MON, 8)))
    was, would = ({bar.name: bar for bar in figure.data}[name] for name in ("as it was", "as it would be"))
    assert sets_of_bar(was)["Quadriceps"] == 4
    assert sets_of_bar(would)["Quadriceps"] == 8
    assert list(was.y) == list(would.y) and len(was.y) == len(RUNNER_MUSCLES)
    assert [(band.x0, band.x1) for band in figure.layout.shapes] == [(4, 8)]


def test_what_if_in_words_counts_muscles_contacts_and_clashes(catalog):
    """8 sets: glutes and quadriceps 8, three others 4; both ends are within."""
    figure = what_if(catalog, efforts_of(squats(MON, 4)), efforts_of(squats(MON, 8)), (60.0, 1080.0))
    assert figure.alt == "5 of 11 muscle groups within 4 to 8 sets; 1,080 foot contacts (were 60); no days clash."
    hills = efforts_of(line(MON, "hill_charge", sets=6), line("2026-03-03", "hill_charge", sets=6))
    assert what_if(catalog, hills, hills).alt.endswith(
        "too near each other: Mon and Tue (Calf (gastrocnemius), Deep calf (soleus))."
    )


# ---------------------------------------------------------------------------------- adherence
def shares(*rows) -> pd.DataFrame:
    """dose_adherence of (week, kind, planned, done)."""
    frame = pd.DataFrame(rows, columns=["week", "kind", "planned", "done"])
    frame = frame.assign(athlete="me", week=pd.to_datetime(frame["week"]), what=frame["kind"])
    return dose_adherence(conform(frame, DOSES))


def test_adherence_is_a_field_for_each_week_and_dose():
    figure = plot_adherence(shares((MON, "sets", 10, 8), (MON, "charges", 6, 4), ("2026-03-09", "sets", 20, 20)))
    (strip,) = figure.data
    assert list(strip.y) == ["hill repeats", "sets"]  # from below
    assert list(pd.DatetimeIndex(strip.x).strftime("%Y-%m-%d")) == ["2026-03-02", "2026-03-09"]
    np.testing.assert_allclose(np.array(strip.z, float), [[4 / 6, np.nan], [0.8, 1]])
    assert (strip.zmin, strip.zmax) == (0, 1)
    assert strip.colorbar.tickformat == ".0%"
    assert "too much" in figure.layout.title.subtitle.text


def test_few_weeks_have_their_mondays_at_the_axis():
    figure = plot_adherence(shares((MON, "sets", 10, 8)))
    assert list(pd.DatetimeIndex(figure.layout.xaxis.tickvals)) == [pd.Timestamp(MON)]


def test_adherence_in_words_is_the_ratio_of_totals():
    """28 of 30 sets are 93 %; the mean of 80 % and 100 % is 90 %."""
    figure = plot_adherence(shares((MON, "sets", 10, 8), ("2026-03-09", "sets", 20, 20), (MON, "minutes", 45, 0)))
    assert figure.alt == "Done of what was planned in 2 weeks: sets 93%, running minutes 0%."


def test_too_much_makes_no_more_than_all():
    assert np.array(plot_adherence(shares((MON, "sets", 10, 30))).data[0].z, float).tolist() == [[1]]


def test_weeks_without_a_plan_are_a_gap_and_not_the_field_of_their_neighbours():
    (strip,) = plot_adherence(shares((MON, "sets", 10, 10), ("2026-03-23", "sets", 10, 5))).data
    assert len(strip.x) == 4
    np.testing.assert_array_equal(np.array(strip.z, float), [[1, np.nan, np.nan, 0.5]])


# ---------------------------------------------------------------------------------- load
def sessions(*rows) -> pd.DataFrame:
    """(day, type, minutes, rpe) each."""
    frame = pd.DataFrame(rows, columns=["date", "session_type", "duration_min", "rpe"])
    day = pd.to_datetime(frame["date"])
    week = day - pd.to_timedelta(day.dt.day_of_week, unit="D")
    return conform(
        frame.assign(date=day, week=week, session_id=[f"s{i}" for i in range(len(rows))], athlete="me"), SESSIONS
    )


def loads_from(table: pd.DataFrame) -> pd.DataFrame:
    return session_loads(table, efforts_of(), load_catalog())


def load_of(*rows, end=SUN):
    loads = loads_from(sessions(*rows))
    return plot_load(day_loads(loads, MON, end), week_load(loads, MON, end))


def test_load_is_effort_times_minutes_on_its_day_and_rest_is_zero():
    figure = load_of((MON, "run", 60, 5), (MON, "strength", 30, 6), ("2026-03-05", "hills", 50, 8))
    (bar,) = figure.data
    assert list(bar.y) == [480, 0, 0, 400, 0, 0, 0]
    assert pd.Timestamp(bar.x[3]) == pd.Timestamp("2026-03-05")
    assert figure.layout.yaxis.title.text == "RPE x min"


def test_monotony_stands_as_text_over_the_middle_of_its_week():
    """One day of seven: mean over deviation is 1 / sqrt(6) = 0.41; two equal days: 2 / sqrt(10) = 0.63."""
    figure = load_of((MON, "run", 60, 5), ("2026-03-09", "run", 60, 5), ("2026-03-11", "run", 60, 5), end="2026-03-15")
    notes = [(f"{note.x:%Y-%m-%d}", note.text) for note in figure.layout.annotations]
    assert notes == [("2026-03-05", "0.4"), ("2026-03-12", "0.6")]
    assert figure.alt == (
        "Load of 2 weeks: 300 to 600 a week. Monotony 0.4 to 0.6. "
        "Load is effort of the session (RPE) x minutes, of 3 sessions."
    )


def test_a_week_with_an_unknown_session_has_no_monotony_and_is_said():
    figure = load_of((MON, "run", 60, 5), ("2026-03-04", "run", 60, np.nan))
    assert figure.layout.annotations is None
    assert figure.layout.title.subtitle.text.startswith("of 1 of 2 sessions; ")
    assert "RPE) x minutes, of 1 of 2 sessions. Log minutes and the effort" in figure.alt
    assert "Monotony" not in figure.alt and "nan" not in figure.alt.lower()


def test_a_cut_week_has_no_monotony():
    assert load_of((MON, "run", 60, 5), end="2026-03-06").layout.annotations is None


def test_load_has_the_colour_of_no_kind_of_training():
    assert load_of((MON, "run", 60, 5)).data[0].marker.color == LOAD_COLOUR
    assert LOAD_COLOUR not in MODALITY_COLOURS.values()


# ---------------------------------------------------------------------------------- modalities
def test_what_a_week_is_made_of_is_stacked_in_minutes():
    table = sessions((MON, "run", 60, 5), (SUN, "run", 30, 5), (MON, "hills", 30, 8), ("2026-03-09", "strength", 60, 6))
    figure = plot_modalities(modality_weeks(table))
    held = {
        bar.name: dict(zip(pd.DatetimeIndex(bar.x).strftime("%d").tolist(), bar.y, strict=True)) for bar in figure.data
    }
    assert held == {"strength": {"09": 60}, "hills": {"02": 30}, "running": {"02": 90}}
    assert all(bar.marker.color == MODALITY_COLOURS[bar.name] for bar in figure.data)
    assert figure.layout.barmode == "stack"
    assert figure.layout.yaxis.title.text == "minutes"
    assert figure.alt == "Minutes of 2 weeks: strength 33%, hills 17% and running 50%."


@pytest.mark.parametrize(("untimed", "said"), [(1, "1 session without"), (2, "2 sessions without")])
def test_sessions_without_minutes_are_said(untimed, said):
    table = sessions((MON, "run", 60, 5), *[(SUN, "strength", np.nan, 5)] * untimed)
    figure = plot_modalities(modality_weeks(table))
    assert [bar.name for bar in figure.data] == ["running"]
    assert figure.layout.title.subtitle.text == f"{said} minutes not in it"
    assert figure.alt == f"Minutes of 1 week: running 100%; {said} minutes not in it."


# ---------------------------------------------------------------------------------- all
def all_of(catalog, plan, done, table) -> dict:
    doses = plan_doses(plan, done, catalog, MON, SUN)
    return {
        "week": week_of(catalog, plan, done),
        "muscles": muscles_of(doses),
        "adherence": plot_adherence(dose_adherence(doses)),
        "load": plot_load(day_loads(loads_from(table), MON, SUN), week_load(loads_from(table), MON, SUN)),
        "modalities": plot_modalities(modality_weeks(table)),
    }


EMPTY = {
    "week": NO_WEEK,
    "muscles": NO_SETS_OF_WEEK,
    "adherence": NO_PLAN_YET,
    "load": NO_RPE,
    "modalities": NO_MINUTES,
}


@pytest.mark.parametrize("table", [sessions(), sessions((MON, "run", np.nan, np.nan))], ids=["none", "untold"])
def test_nothing_is_drawn_of_nothing_and_said_so(catalog, table):
    for name, figure in all_of(catalog, NOTHING, NOTHING, table).items():
        assert len(figure.data) == 0, name
        assert figure.alt == EMPTY[name]
        shown = figure._repr_mimebundle_()
        assert shown == {"text/html": f"<p>{EMPTY[name]}</p>", "text/plain": EMPTY[name]}, "a sentence, no empty axes"


def test_a_plan_of_which_nothing_was_logged_has_no_strip_of_zeros(catalog):
    doses = plan_doses(efforts_of(squats(MON)), NOTHING, catalog, MON, SUN)
    figure = plot_adherence(dose_adherence(doses))
    assert len(figure.data) == 0
    assert figure.alt == NONE_OF_THE_PLAN


def test_every_figure_travels_with_its_words(catalog):
    for name, figure in all_of(
        catalog, efforts_of(squats(MON)), efforts_of(squats(MON)), sessions((MON, "run", 60, 5))
    ).items():
        bundle = figure._repr_mimebundle_()
        assert bundle["text/plain"] == figure.alt, name
        assert bundle[MIME]["data"], name
        assert by_plotly(bundle[MIME])["data"] == bundle[MIME]["data"], name
        assert "nan" not in figure.alt.lower(), name
        assert figure.layout.height <= 500 * (1 + ("yaxis2" in bundle[MIME]["layout"])), name  # of a phone


@pytest.mark.parametrize("payload", PAYLOADS)
def test_names_of_exercises_and_athletes_are_never_markup_in_a_picture(tmp_path, payload):
    catalog = catalog_with(tmp_path, payload)
    plan = efforts_of(*(line(day, "own", sets=3, reps=10, athlete=payload) for day in (MON, "2026-03-03")))
    done = efforts_of(
        line(MON, "own", sets=2, reps=10, athlete=payload), line(MON, None, exercise=payload, athlete=payload)
    )
    figures = all_of(catalog, plan, done, sessions((MON, "run", 60, 5)))
    figures["what if"] = what_if(catalog, done, plan)
    for name, figure in figures.items():
        assert len(figure.data), name
        assert payload not in str(figure.plain()), name


def test_the_order_of_lines_changes_no_figure(catalog):
    plan = efforts_of(squats(MON), squats("2026-03-05"), line(SUN, "hill_charge", sets=6), squats("2026-03-09"))
    table = sessions((MON, "run", 60, 5), (SUN, "hills", 30, 8))
    figures = all_of(catalog, plan, plan, table)
    for name, figure in all_of(catalog, plan[::-1], plan.sample(frac=1, random_state=3), table[::-1]).items():
        assert figure.plain() == figures[name].plain(), name


def test_tables_stay_as_they_were(catalog):
    plan, done, table = (
        efforts_of(squats(MON), squats("2026-03-03")),
        efforts_of(squats(MON)),
        sessions((MON, "run", 60, 5)),
    )
    doses = plan_doses(plan, done, catalog, MON, SUN)
    tables = {
        lambda *both: choices.plot_each_week(*both, None, (4, 8)): [calendar(catalog, plan, done), doses],
        lambda doses: plot_plan_muscles(doses, MON): [doses],
        plot_adherence: [dose_adherence(doses)],
        plot_load: [day_loads(loads_from(table), MON, SUN), week_load(loads_from(table), MON, SUN)],
        plot_modalities: [modality_weeks(table)],
    }
    sets, clashes = sets_beside(done, plan, catalog), spacing_conflicts(plan, catalog)
    for plot, given in {**tables, lambda sets, clashes: plot_what_if(sets, (0, 0), clashes): [sets, clashes]}.items():
        before = [frame.copy(deep=True) for frame in given]
        plot(*given)
        for frame, then in zip(given, before, strict=True):
            pd.testing.assert_frame_equal(frame, then)
