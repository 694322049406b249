"""Damaged logs and recordings of every format, with laws as oracle: what no damage may do.

    python benchmarks/mutants.py [-n MUTANTS] [-s SEED] [FOLDER ...]

Of each format (those written here, and what is found in the FOLDERs: files up to 60 kB, of CSV the first lines) MUTANTS
(3,000) damaged copies are loaded. The goal is that none breaks a law:

- no error but ours, and no fault in the account: records in = loaded + refused;
- a day from 1970 to tomorrow, of an activity alone at least a remark on any other; no infinity; nothing below 0 but a load that helps;
- moving <= timer <= elapsed, in the summary of an activity as in its totals; recovery is never negative;
- no more than 10 s of a processor.
"""

import argparse
import io
import json
import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pandas as pd

from analysis import load_logs, read_activities
from analysis.errors import AccountError, AnalysisError

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

LARGEST, LINES, SLOWEST_S, AT_ONCE = 60_000, 12, 10.0, 50
RECORDINGS = (".fit", ".gpx", ".tcx")
ODD = (
    *(b"", b"0", b"-1", b"NaN", b"inf", b"-inf", b"1e308", b"-1e308", b"1e-320", b"99999999999999999999", b"0.0001"),
    *(b"1969-12-31", b"2062-01-01", b"9999-12-31", b"0001-01-01", b"2024-02-30", b"24:00:00", b"-00:00:01"),
    *(
        b'"',
        b",",
        b";",
        b"\n",
        b"\r",
        b"\0",
        b"<",
        b">",
        b"&",
        b"&#0;",
        b"]]>",
        b"\xff",
        b"\xef\xbb\xbf",
        b"null",
        b"[]",
        b"{}",
    ),
)
NUMBERS = b"0123456789.-"


