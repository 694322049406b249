#!/bin/sh
# Assumed: a gap (NaN) in one trace of stacked bars is a gap, whether its values are a list or a numpy array.
# What happens: plotly.py 6 packs arrays (bdata); the NaN then reaches plotly.js as a number where a list has null. The next
# trace begins its stack at 0 there, below bars that are already drawn: wrong heights, no message.
# Seen in plotly 6.3.0 with the plotly.js that it carries, in Chromium.
# Why it matters: a pivot table of pandas is full of such gaps, and the sum that a reader sees is too small.
# Prints where the third bar begins, above bars that end at 2; exit code 1 when it is no longer 0 for the array.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check plotly==6.3.0 numpy==2.3.3 playwright==1.55.0
"$work/venv/bin/python" - <<'PYTHON'
import os
import shutil
import sys

import numpy as np
import plotly.graph_objects as go
from playwright.sync_api import sync_playwright
from plotly.offline import get_plotlyjs

TRACES = [[2.0, 2.0], [float("nan"), 1.0], [1.0, 1.0]]


def figure(pack: bool) -> str:
    bars = [go.Bar(x=["a", "b"], y=np.array(y) if pack else y) for y in TRACES]
    return go.Figure(bars, {"barmode": "stack"}).to_json()


chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
with sync_playwright() as play:
    browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
    page = browser.new_page()
    page.set_content("<div id=d></div>")
    page.evaluate(get_plotlyjs())
    draw = "f => { f = JSON.parse(f); return Plotly.newPlot('d', f.data, f.layout).then(g => g.calcdata[2][0].b) }"
    begins = {name: page.evaluate(draw, figure(pack)) for name, pack in (("list", False), ("array", True))}
    browser.close()
print("the third bar of a begins at", begins)
sys.exit(0 if begins == {"list": 2, "array": 0} else 1)
PYTHON
