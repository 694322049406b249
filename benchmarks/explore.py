"""How long a control takes in JupyterLab: from its change to the painted picture, on ten years of training.

    python benchmarks/explore.py [CHANGES]

A log of 50,000 efforts of two runners, 1,500 of them hill charges, and a plan of its last weeks; each notebook is run
in JupyterLab in a Chromium without a window, and each control is changed CHANGES times. The clock is the browser's: it
starts at the change and stops with the frame after the last change of the page that follows from it.
"""

import csv
import json
import os
import random
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))
from browsing import STATUS, Notebook, chromium, serving  # noqa: E402

EFFORTS, CHARGES, DAYS = 50_000, 1_500, 3640
FIRST = date(2016, 1, 4)
WORK = [
    "one_leg_calf_raise",
    "one_legged_squat",
    "bench_step_up",
    "hamstring_push_up",
    "dead_bug",
    "line_hop",
    "step_hop",
]
SIDES = ["both", "both", "left", "right", "left"]
COLUMNS = "date,athlete,exercise,sets,side,reps,duration_s,distance_m,ascent_m,route,recovery_s,hr_max_bpm".split(",")

GOAL_MS = 200
QUIET_MS = 250  # a page that did not change for so long is finished
CLOCK = """([act, quiet]) => new Promise((told, failed) => {
    const place = document.querySelector('STATUS').closest('.widget-vbox'), plot = '.jp-RenderedPlotly';
    const before = place.querySelector(plot), began = performance.now();
    let painted = 0, last = began;
    const watch = new MutationObserver(() => {
        last = performance.now();
        requestAnimationFrame(() => setTimeout(() => { painted = performance.now(); }));
    });
    watch.observe(place, {subtree: true, childList: true, attributes: true, characterData: true});
    const look = setInterval(() => {
        const now = performance.now(), drawn = place.querySelector(plot);
        const changed = drawn !== before && drawn?.querySelector('.main-svg');
        if (changed && painted >= last && now - last > quiet) {
            clearInterval(look); watch.disconnect(); told(painted - began);
        } else if (now - began > 3000) {
            clearInterval(look); watch.disconnect(); told(changed ? painted - began : null);
        }
    }, 20);
    eval(act);
})""".replace("STATUS", STATUS)

MENU = """(() => { const menu = [...document.querySelectorAll('.widget-dropdown')]
    .find(box => box.querySelector('label').textContent.trim() === '%s').querySelector('select');
    menu.selectedIndex = (menu.selectedIndex + 1) %% menu.options.length;
    menu.dispatchEvent(new Event('change', {bubbles: true})); })()"""
BUTTON = "[...document.querySelectorAll('.widget-toggle-button')].find(b => b.textContent.trim() === '%s').click()"
TICK = "document.querySelector('.widget-checkbox input').click()"
SLIDE = """document.querySelectorAll('.widget-slider [role=slider], .widget-slider .noUi-handle')[%d].dispatchEvent(
    new KeyboardEvent('keydown', {key: '%s', bubbles: true}))"""

CONTROLS = {  # notebook -> control -> what is done in turn, one after the other
    "01_muscle_volume": {
        "picture": [BUTTON % name for name in ("one muscle", "all muscles", "foot contacts", "leg map")],
        "muscle (one muscle)": [BUTTON % "one muscle", MENU % "muscle"],
        "athlete (one muscle)": [MENU % "athlete"],
        "side (one muscle)": [BUTTON % "left", BUTTON % "right", BUTTON % "both"],
        "indirect sets (one muscle)": [TICK],
        "period (one muscle)": [SLIDE % (0, "ArrowRight"), SLIDE % (0, "ArrowLeft")],
        "athlete (all muscles)": [BUTTON % "all muscles", MENU % "athlete"],
    },
    "02_hill_repeats": {
        "picture": [BUTTON % name for name in ("one session", "fade", "protocol", "one hill")],
        "athlete (one hill)": [MENU % "athlete"],
        "hill (one hill)": [MENU % "hill"],
        "session (one session)": [BUTTON % "one session", MENU % "session"],
        "measure (one session)": [MENU % "measure"],
        "model (one session)": [MENU % "measure", MENU % "model"],
    },
    "03_plan_balance": {
        "slider": [SLIDE % (0, "ArrowRight")],
        "another slider": [SLIDE % (1, "ArrowLeft"), SLIDE % (1, "ArrowRight")],
        "hill day": [MENU % "hill day"],
        "week": [MENU % "week"],
        "athlete": [MENU % "athlete"],
    },
}


