"""What the figures of plan and week hold: boxes, bars, menus, words."""

import numpy as np
import pandas as pd
import pytest
from reading import PAYLOADS
from tables import efforts_of, line, loads_of, sessions_of

from analysis import (
    day_loads,
    dose_adherence,
    modality_weeks,
    plan_adherence,
    plan_doses,
    plot_adherence,
    plot_each_hill,
    plot_each_week,
    plot_load,
    plot_modalities,
    plot_plan_muscles,
    plot_week,
    plot_what_if,
    spacing_conflicts,
    week_calendar,
    week_load,
)
from analysis.measures.what_if import beside, sets_of_week
from analysis.schema import DOSES, conform
from analysis.telling.empty import NONE_OF_THE_PLAN
from analysis.telling.figures.choices import MOST_IN_MENU, one_of
from analysis.telling.figures.figure import Figure, nothing_to_draw
from analysis.telling.figures.theme import MODALITY_COLOURS

MONDAY = pd.Timestamp("2026-03-02")
NO_DOSES = conform({}, DOSES)
PLAN = [
    line("2026-03-02", "calf_raise", sets=4), line("2026-03-03", "calf_raise", sets=4), line("2026-03-05", "hill_charge", sets=6),
    line("2026-03-10", "calf_raise", sets=4),
]  # fmt: skip
DONE = [
    line("2026-03-02", "calf_raise", sets=2),
    line("2026-03-05", "hill_charge", sets=6),
    line("2026-03-07", "line_hop", sets=2, reps=20),
]


def trace(figure, name):
    (found,) = [part for part in figure.data if part.name == name]
    return found


@pytest.fixture
def calendar(catalog) -> pd.DataFrame:
    plan, done = efforts_of(*PLAN), efforts_of(*DONE)
    table = plan_adherence(plan, done, catalog, "2026-03-02", "2026-03-08")
    return week_calendar(table, spacing_conflicts(plan, catalog), spacing_conflicts(done, catalog))


@pytest.fixture
def doses(catalog) -> pd.DataFrame:
    return plan_doses(efforts_of(*PLAN), efforts_of(*DONE), catalog, "2026-03-02", "2026-03-15")


def boxes(part) -> list[tuple]:
    """(middle, foot, height) of each box of a trace."""
    x, y = (np.array(values, float).reshape(-1, 6)[:, :5] for values in (part.x, part.y))
    return [
        (round(float(a.mean() - 0), 6), round(float(b.min()), 6), round(float(np.ptp(b)), 6))
        for a, b in zip(x[:, :4], y, strict=True)
    ]


def test_planned_is_an_outline_and_done_a_fill_of_its_share(calendar):
    """Rows from below: running, hills, plyometrics, strength; Monday is 0."""
    figure = plot_week(calendar, MONDAY)
    assert boxes(trace(figure, "planned")) == [(0, 2.58, 0.84), (1, 2.58, 0.84), (3, 0.58, 0.84)]
    assert boxes(trace(figure, "strength")) == [(0, 2.58, 0.42)], "half of four sets"
    assert boxes(trace(figure, "hills")) == [(3, 0.58, 0.84)]
    assert boxes(trace(figure, "plyometrics")) == [(5, 1.58, 0.84)], "done and not planned: no outline"
    assert trace(figure, "hills").fillcolor == MODALITY_COLOURS["hills"]


def test_what_is_to_come_is_an_outline_alone(calendar):
    figure = plot_week(calendar, MONDAY + pd.Timedelta(weeks=1))
    assert len(boxes(trace(figure, "planned"))) == 1
    assert not [part for part in figure.data if part.name in MODALITY_COLOURS and len(part.x)]
    assert "(to come)" in figure.alt


def test_a_week_in_words(calendar):
    words = plot_week(calendar, MONDAY).alt
    assert "Mon strength 2 of 4 sets (partly)" in words
    assert "Sat plyometrics 40 contacts (extra)" in words
    assert "Too near each other: Mon Calf (gastrocnemius), Deep calf (soleus) again on Tue" in words


def test_a_menu_of_weeks_shows_one_week_at_a_time(calendar):
    figure = plot_each_week(calendar, NO_DOSES, None, (4, 8))
    menu = figure.layout.updatemenus[0]
    assert [button.label for button in menu.buttons] == ["from 9 Mar 2026", "from 2 Mar 2026"]
    assert menu.active == 1, "the last week that was trained"
    masks = [button.args[0]["visible"] for button in menu.buttons]
    assert [sum(mask) for mask in masks] == [len(figure.data) / 2] * 2
    assert not any(a and b for a, b in zip(*masks, strict=True))
    assert [part.visible for part in figure.data] == masks[1]
    assert figure.layout.meta["captions"][1] == figure.alt
    asked = plot_each_week(calendar, NO_DOSES, "2026-03-12", (4, 8))
    assert asked.layout.updatemenus[0].active == 0


def test_a_menu_has_no_more_than_fits(catalog):
    days = pd.date_range("2025-01-06", periods=60, freq="7D").strftime("%Y-%m-%d")
    done = efforts_of(*(line(day, "calf_raise", sets=2) for day in days))
    table = week_calendar(plan_adherence(efforts_of(), done, catalog), spacing_conflicts(done, catalog))
    assert len(plot_each_week(table, NO_DOSES, None, (4, 8)).layout.updatemenus[0].buttons) == MOST_IN_MENU
    first = plot_each_week(table, NO_DOSES, days[0], (4, 8))
    assert first.layout.updatemenus[0].buttons[-1].label == "from 6 Jan 2025", "the one asked for is there"


