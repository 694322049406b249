"""What `analysis report` leaves in its folder when it is killed or told to end, at moments spread over its whole run.

    python benchmarks/kills.py [KILLS [TERMS]]

KILLS (100) runs are ended by SIGKILL and TERMS (20) by SIGTERM, all into one folder, each of a log that has changed
since the last, so that every page is made anew. The goal after each: nothing but whole pages, the index and .made.json
in the folder; after a SIGTERM exit code 143, no process and no temporary file either. Every tenth run ends by itself and
must succeed, whatever the one before it left.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

COMMAND = [sys.executable, "-c", "from analysis.cli import main; main(prog_name='analysis')"]
NOTEBOOKS = ("00", "01")
WHOLE = 10  # runs; of them one ends by itself
LAST_S = 10.0  # that the processes of a run may live on after it was killed
MARK = "KILLED_RUN"


class Runs:
    """Runs into one folder, of a log that grows."""

    def __init__(self, folder: Path):
        self.folder, self.out, self.log, self.n = folder, folder / "out", folder / "log.csv", 0
        self.temporary = folder / "tmp"
        self.temporary.mkdir()
        self.log.write_text("date,exercise,sets,reps\n")

    def start(self) -> subprocess.Popen:
        self.n += 1
        with open(self.log, "a") as log:
            log.write(f"{date(2026, 1, 1) + timedelta(days=self.n)},calf_raise,3,{self.n % 20 + 1}\n")
        environment = os.environ | {MARK: str(self.folder), "TMPDIR": str(self.temporary)}
        environment |= {
            "JUPYTER_RUNTIME_DIR": str(self.temporary / "runtime"),
            "XDG_CACHE_HOME": str(self.folder / "cache"),
        }
        chosen = [part for name in NOTEBOOKS for part in ("--notebook", name)]
        arguments = ["report", "--logs", str(self.log), "--out", str(self.out), *chosen, "--no-progress"]
        pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
        return subprocess.Popen([*COMMAND, *arguments], env=environment, **pipes)

    def whole(self) -> tuple[float, list[str]]:
        """(seconds, what is wrong) of a run that ends by itself."""
        begin, run = time.monotonic(), self.start()
        _, error = run.communicate(timeout=300)
        wrong = [] if run.returncode == 0 else [f"the next run fails: {error.decode()[-300:]}"]
        missing = {"index.html", ".made.json"} - {path.name for path in self.out.iterdir()}
        return time.monotonic() - begin, wrong + self.wrong() + [f"no {name}" for name in missing]

    def ended(self, number: signal.Signals, after_s: float) -> tuple[bool, list[str]]:
        """(whether the run was still at work, what is wrong) of one that is ended after so many seconds."""
        run = self.start()
        try:
            run.communicate(timeout=after_s)
        except subprocess.TimeoutExpired:
            run.send_signal(number)
        _, error = run.communicate(timeout=60)
        at_work, wrong = run.returncode != 0, self.wrong()
        if self.left(LAST_S):
            wrong.append(f"{len(self.left(0))} processes live on")
        if number == signal.SIGTERM and at_work:
            if run.returncode not in (128 + number, -number) or b"Traceback" in error:
                wrong.append(f"exit code {run.returncode}: {error.decode()[-300:]}")
            wrong += [f"{path.name} is left" for path in self.temporary.rglob("*") if path.is_file()]
        for path in sorted(self.temporary.rglob("*"), reverse=True):
            path.unlink() if not path.is_dir() or path.is_symlink() else path.rmdir()
        return at_work, wrong

    def wrong(self) -> list[str]:
        """What is in the folder and should not be, and what is not whole."""
        found = sorted(path for path in self.out.rglob("*") if path.is_file()) if self.out.exists() else []
        wrong = [f"{path.name} in the folder" for path in found if path.suffix != ".html" and path.name != ".made.json"]
        for path in found:
            text = path.read_text(encoding="utf-8", errors="replace")
            if path.suffix == ".html" and not (
                text.startswith("<!DOCTYPE html>") and text.rstrip().endswith("</html>")
            ):
                wrong.append(f"{path.name} is not whole")
            if path.name == ".made.json" and not isinstance(json.loads(text or "0"), dict):
                wrong.append(".made.json is not whole")
        return wrong

    def left(self, wait_s: float) -> list[int]:
        """The processes of these runs, once there are none, or after that time."""
        end = time.monotonic() + wait_s
        while (found := self._processes()) and time.monotonic() < end:
            time.sleep(0.2)
        return found

    def _processes(self) -> list[int]:
        mark, found = f"{MARK}={self.folder}".encode(), []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                environment, state = (process / "environ").read_bytes(), (process / "stat").read_text().rsplit(")")[1]
            except OSError:
                continue
            if mark in environment.split(b"\0") and state.split()[0] != "Z":
                found.append(int(process.name))
        return found


def main() -> None:
    kills, terms = (int(sys.argv[i]) if len(sys.argv) > i else n for i, n in ((1, 100), (2, 20)))
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        runs = Runs(Path(folder))
        seconds, wrong = runs.whole()
        assert not wrong, wrong
        print(f"a whole run of {len(NOTEBOOKS)} pages takes {seconds:.1f} s; none is made twice alike", flush=True)
        for number, n in ((signal.SIGKILL, kills), (signal.SIGTERM, terms)):
            at_work, bad, ends, whole = 0, 0, 0, [seconds]
            for i in range(n):
                working, wrong = runs.ended(number, (i + 0.5) / n * sum(whole[-3:]) / len(whole[-3:]))
                at_work, bad = at_work + working, bad + bool(wrong)
                faults += [f"{number.name} {i}: {what}" for what in wrong]
                if i % WHOLE == WHOLE - 1:
                    took, wrong = runs.whole()
                    whole.append(took)
                    ends += not wrong
                    faults += [f"after {number.name} {i}: {what}" for what in wrong]
            print(
                f"{n} x {number.name}, of which {at_work} hit a run at work: {bad} left something (goal 0); "
                f"{ends} of {n // WHOLE} next runs made all pages",
                flush=True,
            )
    print(*faults[:20], sep="\n")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