def write_log(path: Path) -> None:
    """Ten years of two runners: hill sessions of six charges on two hills, the rest spread over all days."""
    choose, rows = random.Random(1), []
    for i in range(CHARGES // 6):  # the last one in the last week
        day, runner = FIRST + timedelta(days=DAYS - 4 - 14 * i), ("ana", "ben")[i % 3 == 2]
        hill, length = (("Mill Lane", 250), ("Church Hill", 180))[i % 2]
        rows += [
            [day, runner, "hill_charge", "", "", "", round(choose.gauss(78, 2)), length, length * 0.08, hill, 120, 180]
            for _ in range(6)
        ]
    while len(rows) < EFFORTS:
        day, runner = FIRST + timedelta(days=choose.randrange(DAYS)), choose.choice(["ana", "ana", "ben"])
        kind = choose.random()
        if kind < 0.1:
            rows.append([day, runner, "easy_run", "", "", "", 2400, 7000, "", "", "", ""])
        elif kind < 0.2:
            rows.append([day, runner, "bridge", 2, "", "", 30, "", "", "", "", ""])
        else:
            rows.append([day, runner, choose.choice(WORK), 3, choose.choice(SIDES), 12, "", "", "", "", "", ""])
    rows.sort(key=lambda row: (row[0], row[1]))
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([COLUMNS, *rows])


def copy_with(name: str, folder: Path, **parameters) -> None:
    """The notebook with other parameters behind its own, and without what it printed."""
    notebook = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = []
        if "parameters" in cell.get("metadata", {}).get("tags", []):
            cell["source"] = [*cell["source"], *(f"\n{key} = {value!r}" for key, value in parameters.items())]
    (folder / f"{name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def clocked(notebook: Notebook, acts: list[str], changes: int) -> list[float]:
    """Milliseconds of each change; those that change nothing (an athlete without another hill) are left out."""
    times = []
    for i in range(changes + len(acts)):  # the first round is for caches and the browser's compiler
        took = notebook.page.evaluate(CLOCK, [acts[i % len(acts)], QUIET_MS])
        if took is not None and i >= len(acts):
            times.append(took)
    if notebook.page.locator("b[role=alert]").count():
        raise SystemExit(notebook.page.locator("b[role=alert]").first.text_content())
    return times


def percentile(times: list[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def main() -> None:
    changes = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    every: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_log(root / "log.csv")
        for name in CONTROLS:
            copy_with(name, root, logs_path=str(root / "log.csv"))
        with serving(root) as address, chromium() as browser:
            print(f"{'':42}{'n':>4}{'best':>8}{'median':>8}{'95 %':>8}{'worst':>8}  ms")
            for name, controls in CONTROLS.items():
                notebook = Notebook(browser, address, name).run()
                notebook.page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]", timeout=120_000)
                notebook.page.wait_for_timeout(3000)
                notebook.status.scroll_into_view_if_needed()
                for control, acts in controls.items():
                    times = clocked(notebook, acts, changes)
                    every += times
                    if times:
                        row = f"{len(times):4}{min(times):8.0f}{median(times):8.0f}{percentile(times, 0.95):8.0f}{max(times):8.0f}"
                        print(f"{name[:2]} {control:39}{row}", flush=True)
                    else:
                        print(f"{name[:2]} {control:39}   0 nothing changed", flush=True)
                notebook.page.close()
    above = sum(took > GOAL_MS for took in every)
    told = f"{min(every):8.0f}{median(every):8.0f}{percentile(every, 0.95):8.0f}{max(every):8.0f}"
    print(f"{'all':42}{len(every):4}{told}\n{above} of {len(every)} above {GOAL_MS} ms")
    busy, processors = os.getloadavg()[1], len(os.sched_getaffinity(0))
    print(f"{busy:.1f} programs at work on {processors} processors in the last 5 minutes; about 2 of them are these")


if __name__ == "__main__":
    main()
