"""The strip of the last days: sets and exposures are two marks, pain is told on its day, and nothing is added up."""

import re

import pandas as pd
import pytest
from tables import log_of

from analysis import (
    Table,
    foot_contacts,
    muscle_days,
    pain_days,
    plot_leg_map,
    plot_muscle_days,
    recent_volume,
    session_contacts,
    volume_headline,
    volume_ratios,
    weekly_volume,
)
from analysis.schema import MUSCLES, RUNNER_MUSCLES
from analysis.telling.empty import NO_TRAINING
from analysis.telling.figures.muscle_days import HOPS_OR_HILLS, ROW_OF, RUN_ALONE, SHOWN_DAYS

WEEK = """date,exercise,sets,reps,duration_s,distance_m,pain
    2026-03-02,calf_raise,3,12,,,3
    2026-03-02,line_hop,2,20,,,
    2026-03-03,easy_run,,,1800,5000,
    2026-03-04,hill_charge,6,,60,,4.5
    2026-03-04,easy_run,,,1200,3000,1
    2026-03-06,step_hop,3,,,,0
    2026-03-08,walk,,,3600,5000,
"""


def strip_of(log, catalog, pain: bool = True):
    by_day = muscle_days(log.efforts, log.sessions, catalog)
    return plot_muscle_days(by_day, log.period, pain_days(log.efforts, catalog) if pain else None)


@pytest.fixture(scope="module")
def strip(tmp_path_factory, catalog):
    return strip_of(log_of(tmp_path_factory.mktemp("week"), WEEK), catalog)


def marks(figure, name: str, muscle: str) -> list[str]:
    """The weekdays on which a muscle has a mark."""
    return [
        f"{day:%a}"
        for trace in figure.data
        if str(trace.name).startswith(name)
        for day, y in zip(
            pd.to_datetime(list(trace.x)), trace.y if trace.type == "scatter" else trace.base, strict=True
        )
        if ROW_OF[muscle] < y < ROW_OF[muscle] + 1
    ]


def of_pain(figure):
    (trace,) = (trace for trace in figure.data if trace.type == "scatter" and trace.mode == "text")
    return trace


def test_sets_and_exposures_are_two_marks_of_a_day(strip):
    """Calf raises and hops on one Monday are a bar and a dot; a run beside charges is told by them, alone by a ring."""
    assert marks(strip, "sets", "soleus") == ["Mon"]
    assert marks(strip, HOPS_OR_HILLS, "soleus") == ["Mon", "Wed", "Fri"], "hops that nobody counted too"
    assert marks(strip, RUN_ALONE, "soleus") == ["Tue", "Sun"]
    assert marks(strip, "sets", "adductors") == [], "no set"
    assert marks(strip, HOPS_OR_HILLS, "adductors") == ["Wed"], "charges"


def test_a_mark_says_each_load_in_its_own_unit(strip):
    told = {text.replace("<br>", "; ") for trace in strip.data for text in trace.hovertext}
    assert "<b>Deep calf (soleus)</b>; Mon 2 Mar 2026; 3 sets; 40 contacts of low impact; loaded by hops" in told
    assert (
        "<b>Deep calf (soleus)</b>; Wed 4 Mar 2026; 6 hill repeats; 20 min of running; loaded by hills and runs" in told
    )
    assert "<b>Deep calf (soleus)</b>; Fri 6 Mar 2026; loaded by hops" in told, "how many nobody wrote"
    assert "<b>Deep calf (soleus)</b>; Sun 8 Mar 2026; loaded by walks" in told


def test_pain_stands_on_its_day_as_it_was_logged(strip):
    pain = of_pain(strip)
    told = dict(zip((f"{day:%a}" for day in pd.to_datetime(list(pain.x))), pain.text, strict=True))
    assert told == {"Mon": "<b>3</b>", "Wed": "<b>4.5</b>", "Fri": "0"}
    assert pain.hovertext[1].split("<br>")[1:] == ["Easy run: 1 of 10", "Hill charge: 4.5 of 10"]
    assert "Pain, 0-10" in strip.layout.yaxis.ticktext


def test_its_words_count_the_days(strip):
    assert strip.alt == (
        "Legs, hips and trunk, 7 days from 2 Mar to 8 Mar 2026: sets on 1, hops or hills on 3, both on 1, a run or walk alone on 2, "
        "none of it on 2. Pain was logged on 3 days, at most 4.5 of 10."
    )


