"""Archives: every hostile zip ends as its manifest says, and a zip, a folder and a mix of both hold the same training."""

import contextlib
import gzip
import io
import os
import random
import sys
import threading
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from archives import measured, packed, run, runs, zipped
from hostile import cases

from analysis import files_by_format, in_short, load_logs, loading_headline
from analysis.errors import LogError
from analysis.loading.batch import read_batch
from analysis.loading.replay import profile_of
from analysis.pages.report import make_report
from analysis.system import members
from analysis.system.members import Member, members_of
from analysis.system.parallel import spread
from analysis.system.paths import NOTEBOOKS, SAMPLE_ACTIVITIES

JUNK = ("__MACOSX/", ".")

# Where our documented choice differs from the corpus' proposal: (outcome, code, why it is better for whose data it is).
KEPT = "the recordings are whole: what is wrong with one file is said of it, and stops no other"
DIFFERS = {
    "zip/member_fit_truncated.zip": ("loads", None, "what can be read of a recording is kept, with a remark"),
    "zip/member_gpx_no_track.zip": ("rejects_row", "no-track", "the same outcome, under the code of the GPX reader"),
    "zip/member_gz_bomb.zip": ("rejects_row", "empty-file", "64 MiB of zeros are within the caps, and no recording"),
    "zip/member_wrong_ext.zip": ("loads", None, "what a file is, is told by its content"),
    "zip/csv_names_missing_file.zip": ("loads", None, "a row says what was done, whether its recording is here or not"),
    "zip/file_not_in_csv.zip": ("loads", None, "what no list names is the same activity here, and told as that"),
    "zip/no_csv.zip": ("loads", None, "recordings without a list are nothing to warn of"),
    "zip/duplicate_activity.zip": ("rejects_row", "duplicate-row", "the same outcome, under the code of doubled rows"),
    "zip/bomb_flat.zip": ("rejects_file", "cell-too-long", "64 MiB are within the caps; it is a header without end"),
    "zip/lying_size.zip": ("rejects_row", "zip-error", KEPT),
    "zip/bad_crc.zip": ("rejects_row", "zip-error", KEPT),
    "zip/encrypted.zip": ("rejects_row", "zip-encrypted", KEPT),
    "zip/unknown_method.zip": ("rejects_row", "zip-error", KEPT),
}
REMARKED = {"zip/member_fit_truncated.zip": "truncated", "zip/csv_names_missing_file.zip": "member-missing"}


LIST = "Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,Filename,Elapsed Time,Distance\n"


def listing(n: int) -> bytes:
    """Strava's list of these runs; 8 Sep 2021, 01:46:40 UTC is second 1,000,000,000 of FIT."""
    days = pd.date_range("2021-09-08 01:46:40", periods=n, freq="D")
    rows = [
        f'{i},"{day:%b} {day.day}, {day:%Y, %I:%M:%S %p}",Run {i},Run,{600 + i},1.8,activities/{i}.fit,{600 + i}.0,{1800 + 3 * i}.0'
        for i, day in enumerate(days)
    ]
    return (LIST + "\n".join(rows) + "\n").encode()


def training(log) -> list[pd.DataFrame]:
    return [log.sessions.reset_index(drop=True), log.efforts.reset_index(drop=True)]


def same_training(one, other) -> None:
    for left, right in zip(training(one), training(other), strict=True):
        pd.testing.assert_frame_equal(left, right, check_categorical=False)


def open_files() -> set[str]:
    """What this process holds open."""
    links = set()
    for number in os.listdir("/proc/self/fd"):
        with contextlib.suppress(OSError):
            links.add(os.readlink(f"/proc/self/fd/{number}"))
    return links


# ------------------------------------------------------------------------------------------ the corpus
def names_in(path: Path) -> set[str]:
    """The files of a zip and of the zips in it, as the standard library lists them, without the junk of systems."""
    names = set()
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if info.filename.endswith(".zip"):
                with zipfile.ZipFile(io.BytesIO(archive.read(info))) as inner:
                    names |= {f"{info.filename}/{name}" for name in inner.namelist()}
            elif not info.is_dir() and not info.filename.startswith(JUNK):
                names.add(info.filename)
    return names


