"""A figure as plain data: what plotly draws in a browser, without plotly's objects, which cost more than all else."""

import base64
import html
from collections.abc import Iterable
from datetime import date
from typing import Any, Self

import numpy as np
import pandas as pd

from .picture import svg_of
from .theme import TEMPLATE, as_text, in_language

MIME, SVG_MIME = "application/vnd.plotly.v1+json", "image/svg+xml"
CONFIG = {
    "responsive": False,  # JupyterLab fits figures itself; both together fold them up when the window changes
    "displaylogo": False,
    "modeBarButtons": [["toImage"]],
    "showSendToCloud": False,
    "plotlyServerURL": "",
}
WHOLE_X, WHOLE_Y = {"x0": 0, "x1": 1, "xref": "x domain"}, {"y0": 0, "y1": 1, "yref": "y domain"}
AS_GIVEN = {"args", "meta"}  # keys of what plotly hands on and does not read
ARRAY_KINDS = {f"{kind}{size}": f"{kind[0]}{size // 8}" for kind in ("int", "uint") for size in (8, 16, 32)}
ARRAY_KINDS |= {"float32": "f4", "float64": "f8"}  # numpy's name of a kind of number -> that of a browser's array


class Part(dict):
    """A part of a figure; what it has is read as an attribute, too, and what it lacks is None, as in plotly."""

    def __init__(self, told: dict | None = None):
        super().__init__()
        self.update(told or {})

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self.get(name)

    __setattr__ = dict.__setitem__

    def update(self, told: dict | None = None, /, **more: Any) -> None:  # type: ignore[override]
        """Change what is told, part by part; what is told as None stays as it is."""
        for name, value in {**(told or {}), **more}.items():
            if value is not None:
                new = value if name in AS_GIVEN else _plain(name, value)
                if isinstance(new, Part) and isinstance(self.get(name), Part):
                    self[name].update(new)
                else:
                    self[name] = new


def _plain(name: str, value: Any) -> Any:
    """A value as plotly keeps it: a title is a part, a list of parts is one of Part, a column is its numbers."""
    if isinstance(value, str) and name == "title":
        return Part({"text": value})
    if isinstance(value, dict):
        return Part(value)
    if isinstance(value, list | tuple):
        return [Part(item) if isinstance(item, dict) else item for item in value]
    return value.to_numpy() if isinstance(value, pd.Series | pd.Index) else value


