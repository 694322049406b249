"""Damaged logs: only an AnalysisError may come out, and every record is accounted for; damaged files of any format keep its laws."""

import re
import time
from itertools import islice
from random import Random

import mutants
import pytest
from collection import DATA, THERE
from hostile import maker_of_corpus
from soak import SEED, share

from analysis import load_logs
from analysis.errors import AnalysisError

MUTANTS, OF_A_FORMAT, PARTS = 5000, 200, 8
SLOWEST_S = 2.0
OWN_BASES = {
    "tidy": "date,exercise,sets,reps,load_kg,side,duration_s,rpe,notes\n2026-03-02,squat,3,5,60,both,,7,\n"
    "2026-03-02,plank,2,,,,45,,steady\n2026-03-04,calf raise,3,12,,left,,8,\n",
    "tidy_semicolons": "date;exercise;sets;reps;load_kg\n2026-03-02;squat;3;5;62,5\n2026-03-04;bridge;2;10;\n",
    "tidy_without_unicode": "date,athlete,exercise,reps\n2026-03-02,Ana,Squat,5\n\n2026-03-03,Ben,Lunge,8\n",
    "hevy": "title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,set_index,set_type,"
    "weight_kg,reps,distance_km,duration_seconds,rpe\n"
    "Legs,2 Mar 2026 18:05,2 Mar 2026 18:50,,Squat (Barbell),,,0,warmup,20,10,,,\n"
    "Legs,2 Mar 2026 18:05,2 Mar 2026 18:50,,Squat (Barbell),,,1,normal,80,5,,,8\n"
    "Legs,2 Mar 2026 18:05,2 Mar 2026 18:50,,Plank,,,0,normal,,,,60,\n",
    "strong": "Date,Workout Name,Duration,Exercise Name,Set Order,Weight (kg),Reps,Distance (km),Seconds,Notes,"
    "Workout Notes,RPE\n2026-03-02 18:05:00,Legs,45m,Squat (Barbell),1,80,5,0,0,,,8\n"
    "2026-03-02 18:05:00,Legs,45m,Squat (Barbell),2,80,5,0,0,,,\n2026-03-04 07:00:00,Run,30m,Running,1,0,0,5,1500,,,\n",
    "fitnotes_android": "Date,Exercise,Category,Weight (kgs),Reps,Distance,Distance Unit,Time,Comment\n"
    "2026-03-02,Back Squat,Legs,82.5,5,,,,\n2026-03-02,Plank,Abs,,,,,0:01:30,\n"
    "2026-03-04,Running,Cardio,,,5,km,0:25:00,wet\n",
    "fitnotes_ios": "Date,Exercise,Category,Weight (kg),Weight (lbs),Reps,Notes\n"
    "2026-03-02,Back Squat,Legs,82.5,,5,\n2026-03-02,Back Squat,Legs,,225,3,\n",
    "stronglifts": "Date (yyyy/mm/dd),Workout,Workout Name,Exercise,Sets×Reps,Sets×Time,Duration (hours),"
    "Start Time (h:mm),End Time (h:mm),Notes,Set 1 (Reps),Set 1 (KG),Set 2 (Reps),Set 2 (KG)\n"
    "2026/03/02,1,A,Squat,2×5,,0.75,18:05,18:50,,5,60,5,62.5\n2026/03/02,1,A,Plank,,10×1:00,0.75,18:05,18:50,,,,,\n"
    "2026/03/02,1,A,Row,Skipped,,0.75,18:05,18:50,,0,50,0,50\n",
}


def bases() -> list[tuple[str, bytes, dict]]:
    """(name, bytes, options) of each small log to damage: our own; of the collection the good ones and heads of real ones."""
    good = [(name, text.encode(), {}) for name, text in OWN_BASES.items()]
    if THERE:
        good += [
            (case["file"], case["_data"], case.get("options", {}))
            for case in maker_of_corpus().build()
            if case["format"] in ("tidy_csv", "vendor_csv")
            and case["expected"] == "loads"
            and len(case["_data"]) < 3000
        ]
    for file in sorted((DATA / "strength_csv").glob("*.csv")):
        with open(file, "rb") as lines:
            good.append((file.name, b"".join(islice(lines, 8)), {"unit": "kg"}))
    return good


