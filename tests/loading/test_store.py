"""What was read before is found again, and nothing that befalls the store changes what a load gives."""

import errno
import os
import pickle
import random
import shutil
import subprocess
import sys
import warnings
from dataclasses import fields
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest
from house import FILES, package_of, packages_used
from make_archive import make_archive  # noqa: E402
from soak import SEED, WHOLE, share

import analysis
from analysis import load_logs, profile_of
from analysis.errors import LogError
from analysis.formats.account import Account
from analysis.loading import again, cache, files, places, recorded
from analysis.loading.log import Log
from analysis.loading.places import content_hash
from analysis.system import atomic
from analysis.system.paths import SAMPLE_ACTIVITIES

HEVY = '"title","start_time","end_time","description","exercise_title","superset_id","exercise_notes","set_index","set_type","weight_kg","reps","distance_km","duration_seconds","rpe"\n'
STRONG = "Date,Workout Name,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE\n"
DAMAGES = {
    "cut": lambda data: data[: len(data) // 2],
    "emptied": lambda data: b"",
    "noise": lambda data: random.Random(1).randbytes(len(data)),
    "a bit turned": lambda data: (
        data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :]
    ),
    "another's": lambda data: b"PAR1" + data + b"PAR1",
    "removed": lambda data: None,
}


def same(one: Log, other: Log) -> bool:
    """Equal in every table, with dtypes, categories and their order, and in everything else."""
    for field in fields(Log):
        a, b = getattr(one, field.name), getattr(other, field.name)
        if isinstance(a, pd.DataFrame):
            pd.testing.assert_frame_equal(a, b, check_exact=True, check_categorical=True, obj=field.name)
        else:
            assert a == b, field.name
    return True


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch) -> Path:
    """A store of this test's own, for files of every size; nothing may be warned of."""
    folder = tmp_path / "cache" / "read-now"
    monkeypatch.setattr(cache, "store_folder", lambda: folder)
    monkeypatch.setattr(files, "STORED_FROM", 0)
    monkeypatch.setattr(places, "JUST_NOW_S", -1e9)  # files of tests are new
    monkeypatch.setattr(again, "MOST_LINES_HELD", -1)  # what was read is looked for in the store
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", ResourceWarning)
        yield folder


@pytest.fixture
def read(monkeypatch) -> list[str]:
    """The names of the files that were read, one after the other."""
    names = []

    def here(function, jobs, scheduler=None):
        for i, job in enumerate(jobs):
            names.extend(member.name for member in job.values())
            yield i, function(job)

    monkeypatch.setattr(files, "spread", here)
    return names


@pytest.fixture
def keyed(monkeypatch) -> list[str]:
    """The names of the files of which the content was looked at."""
    names, key = [], files._key
    monkeypatch.setattr(files, "_key", lambda member, unit: (names.append(member.name), key(member, unit))[1])
    return names


