"""On a cluster of two workers the same comes out as in one process, also where one of them is killed in the middle."""

import os
import pickle
import signal
import threading
import time
from pathlib import Path

import pandas as pd
import pytest
from make_archive import make_archive  # noqa: E402

from analysis import cohort_volume, collect_efforts, load_logs
from analysis.errors import ClusterError
from analysis.loading.batch import read_batch
from analysis.pages.report import find_notebooks, make_report
from analysis.system.members import members_of
from analysis.system.parallel import spread

distributed = pytest.importorskip("distributed", reason="the extra analysis[cluster] is not installed")
TABLES = ["sessions", "efforts", "rejects", "warnings", "files", "hills"]


@pytest.fixture(scope="module")
def cluster():
    settings = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None, "host": "127.0.0.1"}
    with distributed.LocalCluster(**settings, silence_logs=50) as running:
        yield running


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Path:
    """Sixty activities of one runner."""
    path = tmp_path_factory.mktemp("archive") / "export.zip"
    make_archive(path, 60)
    return path


@pytest.fixture
def empty_store(tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.loading.cache.store_folder", lambda: tmp_path / "store")


def test_a_refusal_travels_without_what_its_parser_held(tmp_path):
    """Where distributed is imported, an error is packed with the one that it came from; that of lxml cannot be."""
    (tmp_path / "export.xml").write_text("<HealthData><Workout </HealthData>")
    found = read_batch(dict(enumerate(members_of(tmp_path / "export.xml", "export.xml"))), None, keep=False).found
    again = pickle.loads(pickle.dumps(found))
    assert str(again[0]) == str(found[0]) and again[0].code == "xml-error"


def assert_equal(one, other) -> None:
    for table in TABLES:
        pd.testing.assert_frame_equal(getattr(one, table), getattr(other, table), obj=table)
    assert one.counts == other.counts


def once_deadly(job: tuple[int, str]) -> int:
    """The square of a number; the first to be given a 5 takes its process along."""
    number, folder = job
    flag = Path(folder) / "was here"
    if number == 5 and not flag.exists():
        flag.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number**2


def test_a_job_whose_worker_dies_is_done_by_another(cluster, tmp_path):
    done = dict(spread(once_deadly, [(n, str(tmp_path)) for n in range(12)], cluster.scheduler_address))
    assert (tmp_path / "was here").exists(), "nobody died"
    assert done == {n: n**2 for n in range(12)}


def test_an_archive_is_read_by_the_workers_as_by_one_process(cluster, archive, empty_store, monkeypatch):
    monkeypatch.setattr("analysis.loading.files.STORED_FROM", float("inf"))  # nothing is found again
    alone = load_logs(archive)
    assert len(alone.sessions) == 60
    assert_equal(alone, load_logs(archive, scheduler=cluster.scheduler_address))

    def kill_one() -> None:
        time.sleep(0.3)
        with distributed.Client(cluster, set_as_default=False) as client:
            os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)

    killer = threading.Thread(target=kill_one)
    killer.start()
    assert_equal(alone, load_logs(archive, scheduler=cluster.scheduler_address))
    killer.join()
    assert_equal(alone, load_logs(archive, scheduler=cluster.scheduler_address))


def test_reports_are_made_by_the_workers(cluster, tmp_path):
    log = tmp_path / "log.csv"
    log.write_text("date,athlete,exercise,sets,reps\n2026-03-02,ana,calf_raise,3,12\n2026-03-03,ben,bridge,3,12\n")
    notebooks, athletes = find_notebooks(["01"]), {name: {"athlete": name} for name in ("ana", "ben")}
    settings = {"progress": False, "athletes": athletes, "scheduler": cluster.scheduler_address}
    pages = make_report(notebooks, tmp_path / "out", {"logs_path": log}, **settings)
    assert [page.athlete for page in pages] == ["ana", "ben"] and all(page.made for page in pages)
    assert "Calf" in (tmp_path / "out" / "ana" / "01_muscle_volume.html").read_text(encoding="utf-8")
    again = make_report(notebooks, tmp_path / "out", {"logs_path": log}, **settings)
    assert not any(page.made for page in again)


def test_a_club_is_collected_and_counted_by_the_workers(cluster, tmp_path, catalog):
    for i in range(25):
        (tmp_path / "club" / f"runner {i:02d}").mkdir(parents=True)
        rows = "".join(f"2026-03-{day:02d},calf_raise,{i + 1},12\n" for day in range(2, 20, 3))
        (tmp_path / "club" / f"runner {i:02d}" / "log.csv").write_text(f"date,exercise,sets,reps\n{rows}")
    here = collect_efforts(tmp_path / "club", tmp_path / "here")
    there = collect_efforts(tmp_path / "club", tmp_path / "there", cluster.scheduler_address)
    pd.testing.assert_frame_equal(here, there)
    volumes = [
        cohort_volume(tmp_path / where, catalog, by_athlete=True, scheduler=scheduler)
        for where, scheduler in (("here", None), ("there", cluster.scheduler_address))
    ]
    pd.testing.assert_frame_equal(*volumes, check_exact=True)
    assert volumes[0]["sets"].max() == 3 * 25, "Monday, Thursday and Sunday of one week"


@pytest.fixture
def sealed_cluster(tmp_path):
    """(a cluster that speaks to nobody without a certificate, dask's settings that name one)."""
    import dask
    from distributed.security import Security

    safe, names = Security.temporary(), {"ca-file": "tls_ca_file", "client.cert": "tls_client_cert"}
    settings = {}
    for setting, name in (names | {"client.key": "tls_client_key"}).items():
        file = tmp_path / f"{name}.pem"
        file.write_text(getattr(safe, name))
        settings[f"distributed.comm.tls.{setting}"] = str(file)
    place = {"host": "tls://127.0.0.1", "dashboard_address": None, "security": safe}
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, silence_logs=50, **place) as running:
        yield running, lambda: dask.config.set(settings)


def test_a_cluster_behind_certificates_takes_part_and_no_other_caller(sealed_cluster):
    cluster, certified = sealed_cluster
    address = cluster.scheduler_address
    assert address.startswith("tls://")
    with certified():
        assert dict(spread(abs, [-1, -2], address)) == {0: 1, 1: 2}
    with pytest.raises(ClusterError, match=r"needs certificates\. Fix: name the certificates in dask's settings"):
        list(spread(abs, [-1], address))
    with certified(), pytest.raises(ClusterError, match="does not answer"):
        list(spread(abs, [-1], address.replace("tls://", "tcp://")))


def test_a_scheduler_that_is_not_there_is_said(tmp_path):
    (tmp_path / "log.csv").write_text("date,exercise,reps\n2026-03-02,squat,5\n")
    with pytest.raises(
        ClusterError, match=r"scheduler='tcp://127\.0\.0\.1:9': does not answer .* Fix: check the address"
    ):
        load_logs(tmp_path / "log.csv", scheduler="tcp://127.0.0.1:9")
