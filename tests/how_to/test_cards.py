"""The cards of a page: which exercises are told, and that each is found by its links."""

import re

import pandas as pd
import pytest

from analysis import exercises_to_show, how_to_cards, load_catalog, load_logs, recent_volume, schema, weekly_volume
from analysis.catalog import lacking
from analysis.errors import ParameterError
from analysis.how_to.choice import EACH_MUSCLE, MOST_IN_USE
from analysis.pages.html import clean_html


def done(*names: str) -> pd.DataFrame:
    return pd.DataFrame({"exercise_id": list(names)})


def short(*muscles: str, whole: bool = True) -> pd.DataFrame:
    rows = {"muscle": list(muscles), "band": "below", "whole": whole}
    return schema.conform(pd.DataFrame(rows), schema.RECENT_VOLUME)


def offered(catalog, muscle: str, *names: str, equipment: str | None = None) -> list[str]:
    shown = exercises_to_show(catalog, [done(*names)], [short(muscle)], equipment)
    return list(shown.loc[shown["muscle"] == muscle, "exercise_id"])


@pytest.fixture(scope="module")
def cards():
    catalog, efforts = load_catalog(), load_logs().of("ana").efforts
    recent = recent_volume(weekly_volume(efforts, catalog))
    return how_to_cards(exercises_to_show(catalog, [efforts], [recent]), catalog)


@pytest.mark.parametrize("muscle", schema.RUNNER_MUSCLES)
@pytest.mark.parametrize("things", ["nothing", "chair stairs", "barbell machine"])
def test_what_is_offered_trains_the_muscle_directly_with_the_things_at_hand(catalog, muscle, things):
    names = offered(catalog, muscle, equipment=things)
    rows = catalog.muscles.set_index(["exercise_id", "muscle"])
    assert 1 <= len(names) <= EACH_MUSCLE
    assert all(rows.loc[(name, muscle), "share"] == 1 for name in names)
    needs = catalog.exercises.set_index("exercise_id")["equipment"]
    missing = [name for name in names if lacking(needs[name], set(things.split()))]
    assert missing in ([], names), "what cannot be done is offered only where nothing can"


def test_things_are_read_as_people_write_them_and_one_that_is_none_is_refused(catalog):
    assert offered(catalog, "hamstrings", equipment="Chair, stairs") == offered(catalog, "hamstrings", equipment="stairs chair")  # fmt: skip
    with pytest.raises(
        ParameterError, match="equipment=chiar: no exercise needs it. Fix: give some of backpack, ball,"
    ):
        offered(catalog, "hamstrings", equipment="chiar")


def test_the_easiest_comes_first_after_what_is_in_use(catalog):
    """A calf raise has two easier forms below it, a hold and toe walking; the one-leg raise is above it."""
    assert offered(catalog, "gastrocnemius", equipment="stairs") == ["isometric_calf_hold", "toe_walk", "calf_raise"]
    assert offered(catalog, "gastrocnemius", "one_leg_calf_raise")[0] == "one_leg_calf_raise"


def test_who_uses_a_chair_or_a_ball_may_have_no_ball(catalog):
    """The hamstring push-up needs one of chair, ball and bench: so does nothing else but what takes any of them."""
    shown = exercises_to_show(catalog, [done("hamstring_push_up")], [short("hamstrings", "gluteus_maximus")])
    needs = catalog.exercises.set_index("exercise_id")["equipment"].loc[shown["exercise_id"]]
    assert shown["at_hand"].all()
    assert all({"chair", "ball", "bench"} <= set(group.split("|")) for groups in needs for group in groups.split())


def test_of_many_exercises_those_of_most_lines_are_told(catalog):
    names = [*catalog.ids[:30], *catalog.ids[25:30]]
    shown = exercises_to_show(catalog, [done(*names[:20]), done(*names[20:], None, "no exercise of ours")])
    assert list(shown["exercise_id"]) == [*catalog.ids[25:30], *catalog.ids[: MOST_IN_USE - 5]]
    assert str(how_to_cards(shown, catalog)).startswith(f"The {MOST_IN_USE} exercises of most lines: ")


def test_days_that_are_no_whole_week_leave_no_muscle_short(catalog):
    assert exercises_to_show(catalog, [done("bridge")], [short("core", whole=False)])["muscle"].isna().all()
    assert exercises_to_show(catalog, [], []).empty


def test_a_card_stands_once_and_every_link_has_its_target(cards):
    html = cards._repr_mimebundle_()["text/html"]
    ids = re.findall(r'<div id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(cards.links.values()) <= set(ids)
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)
    assert html.count("<details>") == html.count("<summary>") == len(ids)
    assert clean_html(html).count(' id="') == len(ids), "a shared page keeps them"


def test_a_target_lies_behind_its_summary_where_a_browser_opens_it(cards):
    html = cards._repr_mimebundle_()["text/html"]
    assert len(re.findall(r'</summary>\s*<div id="', html)) == html.count(' id="')


def test_text_of_a_catalog_is_never_markup(tmp_path):
    evil = '"><script>alert(1)</script>'
    header = "exercise_id,name,family,counts,laterality,equipment,easier,harder,how_to,cue,source"
    cell = evil.replace('"', '""')
    (tmp_path / "exercises.csv").write_text(f'{header}\nfoo,"{cell}",calisthenics,reps,both,,,,"{cell}","{cell}",me\n')
    catalog = load_catalog(tmp_path)
    html = how_to_cards(exercises_to_show(catalog, [done("foo")]), catalog)._repr_mimebundle_()["text/html"]
    assert "<script" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 4