def anew(path, **options) -> Log:
    """A load without any store."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "STORED_FROM", 1 << 60)
        return load_logs(path, **options)


@pytest.fixture(scope="session")
def archive(tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("archive") / "export.zip"
    make_archive(file, 20)
    return file


@pytest.fixture(scope="session")
def small_archive(tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("archive") / "small.zip"
    make_archive(file, 6)
    return file


@pytest.fixture(scope="session")
def three_more(tmp_path_factory) -> dict[str, bytes]:
    file = tmp_path_factory.mktemp("archive") / "more.zip"
    make_archive(file, 3, first=20)
    with ZipFile(file) as packed:
        return {name: packed.read(name) for name in packed.namelist() if name != "activities.csv"}


def write_mixture(folder: Path) -> Path:
    """Recordings, one of them twice, logs with records that are refused, a list, and files that are no log."""
    folder.mkdir(parents=True)
    for file in sorted(SAMPLE_ACTIVITIES.rglob("*")):
        if file.is_file():
            shutil.copy(file, folder)
    shutil.copy(folder / "2026-07-02_hills.fit", folder / "again.fit")
    rows = ["2026-03-02,Ana,A,30,7,calf_raise,3,left,12,,", "2026-03-02,Ana,A,30,7,calf_raise,x,left,12,,"]
    rows += ["2026-03-31,Ben,\u00e9\u2028,45,8,\u201cbridge\u201d,2,,,30,=1+1", "never,Ben,B,45,8,bridge,2,,,30,"]
    header = "date,athlete,session,duration_min,session_rpe,exercise,sets,side,reps,duration_s,notes"
    (folder / "log.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    hevy = '"A","28 Mar 2025, 17:29","28 Mar 2025, 18:00","","Squat",,"",{},"normal",{},{},,,\n'
    (folder / "hevy.csv").write_text(HEVY + hevy.format(0, 60, 5) + hevy.format(1, 60, 0) + hevy.format(2, 62.5, 5))
    listed = "Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,Filename\n"
    listed += '1,"Jul 2, 2026, 4:00:00 PM",Hills,Run,2700,7.0,2026-07-02_hills.fit\n'
    listed += '2,"Jul 4, 2026, 4:00:00 PM",Bike,Ride,3600,20.0,\n'
    (folder / "activities.csv").write_text(listed)
    (folder / "none.csv").write_text(header + "\n" + rows[1] + "\n")
    (folder / "empty.fit").write_bytes(b"")
    (folder / "page.gpx").write_text("<html>please log in</html>")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff" + bytes(range(256)) * 9)
    (folder / "words.csv").write_text("a,b\n1,2\n")
    return folder


@pytest.fixture
def mixture(tmp_path) -> Path:
    return write_mixture(tmp_path / "mixture")


# ------------------------------------------------------------------------------------------------ found again
def test_the_second_load_reads_nothing_and_is_the_first(archive, read, keyed, capfd):
    true = anew(archive)
    read.clear()
    assert same(true, load_logs(archive))
    assert len(read) == 21 and len(keyed) == 21
    read.clear(), keyed.clear()
    assert same(true, load_logs(archive))
    assert read == [] == keyed
    assert capfd.readouterr() == ("", "")
    assert len(true.sessions) == 20 and len(true.hills)


def test_a_mixture_with_all_its_refusals_is_the_same(mixture, read):
    true = anew(mixture)
    assert {"duplicate-row", "not-an-activity", "empty-file", "no-valid-rows"} <= {
        *true.rejects["code"],
        "no-valid-rows",
    }
    assert true.rejects["raw"].str.contains("calf_raise,x,left").sum() == 2, "one is of a file that is refused"
    read.clear()
    assert same(true, load_logs(mixture)) and len(read) == len(true.files) - 1, "a picture is not read"
    read.clear()
    assert same(true, load_logs(mixture)) and read == []


def test_a_file_alone_gives_the_same_error_again(mixture):
    for name in ("none.csv", "empty.fit", "page.gpx", "words.csv"):
        told = []
        for load in (anew, load_logs, load_logs):
            with pytest.raises(LogError) as caught:
                load(mixture / name)
            error = caught.value
            told.append([str(error), error.code, error.line, error.what, error.fix])
            told[-1].append(None if error.rejects is None else error.rejects.to_csv())
            told[-1].append(None if error.rejects is None else error.rejects.dtypes.to_dict())
        assert told[0] == told[1] == told[2], name


def profile_tables(log) -> list[pd.DataFrame]:
    samples, found = profile_of(log)
    return [samples, found.table]


def test_the_recording_behind_a_profile_is_not_read_again(archive, monkeypatch):
    true = profile_tables(anew(archive))
    log = load_logs(archive)
    monkeypatch.setattr(recorded, "read_recordings", lambda source: pytest.fail("it was read"))
    for mine, theirs in zip(profile_tables(log), true, strict=True):
        pd.testing.assert_frame_equal(mine, theirs, check_exact=True)
    assert len(true[0]) > 1000 and len(true[1]) > 3


def test_three_new_files_of_a_folder(archive, three_more, tmp_path, read):
    with ZipFile(archive) as packed:
        packed.extractall(tmp_path / "runs")
    load_logs(tmp_path / "runs")
    read.clear()
    for name, data in three_more.items():
        (tmp_path / "runs" / name).write_bytes(data)
    log = load_logs(tmp_path / "runs")
    assert sorted(read) == sorted(three_more)
    assert same(log, anew(tmp_path / "runs")) and log.counts["loaded"] == 43


def test_a_new_zip_with_three_members_more(archive, three_more, tmp_path, read):
    load_logs(archive)
    read.clear()
    shutil.copy(archive, tmp_path / "next.zip")
    with ZipFile(tmp_path / "next.zip", "a") as packed:
        for name, data in three_more.items():
            packed.writestr(name, data)
    log = load_logs(tmp_path / "next.zip")
    assert sorted(read) == sorted(three_more)
    assert same(log, anew(tmp_path / "next.zip"))


def test_many_loads_with_a_little_new_leave_few_files(tmp_path, folder, read):
    """As of a runner who looks each day."""
    runs = tmp_path / "runs"
    runs.mkdir()
    for day in range(1, 2 * cache.MOST_SMALL + 3):
        (runs / f"{day}.csv").write_text(f"date,exercise,sets,reps\n2026-02-{day:02},calf_raise,3,{day}\n")
        read.clear()
        log = load_logs(runs)
        assert read == [f"{day}.csv"] and len(log.efforts) == day
    assert len(list(folder.glob("*.parts.parquet"))) <= cache.MOST_SMALL
    assert same(log, anew(runs))
    files = len(list(folder.iterdir()))
    an_hour_ago(folder)
    (runs / "new.csv").write_text("date,exercise,sets,reps\n2026-03-01,calf_raise,3,1\n")
    load_logs(runs)
    assert len(list(folder.iterdir())) < files
    read.clear()
    assert same(load_logs(runs), anew(runs)) and read.count("1.csv") == 1, "what is kept is still found"


def an_hour_ago(folder: Path) -> None:
    """Every file that is not the user's looks as old as that."""
    for file in folder.iterdir():
        past = file.stat().st_mtime - cache.UNUSED_S - 60
        os.utime(file, (past, past))


