"""Five thousand damaged logs: only an AnalysisError may come out, and every record is accounted for.

The damage is the same in every run. Each base file is a few lines, so that most damage hits something.
"""

import importlib.util
import re
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import pytest
from places import BENCHMARKS, SHARED

from analysis import load_logs
from analysis.errors import AnalysisError

MUTANTS = 5000
SLOWEST_S = 2.0
OWN_BASES = {
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


def bases_of(maker) -> list[tuple[str, bytes, dict]]:
    """(name, bytes, options) of each small log to damage: the good ones of the corpus, our own, heads of real ones."""
    good = [
        (case["file"], case["_data"], case.get("options", {}))
        for case in maker.build()
        if case["format"] in ("tidy_csv", "vendor_csv") and case["expected"] == "loads" and len(case["_data"]) < 3000
    ]
    good += [(name, text.encode(), {}) for name, text in OWN_BASES.items()]
    for file in sorted((SHARED / "data" / "strength_csv").glob("*.csv")):
        with open(file, "rb") as lines:
            good.append((file.name, b"".join(islice(lines, 8)), {"unit": "kg"}))
    return good


def test_no_damage_breaks_the_loader_or_loses_a_record(maker):
    bases = bases_of(maker)
    assert len(bases) > 40, "the corpus shrank: too few good files to damage"
    each = -(-MUTANTS // len(bases))
    jobs = [
        (name, i, mutant, options)
        for b, (name, data, options) in enumerate(bases)
        for i, mutant in enumerate(maker.mutate(data, maker.SEED + b, each))
    ]
    parts = [jobs[k::16] for k in range(16)]
    with ProcessPoolExecutor(max_workers=2, mp_context=get_context("spawn")) as pool:
        results = list(pool.map(problems_of_all, parts))
    loaded = sum(n for n, _ in results)
    wrong = [problem for _, problems in results for problem in problems]
    assert sum(map(len, parts)) >= MUTANTS
    assert loaded > MUTANTS / 4, "nearly all were refused as a whole: the damage no longer reaches the lines"
    assert not wrong, f"{len(wrong)} of {len(jobs)}:\n" + "\n".join(wrong[:20])


def problems_of_all(jobs: list) -> tuple[int, list[str]]:
    """(how many loaded, what was wrong), for one worker's share of the damaged files."""
    loaded, wrong = 0, []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "log.csv"
        file.write_text("date,exercise,reps\n2026-03-02,squat,5\n")
        load_logs(file)  # the catalog is read once, outside of the time of any mutant
        for name, i, mutant, options in jobs:
            file.write_bytes(mutant)
            begin = time.perf_counter()
            try:
                log = load_logs(file, **options)
            except AnalysisError:
                log = None
            except Exception as error:
                wrong.append(f"{name} {i}: {type(error).__name__}: {error}\n    {mutant[:600]!r}")
                continue
            if (seconds := time.perf_counter() - begin) > SLOWEST_S:
                wrong.append(f"{name} {i}: took {seconds:.1f} s")
            if log is not None:
                loaded += 1
                wrong += [f"{name} {i}: {problem}\n    {mutant[:600]!r}" for problem in problems_of(log, mutant)]
    return loaded, wrong


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
def of_every_format():
    spec = importlib.util.spec_from_file_location("mutants", BENCHMARKS / "mutants.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BENCHMARK = of_every_format()


@pytest.mark.parametrize("format", BENCHMARK.written())
def test_no_damage_of_any_format_breaks_a_law(format):
    """Some of those that benchmarks/mutants.py tries by the thousand."""
    ended, wrong = BENCHMARK.tried(format, BENCHMARK.written()[format], range(12), seed=7)
    assert ended.total() == 12 and not wrong, "\n".join(wrong)
