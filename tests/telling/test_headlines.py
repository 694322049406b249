"""The answer in sentences: right numbers, how many and from when to when, and honest where there is little."""

import re

import pandas as pd
import pytest
from reading import PAYLOADS, seen, starting
from tables import efforts_of, line, log_of

from analysis import (
    foot_contacts,
    loading_headline,
    recent_volume,
    session_contacts,
    volume_headline,
    volume_ratios,
    weekly_volume,
)
from analysis.wording import TO_BEGIN

# Four whole weeks: 2 sets, rest, then twice the same. Of the leg muscles the last two hold, on the left,
# 12 split squats x 3.5 muscles and 12 calf raises x 2 = 66; on the right 42 and 10 x 2 = 62.
FOUR_WEEKS = """
    date,exercise,sets,side,reps
    2026-01-05,split_squat,2,both,10
    2026-01-19,split_squat,6,both,10
    2026-01-22,one_leg_calf_raise,6,left,12
    2026-01-22,one_leg_calf_raise,5,right,12
    2026-01-26,split_squat,6,both,10
    2026-01-29,one_leg_calf_raise,6,left,12
    2026-01-29,one_leg_calf_raise,5,right,12
    2026-01-31,line_hop,3,both,20
    2026-02-01,line_hop,3,both,40
"""


def told(log, catalog, weeks: int = 4, target=(4, 8)) -> list[str]:
    """The sentences of volume_headline, as the notebook asks for them."""
    volume = weekly_volume(log.efforts, catalog, *log.period)
    contacts = session_contacts(foot_contacts(log.efforts, catalog))
    headline = volume_headline(
        log, recent_volume(volume, weeks, target), volume_ratios(volume, weeks), contacts, target
    )
    return headline.sentences


# ------------------------------------------------------------------------------------- muscle volume
@pytest.fixture
def four_weeks(tmp_path, catalog) -> list[str]:
    return told(log_of(tmp_path, FOUR_WEEKS), catalog, weeks=2)


def test_the_answer_says_how_many_from_when_to_when(four_weeks):
    """No set of five groups, three each of two more."""
    assert four_weeks[0] == (
        "Fewer than 4 sets a week: Hamstrings 0, Hip flexors 0, Shin (tibialis anterior) 0 and 4 muscle groups more; 3 of 11 "
        "muscle groups of legs, hips and trunk had 4 to 8, in the 2 weeks from 19 Jan to 1 Feb 2026 (6 sessions). Few weeks: "
        "read the averages with care."
    )


def test_where_nothing_lacks_the_answer_says_so(tmp_path, catalog):
    lead = told(log_of(tmp_path, FOUR_WEEKS), catalog, weeks=2, target=(0, 9))[0]
    assert lead.startswith("Every muscle group had 0 sets a week or more; ")


def test_every_muscle_is_told_once_in_its_band(four_weeks):
    untrained = "Hamstrings, Hip flexors, Shin (tibialis anterior), Core (front and side) and Lower back (erectors)."
    assert (
        "Above 8 sets: Deep calf (soleus) 8.5; within: Glutes (maximus) 6, Quadriceps 6 and Calf (gastrocnemius) 5.5."
        in four_weeks
    )
    not_trained = untrained.replace("Shin (tibialis anterior), ", "")
    assert f"Below 4 sets: Hip abductors (gluteus medius) 3 and Adductors 3; not trained: {not_trained}" in four_weeks
    assert "Without a set, but loaded by hops, hills, runs or walks: Shin (tibialis anterior) on 2 days." in four_weeks
    assert f"Never trained with a set since 5 Jan 2026: {untrained}" in four_weeks


def test_the_largest_change_is_named_with_both_numbers(four_weeks):
    change = starting(four_weeks, "Changed most")
    assert change == "Changed most against the 2 weeks before: Deep calf (soleus), up from 0.5 to 8.5 sets a week."


def test_sides_that_differ_are_told_with_the_muscle_where_it_is_most(four_weeks):
    assert starting(four_weeks, "Left and right") == (
        "Left and right differ most in Calf (gastrocnemius): left 6, right 5 sets a week; "
        "over all leg muscles the right did 6% less."
    )


def test_sides_that_differ_little_are_alike(tmp_path, catalog):
    text = """
        date,exercise,sets,side,reps
        2026-01-05,one_leg_calf_raise,20,left,12
        2026-01-11,one_leg_calf_raise,19,right,12
    """
    sentences = told(log_of(tmp_path, text), catalog)
    assert starting(sentences, "The sides are alike")
    assert not starting(sentences, "Left and right")


def test_contacts_are_told_against_the_customary_range(four_weeks):
    assert starting(four_weeks, "Plyometrics") == (
        "Plyometrics: 2 sessions with 60 to 120 foot contacts, 1 above the customary 80 to 100."
    )