def test_a_file_that_changed_is_read_again(tmp_path, read):
    file = tmp_path / "log.csv"
    for reps in (8, 9):
        file.write_text(f"date,exercise,sets,reps\n2026-02-01,calf_raise,3,{reps}\n")
        assert load_logs(file).efforts["reps"].tolist() == [reps]
    assert read == ["log.csv"] * 2


def test_the_same_size_and_time_tell_nothing_of_a_file_changed_just_now(tmp_path, monkeypatch, keyed):
    """On a disk that tells no finer time the file may have changed since."""
    monkeypatch.setattr(places, "JUST_NOW_S", 2.0)
    file = tmp_path / "log.csv"
    file.write_text("date,exercise,sets,reps\n2026-02-01,calf_raise,3,8\n")
    for _ in range(2):
        load_logs(file)
    assert keyed == ["log.csv"] * 2
    monkeypatch.setattr(cache.time, "time", lambda now=cache.time.time: now() + 3)
    for _ in range(2):
        load_logs(file)
    assert keyed == ["log.csv"] * 3


@pytest.mark.skipif(sys.platform == "win32", reason="there a file can be given any time")
def test_a_file_put_in_place_of_another_with_its_size_and_time_is_seen(tmp_path):
    file, other = tmp_path / "log.csv", tmp_path / "other"
    file.write_text("date,exercise,sets,reps\n2026-02-01,calf_raise,3,8\n")
    load_logs(file)
    other.write_text("date,exercise,sets,reps\n2026-02-01,calf_raise,3,9\n")
    shutil.copystat(file, other)
    os.replace(other, file)
    assert load_logs(file).efforts["reps"].tolist() == [9]


def test_a_file_that_changes_while_it_is_read_is_not_kept(tmp_path, monkeypatch, read):
    """Else what it gave would be that of the content that it had before."""
    file, was = tmp_path / "log.csv", "date,exercise,sets,reps\n2026-02-01,calf_raise,3,8\n"
    file.write_text(was)
    batch = files.read_batch

    def changing(members, unit, keep):
        file.write_text(was.replace(",8", ",12"))
        return batch(members, unit, keep)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "read_batch", changing)
        assert load_logs(file).efforts["reps"].tolist() == [12]
    file.write_text(was)
    assert load_logs(file).efforts["reps"].tolist() == [8]


def test_files_moved_and_called_otherwise_are_not_read_again(mixture, tmp_path, read):
    load_logs(mixture)
    read.clear()
    (tmp_path / "elsewhere").mkdir()
    for i, file in enumerate(sorted((file for file in mixture.rglob("*") if file.is_file()), reverse=True)):
        shutil.move(file, tmp_path / "elsewhere" / f"{i:02}{file.suffix if file.suffix != '.gz' else '.gpx.gz'}")
    log = load_logs(tmp_path / "elsewhere")
    assert read == []
    assert same(log, anew(tmp_path / "elsewhere"))


def test_kilograms_and_pounds_keep_apart(tmp_path):
    file = tmp_path / "strong.csv"
    file.write_text(STRONG + "2026-02-01 10:00:00,A,Squat,1,100,5,0,0,,,\n")
    for unit, load in [("kg", 100.0), ("lb", 45.359237), ("kg", 100.0), ("lb", 45.359237)]:
        assert load_logs(file, unit=unit).efforts["load_kg"].tolist() == pytest.approx([load])
    with pytest.raises(LogError, match="unit"):
        load_logs(file)


