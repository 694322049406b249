"""The still picture of a figure: its marks stand where the numbers say, words stay words, nothing is left out."""

import re
from xml.etree import ElementTree

import pandas as pd
import pytest

from analysis.telling.figures.figure import Figure, nothing_to_draw
from analysis.telling.figures.picture import svg_of

SVG = "{http://www.w3.org/2000/svg}"


def drawn(figure: Figure) -> ElementTree.Element:
    return ElementTree.fromstring(figure.picture())


def rects(figure: Figure, colour: str) -> list[tuple[float, float, float, float]]:
    """Left, top, width, height of the rectangles of a colour."""
    found = [rect for rect in drawn(figure).iter(f"{SVG}rect") if rect.get("fill") == colour]
    return [tuple(float(rect.get(name)) for name in ("x", "y", "width", "height")) for rect in found]


def words(figure: Figure) -> list[str]:
    return ["".join(text.itertext()) for text in drawn(figure).iter(f"{SVG}text")]


def test_bars_are_as_high_as_their_numbers_and_stack():
    figure = (
        Figure("")
        .add_bar(x=["a", "b"], y=[1, 2], marker={"color": "#111111"})
        .add_bar(x=["a", "b"], y=[3, 1], marker={"color": "#222222"})
    )
    figure.update_layout(barmode="stack")
    one, two = rects(figure, "#111111")[:2]
    on_one, on_two = rects(figure, "#222222")[:2]
    assert two[3] == pytest.approx(2 * one[3], abs=0.2) and on_one[3] == pytest.approx(3 * one[3], abs=0.2)
    assert on_one[1] + on_one[3] == pytest.approx(one[1], abs=0.2), "it stands on the other"
    assert one[0] < two[0] and {"a", "b"} <= set(words(figure))


def test_dots_lie_where_days_and_numbers_say_and_a_gap_stays_a_gap():
    days = pd.to_datetime(["2026-03-02", "2026-03-04", "2026-03-05", "2026-03-09"])
    figure = Figure("").add_scatter(x=days, y=[0, 10, None, 5], mode="lines+markers")
    dots = [(float(dot.get("cx")), float(dot.get("cy"))) for dot in drawn(figure).iter(f"{SVG}circle")]
    (x0, y0), (x1, y1), (x2, y2) = dots
    assert (x1 - x0) / (x2 - x0) == pytest.approx(2 / 7, abs=0.01)
    assert (y0 - y2) / (y0 - y1) == pytest.approx(0.5, abs=0.01)
    (path,) = drawn(figure).iter(f"{SVG}path")
    assert path.get("d").count("M") == 1 and path.get("d").count("L") == 1
    assert {"2 Mar", "9 Mar"} <= set(words(figure))


def test_cells_take_the_colour_of_their_share_and_none_is_left_open():
    figure = Figure("").add_heatmap(
        x=["a", "b"], y=["c"], z=[[0, None]], zmin=0, zmax=1, colorscale=[[0, "#000000"], [1, "#ffffff"]]
    )
    cells = [rect for rect in drawn(figure).iter(f"{SVG}rect") if not rect.get("stroke")]
    assert [cell.get("fill") for cell in cells] == ["#000000"]


def test_only_what_is_chosen_is_drawn():
    figure = (
        Figure("")
        .add_bar(x=[1], y=[1], marker={"color": "#111111"})
        .add_bar(x=[1], y=[1], marker={"color": "#222222"}, visible=False)
    )
    assert rects(figure, "#111111") and not rects(figure, "#222222")


def test_text_is_never_markup():
    name = '&lt;script&gt;alert(1)&lt;/script&gt; &amp; "x"'
    figure = Figure(alt="<script>alert(1)</script>").add_bar(x=[name], y=[1], name=name)
    figure.update_layout(title=name, showlegend=True)
    text = figure.picture()
    assert "<script" not in text
    assert any('<script>alert(1)</script> & "x"' in word for word in words(figure)), "it is read as it was written"


def test_a_figure_of_nothing_says_why():
    figure = nothing_to_draw("Hills", "There is no hill session <yet>.")
    assert "There is no hill session <yet>." in words(figure) and "Hills" in words(figure)


def test_what_is_shown_to_jupyter_holds_the_picture_and_no_script_of_others():
    figure = Figure(alt="one bar").add_bar(x=[1], y=[1])
    shown = figure._repr_mimebundle_()
    assert set(shown) == {"application/vnd.plotly.v1+json", "image/svg+xml", "text/plain"}
    assert re.search('role="img" aria-label="one bar"', shown["image/svg+xml"])


def test_numbers_that_are_none_draw_nothing():
    assert svg_of(
        {"data": [{"type": "scatter", "x": [], "y": []}, {"type": "bar", "x": [], "y": []}], "layout": {}}, ""
    )
    figure = Figure("").add_scatter(x=[1, 2], y=[None, None], mode="lines+markers")
    assert not list(drawn(figure).iter(f"{SVG}circle"))
