"""Figures as plain data: what plotly itself would have made of the same marks."""

import json

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from by_plotly import by_plotly

from analysis.telling.figures.figure import Figure, Part
from analysis.telling.figures.theme import TEMPLATE

DAYS = pd.date_range("2026-03-02", periods=3, freq="7D")
COLUMNS = {
    "days": DAYS,
    "numbers": np.array([1.5, np.nan, -2.0]),
    "whole": np.array([1, 2, 300]),
    "large": np.array([1, 2, 2**40]),
    "unsigned": np.array([0, 255, 70_000], dtype="uint64"),
    "thirds": np.array([1 / 3] * 3, dtype="float32"),
    "objects": np.array([1.0, None, 3.0], dtype=object),
    "series": pd.Series([3.0, 2.0, 1.0], index=[7, 8, 9]),
    "list": [1, 2.5, 3],
}


@pytest.mark.parametrize("column", COLUMNS.values(), ids=COLUMNS)
def test_columns_travel_as_those_of_plotly_do(column):
    own = Figure("").add_scatter(x=DAYS, y=column).plain()["data"]
    its = go.Figure().add_scatter(x=DAYS, y=column).to_json().replace(".000000", "")  # of a second
    assert own == json.loads(its)["data"] == by_plotly({"data": own, "layout": {}})["data"]


def test_a_day_alone_and_what_is_none_are_plain_too():
    told = Figure("").add_scatter(
        x=[DAYS[0], DAYS[0].date(), DAYS.to_numpy()[0], pd.NaT], y=[np.float64(1), np.nan, None, 2]
    )
    day = "2026-03-02"
    assert told.plain()["data"] == [
        {"type": "scatter", "x": [f"{day}T00:00:00", day, f"{day}T00:00:00", None], "y": [1.0, None, None, 2]}
    ]


def test_marks_bands_and_axes_are_those_of_plotly():
    own, its = Figure(""), go.Figure(layout={"template": TEMPLATE})
    for figure in (own, its):
        figure.add_bar(x=["a", "b"], y=[1, 2], name="sets", marker={"color": "#384ecf", "line": {"width": 1}})
        figure.add_heatmap(z=np.array([[1.0, 2.0], [3.0, 4.0]]), x=["a", "b"], colorscale=[[0, "#fff"], [1, "#000"]])
        figure.add_hrect(y0=1, y1=2, fillcolor="#eee", line={"width": 0}, layer="below")
        figure.add_vrect(x0=0, x1=1, opacity=0.2)
        figure.add_hline(y=0, line={"color": "#111"})
        figure.add_annotation(text="4 to 8", x=0, showarrow=False)
        figure.update_xaxes(title="week", range=[0, 2])
        figure.update_xaxes(showgrid=False)
        figure.update_yaxes(tickvals=None, rangemode="tozero")
        figure.update_legends(y=-0.2)
        figure.update_layout(title="Sets", margin={"l": 90})
        figure.update_layout({"margin": {"t": 20}}, height=300)
    assert by_plotly(own.plain()) == json.loads(its.to_json())


def test_a_part_changes_where_it_is_told_and_stays_where_not():
    layout = Part({"margin": {"t": 70, "l": 64}, "title": "Sets"})
    layout.update(margin={"t": 20}, height=None)
    assert layout == {"margin": {"t": 20, "l": 64}, "title": {"text": "Sets"}}
    assert layout.title.text == "Sets" and layout.height is None


def test_a_figure_is_no_part_of_another():
    one = Figure("").add_bar(x=[1], y=[1])
    other = Figure("").add_trace(one.data[0])
    other.data[0].update(visible=False)
    other.update_layout(template={"layout": {"margin": {"t": 0}}})
    assert "visible" not in one.data[0] and one.layout.template.layout.margin.t == TEMPLATE["layout"]["margin"]["t"]