def test_equal_files_are_each_accounted_for(mixture, tmp_path):
    for name in ("log.csv", "2026-07-02_hills.fit", "none.csv"):
        for i in range(3):
            shutil.copy(mixture / name, mixture / f"copy {i} of {name}")
    true = anew(mixture)
    assert same(true, load_logs(mixture)) and same(true, load_logs(mixture))


def test_half_a_character_is_not_kept_and_stops_nothing(folder):
    """JSON may hold one; no Parquet does."""
    lines, account = (
        pd.DataFrame({"file": [0], "title": pd.Series(["\ud83c"], dtype=object)}),
        Account(Path("log.csv"), "own CSV"),
    )
    cache.Store().write({0: "its key"}, {0: account}, lines, b"")
    assert cache.Store().known == {}


def test_small_archives_are_not_kept(tmp_path, folder, monkeypatch):
    monkeypatch.setattr(files, "STORED_FROM", 1 << 20)
    (tmp_path / "log.csv").write_text("date,exercise,sets,reps\n2026-02-01,calf_raise,3,8\n")
    load_logs(tmp_path / "log.csv")
    assert not folder.exists()


# ------------------------------------------------------------------------------------------------ versions
def test_whatever_decides_what_is_read_is_part_of_the_version():
    uses = {}
    for file in FILES:
        uses.setdefault(package_of(file), set()).update(packages_used(file))
    needed, found = {"loading"}, set()
    while needed:
        room = needed.pop()
        found.add(room)
        needed |= uses[room] - found
    assert found - {room.removesuffix(".py") for room in cache.READERS} == {"errors", "arguments"}, (
        "they decide nothing"
    )


def test_other_code_has_another_folder(tmp_path, monkeypatch):
    home = Path(analysis.__file__).parent
    monkeypatch.undo()
    now = cache.store_folder()
    shutil.copytree(home, tmp_path / "analysis", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(cache, "PACKAGE", tmp_path / "analysis")
    assert cache.store_folder.__wrapped__() == now, "the same code elsewhere"
    (tmp_path / "analysis" / "measures" / "weekly_sets.py").write_text("")
    assert cache.store_folder.__wrapped__() == now, "what measures does not read"
    with open(tmp_path / "analysis" / "formats" / "recordings" / "fit.py", "a") as reader:
        reader.write("#")
    assert cache.store_folder.__wrapped__() != now


def test_what_other_versions_kept_is_removed(mixture, folder):
    (folder.parent / "read-before").mkdir(parents=True)
    (folder.parent / "read-before" / "x.parts.parquet").write_bytes(b"x")
    (folder.parent / "not ours").mkdir()
    load_logs(mixture)
    assert sorted(file.name for file in folder.parent.iterdir()) == ["not ours", "read-now"]


# ------------------------------------------------------------------------------------------------ damage
@pytest.fixture(scope="module")
def stored(tmp_path_factory) -> tuple[Path, Path, Log]:
    """(a mixture, the store of it, its true log)."""
    place = tmp_path_factory.mktemp("stored")
    mixture = write_mixture(place / "mixture")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cache, "store_folder", lambda: place / "read-now")
        patch.setattr(places, "JUST_NOW_S", -1e9)
        patch.setattr(files, "STORED_FROM", 0)
        patch.setattr(again, "MOST_LINES_HELD", -1)
        load_logs(mixture)
    return mixture, place / "read-now", anew(mixture)


@pytest.mark.soak
@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_store_changes_nothing_and_mends_itself(stored, folder, damage, read):
    mixture, whole, true = stored
    names = sorted(file.name for file in whole.iterdir())
    assert {name.split(".", 1)[1] for name in names} == {"places.json", *(f"{kind}.parquet" for kind in ("parts", "lines", "points"))}  # fmt: skip
    alone = names if WHOLE else random.Random(f"{SEED} {damage}").sample(names, 1)
    for hurt in [*([name] for name in alone), names]:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(whole, folder)
        for name in hurt:
            data = damage((folder / name).read_bytes())
            (folder / name).unlink() if data is None else (folder / name).write_bytes(data)
        assert same(true, load_logs(mixture)), hurt
        profile = profile_tables(true)
        read.clear()
        assert same(true, load_logs(mixture)), hurt
        assert read == [], "the store serves again"
        assert all(map(pd.DataFrame.equals, profile_tables(true), profile))


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "{",
        "null",
        '{"log.csv": 1}',
        '{"log.csv": [[1, 2, 3], 4]}',
        '{"log.csv": [[1,2,3],[["a","b"]]]}',
        "\0" * 99,
    ],
)
def test_foreign_words_about_places(mixture, folder, text):
    true = anew(mixture)
    load_logs(mixture)
    (places,) = folder.glob("*.places.json")
    for said in (text, places.read_text()[:32] + text, content_hash(b"") + text):
        places.write_text(said)
        assert same(true, load_logs(mixture))


