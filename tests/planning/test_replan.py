"""A week after missed days: nothing is moved silently, no rest is cut short, and what is lost is told by kind."""

import numpy as np
import pandas as pd
import pytest
from soak import WHOLE

from analysis import load_logs
from analysis.errors import LogError
from analysis.loading.plan import load_plan, save_plan
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


def csv_of(file, rows, status=None):
    days = [MONDAY + pd.Timedelta(days=int(row[0])) for row in rows]
    body = [",".join([f"{day:%Y-%m-%d}", *row[1:]]) for day, row in zip(days, rows, strict=True)]
    if status is not None:
        body = [f"{text},{status.get(int(row[0]), '')}" for text, row in zip(body, rows, strict=True)]
    file.write_text("\n".join([HEADER + ",status" * (status is not None), *body]) + "\n")
    return file


def replanned(folder, catalog, done_days, today, away=(), text=WEEK, status=None):
    """The week replanned on a day of it, after what was planned on some days was done as planned.

    status: day -> what the plan says of its sessions.
    """
    rows = lines_of(text)
    plan = load_plan(csv_of(folder / "plan.csv", rows, status), catalog)
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


# ------------------------------------------------------------------------------------------ what the plan says
def test_a_day_that_was_ill_is_made_up_for_and_says_so(tmp_path, catalog):
    replan, _ = replanned(tmp_path, catalog, {0, 1, 2}, today=4, status={3: "ill"})
    assert moves(replan) == {("hills", "Thu"): "Fri"}
    assert replan.why[0] == "Hills of Thursday is on Friday: the plan says ill."
    assert replan.old.status and not replan.plan.status, "what was made up for is planned again"


def test_on_a_day_that_will_be_missed_nothing_is_put(tmp_path, catalog):
    replan, _ = replanned(tmp_path, catalog, {0, 1, 2, 3}, today=4, status={6: "missed"})
    assert ("long", "Sun") in moves(replan)
    assert MONDAY + pd.Timedelta(days=6) not in set(replan.plan.sessions["date"])


def test_what_is_skipped_is_left_out_and_its_dose_told(tmp_path, catalog):
    replan, _ = replanned(tmp_path, catalog, {0, 1, 2}, today=3, status={3: "skipped"})
    assert moves(replan) == {("hills", "Thu"): None}
    assert replan.why == [
        "Hills of Thursday is left out: it is skipped.",
        "Of the week as it was planned this is not made up: 6 hill repeats.",
    ]


def test_what_was_skipped_before_stays_undone(tmp_path, catalog):
    replan, _ = replanned(tmp_path, catalog, {0, 1, 2}, today=4, status={3: "skipped"})
    assert replan.why == ["Of the week as it was planned this is not made up: 6 hill repeats."]


def test_what_is_done_by_the_word_of_the_plan_needs_no_log(tmp_path, catalog):
    replan, _ = replanned(tmp_path, catalog, {0}, today=3, status={1: "done", 2: "done"})
    assert replan.why == ["Nothing is changed."]


def test_what_was_done_today_stays_today(tmp_path, catalog):
    """Hills of Thursday are in the log; squats of Tuesday follow them on that day, 85 minutes of the 90 of Sunday."""
    replan, _ = replanned(tmp_path, catalog, {0, 2, 3}, today=3)
    kept = replan.plan.sessions
    assert kept.loc[kept["title"] == "hills", "date"].tolist() == [MONDAY + pd.Timedelta(days=3)]
    assert moves(replan) == {("strength", "Tue"): "Thu"} and "charges" not in replan.why[-1]