class Figure:
    """A figure that carries its message in words, for readers who cannot see it and pages that cannot draw it.

    Parameters
    ----------
    alt : str
        What it shows, in words.

    Notes
    -----
    `data` and `layout` are plain dicts of plotly's figure schema, read with attributes too (`figure.layout.title.text`);
    `update_layout` and its siblings take parts of it. `plotly.graph_objects.Figure(data=figure.data, layout=figure.layout)`
    is the same as an object of plotly.
    """

    def __init__(self, alt: str):
        self.alt = alt
        self.data: list[Part] = []
        separators, self.locale = in_language()
        self.layout = Part({"template": TEMPLATE, **separators})

    # -------------------------------------------------------------------------------------------- marks
    def add_traces(self, traces: Iterable[dict]) -> Self:
        self.data += map(Part, traces)
        return self

    def add_trace(self, trace: dict) -> Self:
        return self.add_traces([trace])

    def add_scatter(self, **looks: Any) -> Self:
        return self.add_trace({"type": "scatter"} | looks)

    def add_bar(self, **looks: Any) -> Self:
        return self.add_trace({"type": "bar"} | looks)

    def add_heatmap(self, **looks: Any) -> Self:
        return self.add_trace({"type": "heatmap"} | looks)

    def add_annotation(self, **looks: Any) -> Self:
        return self._add("annotations", looks)

    def add_vrect(self, x0: float, x1: float, **looks: Any) -> Self:
        """A band from bottom to top."""
        return self._add("shapes", {"type": "rect", "x0": x0, "x1": x1, "xref": "x", **WHOLE_Y} | looks)

    def add_hrect(self, y0: float, y1: float, **looks: Any) -> Self:
        """A band from left to right."""
        return self._add("shapes", {"type": "rect", **WHOLE_X, "y0": y0, "y1": y1, "yref": "y"} | looks)

    def add_hline(self, y: float, **looks: Any) -> Self:
        return self._add("shapes", {"type": "line", **WHOLE_X, "y0": y, "y1": y, "yref": "y"} | looks)

    def _add(self, what: str, looks: dict) -> Self:
        self.layout[what] = [*self.layout.get(what, []), Part(looks)]
        return self

    # -------------------------------------------------------------------------------------------- what is around
    def update_layout(self, told: dict | None = None, /, **more: Any) -> Self:
        self.layout.update(told, **more)
        return self

    def update_xaxes(self, **looks: Any) -> Self:
        return self.update_layout(xaxis=looks)

    def update_yaxes(self, **looks: Any) -> Self:
        return self.update_layout(yaxis=looks)

    def update_legends(self, **looks: Any) -> Self:
        return self.update_layout(legend=looks)

    # -------------------------------------------------------------------------------------------- how it is shown
    def plain(self) -> dict:
        """The figure as JSON holds it, columns of numbers packed as a browser takes them."""
        return {"data": _json(self.data), "layout": _json(self.layout)}

    def bundle(self) -> dict:
        """The figure as Jupyter stores it, and the words beside it; of one without marks the words alone."""
        if not self.data:
            return {"text/html": f"<p>{html.escape(self.alt)}</p>", "text/plain": self.alt}
        return {MIME: {**self.plain(), "config": CONFIG | self.locale}, "text/plain": self.alt}

    def picture(self) -> str:
        """The figure standing still, for whatever draws no script: other exports, a preview."""
        return svg_of(self.plain(), self.alt)

    def _repr_mimebundle_(self, include=None, exclude=None, **kwargs) -> dict:
        return self.bundle() | ({SVG_MIME: self.picture()} if self.data else {})


def _json(value: Any) -> Any:
    """What JSON has for a value: of days their ISO form, of what is no number nothing, columns of numbers packed."""
    match value:
        case dict():
            return {name: _json(part) for name, part in value.items()}
        case list() | tuple():
            return [_json(part) for part in value]
        case np.ndarray():
            return _array(value)
        case np.datetime64():
            return _json(pd.Timestamp(value))
        case np.generic():
            return _json(value.item())
        case str() | bool() | int() | None:
            return value
        case _:
            return None if pd.isna(value) else value.isoformat() if isinstance(value, date) else value


def _array(values: np.ndarray) -> Any:
    """Numbers as plotly.js takes them in one piece, in the least room for whole ones; other values as they are."""
    if values.dtype.kind in "iu" and values.dtype.itemsize == 8 and values.size:
        least, most = values.min(), values.max()
        sizes = ("int8", "int16", "int32") if values.dtype.kind == "i" else ("uint8", "uint16", "uint32")
        fits = (size for size in sizes if np.iinfo(size).min <= least and most <= np.iinfo(size).max)
        values = values.astype(next(fits, values.dtype))
    if (kind := ARRAY_KINDS.get(values.dtype.name)) is None or not values.size:
        return _json((values.astype("datetime64[us]") if values.dtype.kind == "M" else values).tolist())
    packed = {"dtype": kind, "bdata": base64.b64encode(values.tobytes()).decode("ascii")}
    return packed | ({"shape": ", ".join(map(str, values.shape))} if values.ndim > 1 else {})


def nothing_to_draw(title: str | dict, message: str) -> Figure:
    """In place of a figure one sentence: why there is none, and what to do. In a menu of figures, with its title."""
    figure = Figure(message)
    figure.add_annotation(
        text=as_text(message), x=0, xref="paper", xanchor="left", y=0.5, yref="paper", showarrow=False
    )
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    return figure.update_layout(title=title, height=130)