# ------------------------------------------------------------------------------------------------- the bases
def written() -> dict[str, list[tuple[str, bytes]]]:
    """Format -> (name, bytes) of small files."""
    clock = [f"2024-05-01T08:{i // 60:02}:{i % 60:02}" for i in range(0, 900, 15)]
    rise = [400 + 3 * min(i % 12, 12 - i % 12) for i in range(len(clock))]
    gpx = "".join(
        f'<trkpt lat="{47 + i * 4e-4:.6f}" lon="8.5"><ele>{up}</ele><time>{at}Z</time><extensions><hr>{120 + i}</hr></extensions></trkpt>'
        for i, (at, up) in enumerate(zip(clock, rise, strict=True))
    )
    tcx = "".join(
        f"<Trackpoint><Time>{at}Z</Time><AltitudeMeters>{up}</AltitudeMeters><DistanceMeters>{45 * i}</DistanceMeters>"
        f"<HeartRateBpm><Value>{120 + i}</Value></HeartRateBpm></Trackpoint>"
        for i, (at, up) in enumerate(zip(clock, rise, strict=True))
    )
    lap = "<TotalTimeSeconds>885</TotalTimeSeconds><DistanceMeters>2655</DistanceMeters><TriggerMethod>Manual</TriggerMethod>"
    workout = (
        '<Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="30.5" durationUnit="min" totalDistance="5.2" '
        'totalDistanceUnit="km" startDate="2024-05-0{0} 08:00:00 +0200" endDate="2024-05-0{0} 08:31:00 +0200"><MetadataEntry '
        'key="HKElevationAscended" value="5300 cm"/><WorkoutStatistics type="HKQuantityTypeIdentifierHeartRate" '
        'average="140" maximum="171" unit="count/min"/></Workout>'
    )
    garmin = [
        {"activityType": "running", "name": "Run", "startTimeGmt": 1.7145432e12 + 864e5 * i, "startTimeLocal": 1.7145504e12 + 864e5 * i,
         "duration": 1.8e6, "elapsedDuration": 1.9e6, "distance": 5.2e5, "elevationGain": 5300.0, "avgHr": 140.0, "maxHr": 171.0}
        for i in range(3)
    ]  # fmt: skip
    polar = {
        "name": "Run", "startTime": "2024-05-01T08:00:00", "stopTime": "2024-05-01T08:31:00", "timezoneOffset": 120,
        "exercises": [{"startTime": "2024-05-01T08:00:00", "stopTime": "2024-05-01T08:31:00", "duration": "PT1830S", "sport": "RUNNING",
                       "distance": 5200, "ascent": 53, "heartRate": {"min": 90, "avg": 140, "max": 171}}],
    }  # fmt: skip
    sets = {"activityId": 7, "exerciseSets": [
        {"exercises": [{"category": "SQUAT", "name": "BARBELL_BACK_SQUAT", "probability": 90.0}], "duration": 40.0,
         "repetitionCount": 8, "weight": 60000.0, "setType": "ACTIVE", "startTime": f"2024-05-01T08:0{i}:00.0"} for i in range(4)]}  # fmt: skip
    bases = {
        "gpx": ("1.gpx", f"<gpx><trk><type>running</type><trkseg>{gpx}</trkseg></trk></gpx>"),
        "tcx": (
            "1.tcx",
            f"<TrainingCenterDatabase><Activities><Activity Sport='Running'><Lap StartTime='{clock[0]}Z'>{lap}<Track>{tcx}</Track></Lap>"
            "</Activity></Activities></TrainingCenterDatabase>",
        ),
        "fit": ("1.fit", _fit()),
        "apple_health": ("export.xml", f"<HealthData>{''.join(workout.format(i) for i in range(1, 5))}</HealthData>"),
        "garmin JSON": ("a_summarizedActivities.json", json.dumps([{"summarizedActivitiesExport": garmin}])),
        "garmin_sets": ("sets.json", json.dumps(sets)),
        "polar": ("training-session.json", json.dumps(polar)),
        "tidy": ("log.csv", "date,exercise,sets,reps,load_kg,recovery_s\n" + "".join(f"2024-05-0{i},squat,3,5,60,90\n" for i in range(1, 8))),
        "fitnotes": (
            "FitNotes.csv",
            "Date,Exercise,Category,Weight (kgs),Reps,Distance,Distance Unit,Time,Comment\n2026-03-02,Back Squat,Legs,82.5,5,,,,\n"
            "2026-03-02,Plank,Abs,,,,,0:01:30,\n2026-03-04,Running,Cardio,,,5,km,0:25:00,wet\n",
        ),
    }  # fmt: skip
    found = {
        format: [(name, data if isinstance(data, bytes) else data.encode())] for format, (name, data) in bases.items()
    }
    members = {name: data for (name, data), *_ in found.values() if name not in ("FitNotes.csv", "sets.json")}
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", method) as archive:
            for name, data in members.items():
                archive.writestr(name, data)
        found.setdefault("zip", []).append((f"{method}.zip", out.getvalue()))
    return found


def _fit() -> bytes:
    from fit_writer import ENUM, SINT32, UINT8, UINT16, UINT32, FitWriter, semicircles

    fit, start = FitWriter(), 1_083_500_000
    fit.define(0, 0, (0, ENUM), (1, UINT16), (4, UINT32))
    fit.data(0, 4, 1, start)
    fit.define(1, 20, (253, UINT32), (0, SINT32), (1, SINT32), (2, UINT16), (5, UINT32), (3, UINT8))
    for i in range(60):
        height = 400 + 3 * min(i % 12, 12 - i % 12)
        fit.data(1, start + 15 * i, semicircles(47 + i * 4e-4), semicircles(8.5), (height + 500) * 5, 4500 * i, 120 + i)
    fit.define(2, 21, (253, UINT32), (0, ENUM), (1, ENUM))
    fit.data(2, start + 400, 0, 4)
    fit.data(2, start + 430, 0, 0)
    fit.define(3, 19, (253, UINT32), (2, UINT32), (7, UINT32), (8, UINT32), (9, UINT32))
    fit.data(3, start + 885, start, 885_000, 855_000, 265_500)
    fit.define(4, 18, (253, UINT32), (2, UINT32), (5, ENUM), (7, UINT32), (8, UINT32), (9, UINT32), (16, UINT8))
    fit.data(4, start + 885, start, 1, 885_000, 855_000, 265_500, 150)
    return fit.file()


