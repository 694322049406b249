"""What the picture below controls sends to a browser, and what it keeps for one without a kernel."""

import json

import pytest
from plotly.offline import get_plotlyjs
from reading import Reader

from analysis.controls import plot as home
from analysis.controls.plot import SCRIPT, STILL, Plot
from analysis.telling.figures.figure import CONFIG, Figure


def bars(*heights: int) -> Figure:
    return Figure(f"{len(heights)} bars < {sum(heights)}").add_bar(x=list(range(len(heights))), y=list(heights))


@pytest.fixture
def outputs(monkeypatch) -> dict[str, dict]:
    """Display id -> what stands there in the notebook."""
    there: dict[str, dict] = {}
    for name in ("display", "update_display"):
        monkeypatch.setattr(home, name, lambda bundle, raw, display_id: there.update({display_id: bundle}))
    return there


@pytest.fixture
def asked_of():
    """Ask a picture as a browser does."""
    return lambda plot, what: plot._handle_custom_msg(what, [])


def test_the_browser_is_sent_the_figure_as_plotly_reads_it():
    plot = Plot()
    plot.show(bars(1, 2))
    sent = json.loads(plot.get_state()["figure"])
    assert sent["data"] == [{"type": "bar", "x": [0, 1], "y": [1, 2]}]
    assert sent["config"] == CONFIG and set(sent) == {"data", "layout", "config"}
    plot.show(Figure("nothing there"))
    assert plot.figure == ""
    plot.show(bars(3))
    plot.show(None)
    assert plot.figure == ""


def test_plotly_is_sent_to_who_asks_for_it_and_is_no_part_of_the_state(monkeypatch, asked_of):
    plot, sent = Plot(), []
    monkeypatch.setattr(Plot, "send", lambda self, what, buffers: sent.append((what, buffers)))
    asked_of(plot, SCRIPT)
    ((what, (script,)),) = sent
    assert what == SCRIPT and script == get_plotlyjs().encode()
    assert len(json.dumps(plot.get_state(), default=str)) < 10_000, (
        "a notebook that is saved with its state stays small"
    )


def test_the_cell_keeps_the_picture_in_words_and_lines(outputs):
    plot = Plot()
    plot.show(bars(1, 2))
    plot.display_still()
    (kept,) = outputs.values()
    read = Reader(kept["text/html"])
    assert set(read.tags) == {"style", "figure", "img", "figcaption"}
    assert "2 bars < 3" in "".join(read.text) and kept["text/plain"] == "2 bars < 3"
    assert kept["image/svg+xml"].startswith("<svg ")


def test_what_stood_for_a_while_takes_the_place_of_what_was_kept(outputs, asked_of):
    plot = Plot()
    plot.show(bars(1))
    plot.display_still()
    (first,) = outputs.values()
    asked_of(plot, STILL)
    (again,) = outputs.values()
    assert again is first, "the same picture is not drawn again"
    plot.show(bars(1, 2))
    asked_of(plot, STILL)
    (last,) = outputs.values()
    assert last["text/plain"] == "2 bars < 3"
    plot.show(None)
    asked_of(plot, STILL)
    (none,) = outputs.values()
    assert "image/svg+xml" not in none and "img" not in Reader(none["text/html"]).tags
