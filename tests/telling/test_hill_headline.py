"""The answer about hills in sentences: the right verdict with its numbers, how many and from when to when."""

import re

import pandas as pd
import pytest
from reading import PAYLOADS, seen, starting
from tables import log_of

from analysis import hill_charges, hill_headline, hill_progression, hill_sessions

HEADER = "date,athlete,session,exercise,sets,duration_s,distance_m,ascent_m,grade_pct,route"
FIRST = pd.Timestamp("2026-03-05")  # a Thursday


def rows(means, route="Mill Lane", athlete="", scatter=0.1, first=FIRST) -> list[str]:
    """Lines of a file: a session a week of two charges, 250 m at 8 %, so much below and above each mean."""
    return [
        f"{first + pd.Timedelta(weeks=week):%Y-%m-%d},{athlete},hills,hill_charge,,{mean + offset:.2f},250,20,8,{route}"
        for week, mean in enumerate(means)
        for offset in (-scatter, scatter)
    ]


def without_athlete(line: str) -> str:
    day, _, rest = line.split(",", 2)
    return f"{day},{rest}"


def headline(folder, catalog, lines, athlete=None, **options):
    named = [HEADER, *lines] if any(line.split(",")[1] for line in lines) else map(without_athlete, [HEADER, *lines])
    log = log_of(folder, "\n".join(named), **options).of(athlete)
    charges = hill_charges(log.efforts, catalog)
    return hill_headline(log, hill_sessions(charges), hill_progression(charges, log.sessions))


def told(*args, **options) -> list[str]:
    return headline(*args, **options).sentences


def percents(sentence: str) -> list[float]:
    return [float(number) for number in re.findall(r"([-+]?\d+(?:\.\d+)?)%", sentence.replace("95%", ""))]


# ------------------------------------------------------------------------------------- the verdict
def test_faster_is_told_with_its_rate_and_from_when_to_when(tmp_path, catalog):
    """2 % faster each week: 80, 78.4, 76.83, 75.3 and 73.79 s."""
    lead, *rest = told(tmp_path, catalog, rows([80 * 0.98**week for week in range(5)]))
    assert lead == (
        "On Mill Lane you are faster: from 80 to 73.8 s a repeat, 8% less (5 sessions with 10 repeats, 5 Mar to 2 Apr 2026); "
        "neither heart rate nor effort is known of enough sessions, so this tells of time alone."
    )
    assert starting(rest, "On Mill Lane that is 2.0% a week (95% interval 2.0% to 2.0%).")
    assert starting(rest, "In all 10 repeats in 5 sessions, 200 m climbed, 5 Mar to 2 Apr 2026.")


def test_at_what_heart_rate_and_effort_times_fell_is_told_beside_them(tmp_path, catalog):
    """The highest heart rate rises by 2 a week from 170, the effort stays; each is a line through five sessions."""
    lines = [
        line + f",{170 + 2 * (i // 2)},8,30" for i, line in enumerate(rows([80 * 0.98**week for week in range(5)]))
    ]
    log = log_of(tmp_path, "\n".join(map(without_athlete, [f"{HEADER},hr_max_bpm,session_rpe,duration_min", *lines])))
    charges = hill_charges(log.efforts, catalog)
    lead = str(hill_headline(log, hill_sessions(charges), hill_progression(charges, log.sessions))).splitlines()[0]
    assert lead.startswith("On Mill Lane you are faster: from 80 to 73.8 s a repeat, 8% less (")
    assert lead.endswith("; the highest heart rate went from 170 to 178 and effort (RPE) stayed at 8.")


def test_charges_by_the_clock_are_told_by_vam(tmp_path, catalog):
    """60 s each; 18 to 22 m of climb, 2 % more each week: 1,200 m/h to 1,299 m/h in four weeks."""
    lines = [
        f"{FIRST + pd.Timedelta(weeks=week):%Y-%m-%d},,hills,hill_charge,,60,{12.5 * rise:.3f},{rise:.4f},,Mill Lane"
        for week in range(5)
        for rise in (20 * 1.02**week * (1 + offset) for offset in (-0.05, 0, 0.05))
    ]
    log = log_of(tmp_path, "\n".join(map(without_athlete, [HEADER, *lines])))
    charges = hill_charges(log.efforts.assign(origin="detected"), catalog)
    lead = str(hill_headline(log, hill_sessions(charges), hill_progression(charges))).splitlines()[0]
    assert lead.startswith(
        "On Mill Lane the VAM shows no change that stands out from its scatter (from 1,200 to 1,299 m"
    )
    assert "in repeats by the clock, of about 60 s; 5 sessions with 15 repeats" in lead


def test_slower_is_told_as_slower(tmp_path, catalog):
    lead = told(tmp_path, catalog, rows([80 * 1.02**week for week in range(5)]))[0]
    assert lead.startswith("On Mill Lane you are slower: from 80 to 86.6 s a repeat, 8% more (")
    assert "better" not in lead


