"""Tables of what became of a plan: one sentence where there is none, none where there is no plan."""

from tables import efforts_of, line

from analysis import missed_table, near_table, not_as_planned, plan_adherence, spacing_conflicts
from analysis.telling.empty import NONE_NEAR, NOTHING_MISSED
from analysis.telling.plan_tables import NEAR_COLUMNS, OF_TOO_NEAR

MON, TUE = "2026-03-02", "2026-03-03"


def test_without_a_plan_nothing_is_said_of_what_was_missed(catalog):
    """Whoever plans nothing misses nothing, and need not be told so."""
    done = efforts_of(line(MON, "split_squat", sets=3, reps=10))
    for plan, said in ((efforts_of(), ""), (done, NOTHING_MISSED)):
        adherence = plan_adherence(plan, done, catalog)
        table = missed_table(not_as_planned(adherence, 4), adherence)
        assert repr(table) == said
        assert table.as_html() == (f"<p>{said}</p>" if said else "")


def test_days_too_near_are_one_table_and_none_one_sentence(catalog):
    hills = efforts_of(*(line(day, "hill_charge", sets=6) for day in (MON, TUE)))
    clash, none = spacing_conflicts(hills, catalog), spacing_conflicts(efforts_of(), catalog)
    assert repr(near_table(none, none, none)) == NONE_NEAR
    table = near_table(clash, clash, none)
    assert [row[2] for row in table.cells] == ["done", "planned"]
    assert list(table.columns) == list(NEAR_COLUMNS)
    assert not {*OF_TOO_NEAR} & {*near_table(none, none, clash).columns}, "narrow, where the rule says all"