def test_the_target_is_the_readers(tmp_path, catalog):
    sentences = told(log_of(tmp_path, FOUR_WEEKS), catalog, weeks=2, target=(2, 5.5))
    assert "had 2 to 5.5, in the 2 weeks" in sentences[0]
    assert "3 of 11" in sentences[0]  # abductors 3, adductors 3, calf 5.5
    assert starting(sentences, "Above 5.5 sets").startswith(
        "Above 5.5 sets: Deep calf (soleus) 8.5, Glutes (maximus) 6 and Quadriceps 6; within: "
    )


def test_few_weeks_are_admitted_and_four_are_not(tmp_path, catalog):
    log = log_of(tmp_path, FOUR_WEEKS)
    assert "Few weeks" in told(log, catalog, weeks=2)[0]
    assert "Few weeks" not in told(log, catalog, weeks=4)[0]
    assert starting(told(log, catalog, weeks=4), "There are no whole weeks before")


def test_less_than_a_week_is_too_little(tmp_path, catalog):
    sentences = told(log_of(tmp_path, "date,exercise,sets,reps\n2026-01-06,split_squat,3,10"), catalog)
    assert "6 Jan 2026 (1 session), not one whole week: too little for a weekly average" in sentences[0]
    assert "3" in sentences[0]
    assert not starting(sentences, "Changed most")
    assert not re.search("trend|improv", " ".join(sentences))


def test_a_log_of_runs_alone_says_that_nothing_was_trained(tmp_path, catalog):
    sentences = told(log_of(tmp_path, "date,exercise,distance_m\n2026-01-05,easy_run,5000"), catalog)
    assert "too little for a weekly average." in sentences[0]
    assert "No plyometrics were logged." in sentences
    assert starting(sentences, "No leg set of these weeks was logged by side")


def test_no_training_is_said_and_what_to_do_first(tmp_path, catalog):
    log = log_of(tmp_path, "date,exercise,reps")
    none = pd.DataFrame()
    assert volume_headline(log, none, none, none).sentences == [
        "There is no training in this period, so there is nothing to tell.",
        TO_BEGIN,
    ]


def test_the_notebook_of_an_empty_log_says_so(tmp_path, catalog):
    assert told(log_of(tmp_path, "date,exercise,reps"), catalog)[1:] == [TO_BEGIN]


def test_a_weaker_side_is_named(tmp_path, catalog):
    text = """
        date,exercise,sets,side,reps
        2026-01-05,one_leg_calf_raise,30,left,12
        2026-01-11,one_leg_calf_raise,27,right,12
    """
    sentences = told(log_of(tmp_path, text), catalog)
    side = starting(sentences, "Left and right differ most in")
    assert "left 30, right 27 sets a week" in side
    assert side.endswith("over all leg muscles the right did 10% less.")


def test_a_small_difference_of_the_sides_is_not_called_nothing(tmp_path, catalog):
    """One calf raise more on the left beside 180 split squats: 2 of 634 sets, which is 0.3 %."""
    text = """
        date,exercise,sets,side,reps
        2026-01-05,one_leg_calf_raise,2,left,12
        2026-01-05,one_leg_calf_raise,1,right,12
        2026-01-10,split_squat,90,both,10
        2026-01-11,split_squat,90,both,10
    """
    side = starting(told(log_of(tmp_path, text), catalog), "Left and right")
    assert "left 2, right 1 sets a week" in side
    assert "did 0% less" not in side


def test_legs_that_were_never_logged_by_side_are_not_compared(tmp_path, catalog):
    text = """
        date,exercise,sets,side,reps
        2026-01-05,dumbbell_row,3,left,8
        2026-01-11,split_squat,3,both,8
    """
    assert not starting(told(log_of(tmp_path, text), catalog), "The sides are alike")


def test_small_changes_are_no_news(tmp_path, catalog):
    text = """
        date,exercise,sets,reps
        2026-01-05,split_squat,4,10
        2026-01-12,split_squat,4,10
        2026-01-18,easy_run,,20
    """
    sentences = told(log_of(tmp_path, text), catalog, weeks=1)
    assert starting(sentences, "Against the 1 week before") == (
        "Against the 1 week before, no muscle changed by 0.5 sets a week or more."
    )


def test_the_last_plyometrics_are_named_when_they_are_long_ago(tmp_path, catalog):
    text = """
        date,exercise,sets,reps
        2026-01-05,line_hop,3,20
        2026-01-25,split_squat,4,10
    """
    sentences = told(log_of(tmp_path, text), catalog, weeks=1)
    assert "No plyometrics in these weeks; the last were on 5 Jan 2026." in sentences