def problems_of(case: dict, corpus: Path) -> list[str]:
    """What of a case's outcome is not as it should be."""
    expected, code = case["expected"], case.get("code")
    if case["file"] in DIFFERS:
        expected, code, _ = DIFFERS[case["file"]]
    path = corpus / case["file"]
    try:
        log = load_logs(path)
    except LogError as error:
        return [] if expected == "rejects_file" and error.code == code else [f"{error.code}: {error}"]
    counts, wrong = log.counts, [f"loads, expected {expected}"] * (expected == "rejects_file")
    refused = log.rejects
    if case["class"] != "duplicate-import":  # the three recordings of the corpus begin and last alike: they count once
        refused = refused[refused["code"] != "duplicate-row"]
    if counts["records_in"] != counts["loaded"] + counts["rejected"] or counts["rejected"] != len(log.rejects):
        wrong.append(f"unbalanced {counts}")
    if set(log.files["file"]) != names_in(path):
        wrong.append(f"not accounted for: {set(log.files['file']) ^ names_in(path)}")
    if expected == "loads" and len(refused):
        wrong.append(f"refused {refused[['file', 'code']].to_numpy().tolist()}")
    if expected == "rejects_row" and code not in set(refused["code"]):
        wrong.append(f"codes {set(refused['code'])}, expected {code}")
    if expected == "rejects_row" and case["class"] != "duplicate-import" and len(refused) != 1:
        wrong.append(f"refused {len(refused)}")
    if case.get("member") and len(refused) and list(refused["file"]) != [case["member"]]:
        wrong.append(f"refused {list(refused['file'])}")
    if not len(log.sessions):
        wrong.append("nothing loaded")
    awaited = set(filter(None, [REMARKED.get(case["file"])])) if case["file"] in DIFFERS else set(case.get("warn", []))
    wrong += [f"no warning {awaited}"] * bool(awaited - set(log.warnings["code"]))
    return wrong