@pytest.mark.parametrize("means", [[80, 78, 77.5, 75, 74.8, 71], [71, 74.8, 75, 77.5, 78, 80]])
def test_the_numbers_of_the_interval_rise_and_hold_the_rate(tmp_path, catalog, means):
    rate, low, high = percents(starting(told(tmp_path, catalog, rows(means)), "On Mill Lane that is"))
    assert 0 < low < rate < high


def test_no_change_says_so_with_its_evidence(tmp_path, catalog):
    lead = told(tmp_path, catalog, rows([80, 81, 80, 79, 80]))[0]
    assert lead.startswith("On Mill Lane the times show no change")
    assert "5 sessions with 10 repeats, 5 Mar to 2 Apr 2026" in lead
    assert not re.search("better|slower|faster", lead)


def test_a_fall_inside_the_scatter_is_no_change(tmp_path, catalog):
    """0.2 s in all, where single charges of a session lie 20 s apart."""
    lead = told(tmp_path, catalog, rows([80.2, 80.15, 80.1, 80.05, 80], scatter=10))[0]
    assert lead.startswith("On Mill Lane the times show no change")


@pytest.mark.parametrize("sessions", [1, 2, 4])
def test_few_sessions_make_no_trend(tmp_path, catalog, sessions):
    lead = told(tmp_path, catalog, rows([80, 70, 60, 50][:sessions]))[0]
    assert lead.startswith("On Mill Lane there is no trend yet: ")
    n = "1 session" if sessions == 1 else f"{sessions} sessions"
    assert f"{n} with {2 * sessions} repeats, " in lead
    assert "2026" in lead
    assert percents(lead) == []


# ------------------------------------------------------------------------------------- little or nothing
def test_no_charges_is_one_sentence(tmp_path, catalog):
    lines = ["2026-03-05,,,easy_run,,1800,,,,", "2026-03-12,,,easy_run,,1800,,,,"]
    assert told(tmp_path, catalog, lines) == ["No hill repeat was logged in 2 sessions, 5 Mar to 12 Mar 2026."]


def test_a_log_without_training_says_so_and_what_to_do_first(tmp_path, catalog):
    sentence, first = told(tmp_path, catalog, [])
    assert "analysis begin" in first
    assert sentence.startswith(("No ", "There is no "))
    assert "nan" not in sentence.lower()


def test_no_times_leave_the_metres(tmp_path, catalog):
    sentences = told(tmp_path, catalog, ["2026-03-05,,,hill_charge,6,,250,20,8,Mill Lane"])
    assert sentences[0] == "On Mill Lane no repeat was timed, so nothing can be compared."
    assert "In all 6 repeats in 1 session, 120 m climbed, 5 Mar 2026." in sentences
    assert starting(sentences, "Fade cannot be told")


def test_no_ascent_climbs_no_metres(tmp_path, catalog):
    sentences = told(tmp_path, catalog, ["2026-03-05,,,hill_charge,6,80,,,,Mill Lane"])
    assert "In all 6 repeats in 1 session, 5 Mar 2026." in sentences
    assert "5 to 8 repeats were done in 1 of 1 session." in sentences


# ------------------------------------------------------------------------------------- the rest
def test_fade_is_the_median_of_the_sessions(tmp_path, catalog):
    """+12.5 %, -5 % and 0 %."""
    times = {"2026-03-05": (80, 80, 88, 92), "2026-03-12": (80, 99, 76), "2026-03-19": (80, 80, 80, 80)}
    lines = [f"{day},,,hill_charge,,{s},250,20,8,Mill Lane" for day, all_s in times.items() for s in all_s]
    assert starting(told(tmp_path, catalog, lines), "Fade") == (
        "Fade: the later half of a session's repeats took as long as the earlier half "
        "(median of 3 sets of repeats, -5.0% to +12.5%)."
    )


def test_a_fade_that_rounds_to_nothing_has_no_sign_of_less(tmp_path, catalog):
    lines = [f"2026-03-05,,,hill_charge,,{s},250,20,8,Mill Lane" for s in (80.02, 80, 80)]
    assert "-0.0%" not in starting(told(tmp_path, catalog, lines), "Fade")


def test_the_protocol_is_counted(tmp_path, catalog):
    lines = [
        "2026-03-05,,,hill_charge,6,80,250,20,8,Mill Lane",
        "2026-03-12,,,hill_charge,4,80,250,20,8,Mill Lane",
        "2026-03-19,,,hill_charge,8,28,40,12,30,Chapel Steps",
        "2026-03-26,,,hill_charge,9,80,,,,Dam",
    ]
    assert starting(told(tmp_path, catalog, lines), "5 to 8") == (
        "5 to 8 repeats were done in 2 of 4 sessions; the grade was 5 to 10% in 2 of 3 sessions."
    )


@pytest.mark.parametrize(("charges", "grade"), [(6, 5), (7, 5), (8, 5), (5, 10), (6, 10), (8, 10)])
def test_both_ends_of_the_asked_for_grade_are_within(tmp_path, catalog, charges, grade):
    sentences = told(tmp_path, catalog, [f"2026-03-05,,,hill_charge,{charges},80,250,,{grade},Mill Lane"])
    assert starting(sentences, "5 to 8") == (
        "5 to 8 repeats were done in 1 of 1 session; the grade was 5 to 10% in 1 of 1 session."
    )