def found_in(folder: Path) -> dict[str, list[tuple[str, bytes]]]:
    """The same of the files in a folder that load, each by the format that it is read as."""
    bases: dict[str, list] = {}
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        with open(file, "rb") as lines:
            data = b"".join(islice(lines, LINES)) if file.suffix == ".csv" else lines.read(LARGEST + 1)
        if len(data) <= LARGEST and (log := _loaded(file.name, data)) is not None:
            bases.setdefault(log.files["format"].iloc[0], []).append((file.name, data))
    return bases


def _loaded(name: str, data: bytes):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            return load_logs(path, unit="kg")
        except AnalysisError:
            return None


# ------------------------------------------------------------------------------------------------ the damage
def mutant(data: bytes, chance: random.Random) -> bytes:
    """A copy with one to four faults."""
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        data = chance.choice((_flip, _flip, _digit, _digit, _odd, _odd, _cut, _double, _swap, _end))(data, chance)
    return data


def _place(data: bytes, chance: random.Random) -> int:
    return chance.randrange(max(len(data), 1))


def _flip(data, chance):
    at = _place(data, chance)
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _digit(data, chance):
    """Another digit, sign or point where there is one."""
    begin = _place(data, chance)
    at = next((i for i in range(begin, min(begin + 300, len(data))) if data[i] in NUMBERS), begin)
    return data[:at] + bytes([chance.choice(NUMBERS)]) + data[at + 1 :]


def _odd(data, chance):
    """Something odd in place of a whole number or word."""
    at = end = _place(data, chance)
    while end < len(data) and end < at + 30 and data[end : end + 1] not in b',;"<>\n ':
        end += 1
    return data[:at] + chance.choice(ODD) + data[end:]


def _cut(data, chance):
    at = _place(data, chance)
    return data[:at] + data[at + chance.choice((1, 2, 8, 60, 400)) :]


def _double(data, chance):
    at, n = _place(data, chance), chance.choice((1, 8, 60, 400))
    return data[: at + n] + data[at : at + n] + data[at + n :]


def _swap(data, chance):
    one, other = sorted((_place(data, chance), _place(data, chance)))
    n = min(chance.choice((1, 4, 30)), other - one)
    return data[:one] + data[other : other + n] + data[one + n : other] + data[one : one + n] + data[other + n :]


def _end(data, chance):
    return data[: _place(data, chance)] if chance.random() < 0.3 else data


# -------------------------------------------------------------------------------------------------- the laws
def wrong_of(path: Path, slowest_s: float) -> tuple[str, list[str]]:
    """(how a file or folder ended, which laws that breaks)."""
    begin = time.process_time()
    try:
        log = load_logs(path, unit="kg")
    except AccountError as error:
        return "account", [f"AccountError: {error}"]
    except AnalysisError as error:
        return "refused", [] if "Fix: " in str(error) else [f"says not what to do: {error}"]
    except Exception as error:
        return "error", [f"{type(error).__name__}: {error}"]
    wrong = [*_of_log(log), *_of_recording(path)]
    if (seconds := time.process_time() - begin) > slowest_s:
        wrong.append(f"takes {seconds:.0f} s")
    return "loaded", wrong


def _of_log(log):
    counts = log.counts
    if counts["records_in"] != counts["loaded"] + counts["rejected"] or counts["rejected"] != len(log.rejects):
        yield f"{counts} with {len(log.rejects)} rejects"
    for name in ("sessions", "efforts"):
        yield from _of_table(name, getattr(log, name))


def _of_table(name: str, table: pd.DataFrame):
    day = table["date"]
    if day.isna().any() or (day < "1970-01-01").any() or (day > pd.Timestamp.now() + pd.Timedelta(days=1)).any():
        yield f"{name}: a day from {day.min()} to {day.max()}"
    for column in table.select_dtypes("number"):
        values = table[column].to_numpy(dtype=float)
        if np.isinf(values).any():
            yield f"{name}.{column} is infinite"
        if column not in ("load_kg", "grade") and (values < 0).any():
            yield f"{name}.{column} is {np.nanmin(values):g}"


