"""Make the sample season, sample_logs.csv: 26 weeks of two runners who do not exist, in our own format.

`python scripts/make_sample_logs.py` rewrites data/sample_logs.csv, the same at every run. The story it tells:

ana trains by the book: more sets in each block, a dumbbell from week 10, one hill charge more every four weeks,
each fourth week easier. A cold takes week 14. From week 18 a stiff left ankle does fewer calf raises than the
right one, after week 20 the hamstring push-ups are forgotten, and the shins never get a set.
ben trains when he finds time: floor work, now and then a calf raise, stairs in every second week, hops from week 9,
twice more of them than is customary, and two weeks without anything.

One cell holds a typing error, as logs do, so that there is something to mend.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

OUT = Path(__file__).parents[1] / "data" / "sample_logs.csv"
COLUMNS = [
    "date", "athlete", "session", "session_type", "duration_min", "session_rpe", "exercise", "sets", "side", "reps",
    "load_kg", "duration_s", "distance_m", "ascent_m", "grade_pct", "recovery_s", "hr_max_bpm", "rpe", "route", "notes",
]  # fmt: skip
SEASON_START = date(2026, 1, 5)  # a Monday
WEEKS = range(1, 27)
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
SESSIONS = {  # name -> type, usual effort from 0 to 10
    "home strength": ("strength", 6),
    "floor work": ("strength", 5),
    "hops": ("plyometrics", 4),
    "Mill Lane": ("hills", 8),
    "Chapel Steps": ("hills", 7),
    "easy run": ("run", 3),
    "long run": ("run", 4),
}
BOTH, EACH = ("both",), ("left", "right")
HOLDS = {"bridge", "one_leg_bridge", "side_plank"}

BLOCKS = (1, 7, 13)  # the weeks in which ana adds sets
ANA_STRENGTH = [  # exercise, sides, sets a week in each block, repetitions or seconds of the first week of a block
    ("one_leg_calf_raise", EACH, (2, 4, 6), 10),
    ("calf_raise", BOTH, (2, 2, 1), 15),
    ("one_legged_squat", EACH, (2, 3, 4), 8),
    ("bench_step_up", BOTH, (2, 2, 3), 12),
    ("hamstring_push_up", EACH, (2, 3, 4), 6),
    ("one_leg_bridge", EACH, (0, 2, 2), 30),
    ("bridge", BOTH, (2, 1, 1), 30),
    ("dead_bug", BOTH, (2, 2, 2), 8),
]
DUMBBELL_KG = {10: 5, 13: 7.5, 16: 10, 18: 12.5, 22: 15}  # from that week on
WITH_DUMBBELL = {"calf_raise", "one_legged_squat", "bench_step_up"}
COLD, STIFF_ANKLE, LAST_HAMSTRINGS = 14, 18, 20  # weeks

BEN_STRENGTH = [  # exercise, sides, share of sessions, sets, repetitions or seconds at first, how many come to it
    ("bridge", BOTH, 1.0, 2, 30, 20),
    ("one_leg_bridge", EACH, 0.9, 1, 20, 15),
    ("clamshell", EACH, 0.9, 2, 12, 8),
    ("side_plank", EACH, 0.9, 2, 20, 20),
    ("one_legged_squat", EACH, 0.8, 2, 6, 5),
    ("calf_raise", BOTH, 0.3, 2, 12, 6),
]
BEN_AWAY, BEN_HOPS_FROM = {6, 18}, 9
BEN_MANY_CONTACTS = {16: 124, 24: 132}

MILL_LANE = {"exercise": "hill_charge", "distance_m": 250, "ascent_m": 20, "grade_pct": 8, "route": "Mill Lane"}
CHAPEL_STEPS = {"exercise": "stair_run", "distance_m": 40, "ascent_m": 12, "grade_pct": 30, "route": "Chapel Steps"}

NOTES = {  # stand in the first row of the session
    ("ana", "2026-01-08"): "first time on this hill",
    ("ana", "2026-02-05"): "windy at the top",
    ("ana", "2026-03-10"): "new dumbbell",
    ("ana", "2026-04-14"): "back after a cold, short and easy",
    ("ana", "2026-05-05"): "left ankle stiff, fewer on that side",
    ("ana", "2026-06-18"): "warm evening",
    ("ana", "2026-06-28"): "new loop through the woods",
    ("ben", "2026-02-04"): "steps wet, took care",
    ("ben", "2026-03-07"): "hops for the first time",
    ("ben", "2026-04-25"): "lost count, surely too many",
    ("ben", "2026-06-24"): "steps empty, good rhythm",
}
TYPING_ERROR = ("ana", date(2026, 5, 8), "bench_step_up"), {"load_kg": "12,5"}


def main() -> None:
    rows = sorted([*ana(Random(1)), *ben(Random(2))], key=lambda row: (row["date"], row["athlete"]))
    where, wrong = TYPING_ERROR
    next(row for row in rows if (row["athlete"], row["date"], row["exercise"]) == where).update(wrong)
    with OUT.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


# ------------------------------------------------------------------------------------------- the two runners
def ana(rng: Random) -> Iterator[dict]:
    for week in WEEKS:
        if week == COLD:
            continue
        back, easier = week == COLD + 1, week == COLD + 1 or week % 4 == 0
        yield from session(rng, "ana", week, MON, "easy run", run(rng, "easy_run", 6 + week / 13, 350))
        yield from session(rng, "ana", week, TUE, "home strength", ana_strength(rng, week, TUE, easier))
        n = min(8, 5 + (week - 1) // 4) - 2 * easier - back
        seconds = 80 - 0.24 * (week - 1) + 2.5 * back
        yield from session(rng, "ana", week, THU, "Mill Lane", charges(rng, n, seconds, 115, 174, MILL_LANE))
        if not back:
            contacts = (50 + 2.4 * (week - 1)) * (0.75 if easier else 1)
            drills = hops(contacts, step_hops=20 * (week >= 9), skips=20 * (week >= 17))
            yield from session(rng, "ana", week, WED, "hops", drills)
            yield from session(rng, "ana", week, FRI, "home strength", ana_strength(rng, week, FRI, easier))
            yield from session(rng, "ana", week, SAT, "easy run", run(rng, "easy_run", 7, 355))
        km = (11 + week / 3) * (0.75 if easier else 1)
        yield from session(rng, "ana", week, SUN, "long run", run(rng, "long_run", km, 365))


def ben(rng: Random) -> Iterator[dict]:
    for week in WEEKS:
        if week in BEN_AWAY:
            continue
        for day in (MON, THU) if rng.random() < 0.55 else (MON,):
            yield from session(rng, "ben", week, day, "floor work", ben_strength(rng, week))
        if week % 2:
            n = min(10, 6 + week // 5)
            stairs = charges(rng, n, 29 - week / 13, 60, 166, CHAPEL_STEPS)
            yield from session(rng, "ben", week, WED, "Chapel Steps", stairs)
        if week >= BEN_HOPS_FROM:
            contacts = BEN_MANY_CONTACTS.get(week, 56 + 2 * (week - BEN_HOPS_FROM))
            yield from session(rng, "ben", week, SAT, "hops", hops(contacts, step_hops=16 * (week >= 15), skips=0))
        if rng.random() < 0.7:
            yield from session(rng, "ben", week, FRI, "easy run", run(rng, "easy_run", 7, 335))
        yield from session(rng, "ben", week, SUN, "long run", run(rng, "long_run", 12 + week / 8, 345))


def ana_strength(rng: Random, week: int, day: int, easier: bool) -> Iterator[dict]:
    """Her sets of the week in two halves, the odd one on Tuesday; in easier weeks at most one of each.

    What comes last is left out now and then.
    """
    block = sum(week >= first for first in BLOCKS) - 1
    for exercise, sides, weekly_sets, first in ANA_STRENGTH:
        sets = (weekly_sets[block] + (day == TUE)) // 2
        forgotten = exercise == "hamstring_push_up" and week > LAST_HAMSTRINGS
        left_out = exercise in ("bridge", "dead_bug") and rng.random() < 0.15
        if not sets or forgotten or left_out:
            continue
        more = 5 * (week // 7) if exercise in HOLDS else (week - BLOCKS[block]) // 2
        for line in work(rng, exercise, sides, min(sets, 1) if easier else sets, first + more):
            if week >= STIFF_ANKLE and exercise == "one_leg_calf_raise" and line["side"] == "left":
                line["sets"] = 1
            if exercise in WITH_DUMBBELL and week >= min(DUMBBELL_KG):
                line["load_kg"] = DUMBBELL_KG[max(start for start in DUMBBELL_KG if start <= week)]
            yield line


def ben_strength(rng: Random, week: int) -> Iterator[dict]:
    for exercise, sides, share, sets, first, more in BEN_STRENGTH:
        if rng.random() < share:
            yield from work(rng, exercise, sides, sets, first + round(more * week / 26))


# ------------------------------------------------------------------------------------------------ their work
def session(rng: Random, athlete: str, week: int, weekday: int, name: str, efforts: Iterable[dict]) -> Iterator[dict]:
    """The rows of a session: what they share, and a line of work each."""
    lines, (kind, usual_rpe) = list(efforts), SESSIONS[name]
    day = SEASON_START + timedelta(weeks=week - 1, days=weekday)
    shared = {
        "date": day, "athlete": athlete, "session": name, "session_type": kind,
        "duration_min": minutes(kind, lines), "session_rpe": usual_rpe + round(2 * rng.random() - 1),
    }  # fmt: skip
    for i, line in enumerate(lines):
        yield {**shared, **line, "notes": NOTES.get((athlete, day.isoformat()), "") if i == 0 else ""}


def minutes(kind: str, lines: list[dict]) -> int:
    """How long a session takes, with rests and, on hills, the way there and back."""
    if kind == "run":
        return round(lines[0]["duration_s"] / 60)
    if kind == "hills":
        return 30 + round(sum(line["duration_s"] + line["recovery_s"] for line in lines) / 60)
    return 8 + round(1.4 * sum(line["sets"] for line in lines))


def work(rng: Random, exercise: str, sides: tuple[str, ...], sets: int, amount: int) -> Iterator[dict]:
    """Sets of repetitions, or of seconds held, one line a side; now and then one repetition less."""
    name = written(rng, exercise)
    unit = "duration_s" if exercise in HOLDS else "reps"
    for side in sides:
        less = unit == "reps" and rng.random() < 0.15
        yield {"exercise": name, "sets": sets, "side": side, unit: amount - less, "rpe": 7 + round(2 * rng.random())}


def hops(contacts: float, step_hops: int, skips: int) -> Iterator[dict]:
    """Two sets of each drill, so many that their contacts add up; a skip has two."""
    line_hops = contacts - step_hops - 2 * skips
    for exercise, reps in {"line_hop": line_hops, "step_hop": step_hops, "skipping": skips}.items():
        if reps:
            yield {"exercise": exercise, "sets": 2, "reps": round(reps / 2), "rpe": 5}


def charges(rng: Random, n: int, seconds: float, recovery_s: float, hr_bpm: float, hill: dict) -> Iterator[dict]:
    """n charges up a hill in about so many seconds, each a little slower and harder than the one before."""
    seconds = rng.gauss(seconds, 0.006 * seconds)  # the form of the day
    for i in range(n):
        pace = 1 + 0.006 * (i - (n - 1) / 2)
        yield {
            **hill,
            "duration_s": round(rng.gauss(seconds * pace, 0.012 * seconds)),
            "recovery_s": round(rng.gauss(recovery_s + 2 * i, 4)),
            "hr_max_bpm": round(rng.gauss(hr_bpm + 1.3 * i, 1.5)),
            "rpe": min(9, 6 + (i + 1) // 2),
        }


def run(rng: Random, exercise: str, km: float, seconds_per_km: float) -> Iterator[dict]:
    metres = round(rng.gauss(km, 0.3), 1) * 1000
    yield {
        "exercise": written(rng, exercise),
        "distance_m": round(metres),
        "duration_s": round(metres / 1000 * rng.gauss(seconds_per_km, 6)),
    }


def written(rng: Random, exercise: str) -> str:
    """The exercise as somebody writes it: mostly its id, sometimes in plain words."""
    return exercise.replace("_", " ").capitalize() if rng.random() < 0.12 else exercise


if __name__ == "__main__":
    main()