def test_what_is_not_counted_is_told(tmp_path, catalog):
    text = "date,exercise,reps\n2026-01-05,Wobble dance,10\n2026-01-11,split_squat,10"
    assert starting(told(log_of(tmp_path, text), catalog), "Not counted") == (
        "Not counted in the whole period: 1 line of exercises that the catalog does not know (Wobble dance)."
    )


@pytest.mark.parametrize("lines", [[3], [1, 1, 1]])
def test_three_warm_up_sets_are_three_in_one_line_or_in_three(tmp_path, catalog, lines):
    log = log_of(tmp_path, "date,exercise,reps\n2026-01-05,split_squat,10")
    warm = [line("2026-01-05", "back_squat", kind="warmup", sets=sets, reps=5) for sets in lines]
    efforts = efforts_of(line("2026-01-05", "split_squat", reps=10), *warm)
    object.__setattr__(log, "efforts", efforts)
    assert starting(told(log, catalog), "Not counted") == "Not counted in the whole period: 3 warm-up sets."


TWO = """
    date,exercise,athlete,reps
    2026-01-05,split_squat,Ada,10
    2026-01-11,split_squat,Ada,10
    2026-01-06,calf_raise,Bo,10
"""


def test_several_athletes_are_named(tmp_path, catalog):
    log = log_of(tmp_path, TWO)
    assert "of Ada and Bo" in str(loading_headline(log))
    ada, bo = told(log.of("ada"), catalog), told(log.of("Bo"), catalog)
    assert ada[0].startswith("Ada: ") and "in the 1 week from 5 Jan to 11 Jan 2026 (2 sessions)" in ada[0]
    assert "The log holds 2 athletes; left out here: Bo." in ada
    assert bo[0].startswith("Bo: ")
    assert "The log holds 2 athletes; left out here: Ada." in bo


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_in_names_stays_text(tmp_path, catalog, payload):
    quoted = '"' + payload.replace('"', '""') + '"'
    text = f"date,exercise,athlete,reps\n2026-01-05,{quoted},{quoted},10\n2026-01-11,split_squat,{quoted},10"
    log = log_of(tmp_path, text)
    volume = weekly_volume(log.efforts, catalog, *log.period)
    contacts = session_contacts(foot_contacts(log.efforts, catalog))
    for headline in (
        loading_headline(log),
        volume_headline(log, recent_volume(volume), volume_ratios(volume, 4), contacts),
    ):
        page = seen(headline)
        assert set(page.tags) - {"details", "summary"} == {"p", "strong", "ul", "li"}
        assert set(page.attributes) <= {("class", "more")} and page.comments == []
        assert any(payload in text for text in page.text)
        assert payload in str(headline)


def test_the_tables_stay_as_they_were(tmp_path, catalog):
    log = log_of(tmp_path, FOUR_WEEKS)
    volume = weekly_volume(log.efforts, catalog)
    tables = [recent_volume(volume), volume_ratios(volume), session_contacts(foot_contacts(log.efforts, catalog))]
    before = [table.copy(deep=True) for table in [log.efforts, *tables]]
    volume_headline(log, *tables)
    for table, then in zip([log.efforts, *tables], before, strict=True):
        pd.testing.assert_frame_equal(table, then)


# ------------------------------------------------------------------------------------ is my data in?
def test_loading_is_accounted_for(tmp_path):
    text = """
        date,exercise,sets,reps
        2026-01-05,split_squat,3,10
        2026-01-05,Wobble dance,3,10
        2026-01-05,split_squat,three,10
        2026-01-08,calf_raise,3,10
    """
    sentences = loading_headline(log_of(tmp_path, text)).sentences
    assert sentences[0] == "3 of 4 records loaded: 2 sessions, 5 Jan to 8 Jan 2026."
    assert starting(sentences, "1 record did not load")
    assert starting(sentences, "1 exercise name (1 line, 33.3%) is not in the catalog")


def test_a_clean_log_says_that_nothing_is_missing(tmp_path):
    sentences = loading_headline(log_of(tmp_path, TWO)).sentences
    assert sentences[:2] == [
        "3 of 3 records loaded: 3 sessions of Ada and Bo, 5 Jan to 11 Jan 2026.",
        "Nothing was refused.",
    ]
    assert starting(sentences, "The catalog knows all of the 2 exercise names.")


def test_what_was_passed_over_is_counted(tmp_path):
    sentences = loading_headline(log_of(tmp_path, TWO, athlete="Ada", start="2026-01-06")).sentences
    passed = starting(sentences, "Passed over")
    assert "1 record of another athlete" in passed
    assert "1 record outside the period" in passed
    assert "1 session of Ada, 11 Jan 2026." in sentences[0]


def test_a_log_without_a_record_says_so(tmp_path):
    assert loading_headline(log_of(tmp_path, "date,exercise,reps")).sentences == [
        "The log holds no training yet: 0 records in 1 file.",
        TO_BEGIN,
    ]