def _of_recording(path: Path):
    if path.suffix not in RECORDINGS:
        return
    try:
        activities = read_activities(path)
    except AnalysisError:
        return  # a list of several kinds may load without it
    for one in activities:
        elapsed, timer, moving = (one.summary[f"{name}_s"] for name in ("elapsed", "timer", "moving"))
        if timer > elapsed or moving > timer or min(elapsed, timer, moving) < 0:
            yield f"moving {moving:g}, timer {timer:g}, elapsed {elapsed:g}"
        numbers = {key: value for key, value in one.summary.items() if isinstance(value, float)}
        yield from (f"{key} is {value:g}" for key, value in numbers.items() if np.isinf(value))
        yield from (f"{key} is {value:g}" for key, value in numbers.items() if key != "offset_s" and value < 0)
        told = {"implausible-date", "clock-unset"} & set(one.warnings["code"])
        if not told and not 1970 <= one.summary["start"].year <= pd.Timestamp.now().year + 1:
            yield f"start is {one.summary['start']}, and nothing says that it cannot be"
        if len(one.laps) and (one.laps["end_s"] < one.laps["start_s"]).any():
            yield "a lap ends before it starts"


def tried(format: str, bases: list[tuple[str, bytes]], numbers: range, seed: int) -> tuple[Counter, list[str]]:
    """(how the mutants with these numbers ended, what was wrong): all of a folder at once, then, if need be, each alone."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for n in numbers:
            name, data = bases[n % len(bases)]
            paths[n] = Path(folder) / f"{n}_{name}"
            paths[n].write_bytes(mutant(data, random.Random(f"{format} {seed} {n}")))
        ended, wrong = Counter(), []
        how, faults = wrong_of(Path(folder), SLOWEST_S * len(paths))
        if how == "loaded" and not faults:
            found = load_logs(Path(folder), unit="kg").files
            ended["loaded"] = len(paths) - found[found["loaded"] == 0]["file"].str.split("/").str[0].nunique()
            ended["refused"] = len(paths) - ended["loaded"]
            for n, path in paths.items():
                wrong += [f"{format} {n} ({path.name}): {fault}" for fault in _of_recording(path)]
            return ended, wrong
        for n, path in paths.items():
            how, own = wrong_of(path, SLOWEST_S)
            ended[how] += 1
            wrong += [f"{format} {n} ({path.name}): {fault}" for fault in own]
        return ended, wrong or [f"{format} {numbers}: {fault}" for fault in faults]


def main() -> None:
    ask = argparse.ArgumentParser()
    ask.add_argument("-n", type=int, default=3_000)
    ask.add_argument("-s", type=int, default=1)
    ask.add_argument("-f", help="only this format")
    ask.add_argument("folders", nargs="*", type=Path)
    asked, bases = ask.parse_args(), written()
    for folder in asked.folders:
        for format, more in found_in(folder).items():
            bases.setdefault(format, []).extend(more)
    all_wrong = 0
    print(f"{'format':20} {'bases':>5} {'mutants':>8} {'loaded':>7} {'refused':>8} {'wrong':>6} (goal 0)")
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        for format, of in sorted(bases.items()):
            if asked.f not in (None, format):
                continue
            runs = [range(i, min(i + AT_ONCE, asked.n)) for i in range(0, asked.n, AT_ONCE)]
            jobs = [pool.submit(tried, format, of, run, asked.s) for run in runs]
            ended = sum((job.result()[0] for job in jobs), Counter())
            wrong = [fault for job in jobs for fault in job.result()[1]]
            all_wrong += len(wrong)
            print(
                f"{format:20} {len(of):5} {ended.total():8,} {ended['loaded']:7,} {ended['refused']:8,} {len(wrong):6}",
                flush=True,
            )
            print(*(f"    {fault[:300]}" for fault in wrong[:12]), sep="\n", flush=True)
    sys.exit(bool(all_wrong))


if __name__ == "__main__":
    main()
