"""Files that somebody gives: what loads is taken in under a safe name, nothing is replaced, nothing leads outside."""

import io
import zipfile

import pytest

from analysis import load_logs, load_settings, save_settings
from analysis.loading import inbox
from analysis.loading.inbox import dropped_files, take_in
from analysis.system.file_names import safe_name

LOG = b"date,exercise,sets,reps\n2026-03-02,calf_raise,3,12\n2026-03-04,bridge,2,\n"
STRONG = b"Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE\n"
STRONG += b"2026-03-02 18:00:00,Legs,1h,Squat (Barbell),1,80,5,0,0,,,\n"


def zipped(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return packed.getvalue()


def names_in(folder) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("run.fit.gz", "run.fit.gz"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\log.csv", "log.csv"),
        ("a\x00b\x1b[2J.csv", "ab[2J.csv"),
        ("\u202efdp.csv", "fdp.csv"),
        (".hidden.csv", "hidden.csv"),
        ("~$log.csv", "$log.csv"),
        ("con.csv", "upload_con.csv"),
        ("<img src=x>.csv", "img src=x.csv"),
        ("Läufe 雨.zip", "Läufe 雨.zip"),
        ("..", "upload"),
        ("", "upload"),
        ("x" * 300 + ".zip", "x" * 116 + ".zip"),
    ],
)
def test_a_name_is_one_that_every_system_takes(given, safe):
    assert safe_name(given) == safe
    assert safe_name(safe) == safe


def test_what_loads_lies_among_the_logs_and_the_settings_name_them(tmp_path, catalog):
    (csv, archive) = take_in(
        tmp_path, [("../log.csv", LOG), ("export.zip", zipped(a__log=LOG.replace(b"03", b"02")))], catalog
    )
    assert (csv.name, len(csv.log.efforts), csv.why) == ("log.csv", 2, "")
    assert (archive.name, archive.log.counts["loaded"]) == ("export.zip", 2)
    assert names_in(tmp_path) == ["logs/export.zip", "logs/log.csv", "training.toml"]
    assert len(load_logs(load_settings(tmp_path).logs_path).efforts) == 4


def test_nothing_is_replaced_and_the_same_is_not_taken_twice(tmp_path, catalog):
    other = LOG.replace(b"2026", b"2025")
    first, again, second, third = take_in(
        tmp_path, [("a.b.csv", LOG), ("c.csv", LOG), ("a.b.csv", other), ("a.b.csv", other + b"\n")], catalog
    )
    assert again.log is None and again.why == "c.csv: lies among your logs already, as a.b.csv. Fix: nothing to do."
    assert (second.name, third.name) == ("a (2).b.csv", "a (3).b.csv")
    assert (tmp_path / "logs" / "a.b.csv").read_bytes() == LOG and first.name == "a.b.csv"


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\3\4 no zip", zipped(), zipped(**{"..__..__x.csv": LOG})])
def test_what_does_not_load_is_not_taken_and_leaves_nothing(tmp_path, catalog, data):
    (refused,) = take_in(tmp_path, [("file.zip", data)], catalog)
    assert refused.log is None and "file.zip" in refused.why and "Fix: " in refused.why
    assert [*tmp_path.rglob("*")] == []
    (tmp_path / "mine.csv").write_bytes(LOG)
    save_settings(tmp_path, {"logs": "mine.csv"})
    (again,) = take_in(tmp_path, [("file.zip", data)], catalog)
    assert again.log is None and names_in(tmp_path) == ["mine.csv", "training.toml"]
    assert load_settings(tmp_path).logs_path == str(tmp_path / "mine.csv")


def test_a_file_that_asks_for_a_unit_is_taken_once_it_is_said(tmp_path, catalog):
    (asked,) = take_in(tmp_path, [("strong.csv", STRONG)], catalog)
    assert asked.log is None and "kg" in asked.why
    save_settings(tmp_path, {"unit": "kg"})
    (taken,) = take_in(tmp_path, [("strong.csv", STRONG)], catalog)
    assert taken.log.efforts["load_kg"].tolist() == [80]


def test_an_upload_has_a_limit_and_a_dropped_file_has_none(tmp_path, catalog, monkeypatch):
    monkeypatch.setattr(inbox, "LARGEST_UPLOAD_MIB", 0)
    (large,) = take_in(tmp_path, [("log.csv", LOG)], catalog)
    assert large.why.startswith(
        "log.csv: holds more than 0 MiB, the most that is sent through a browser. Fix: drop it "
    )
    (tmp_path / "log.csv").write_bytes(LOG)
    (tmp_path / "plan_2026-03-02.csv").write_bytes(LOG)
    (tmp_path / "notes.ipynb").write_bytes(b"")
    files = dropped_files(tmp_path)
    assert [file.name for file in files] == ["log.csv"]
    (taken,) = take_in(tmp_path, [(file.name, file) for file in files], catalog)
    assert taken.log is not None and not (tmp_path / "log.csv").exists()
    assert (tmp_path / "logs" / "log.csv").read_bytes() == LOG


def test_a_log_that_was_alone_lies_beside_what_is_added(tmp_path, catalog):
    (tmp_path / "mine.csv").write_bytes(LOG)
    save_settings(tmp_path, {"logs": "mine.csv"})
    (twin,) = take_in(tmp_path, [("copy.csv", LOG)], catalog)
    assert twin.why == "copy.csv: lies among your logs already, as mine.csv. Fix: nothing to do."
    (taken,) = take_in(tmp_path, [("log.csv", LOG.replace(b"2026", b"2025"))], catalog)
    assert taken.moved == "logs/mine.csv"
    assert names_in(tmp_path) == ["logs/log.csv", "logs/mine.csv", "training.toml"]
    assert load_settings(tmp_path).logs_path == str(tmp_path / "logs")


def test_a_log_in_another_folder_stays_there(tmp_path, catalog):
    own, other = tmp_path / "own", tmp_path / "other"
    own.mkdir(), other.mkdir()
    (other / "mine.csv").write_bytes(LOG)
    save_settings(own, {"logs": other / "mine.csv"})
    (refused,) = take_in(own, [("log.csv", LOG)], catalog)
    assert "logs names mine.csv, which lies in another folder. Fix: name a folder there" in refused.why
    save_settings(own, {"logs": other})
    (taken,) = take_in(own, [("log.csv", LOG.replace(b"2026", b"2025"))], catalog)
    assert names_in(other) == ["log.csv", "mine.csv"] and taken.log is not None