@pytest.mark.parametrize(
    ("cells", "code", "what"),
    [
        (["sick", ""], "enum-error", "planned, done, missed, ill, skipped"),
        (["ill", "done"], "session-disagrees", "write it once"),
    ],
)
def test_a_word_that_is_not_known_or_not_one_is_told(tmp_path, catalog, cells, code, what):
    rows = [
        f"2026-03-03,strength,{name},3,10,{cell}"
        for name, cell in zip(("split_squat", "calf_raise"), cells, strict=True)
    ]
    (tmp_path / "plan.csv").write_text("date,session,exercise,sets,reps,status\n" + "\n".join(rows) + "\n")
    plan = load_plan(tmp_path / "plan.csv", catalog)
    told = pd.concat([plan.rejects, plan.warnings])
    assert what in " ".join(told.loc[told["code"] == code, "fix"])
    assert plan.counts["records_in"] == plan.counts["loaded"] + plan.counts["rejected"] and not plan.status


def test_a_word_of_every_week_is_refused(tmp_path, catalog):
    (tmp_path / "plan.csv").write_text(
        "weekday,from,until,exercise,sets,status\nTue,2026-03-02,2026-03-20,calf_raise,3,ill\nTue,2026-03-02,2026-03-20,plank,2,\n"
    )
    plan = load_plan(tmp_path / "plan.csv", catalog)
    assert plan.rejects["column"].tolist() == ["status"] and len(plan.sessions) == 3


def test_a_word_is_saved_with_the_plan(tmp_path, catalog):
    plan = load_plan(csv_of(tmp_path / "plan.csv", lines_of(WEEK), {3: "ill"}), catalog)
    again = load_plan(save_plan(plan, tmp_path / "again.csv"), catalog)
    (session,) = plan.sessions.loc[plan.sessions["title"] == "hills", "session_id"]
    assert again.status == plan.status == {session: "ill"}
    with pytest.raises(LogError, match="is a plan that was saved here"):
        load_logs(tmp_path / "again.csv", catalog=catalog)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100 if WHOLE else 5))
def test_every_limit_is_kept_whatever_was_missed(tmp_path, catalog, seed):
    rng = np.random.default_rng(seed)
    names = {str(day): str(new) for day, new in zip("0123567", rng.permutation(7), strict=False)}
    text = "\n".join(",".join([names[row[0]], *row[1:]]) for row in lines_of(WEEK))
    today = int(rng.integers(1, 7))
    done = {int(day) for day in range(today) if rng.random() < 0.5}
    away = [int(day) for day in range(today, 7) if rng.random() < 0.25]
    days = {int(row[0]) for row in lines_of(text)}
    words = {on: str(rng.choice(["done", "missed", "ill", "skipped"])) for on in days if rng.random() < 0.2}
    words_of_days = words if seed % 2 else {}
    replan, log = replanned(tmp_path, catalog, done, today, away, text, words_of_days)
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
    without = {*away, *(on for on, word in words_of_days.items() if on >= today and word in ("missed", "ill"))}
    assert not set(moved["date"]) & {MONDAY + pd.Timedelta(days=other) for other in without}
    words = old["date"].map({MONDAY + pd.Timedelta(days=on): word for on, word in words_of_days.items()})
    assert not set(to_come.index) & set(words.index[words == "skipped"])
    assert set(words.index[words == "done"]) <= set(new.index[new["date"] == old["date"].reindex(new.index)])
    assert to_come["date"].max() < MONDAY + pd.Timedelta(days=7) or to_come.empty
    longest = old.groupby("date")["duration_min"].sum().max()
    assert (to_come.groupby("date")["duration_min"].sum() <= longest).all()
    assert to_come.groupby("date").size().max() <= 2 or to_come.empty
    efforts = replan.plan.efforts
    by_word = [
        MONDAY + pd.Timedelta(days=on) for on, word in words_of_days.items() if word == "done" and on not in done
    ]
    efforts = efforts[(efforts["date"] >= day) | efforts["date"].isin(by_word)]
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
        ("charges", "hill repeats"),
        ("contacts", "foot contacts"),
        ("minutes", "running minutes"),
        ("sets", "sets"),
    ):
        assert (short.get(kind, 0) > 0.05) == any(
            words in sentence for sentence in replan.why[-1:] if "made up" in sentence
        )
    assert not any(word in " ".join(replan.why) for word in ("injur", "risk", "should", "because", "recover"))