# ------------------------------------------------------------------------------------- hills and athletes
def test_each_hill_has_its_own_verdict_the_most_used_first(tmp_path, catalog):
    faster, slower = [80 * 0.98**week for week in range(6)], [40 * 1.03**week for week in range(5)]
    sentences = told(tmp_path, catalog, rows(slower, "Chapel Steps") + rows(faster))
    assert sentences[0].startswith("On Mill Lane you are faster: from 80 to 72.3 s a repeat, 10% less (")
    assert sentences[1].startswith("On Chapel Steps you are slower: from 40 to 45 s a repeat, 13% more (")


def test_a_hill_without_times_is_named_beside_one_with_times(tmp_path, catalog):
    sentences = told(tmp_path, catalog, [*rows([80, 79]), "2026-03-06,,,hill_charge,6,,250,20,8,Dam"])
    assert "Mill Lane" in sentences[0]
    assert "Dam" in " ".join(sentences)


def test_two_hills_of_one_session_are_one_session(tmp_path, catalog):
    lines = [f"2026-03-05,,,hill_charge,3,80,250,20,8,{hill}" for hill in ("Mill Lane", "Dam")]
    sentences = told(tmp_path, catalog, lines)
    assert starting(sentences, "In all 6 repeats in 1 session")
    assert "2 sessions" not in " ".join(sentences)


def test_a_session_keeps_the_grade_if_it_does_on_the_hill_where_it_is_known(tmp_path, catalog):
    lines = ["2026-03-05,,,hill_charge,3,80,,,,Dam", "2026-03-05,,,hill_charge,3,80,250,20,8,Mill Lane"]
    assert starting(told(tmp_path, catalog, lines), "5 to 8") == (
        "5 to 8 repeats were done in 1 of 1 session; the grade was 5 to 10% in 1 of 1 session."
    )


def test_charges_with_nothing_but_a_time_do_not_fill_the_page(tmp_path, catalog):
    """Twelve sessions that cannot be compared are one sentence, not twelve."""
    days = pd.date_range("2026-01-05", periods=12, freq="7D").strftime("%Y-%m-%d")
    sentences = told(tmp_path, catalog, [f"{day},,,hill_charge,6,80,,,," for day in days])
    assert len(sentences) <= 6


def test_the_athlete_is_named_and_the_others_are_left_out(tmp_path, catalog):
    lines = rows([80 * 0.98**week for week in range(5)], athlete="Bo") + rows([90, 89], athlete="Ada")
    ada, bo = told(tmp_path, catalog, lines), told(tmp_path, catalog, lines, athlete="Bo")
    assert ada[0].startswith("Ada: On Mill Lane there is no trend yet: 2 sessions with 4 repeats, 5 Mar to 12 Mar 2026")
    assert "The log holds 2 athletes; left out here: Bo." in ada
    assert bo[0].startswith("Bo: On Mill Lane you are faster: from 80 to 73.8 s")
    assert "The log holds 2 athletes; left out here: Ada." in bo


def test_an_athlete_without_hills_is_named_and_so_are_those_who_may_have_some(tmp_path, catalog):
    lines = [*rows([80, 79], athlete="Bo"), "2026-03-05,Ada,,easy_run,,1800,,,,"]
    text = " ".join(told(tmp_path, catalog, lines))
    assert "No hill repeat was logged in 1 session" in text
    assert "Ada" in text
    assert "left out here: Bo" in text


def test_an_athlete_without_a_name_is_not_called_me(tmp_path, catalog):
    assert told(tmp_path, catalog, rows([80, 79]))[0].startswith("On Mill Lane")


# ------------------------------------------------------------------------------------- all
@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("sessions", [1, 5])
def test_markup_in_names_stays_text(tmp_path, catalog, payload, sessions):
    quoted = '"' + payload.replace('"', '""') + '"'
    shown = headline(tmp_path, catalog, rows([80 * 0.98**week for week in range(sessions)], quoted, quoted))
    page = seen(shown)
    assert set(page.tags) == {"p", "strong", "ul", "li"}
    assert page.attributes == page.comments == []
    assert "".join(page.text).count(payload) >= 2  # athlete and hill
    assert str(shown).startswith(f"{payload}: On {payload} ")


def test_the_tables_stay_as_they_were(tmp_path, catalog):
    log = log_of(tmp_path, "\n".join([HEADER, *rows([80, 79, 78, 77, 76], athlete="Ada")]))
    charges = hill_charges(log.efforts, catalog)
    tables = [log.efforts, log.sessions, hill_sessions(charges), hill_progression(charges)]
    before = [table.copy(deep=True) for table in tables]
    hill_headline(log, *tables[2:])
    for table, then in zip(tables, before, strict=True):
        pd.testing.assert_frame_equal(table, then)


def test_the_order_of_lines_of_a_file_changes_no_word(tmp_path, catalog):
    lines = rows([80, 78, 79, 77, 76]) + rows([40, 41], "Dam")
    assert told(tmp_path, catalog, lines[::-1]) == told(tmp_path, catalog, lines)