def test_places_of_what_was_there_before(mixture, folder, tmp_path):
    """The places of a folder as it was, put back by a backup."""
    load_logs(mixture)
    (places,) = folder.glob("*.places.json")
    before = places.read_bytes()
    (mixture / "log.csv").write_text("date,exercise,sets,reps\n2026-02-01,calf_raise,3,8\n")
    (mixture / "empty.fit").unlink()
    load_logs(mixture)
    places.write_bytes(before)
    assert same(load_logs(mixture), anew(mixture))


# ------------------------------------------------------------------------------------------------ no room, no rights
@pytest.mark.parametrize("writes", range(5))
def test_a_full_disk_stops_nothing(mixture, folder, writes, monkeypatch, capfd):
    true, left = anew(mixture), iter(range(writes))

    def full(path, data):
        if next(left, None) is None:
            path.with_name("half").write_bytes(data[:10])
            raise OSError(errno.ENOSPC, "No space left on device")
        return atomic.write_whole(path, data)

    monkeypatch.setattr(cache, "write_whole", full)
    assert same(true, load_logs(mixture)) and same(true, load_logs(mixture))
    monkeypatch.undo()
    assert same(true, load_logs(mixture))
    assert capfd.readouterr() == ("", "")


def test_a_half_file_is_not_left_where_its_name_cannot_be_given(mixture, folder, monkeypatch):
    def failing(old, new):
        raise PermissionError("it is open")

    monkeypatch.setattr(os, "replace", failing)
    assert same(load_logs(mixture), anew(mixture))
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("there", ["file", "nowhere", "closed"])
def test_a_cache_folder_that_is_none(mixture, folder, there, monkeypatch, capfd):
    true = anew(mixture)
    if there == "file":
        folder.parent.parent.mkdir(exist_ok=True)
        folder.parent.write_text("a file")
    elif there == "nowhere":
        monkeypatch.setattr(cache, "store_folder", lambda: None)
    else:
        folder.parent.mkdir()
        folder.write_text("a file")
    assert same(true, load_logs(mixture)) and same(true, load_logs(mixture))
    assert all(map(pd.DataFrame.equals, profile_tables(true), profile_tables(true)))
    assert capfd.readouterr() == ("", "")


def test_who_has_no_home_keeps_nothing(monkeypatch):
    monkeypatch.undo()
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)  # as it is for a user without a home
    assert cache.store_folder.__wrapped__() is None


# ------------------------------------------------------------------------------------------------ other processes
BEGIN = """
import sys, pickle
from pathlib import Path
from analysis import load_catalog, load_logs
from analysis.loading import again, cache, files, load, places
import analysis.formats.recordings.fit, analysis.formats.recordings.gpx, analysis.formats.recordings.tcx, lxml.etree
import pyarrow.parquet, pyarrow.dataset, platformdirs, tzfpy, concurrent.futures.process, multiprocessing.synchronize
import multiprocessing.popen_fork, multiprocessing.queues, multiprocessing.connection, zoneinfo
places.JUST_NOW_S, files.STORED_FROM, again.MOST_LINES_HELD = -1e9, 0, -1
load_catalog()
"""
AS_NOBODY = """
import os
os.setgid(65534)
os.setuid(65534)
"""
LOAD = """
log = load_logs(sys.argv[1])
Path(sys.argv[2]).write_bytes(pickle.dumps(log)) if len(sys.argv) > 2 else None
print(len(log.sessions))
"""