def test_every_zip_of_the_corpus_ends_as_its_manifest_says(corpus, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = {file: file.stat().st_mtime_ns for file in corpus.rglob("*")}
    wrong = {case["file"]: found for case in cases(corpus, "zip") if (found := problems_of(case, corpus))}
    assert not wrong, "\n".join(f"{file}: {found}" for file, found in wrong.items())
    assert set(DIFFERS) <= {case["file"] for case in cases(corpus, "zip")}
    assert not list(tmp_path.iterdir()) and not list(Path("/tmp").glob("PWNED*")), "nothing is written anywhere"
    assert {file: file.stat().st_mtime_ns for file in corpus.rglob("*")} == before


def test_bombs_stay_within_their_caps(corpus):
    capped = [case for case in cases(corpus, "zip") if case.get("caps")] + [
        {"file": "zip/member_gz_bomb.zip", "caps": {"mib": 200, "s": 10}}
    ]
    assert len(capped) >= 5
    for case in capped:
        mib, seconds, *_ = measured(corpus / case["file"])
        assert mib <= case["caps"]["mib"] and seconds <= case["caps"]["s"], (case["file"], mib, seconds)


def test_a_page_for_others_tells_no_address_that_a_member_is_named_after(corpus, tmp_path):
    case = next(case for case in cases(corpus, "zip") if case["file"] == "zip/ok_garmin_nested.zip")
    pages = make_report(
        sorted(NOTEBOOKS.glob("00*.ipynb")), tmp_path / "out", {"logs_path": corpus / case["file"]}, progress=False
    )
    for file in [page.html for page in pages] + [tmp_path / "out" / "index.html"]:
        assert not any(canary in file.read_text() for canary in case["canary"]), file.name
    assert "1 file that holds no activity" in pages[0].html.read_text()


def test_a_page_for_others_tells_no_name_of_a_file(tmp_path):
    """Doubled, unlisted, damaged and missing files are all told, and none of them by its name."""
    members = {
        "activities.csv": listing(4), **runs(3), "activities/twice.fit": run(1), "activities/more.fit": run(9),
        "activities/short.fit": run(5)[:20], "photo_of_me.jpg": b"1", "damaged.zip": b"PK", "notes_of_ana.txt": b"x",
        "export.xml": b'<HealthData><Workout workoutActivityType="HKWorkoutActivityTypeYoga" duration="60"'
        b' startDate="2026-03-02 19:05:12 +0100" endDate="2026-03-02 20:06:52 +0100"/><Record',
    }  # fmt: skip
    unpacked(tmp_path / "club", members)
    zipped(tmp_path / "club" / "old.zip", members)
    (page,) = make_report(
        sorted(NOTEBOOKS.glob("00*.ipynb")), tmp_path / "out", {"logs_path": tmp_path / "club"}, progress=False
    )
    told = page.html.read_text()
    assert "a file that ends too early." in told and "what stands in another place too, which is kept" in told
    assert [name for name in members if Path(name).name in told] == []


# ------------------------------------------------------------------------------------ the same, however packed
@pytest.fixture
def export() -> dict[str, bytes]:
    """Twelve runs of a list, one of them gzipped and one as a note of a watch, that is no activity."""
    members = {"activities.csv": listing(12), **runs(12), "profile.csv": b"name,weight\nAna,60\n"}
    members["activities/3.fit.gz"] = gzip.compress(members.pop("activities/3.fit"), mtime=0)
    return members


def unpacked(folder: Path, members: dict[str, bytes]) -> Path:
    for name, content in members.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def test_a_zip_a_folder_and_a_mix_of_both_hold_the_same(tmp_path, export):
    zip_log = load_logs(zipped(tmp_path / "export.zip", export))
    assert zip_log.counts == {"records_in": 25, "loaded": 25, "rejected": 0, "listed_too": 12, "no_activities": 1}
    assert len(zip_log.sessions) == 12
    assert zip_log.sessions["title"].tolist() == [f"Run {i}" for i in range(12)]
    assert zip_log.efforts["distance_m"].tolist() == pytest.approx([1800 + 3 * i for i in range(12)])
    folder_log = load_logs(unpacked(tmp_path / "folder", export))
    same_training(folder_log, zip_log)
    assert folder_log.counts == zip_log.counts

    mixed = tmp_path / "mixed"
    mixed.mkdir()
    names = list(export)
    zipped(mixed / "first.zip", {name: export[name] for name in names[:6]})
    zipped(mixed / "second.zip", {"inner.zip": packed({name: export[name] for name in names[6:9]})})
    unpacked(mixed / "rest", {name: export[name] for name in names[9:]})
    mixed_log = load_logs(mixed)
    same_training(mixed_log, zip_log)
    assert mixed_log.counts["records_in"] == 25


def test_the_order_of_members_does_not_matter(tmp_path, export):
    first = load_logs(zipped(tmp_path / "a.zip", export))
    names = list(export)
    for seed in range(3):
        random.Random(seed).shuffle(names)
        again = load_logs(zipped(tmp_path / f"b{seed}.zip", {name: export[name] for name in names}))
        same_training(again, first)
        assert again.counts == first.counts
        assert sorted(again.files["file"]) == sorted(first.files["file"])


def test_a_zip_in_a_zip_is_read_from_memory(tmp_path, monkeypatch):
    path = zipped(tmp_path / "export.zip", {"part/inner.zip": packed(runs(3, "")), "4.fit": run(4)}, zipfile.ZIP_STORED)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    log = load_logs(path)
    assert log.files["file"].tolist() == [
        "part/inner.zip/0.fit",
        "part/inner.zip/1.fit",
        "part/inner.zip/2.fit",
        "4.fit",
    ]
    assert len(log.sessions) == 4
    assert list(tmp_path.iterdir()) == [path]
    samples, _ = profile_of(log)
    assert len(samples) == 61, "a recording in an archive is read again where its profile is drawn"


def test_a_damaged_zip_in_a_zip_stops_nothing(tmp_path):
    bomb = packed({"a.csv": b"0" * (150 << 20)}, zipfile.ZIP_STORED)
    deep = packed({"e.zip": packed(runs(1))})
    members = {
        "good.zip": packed(runs(1, "")),
        "damaged.zip": b"PK\3\4 and nothing more",
        "empty.zip": b"",
        "nothing.zip": packed({}),
        "deep.zip": deep,
        "bomb.zip": bomb,
    }
    path = zipped(tmp_path / "export.zip", members)
    log = load_logs(path)
    assert len(log.sessions) == 1
    assert dict(zip(log.rejects["file"], log.rejects["code"], strict=True)) == {
        "damaged.zip": "zip-error",
        "empty.zip": "zip-error",
        "nothing.zip": "no-records",
        "deep.zip/e.zip": "too-deep",
        "bomb.zip": "too-big",
    }
    assert log.counts == {"records_in": 6, "loaded": 1, "rejected": 5}


def test_zips_that_hold_a_bomb_each_take_no_memory(tmp_path):
    bomb = packed({"a.csv": b"0" * (150 << 20)}, zipfile.ZIP_STORED)
    path = zipped(tmp_path / "export.zip", {f"{i}.zip": bomb for i in range(4)})
    assert path.stat().st_size < 2 << 20
    mib, seconds, code, _ = measured(path)
    assert (code, mib <= 200, seconds <= 10) == ("too-big", True, True), (mib, seconds)


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("name", ["log.csv", "export.xml", "1.fit", "a_summarizedActivities.json"])
def test_bytes_that_do_not_unpack_are_refused_alone(tmp_path, method, name):
    """Damage in the middle of a large member: each method of packing says so in another way."""
    workout = b'<Workout workoutActivityType="HKWorkoutActivityTypeRunning" startDate="2026-01-01 08:00:%02d +0000"/>'
    content = {
        "log.csv": b"date,exercise,reps\n" + b"".join(b"2026-01-01,calf_raise,%d\n" % (i % 50) for i in range(9000)),
        "export.xml": b"<HealthData>" + b"".join(workout % (i % 60) for i in range(3000)),
        "1.fit": run(1) + random.Random(1).randbytes(20_000),
        "a_summarizedActivities.json": b'[{"summarizedActivitiesExport":[' + b"1," * 9000 + b"1]}]",
    }[name]
    data = bytearray(packed({name: content, "ok.fit": run(2)}, method))
    middle = data.find(b"PK\3\4", 4) // 2
    for place in range(middle, middle + 8):
        data[place] ^= 0x5A
    path = tmp_path / "export.zip"
    path.write_bytes(data)
    log = load_logs(path)
    assert log.counts["records_in"] == log.counts["loaded"] + log.counts["rejected"]
    assert "ok.fit" in log.files.loc[log.files["loaded"] == 1, "file"].tolist()
    told = [*log.rejects["message"], *log.warnings["message"]]
    if name == "export.xml":  # what stands before the damage is kept
        assert any("breaks off" in message or "cannot be" in message for message in told), told
    else:
        assert log.rejects[["file", "code"]].to_numpy().tolist() == [[name, "zip-error"]]
    assert not any(name in message for message in told), "a message for others' eyes tells no names"


def test_a_member_says_why_it_cannot_be_opened(tmp_path):
    path = zipped(tmp_path / "a.zip", {"x.fit": run(1)}, zipfile.ZIP_STORED)
    (member,) = members_of(path, "a.zip")
    assert member == Member(path, "x.fit", len(run(1)), (0,))
    assert member.read_bytes() == member.open().read() == run(1)
    large = Member(path, "x.fit", (members.LARGEST_MIB << 20) + 1, (0,))
    with pytest.raises(LogError) as raised:
        large.read_bytes()
    fix = "give each activity a file of its own, or export fewer years."
    assert str(raised.value) == f"x.fit: holds more than {members.LARGEST_MIB} MiB. Fix: {fix}"


def test_what_systems_leave_in_a_zip_is_no_file_of_it(tmp_path):
    junk = {"__MACOSX/._1.fit": b"\0\5", ".DS_Store": b"\0", "activities/.hidden": b"x", "~lock": b"x", "folder/": b""}
    log = load_logs(zipped(tmp_path / "a.zip", {**junk, **runs(1)}))
    assert log.files["file"].tolist() == ["activities/0.fit"]


def test_media_are_counted_and_never_read(tmp_path):
    """A photograph whose bytes are damaged is no fault: nobody asks for them."""
    data = packed({**runs(1), "media/a.JPG": b"\xff\xd8" + b"0" * 3000, "media/b.mp4": b"1" * 3000})
    path = tmp_path / "a.zip"
    path.write_bytes(data.replace(packed({"a": b"1" * 3000})[31:40], b"\0" * 9))
    log = load_logs(path)
    assert log.counts == {"records_in": 3, "loaded": 3, "rejected": 0, "no_activities": 2}
    remark = log.warnings[log.warnings["code"] == "not-activity"].iloc[0]
    assert (remark["message"], remark["value"]) == ("2 files hold no activity; passed over.", "a.JPG, b.mp4")


def test_a_list_in_a_language_we_do_not_know_is_refused_and_not_passed_over(tmp_path):
    french = "ID de l'activité,Date de l'activité,Type d'activité\n1,8 sept. 2021,Course\n".encode()
    log = load_logs(zipped(tmp_path / "a.zip", {"activities.csv": french, "profile.csv": b"a,b\n1,2\n", **runs(1)}))
    assert log.rejects[["file", "code"]].to_numpy().tolist() == [["activities.csv", "missing-column"]]
    assert log.counts["no_activities"] == 1


def test_a_recording_that_no_list_names_counts_and_is_told(tmp_path):
    log = load_logs(zipped(tmp_path / "a.zip", {"activities.csv": listing(2), **runs(3)}))
    assert len(log.sessions) == 3
    remark = log.warnings[log.warnings["code"] == "unlisted-file"].iloc[0]
    assert (remark["message"], remark["value"]) == ("1 recording is in no list; it counts too.", "2.fit")


def test_two_names_that_differ_in_case_are_two_recordings(tmp_path):
    """The list names the second."""
    members = {"activities.csv": listing(1), "activities/0.FIT": run(3), "activities/0.fit": run(0)}
    log = load_logs(zipped(tmp_path / "a.zip", members))
    assert log.sessions["title"].tolist() == ["Run 0", "running"]
    one = {"activities.csv": listing(1), "activities/0.FIT": run(0)}
    assert load_logs(zipped(tmp_path / "b.zip", one)).sessions["title"].tolist() == ["Run 0"]


def test_a_csv_that_begins_with_the_letters_of_a_zip_is_a_csv(tmp_path):
    file = tmp_path / "log.csv"
    file.write_text("PK,date,exercise,reps\n1,2026-01-01,calf_raise,12\n")
    assert load_logs(file).counts["loaded"] == 1


@pytest.mark.skipif(sys.platform != "linux", reason="names are text here")
def test_a_name_on_disk_that_is_no_text(tmp_path):
    for i in range(2):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/%d\xfe.fit" % i)).write_bytes(run(i))
    (tmp_path / "a.zip").write_bytes(packed({"2\x1b[2J.fit": run(2)}))
    log = load_logs(tmp_path)
    assert log.files["file"].tolist() == ["0?.fit", "1?.fit", "a.zip/2\ufffd[2J.fit"]


# --------------------------------------------------------------------------------- processes, threads, handles
@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not forked here")
def test_several_processes_read_one_zip(tmp_path, monkeypatch):
    """Each has a handle of its own: with one they would read at each other's place."""
    monkeypatch.setattr("analysis.system.parallel.most_workers", lambda jobs: min(jobs, 4))
    monkeypatch.setattr("analysis.loading.files.most_workers", lambda jobs: min(jobs, 4))
    members = {**runs(60), "inner.zip": packed({f"{i}.fit": run(i) for i in range(60, 80)})}
    path = zipped(tmp_path / "a.zip", members)
    for _ in range(3):
        log = load_logs(path)
        assert len(log.sessions) == 80 and not len(log.rejects)
        assert log.efforts["duration_s"].tolist() == pytest.approx([600 + i for i in range(80)])


def test_two_threads_may_load_one_zip(tmp_path):
    path, logs = zipped(tmp_path / "a.zip", {**runs(12), "inner.zip": packed({"12.fit": run(12)})}), []
    threads = [threading.Thread(target=lambda: logs.append(load_logs(path))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert [len(log.sessions) for log in logs] == [13, 13]
    same_training(*logs)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="no list of open files here")
def test_no_handle_is_left_open(tmp_path):
    wrong = listing(2).replace(b",601,1.8", b",x,1.8")
    path = zipped(tmp_path / "a.zip", {"activities.csv": wrong, **runs(1), "inner.zip": packed({"5.fit": run(5)})})
    log = load_logs(path)
    assert len(log.rejects) == 1 and log.rejects["raw"].iloc[0].startswith("1,"), "its raw line was read again"
    assert str(path) not in open_files()
    assert len(profile_of(log)[0]) == 61
    assert str(path) not in open_files()
    with pytest.raises(LogError):
        load_logs(zipped(tmp_path / "b.zip", {"a.txt": b"x"}))
    assert str(tmp_path / "b.zip") not in open_files()


def test_an_error_comes_back_whole_from_another_process(tmp_path):
    files = [tmp_path / f"{i}.csv" for i in range(3)]
    for file in files:
        file.write_text("date,exercise,reps\nyesterday,calf_raise,12\n")
    members = [{0: Member(file, file.name, 1)} for file in files]
    for i, batch in spread(_read, members):
        error = batch.found[0]
        assert isinstance(error, LogError)
        assert (error.where, error.code) == (members[i][0], "no-valid-rows")
        assert error.rejects["line"].tolist() == [2] and error.rejects["code"].tolist() == ["date-error"]
        assert "yesterday" in str(error) and error.fix


def _read(members):
    return read_batch(members, None, False)


# ----------------------------------------------------------------------------------------- what is told of it
def test_what_is_said_of_many_files_is_said_once(tmp_path):
    log = load_logs(zipped(tmp_path / "a.zip", {**runs(30), **runs(30, "again/")}))
    assert log.counts == {"records_in": 60, "loaded": 30, "rejected": 30}
    assert log.rejects["value"].tolist() == [f"activities/{i}.fit" for i in range(30)], "which was kept"
    (short,) = in_short(log.rejects).to_dict("records")
    assert short["message"] == (
        "is the same activity as another file, by start and duration; the other is kept (30 files)."
    )
    assert short["value"] == "0.fit, 1.fit, 2.fit and 27 more"
    assert (log.warnings["code"] == "zone-unknown").sum() == 1
    told = str(loading_headline(log))
    assert "Of them 30 stand in another file too, which is kept: nothing to mend." in told
    table = files_by_format(log.files)
    assert table.to_dict("records") == [{"format": "fit", "files": 60, "records_in": 60, "loaded": 30, "rejected": 30}]


def test_lines_of_one_file_are_told_one_by_one(tmp_path):
    file = tmp_path / "log.csv"
    file.write_text("date,exercise,reps\n2026-01-01,calf_raise,12\n" + "2026-01-01,calf_raise,x\n" * 9)
    log = load_logs(file)
    assert len(in_short(log.rejects)) == 9
    pd.testing.assert_frame_equal(in_short(log.rejects), log.rejects)


def test_the_sample_recordings_load_from_a_zip_as_from_their_folder(tmp_path):
    files = {str(f.relative_to(SAMPLE_ACTIVITIES)): f.read_bytes() for f in SAMPLE_ACTIVITIES.rglob("*") if f.is_file()}
    same_training(load_logs(zipped(tmp_path / "a.zip", files)), load_logs(SAMPLE_ACTIVITIES))