def test_where_no_pain_was_logged_there_is_no_row_of_it(tmp_path, catalog):
    figure = strip_of(log_of(tmp_path, "date,exercise,reps\n2026-03-02,calf_raise,12\n"), catalog)
    assert "pain" not in str(figure.plain()).lower() + figure.alt.lower()


def test_a_log_for_others_holds_no_pain(tmp_path, catalog):
    shared = log_of(tmp_path, WEEK, shared=True)
    assert pain_days(shared.efforts, catalog).empty
    figure = strip_of(shared, catalog)
    assert "pain" not in str(figure.plain()).lower() + figure.alt.lower()
    assert marks(figure, "sets", "soleus") == ["Mon"], "what was done is told all the same"


def test_it_holds_the_last_days_of_the_period(tmp_path, catalog):
    first = "2026-01-05,calf_raise,3,12,,,9\n"
    figure = strip_of(log_of(tmp_path, WEEK.replace("pain\n", f"pain\n{first}")), catalog)
    begin, end = map(pd.Timestamp, figure.layout.xaxis.range)
    assert (end - begin).days == SHOWN_DAYS and f"{end - pd.Timedelta(hours=12):%Y-%m-%d}" == "2026-03-08"
    assert "at most 4.5 of 10" in figure.alt, "older pain is not of these days"


def test_without_training_it_says_so(tmp_path, catalog):
    assert strip_of(log_of(tmp_path, "date,exercise,reps"), catalog).alt == NO_TRAINING


def test_what_an_exercise_is_called_and_what_was_noted_is_never_markup(tmp_path, catalog):
    text = "date,exercise,reps,pain,pain_region,notes\n2026-03-02,<i>my hop</i>,9,2,left knee,<u>stiff\n2026-03-02,squat,9,,,\n"
    pain = of_pain(strip_of(log_of(tmp_path, text), catalog))
    told = "&lt;i&gt;my hop&lt;/i&gt;, left knee: 2 of 10<br>&lt;u&gt;stiff"
    assert pain.hovertext[0].split("<br>", 1)[1] == told


@pytest.fixture(scope="module")
def hops_and_hills(tmp_path_factory):
    """Twelve sessions in four weeks: hops, skipping and hills in turn, and no set."""
    days = pd.date_range("2026-06-08", periods=12, freq="56h")
    work = ["line_hop,4,20,", "skipping,3,20,", "hill_charge,6,,60"] * 4
    rows = [f"{day:%Y-%m-%d},{line}" for day, line in zip(days, work, strict=True)]
    text = "date,exercise,sets,reps,duration_s\n" + "\n".join(rows)
    return log_of(tmp_path_factory.mktemp("hops"), text, end="2026-07-05")


def test_the_runner_who_hops_and_runs_hills_is_nowhere_called_untrained(hops_and_hills, catalog):
    """In headline, map, table and strip: no muscle that was exposed is said to be not trained."""
    log = hops_and_hills
    volume = weekly_volume(log.efforts, catalog, *log.period)
    recent = recent_volume(volume)
    exposed = set(recent.loc[recent["days_exposed"] > 0, "muscle"].astype(str)) & set(RUNNER_MUSCLES)
    assert exposed == set(RUNNER_MUSCLES)
    contacts = session_contacts(foot_contacts(log.efforts, catalog))
    headline = str(volume_headline(log, recent, volume_ratios(volume), contacts))
    rows = recent[recent["muscle"].isin(exposed)]
    table = repr(Table(rows, {"muscle": "muscle", "band": "against target", "days_exposed": "days"}))
    legs, strip = plot_leg_map(recent), strip_of(log, catalog)
    texts = [headline, table, *(figure.alt + str(figure.plain()) for figure in (legs, strip))]
    assert not [text for text in texts if re.search("not trained|never trained(?! with a set)", text.casefold())]
    for muscle in exposed:
        assert f"{MUSCLES[muscle]} on " in headline
        assert marks(strip, HOPS_OR_HILLS, muscle)
    assert "loaded by hops, hills, runs or walks on" in next(
        trace.text for trace in legs.data if trace.name == "soleus left"
    )