def in_a_process(program: str, *arguments, home: Path) -> subprocess.Popen:
    path = os.pathsep.join([str(Path(analysis.__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-W", "ignore::ResourceWarning", "-c", BEGIN + program, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": path, "XDG_CACHE_HOME": str(home)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give up its rights")
@pytest.mark.parametrize("rights", [0o555, 0o000])
def test_a_folder_that_may_not_be_written(rights):
    import tempfile

    with tempfile.TemporaryDirectory() as place:
        os.chmod(place, 0o755)
        mixture, home = write_mixture(Path(place) / "mixture"), Path(place) / "cache"
        home.mkdir()
        for had in (False, True):  # nothing of ours there yet; something there
            if had:
                assert in_a_process(LOAD, mixture, home=home).communicate()[0]
            os.chmod(home / "analysis" if had else home, rights)
            out, told = in_a_process(AS_NOBODY + LOAD, mixture, home=home).communicate()
            assert (out, told) == (f"{len(anew(mixture).sessions)}\n", "")


AT_ONCE = """
import os
files.FEWEST, children = 2, []
for out in sys.argv[2:]:
    if not (child := os.fork()):
        Path(out).write_bytes(pickle.dumps(load_logs(sys.argv[1])))
        os._exit(0)
    children.append(child)
print([os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children])
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_eight_processes_at_once(small_archive, tmp_path, folder, monkeypatch, read):
    true = anew(small_archive)
    outs = [tmp_path / f"{i}.pickle" for i in range(8)]
    process = in_a_process(AT_ONCE, small_archive, *outs, home=tmp_path / "home")
    assert process.communicate() == ("[0, 0, 0, 0, 0, 0, 0, 0]\n", "")
    assert all(same(true, pickle.loads(out.read_bytes())) for out in outs)
    (place,) = (tmp_path / "home" / "analysis").iterdir()
    monkeypatch.setattr(cache, "store_folder", lambda: place)
    read.clear()
    assert same(true, load_logs(small_archive)) and read == []
    assert not list(place.glob(".*")), "no half files"
    assert len(list(place.glob("*.points.parquet"))) < 8 * 5, "what is alike is there once"


KILLS = 50
KILLED = """
import os, random, signal, time
files.FEWEST, choose, path = 2, random.Random(sys.argv[3]), sys.argv[1]
folder, began = cache.store_folder(), time.monotonic()
true, seconds, groups = load_logs(path), time.monotonic() - began, []
for _ in range(int(sys.argv[2])):
    for file in sorted(folder.iterdir()):  # of what is there some is lost, so that there is something to do
        if not file.name.startswith(".") and choose.random() < 0.5:
            file.unlink()
    child = os.fork()
    if not child:
        load_logs(path)
        os._exit(0)
    os.setpgid(child, child)
    time.sleep(choose.uniform(0, seconds))
    os.kill(child, signal.SIGKILL)
    groups.append(child)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    log = load_logs(path)
    same = all(getattr(log, t).equals(getattr(true, t)) for t in ("sessions", "efforts", "rejects", "warnings", "files", "hills"))
    print(ended, same and log.counts == true.counts, flush=True)
until = time.monotonic() + 60
while groups and time.monotonic() < until:
    try:
        os.killpg(groups[-1], 0)
        time.sleep(0.05)
    except ProcessLookupError:
        groups.pop()
print(len(groups), "left")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
@pytest.mark.soak
def test_fifty_kills(small_archive, tmp_path, folder, monkeypatch, read):
    true, kills = anew(small_archive), share(KILLS)
    out, told = in_a_process(KILLED, small_archive, kills, SEED, home=tmp_path / "home").communicate()
    *ends, left = [line.split() for line in out.splitlines()]
    assert len(ends) == kills, told
    assert left == ["0", "left"], "the processes of one that is killed end too"
    assert all(same == "True" for _, same in ends)
    if WHOLE:
        assert sum(ended == "-9" for ended, _ in ends) >= kills / 2, "most were still at work"
    (place,) = (tmp_path / "home" / "analysis").iterdir()
    monkeypatch.setattr(cache, "store_folder", lambda: place)
    assert same(true, load_logs(small_archive))
    left = list(place.glob(".*"))
    assert len(left) <= kills
    an_hour_ago(place)
    next(place.glob("*.parts.parquet")).unlink()
    read.clear()
    assert same(true, load_logs(small_archive)) and read
    assert not list(place.glob(".*")), "half files are removed by who comes later"
    named = {part for parts in cache.Store().tables.values() for row in parts for part in (row.lines, row.points)}
    young = {
        file.name.split(".")[0] for file in place.iterdir() if file.name.endswith((".lines.parquet", ".points.parquet"))
    }
    assert len(young - named) <= cache.MOST_SMALL + 1, "and so is what nothing names"
