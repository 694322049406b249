"""A week after missed days: nothing is moved silently, no rest is cut short, and what is lost is told by kind."""

import numpy as np
import pandas as pd
import pytest
from soak import WHOLE

from analysis import load_logs
from analysis.loading.plan import load_plan
from analysis.measures.doses import plan_doses
from analysis.measures.spacing import spacing_conflicts
from analysis.planning.replan import replan_week
from analysis.schema import EFFORTS, conform

MONDAY = pd.Timestamp("2026-03-02")
HEADER = "date,session,duration_min,exercise,sets,reps,duration_s"
WEEK = """
    0,run,40,easy_run,1,,2400
    1,strength,40,split_squat,3,10,
    1,strength,40,calf_raise,3,12,
    2,hops,15,step_hop,3,10,
    3,hills,45,hill_charge,6,,
    5,strength,40,split_squat,3,10,
    6,long,90,long_run,1,,5400
"""


def lines_of(text: str) -> list[list[str]]:
    return [row.strip().split(",") for row in text.strip().splitlines()]


def csv_of(file, rows):
    body = [",".join([f"{MONDAY + pd.Timedelta(days=int(day)):%Y-%m-%d}", *cells]) for day, *cells in rows]
    file.write_text("\n".join([HEADER, *body]) + "\n")
    return file


def replanned(folder, catalog, done_days, today, away=(), text=WEEK):
    """The week replanned on a day of it, after what was planned on some days was done as planned."""
    rows = lines_of(text)
    plan = load_plan(csv_of(folder / "plan.csv", rows), catalog)
    before = [["-9", "run", "40", "easy_run", "1", "", "2400"]]
    log = load_logs(
        csv_of(folder / "log.csv", before + [row for row in rows if int(row[0]) in done_days]), catalog=catalog
    )
    days = [MONDAY + pd.Timedelta(days=day) for day in away]
    return replan_week(plan, log, MONDAY + pd.Timedelta(days=today), catalog, away=days), log


def moves(replan) -> dict[tuple[str, str], str | None]:
    return {
        (row.session, f"{row.was:%a}"): f"{row.now:%a}" if pd.notna(row.now) else None
        for row in replan.changes.itertuples()
    }


def test_a_week_as_planned_stays(tmp_path, catalog):
    replan, _ = replanned(tmp_path, catalog, {0, 1, 2}, today=3)
    assert replan.why == ["Nothing is changed."] and replan.plan.sessions.equals(replan.old.sessions)


def test_a_missed_session_goes_to_a_day_that_is_left(tmp_path, catalog):
    """Hills missed on Thursday: Friday is free; strength of Saturday, the day after, is as it was."""
    replan, _ = replanned(tmp_path, catalog, {0, 1, 2}, today=4)
    assert moves(replan) == {("hills", "Thu"): "Fri"}
    assert replan.why == ["Hills of Thursday is on Friday: nothing of it is in the log."]


def test_strength_that_would_be_the_day_before_strength_is_left_out(tmp_path, catalog):
    """Missed on Tuesday and seen on Saturday, which has squats already, as Sunday would have the day after."""
    replan, _ = replanned(tmp_path, catalog, {0, 2, 3}, today=5)
    assert moves(replan) == {("strength", "Tue"): None}
    assert "no day that is left keeps the rest between days" in replan.changes["why"].iloc[0]
    assert replan.why[-1].startswith("Of the week as it was planned this is not made up: ")
    assert "sets" in replan.why[-1] and "charges" not in replan.why[-1]


def test_what_is_to_come_makes_room(tmp_path, catalog):
    """Seen on Friday the squats of Tuesday have room there, if those of Saturday and the long run change their days."""
    replan, _ = replanned(tmp_path, catalog, {0, 2, 3}, today=4)
    assert moves(replan) == {("strength", "Tue"): "Fri", ("strength", "Sat"): "Sun", ("long", "Sun"): "Sat"}
    assert replan.changes["why"].tolist() == ["nothing of it is in the log", *["it makes room for another session"] * 2]


def test_a_day_away_is_left_free(tmp_path, catalog):
    replan, _ = replanned(tmp_path, catalog, {0, 1, 2, 3}, today=4, away=[6])
    assert moves(replan)["long", "Sun"] in ("Fri", None)
    assert MONDAY + pd.Timedelta(days=6) not in set(replan.plan.sessions["date"])
    assert "there is no time on that day" in replan.changes["why"].iloc[-1]


def test_the_old_plan_is_kept(tmp_path, catalog):
    replan, _ = replanned(tmp_path, catalog, {0}, today=3)
    assert replan.old.sessions["date"].nunique() == 6 and len(replan.changes)
    assert replan.old.sessions["date"].min() == MONDAY


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100 if WHOLE else 5))
def test_every_limit_is_kept_whatever_was_missed(tmp_path, catalog, seed):
    rng = np.random.default_rng(seed)
    names = {str(day): str(new) for day, new in zip("0123567", rng.permutation(7), strict=False)}
    text = "\n".join(",".join([names[row[0]], *row[1:]]) for row in lines_of(WEEK))
    today = int(rng.integers(1, 7))
    done = {int(day) for day in range(today) if rng.random() < 0.5}
    away = [int(day) for day in range(today, 7) if rng.random() < 0.25]
    replan, log = replanned(tmp_path, catalog, done, today, away, text)
    old, new = (plan.sessions.set_index(plan.sessions["session_id"].astype(str)) for plan in (replan.old, replan.plan))

    told = {(row.session, row.was) for row in replan.changes.itertuples()}
    for known, session in old.iterrows():  # nothing silently
        same = known in new.index and new.loc[known, "date"] == session["date"]
        assert same != ((session["title"], session["date"]) in told)
    assert len(told) == len(replan.changes) and (replan.changes["why"] != "").all()
    assert len(replan.why) >= len(replan.changes)

    day = MONDAY + pd.Timedelta(days=today)
    to_come = new[new["date"] >= day]
    moved = to_come[to_come["date"] != old["date"].reindex(to_come.index)]
    assert not set(moved["date"]) & {MONDAY + pd.Timedelta(days=other) for other in away}
    assert to_come["date"].max() < MONDAY + pd.Timedelta(days=7) or to_come.empty
    longest = old.groupby("date")["duration_min"].sum().max()
    assert (to_come.groupby("date")["duration_min"].sum() <= longest).all()
    assert to_come.groupby("date").size().max() <= 2 or to_come.empty
    efforts = replan.plan.efforts[replan.plan.efforts["date"] >= day]
    both = conform(pd.concat([log.efforts.astype(object), efforts.astype(object)], ignore_index=True), EFFORTS)
    both = both.assign(athlete=pd.Categorical(["me"] * len(both)))
    pairs, before = (
        {(row.first, row.second, row.what) for row in spacing_conflicts(table, catalog).itertuples()}
        for table in (both, replan.old.efforts)
    )
    assert pairs <= before, "no rest is cut short that was not so in the plan"

    doses = plan_doses(replan.old.efforts, both, catalog, MONDAY, MONDAY + pd.Timedelta(days=6))
    short = (doses["planned"] - doses["done"]).groupby(doses["kind"], observed=True).max()
    for kind, words in (
        ("charges", "hill charges"),
        ("contacts", "foot contacts"),
        ("minutes", "running minutes"),
        ("sets", "sets"),
    ):
        assert (short.get(kind, 0) > 0.05) == any(
            words in sentence for sentence in replan.why[-1:] if "made up" in sentence
        )
    assert not any(word in " ".join(replan.why) for word in ("injur", "risk", "should", "because", "recover"))