def test_muscles_planned_and_done(doses):
    figure = plot_plan_muscles(doses, MONDAY)
    at = list(trace(figure, "done").y).index("Calf")
    assert trace(figure, "done").x[at] == 2 and trace(figure, "planned").x[at] == 8
    band = figure.layout.shapes[0]
    assert (band.x0, band.x1) == (4, 8)
    assert "Calf 2 of 8" in figure.alt


def test_without_a_plan_there_is_no_outline(catalog):
    doses = plan_doses(efforts_of(), efforts_of(*DONE), catalog, "2026-03-02", "2026-03-08")
    figure = plot_plan_muscles(doses, MONDAY)
    assert [part.name for part in figure.data] == ["done"]
    assert " of " not in figure.alt.split("Target")[0].split(":")[1]


def test_adherence_is_a_field_a_week(doses):
    figure = plot_adherence(dose_adherence(doses))
    (field,) = figure.data
    assert list(field.y) == ["hill repeats", "sets"]
    table = dict(zip(field.y, np.array(field.z, float).tolist(), strict=True))
    assert table["sets"] == [0.25, 0]
    assert table["hill repeats"][0] == 1 and np.isnan(table["hill repeats"][1]), "nothing planned is no field"


def test_load_is_a_bar_a_day_with_the_monotony_of_whole_weeks():
    loads = loads_of(
        (f"{MONDAY:%Y-%m-%d}", "run", 10, 5, np.nan),
        ("2026-03-04", "run", 20, 5, np.nan),
        ("2026-03-12", "run", 10, 5, np.nan),
    )
    figure = plot_load(day_loads(loads), week_load(loads))
    assert list(figure.data[0].y[:3]) == [50, 0, 100]
    assert [note.text for note in figure.layout.annotations] == ["0.6"]  # 150/7 over the sd of 50, 0, 100, 0, 0, 0, 0
    assert figure.layout.yaxis.title.text == "RPE x min"


def test_modalities_are_stacked_in_their_colours():
    sessions = sessions_of(("2026-03-02", "run", 60, 3, np.nan), ("2026-03-03", "hills", 40, 8, np.nan))
    figure = plot_modalities(modality_weeks(sessions))
    assert {part.name: part.y[0] for part in figure.data} == {"running": 60, "hills": 40}
    assert all(part.marker.color == MODALITY_COLOURS[part.name] for part in figure.data)
    assert figure.alt == "Minutes of 1 week: hills 40% and running 60%."


def test_of_nothing_nothing_is_drawn_and_said_so(catalog):
    nothing = efforts_of()
    table = plan_adherence(nothing, nothing, catalog)
    doses = plan_doses(nothing, nothing, catalog, "2026-03-02", "2026-03-08")
    sessions = sessions_of()
    figures = [
        plot_each_week(week_calendar(table, spacing_conflicts(nothing, catalog)), doses, None, (4, 8)),
        plot_adherence(dose_adherence(doses)), plot_load(day_loads(loads_of()), week_load(loads_of())), plot_modalities(modality_weeks(sessions)),
    ]  # fmt: skip
    assert all(len(figure.data) == 0 and len(figure.alt) > 20 for figure in figures)


def test_a_plan_of_which_nothing_was_logged_is_not_zero_percent(catalog):
    doses = plan_doses(efforts_of(*PLAN), efforts_of(), catalog, "2026-03-02", "2026-03-15")
    assert plot_adherence(dose_adherence(doses)).alt == NONE_OF_THE_PLAN


def test_what_if_tells_sets_contacts_and_clashes(catalog):
    before, after = efforts_of(*PLAN[:3]), efforts_of(*PLAN[:3], line("2026-03-04", "line_hop", sets=2, reps=20))
    sets = beside(*(sets_of_week(of, catalog, MONDAY) for of in (before, after)))
    figure = plot_what_if(sets, (0, 40), spacing_conflicts(after, catalog))
    assert "40 foot contacts (were 0)" in figure.alt
    assert "too near each other: Mon and Tue (Calf (gastrocnemius), Deep calf (soleus))." in figure.alt
    assert [part.name for part in figure.data] == ["as it would be", "as it was"]


# ------------------------------------------------------------------------------------------ one of several
def test_one_of_several_keeps_each_as_it_was():
    figures = {
        name: Figure(alt=f"alt {name}").add_bar(x=[1], y=[i]).update_layout(title=name) for i, name in enumerate("abc")
    }
    merged = one_of(figures, "b", "letter")
    assert merged.alt == "alt b" and merged.layout.title.text == "b"
    assert [button.args[1]["title"]["text"] for button in merged.layout.updatemenus[0].buttons] == ["a", "b", "c"]
    assert [part.visible for part in merged.data] == [False, True, False]
    assert [part.visible for part in figures["a"].data] == [None], "the figures themselves stay"


def test_one_alone_needs_no_menu():
    assert not one_of({"a": nothing_to_draw("a", "nothing")}, "a", "letter").layout.updatemenus


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_name_of_a_hill_stays_text_in_its_menu(catalog, payload):
    from hill_seasons import season

    from analysis import hill_charges, hill_progression

    charges = pd.concat([hill_charges(season([80, 79], route=route), catalog) for route in (payload, "Dam")])
    charges["hill"] = charges["hill"].astype(str)
    figure = plot_each_hill(charges, hill_progression(charges.astype({"hill": "category"})), "Dam")
    labels = [button.label for button in figure.layout.updatemenus[0].buttons]
    assert "Dam" in labels and not any("<" in label for label in labels)