@pytest.fixture(scope="module")
def damageable() -> list[tuple[str, bytes, dict]]:
    return bases()


@pytest.mark.parametrize("name", OWN_BASES)
def test_what_will_be_damaged_loads_whole(name, tmp_path):
    file = tmp_path / "log.csv"
    file.write_text(OWN_BASES[name], encoding="utf-8")
    log = load_logs(file)
    assert log.counts["rejected"] == 0 and problems_of(log, file.read_bytes()) == []


@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS))
def test_no_damage_breaks_the_loader_or_loses_a_record(part, damageable, tmp_path):
    tries, loaded, wrong = range(part, share(MUTANTS), PARTS), 0, []
    for i in tries:
        name, data, options = damageable[i % len(damageable)]
        data = mutants.mutant(data, Random(f"log {SEED} {i}"))
        found = problems_of_mutant(tmp_path / "log.csv", data, options)
        loaded += found is not None
        wrong += [f"{name} {i}: {problem}\n    {data[:600]!r}" for problem in found or ()]
    assert loaded > len(tries) / 4, "nearly all were refused as a whole: the damage no longer reaches the lines"
    assert not wrong, f"{len(wrong)} of {len(tries)}:\n" + "\n".join(wrong[:20])


def problems_of_mutant(file, data: bytes, options: dict) -> list[str] | None:
    """What is wrong; None where it was refused as it should be."""
    file.write_bytes(data)
    begin = time.process_time()
    try:
        log = load_logs(file, **options)
    except AnalysisError:
        return None
    except Exception as error:
        return [f"{type(error).__name__}: {error}"]
    seconds = time.process_time() - begin
    return [f"took {seconds:.1f} s"] * (seconds > SLOWEST_S) + problems_of(log, data)


def problems_of(log, data: bytes) -> list[str]:
    """What of the account of a loaded file does not add up."""
    wrong, counts = [], dict(log.counts)
    records_in, loaded, rejected = (counts.pop(key) for key in ("records_in", "loaded", "rejected"))
    if records_in != loaded + rejected or rejected != len(log.rejects):
        wrong.append(f"unbalanced: {log.counts} with {len(log.rejects)} rejects")
    if log.files["format"].iloc[0] != "stronglifts" and len(log.efforts) + sum(counts.values()) != loaded:
        wrong.append(f"{len(log.efforts)} efforts and {counts} passed over are not {loaded} loaded")
    if log.efforts["date"].isna().any() or log.efforts["exercise"].isna().any():
        wrong.append("an effort without a day or a name")
    if (log.rejects["raw"].str.strip() == "").any():
        wrong.append("a reject without its raw line")
    lines = lines_of(data)
    if lines is not None:
        numbers = numbers_of_records(lines)
        if records_in != len(numbers):
            wrong.append(f"{records_in} records in, the file holds {len(numbers)}")
        for reject in log.rejects.itertuples():
            if int(reject.line) not in numbers or lines[int(reject.line) - 1] != reject.raw:
                wrong.append(f"line {reject.line} is not {reject.raw!r}")
    return wrong


def lines_of(data: bytes) -> list[str] | None:
    """The lines of a file without quotes, counted without the loader; None where a line may not be a record."""
    utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = data.decode("utf-16" if utf16 else "utf-8-sig")
    return None if '"' in text or "sep=" in text.casefold() else re.split(r"\r\n|\n|\r", text)


def numbers_of_records(lines: list[str]) -> set[int]:
    """The numbers of the lines after the header that hold anything."""
    header = next(i for i, line in enumerate(lines) if line.strip())
    separator = max(",;\t", key=lines[header].count)
    after = enumerate(lines[header + 1 :], header + 2)
    return {number for number, line in after if any(cell.strip() for cell in line.split(separator))}


# ------------------------------------------------------------------------------------------ of every format
@pytest.mark.soak
@pytest.mark.parametrize("format", mutants.written())
def test_no_damage_of_any_format_breaks_a_law(format):
    """Some of those that benchmarks/mutants.py tries by the thousand."""
    ended, wrong = mutants.tried(format, mutants.written()[format], range(share(OF_A_FORMAT)), SEED)
    assert ended.total() == share(OF_A_FORMAT) and not wrong, "\n".join(wrong)
