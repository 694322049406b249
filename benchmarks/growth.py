"""What a log costs as it grows: one runner's 1, 10 and 100 years, 5,000 efforts a year, read and measured.

    python benchmarks/growth.py [ROUNDS]

Milliseconds of processor time for each year of the log. A straight line costs the same for each of 100 years as for each
of 10; the last column is how much more. Of a single year, what does not grow is most.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import analysis
from analysis import load_catalog, load_logs

YEARS, DAYS, WEEKS_PER_YEAR = (1, 10, 100), 7, 52
LAST = date(2026, 3, 1)
COLUMNS = "date,exercise,sets,side,reps,load_kg,duration_s,duration_min,distance_m,ascent_m,route,session_rpe,rpe"
STRENGTH = ["calf_raise", "one_legged_squat", "bench_step_up", "hamstring_push_up", "back_squat", "dead_bug", "bridge"]
SESSIONS = {1: "strength", 2: "run", 3: "hills", 4: "strength", 6: "run"}


def lines_of(day: date, kind: str, choose: random.Random) -> list[str]:
    if kind == "run":
        return [
            f"{day},easy_run,1,,,,,{choose.randint(30, 90)},{choose.randint(5, 15) * 1000},,,{choose.randint(3, 6)},"
        ]
    if kind == "hills":
        return [f"{day},hill_charge,1,,,,{choose.randint(45, 55)},50,200,15,Mill Lane,8," for _ in range(8)]
    lines = []
    for exercise in choose.sample(STRENGTH, 5):
        for side in ("left", "right") if exercise == "one_legged_squat" else ("",):
            for _ in range(4 if exercise != "bridge" else 3):
                amount = (
                    f",,{choose.randint(20, 60)}"
                    if exercise == "bridge"
                    else f"{choose.randint(6, 15)},{choose.randint(0, 8) * 5},"
                )
                lines.append(f"{day},{exercise},1,{side},{amount},40,,,,6,{choose.randint(5, 9)}")
    drills = [f"{day},{drill},1,,20,,,40,,,,6," for drill in ("line_hop", "step_hop", "drop_jump") for _ in range(4)]
    return lines + drills


def write_log(path: Path, years: int) -> int:
    choose, weeks = random.Random(3), years * WEEKS_PER_YEAR
    first = LAST - timedelta(weeks=weeks, days=LAST.weekday())
    with path.open("w") as file:
        print(COLUMNS, file=file)
        efforts = 0
        for day in (first + timedelta(days=i) for i in range(weeks * DAYS)):
            if day.weekday() in SESSIONS:
                lines = lines_of(day, SESSIONS[day.weekday()], choose)
                efforts += len(lines)
                file.write("\n".join(lines) + "\n")
    return efforts


def measures(log, catalog) -> dict[str, Callable]:
    """The front door's measures of a log."""
    charges, volume = analysis.hill_charges(log.efforts, catalog), analysis.weekly_volume(log.efforts, catalog)
    contacts = analysis.foot_contacts(log.efforts, catalog)
    of_efforts = ["weekly_volume", "weekly_sets_by_exercise", "volume_load", "foot_contacts", "weekly_contacts"]
    of_efforts += ["spacing_conflicts", "hill_charges"]
    calls = {name: (getattr(analysis, name), log.efforts, catalog) for name in of_efforts}
    loads = analysis.session_loads(log.sessions, log.efforts, catalog)
    calls["session_loads"] = analysis.session_loads, log.sessions, log.efforts, catalog
    calls |= {name: (getattr(analysis, name), loads) for name in ("day_loads", "week_load")}
    calls["modality_weeks"] = analysis.modality_weeks, log.sessions
    calls["unmatched_exercises"] = analysis.unmatched_exercises, log.efforts, catalog
    calls["recent_volume"] = analysis.recent_volume, volume
    calls["volume_ratios"] = analysis.volume_ratios, volume
    calls["session_contacts"] = analysis.session_contacts, contacts
    calls["hill_sessions"] = analysis.hill_sessions, charges
    calls["hill_progression"] = analysis.hill_progression, charges
    calls["session_counts"] = analysis.session_counts, log.sessions
    return calls


def timed(measure: Callable, *tables) -> float:
    begun = time.process_time()
    measure(*tables)
    return (time.process_time() - begun) * 1000


def main() -> None:
    rounds, catalog = int(sys.argv[1]) if len(sys.argv) > 1 else 3, load_catalog()
    costs: dict[str, dict[int, list[float]]] = {}
    with tempfile.TemporaryDirectory() as place:
        files = {years: Path(place) / f"{years}.csv" for years in YEARS}
        counts = {years: write_log(file, years) for years, file in files.items()}
        logs = {years: load_logs(file) for years, file in files.items()}
        calls = {years: {"load_logs": (load_logs, files[years])} | measures(logs[years], catalog) for years in YEARS}
        for _ in range(rounds):
            for years in YEARS:
                for name, call in calls[years].items():
                    costs.setdefault(name, {}).setdefault(years, []).append(timed(*call) / years)
    print(f"{'ms a year of the log':26}" + "".join(f"{f'{years} y':>9}" for years in YEARS) + f"{'100 y / 10 y':>14}")
    print(f"{'efforts':26}" + "".join(f"{counts[years]:9,}" for years in YEARS))
    for name, by_years in costs.items():
        each = {years: median(times) for years, times in by_years.items()}
        print(f"{name:26}" + "".join(f"{ms:9.2f}" for ms in each.values()) + f"{each[100] / each[10]:14.2f}")


if __name__ == "__main__":
    main()
