"""A still picture of a figure, as SVG: what is left of it where no script runs, drawn without a browser.

It knows the marks that figures here are made of: lines, filled shapes, dots, words, bars and heat maps on one pair of axes, or on two of them one above the other.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import Any

import numpy as np

from analysis.wording import number, percent

from .scales import Axis, axis_of, unpacked

WIDTH = 800
LETTER_PX, SIZE_PX, LINE_PX = 6.4, 12, 16  # of a letter, its size, a line of words
_INK, _GRID, _QUIET, _PAPER = (
    "#22242b",
    "#e6e4df",
    "#6b6e78",
    "#fff",
)  # of words, a grid, what has no colour, the ground
FONT = "system-ui, -apple-system, Segoe UI, Roboto, sans-serif"
PATTERN_OPACITY = 0.5  # of a bar that is hatched, where nothing hatches


def svg_of(figure: dict, alt: str) -> str:
    """The picture of a figure, as plotly writes it in JSON; `alt` says in words what it shows."""
    layout = figure.get("layout", {})
    base = layout.get("template", {}).get("layout", {})
    traces = [trace for trace in figure.get("data", []) if trace.get("visible", True) is True]
    height = float(layout.get("height", 450))
    margin = base.get("margin", {}) | layout.get("margin", {})
    room = layout.get("meta", {}).get("room", 0) if isinstance(layout.get("meta"), dict) else 0
    panels = [_panel(n, traces, layout, base) for n in ("", "2") if n == "" or f"xaxis{n}" in layout]
    legend = list(_legend(traces, layout))
    height -= room
    top, left = margin.get("t", 70) - room, max(margin.get("l", 64), *(_widest(panel.y) + 14 for panel in panels))
    bottom = 62 if any(panel.x.told.get("title") for panel in panels) else 44
    height -= max(margin.get("b", 48) - bottom, 0)  # a legend stands below the picture here
    lines = list(_wrapped(legend, WIDTH - 32))
    parts: list[str] = []
    for panel in panels:
        panel.x.begin, panel.x.end = left, WIDTH - margin.get("r", 16) - 8
        low, high = panel.y.told.get("domain", (0, 1))
        panel.y.begin, panel.y.end = (height - bottom - share * (height - bottom - top) for share in (low, high))
        parts += panel.drawn()
    parts += [*_title(layout), *_drawn_legend(lines, height + 10)]
    total = height + 10 + LINE_PX * 1.3 * len(lines)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {total:.0f}" width="{WIDTH}" height="{total:.0f}" '
    style = (
        f'style="max-width:100%;height:auto;background:#fff" font-family="{FONT}" font-size="{SIZE_PX}" fill="{_INK}"'
    )
    return f'{head}role="img" aria-label="{html.escape(alt)}" {style}><title>{html.escape(alt)}</title>{"".join(parts)}</svg>'


# ---------------------------------------------------------------------------------------------- where things lie
@dataclass
class _Panel:
    """One pair of axes and what is drawn on it."""

    x: Axis
    y: Axis
    traces: list[dict]
    bars: list[dict]
    layout: dict  # with the shapes and texts of this pair

    def drawn(self) -> Iterator[str]:
        if self.y.told.get("scaleanchor"):
            _alike(self.x, self.y)
        yield from _shapes(self.layout, self.x, self.y, "below")
        yield from _axes(self.x, self.y)
        yield from _bars(self.bars, self.x, self.y)
        for trace in self.traces:
            yield from _trace(trace, self.x, self.y)
        yield from _shapes(self.layout, self.x, self.y, "above")
        yield from _annotations(self.layout, self.x, self.y)


def _panel(n: str, traces: list[dict], layout: dict, base: dict) -> _Panel:
    """What lies on the axes with this number: those of a figure, or of the lower one of two."""
    own = [trace for trace in traces if trace.get("xaxis", "x") == f"x{n}"]
    x, y = (axis_of(base.get(f"{d}axis", {}) | layout.get(f"{d}axis{n}", {}), _values(own, d)) for d in "xy")
    kept = {
        kind: [item for item in layout.get(kind, []) if _number_of(item) == n] for kind in ("shapes", "annotations")
    }
    bars = _stacked([trace for trace in own if trace.get("type") == "bar"], layout, x, y)
    _set_ranges(x, y, own, bars)
    return _Panel(x, y, own, bars, layout | kept)


def _number_of(item: dict) -> str:
    """The number of the axes on which a shape or a text stands; of the paper those of the only figure."""
    ref = str(item.get("xref", "x")).partition(" ")[0]
    return "" if ref == "paper" else ref[1:]


def _values(traces: list[dict], d: str) -> list[list]:
    return [unpacked(trace.get(d)) for trace in traces]


def _set_ranges(x: Axis, y: Axis, traces: list[dict], bars: list[dict]) -> None:
    seen: dict[str, list[np.ndarray]] = {"x": [], "y": []}
    for trace in traces:
        if trace.get("type") == "bar":
            continue
        half = 0.5 if trace.get("type") == "heatmap" else 0.0
        for d, axis in (("x", x), ("y", y)):
            numbers = axis.numbers(unpacked(trace.get(d)))
            step = _step(numbers) * half
            seen[d] += [numbers - step, numbers + step]
    for bar in bars:
        for d in "xy":
            seen[d] += [bar[f"{d}0"], bar[f"{d}1"]]
    padded = not any(trace.get("type") == "heatmap" for trace in traces)
    x.spans(seen["x"], padded and not bars)
    y.spans(seen["y"], padded)


def _step(numbers: np.ndarray) -> float:
    """The smallest distance between two of them."""
    apart = np.diff(np.unique(numbers[np.isfinite(numbers)]))
    return float(apart.min()) if apart.size else 1.0


def _alike(x: Axis, y: Axis) -> None:
    """One unit is as long on both axes, in the middle of the room there is."""
    wide, high = x.end - x.begin, y.begin - y.end
    scale = min(wide / abs(x.high - x.low), high / abs(y.high - y.low))
    over_x, over_y = wide - scale * abs(x.high - x.low), high - scale * abs(y.high - y.low)
    x.begin, x.end = x.begin + over_x / 2, x.end - over_x / 2
    y.begin, y.end = y.begin - over_y / 2, y.end + over_y / 2


def _widest(axis: Axis) -> float:
    if axis.told.get("visible") is False:
        return 0.0
    return LETTER_PX * max((len(_plain(word)) for _, word in axis.ticks()), default=0)


# ----------------------------------------------------------------------------------------------------- marks
def _stacked(traces: list[dict], layout: dict, x: Axis, y: Axis) -> list[dict]:
    """The bars of all traces, each with its corners as numbers of the axes."""
    mode, found = layout.get("barmode", "group"), []
    ends: dict[tuple, float] = {}
    for k, trace in enumerate(traces):
        flat = trace.get("orientation") == "h"
        along, across = (y, x) if flat else (x, y)
        at = along.numbers(unpacked(trace.get("y" if flat else "x")))
        length = np.nan_to_num(across.numbers(unpacked(trace.get("x" if flat else "y"))))
        share = len(traces) if mode == "group" else 1
        own = trace.get("width")
        step = 0.8 * _step(at) / share
        width = np.broadcast_to(
            np.array(unpacked(own) if isinstance(own, list | dict) else own or step, float), at.shape
        )
        aside = (k - (share - 1) / 2) * step if share > 1 and own is None else 0.0
        offset = trace.get("offset")
        left = at + (
            np.array(unpacked(offset) if isinstance(offset, list | dict) else offset, float)
            if offset is not None
            else aside - width / 2
        )
        low = _bases(trace, at, length, ends, mode)
        corners = (left, left + width, low, low + length)
        names = ("y0", "y1", "x0", "x1") if flat else ("x0", "x1", "y0", "y1")
        found.append(dict(zip(names, corners, strict=True)) | {"trace": trace, "flat": flat})
    return found


def _bases(trace: dict, at: np.ndarray, length: np.ndarray, ends: dict, mode: str) -> np.ndarray:
    """Where each bar begins: where its own base is, or the last one of its place ended, of those with its sign."""
    if trace.get("base") is not None:
        base = trace["base"]
        return np.broadcast_to(np.array(unpacked(base) if isinstance(base, list | dict) else base, float), at.shape)
    low = np.zeros(len(at))
    if mode in ("stack", "relative"):
        for i, key in enumerate(zip(at.tolist(), (length < 0).tolist(), strict=True)):
            low[i] = ends.get(key, 0.0)
            ends[key] = low[i] + length[i]
    return low


def _bars(bars: list[dict], x: Axis, y: Axis) -> Iterator[str]:
    for bar in bars:
        marker = bar["trace"].get("marker", {})
        colours = _each(marker.get("color", _QUIET), len(bar["x0"]))
        edges = _each(marker.get("line", {}).get("color"), len(bar["x0"]))
        thick = marker.get("line", {}).get("width", 0)
        faint = PATTERN_OPACITY if _hatched(marker) else marker.get("opacity", 1)
        words = _each(bar["trace"].get("text"), len(bar["x0"]))
        corners = zip(*(axis.at(bar[name]) for axis, name in ((x, "x0"), (x, "x1"), (y, "y0"), (y, "y1"))), strict=True)
        for (x0, x1, y0, y1), colour, edge, word in zip(corners, colours, edges, words, strict=True):
            if np.isfinite([x0, x1, y0, y1]).all():
                yield _rect(x0, x1, y0, y1, colour, faint, edge if thick else None)
                if word not in (None, ""):
                    across = (
                        (max(x0, x1) + 4, (y0 + y1) / 2 + 4, "start")
                        if bar["flat"]
                        else ((x0 + x1) / 2, min(y0, y1) - 4, "middle")
                    )
                    yield _words(word, *across)


def _hatched(marker: dict) -> bool:
    shape = marker.get("pattern", {}).get("shape") if isinstance(marker.get("pattern"), dict) else None
    return any(shape) if isinstance(shape, list) else bool(shape)


def _trace(trace: dict, x: Axis, y: Axis) -> Iterator[str]:
    if trace.get("type") == "heatmap":
        yield from _cells(trace, x, y)
    elif trace.get("type") == "scatter":
        px, py = x.at(x.numbers(unpacked(trace.get("x")))), y.at(y.numbers(unpacked(trace.get("y"))))
        n = min(len(px), len(py))
        yield from _scatter(trace, px[:n], py[:n])


def _scatter(trace: dict, px: np.ndarray, py: np.ndarray) -> Iterator[str]:
    line, mode, n = trace.get("line", {}), trace.get("mode", "lines+markers" if len(px) < 20 else "lines"), len(px)
    filled = trace.get("fill", "none") == "toself"
    path = " ".join(_paths(px, py, closed=filled))
    drawn = "lines" in mode or (filled and mode != "none" and line.get("width"))
    stroke = f'stroke="{_text(line.get("color", trace.get("marker", {}).get("color", _QUIET)))}" stroke-width="{line.get("width", 2)}"'
    if path and (filled or drawn):
        fill = _text(trace.get("fillcolor", _GRID)) if filled else "none"
        if filled and (dots := trace.get("fillpattern", {})).get("shape") == ".":
            on, ground = dots.get("fgcolor", fill), dots.get("bgcolor", _PAPER)
            yield _pattern(name := f"dots{on}{ground}".replace("#", "-"), on, ground, dots.get("size", 8))
            fill = f"url(#{name})"
        dash = ' stroke-dasharray="5 4"' if line.get("dash", "solid") != "solid" else ""
        edge = f"{stroke}{dash}" if drawn and line.get("width", 2) else ""
        yield f'<path d="{path}" fill="{fill}" fill-rule="evenodd" {edge} opacity="{trace.get("opacity", 1)}"/>'
    if "markers" in mode:
        yield from _dots(trace.get("marker", {}), px, py)
    if "text" in mode:
        for word, a, b in zip(_each(trace.get("text"), n), px, py, strict=True):
            if word not in (None, "") and np.isfinite([a, b]).all():
                yield _words(word, a, b + 4, "middle", trace.get("textfont", {}))


def _pattern(name: str, dots: str, ground: str, side: float) -> str:
    """Dots on a ground, for a shape to be filled with."""
    return (
        f'<pattern id="{_text(name)}" width="{side}" height="{side}" patternUnits="userSpaceOnUse">'
        f'<rect width="{side}" height="{side}" fill="{_text(ground)}"/>'
        f'<circle cx="{side / 2:g}" cy="{side / 2:g}" r="{side / 5:g}" fill="{_text(dots)}"/></pattern>'
    )


def _paths(px: np.ndarray, py: np.ndarray, closed: bool) -> Iterator[str]:
    """The pieces between gaps."""
    gaps = np.flatnonzero(~(np.isfinite(px) & np.isfinite(py)))
    for piece in np.split(np.arange(len(px)), gaps):
        points = [f"{px[i]:.1f} {py[i]:.1f}" for i in piece if np.isfinite(px[i]) and np.isfinite(py[i])]
        if len(points) > 1:
            yield f"M{' L'.join(points)}{' Z' if closed else ''}"


def _dots(marker: dict, px: np.ndarray, py: np.ndarray) -> Iterator[str]:
    colours, sizes = _each(marker.get("color", _QUIET), len(px)), _each(marker.get("size", 6), len(px))
    edge, faint = marker.get("line", {}), marker.get("opacity", 1)
    for a, b, colour, size in zip(px, py, colours, sizes, strict=True):
        if np.isfinite([a, b]).all():
            line = f' stroke="{_text(edge.get("color", "#fff"))}"' if edge.get("width") else ""
            yield f'<circle cx="{a:.1f}" cy="{b:.1f}" r="{float(size) / 2:.1f}" fill="{_text(colour)}" opacity="{faint}"{line}/>'


def _cells(trace: dict, x: Axis, y: Axis) -> Iterator[str]:
    at_x, at_y = x.numbers(unpacked(trace.get("x"))), y.numbers(unpacked(trace.get("y")))
    half_x, half_y = _step(at_x) / 2, _step(at_y) / 2
    low, high = trace.get("zmin", 0), trace.get("zmax", 1)
    for b, row in zip(at_y, unpacked(trace.get("z")), strict=True):
        for a, value in zip(at_x, row, strict=True):
            if value is not None and np.isfinite(value):
                colour = _between(trace.get("colorscale", []), (value - low) / ((high - low) or 1))
                corners = x.at(np.array([a - half_x, a + half_x])), y.at(np.array([b - half_y, b + half_y]))
                (x0, x1), (y0, y1) = corners
                yield _rect(x0 + 0.5, x1 - 0.5, y0, y1 + 1, colour)


def _between(scale: list, share: float) -> str:
    """The colour of a scale at a share of it, from 0 to 1."""
    share = min(max(share, 0.0), 1.0)
    for (low, first), (high, second) in zip(scale, scale[1:], strict=False):
        if share <= high:
            part = (share - low) / ((high - low) or 1)
            pairs = zip(_rgb(first), _rgb(second), strict=True)
            return "#" + "".join(f"{round(a + part * (b - a)):02x}" for a, b in pairs)
    return str(scale[-1][1]) if scale else _QUIET


def _rgb(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


# ------------------------------------------------------------------------------------------------ what is around
def _axes(x: Axis, y: Axis) -> Iterator[str]:
    ends = (min(x.begin, x.end), max(x.begin, x.end), min(y.begin, y.end), max(y.begin, y.end))
    if x.told.get("visible") is not False:
        tilted = sum(len(_plain(word)) + 2 for _, word in x.ticks()) * LETTER_PX > ends[1] - ends[0]
        for value, word in x.ticks():
            if ends[0] - 1 <= (at := float(x.at(value))) <= ends[1] + 1:
                if x.told.get("showgrid", True) and x.kind != "category":
                    yield f'<line x1="{at:.1f}" x2="{at:.1f}" y1="{ends[2]:.1f}" y2="{ends[3]:.1f}" stroke="{_GRID}"/>'
                high = x.told.get("side") == "top"
                place = (at, ends[2] - 6 if high else ends[3] + LINE_PX)
                yield _words(word, *place, "end" if tilted else "middle", turned=-35 if tilted else 0)
        yield _words(_title_of(x), (ends[0] + ends[1]) / 2, ends[3] + 2.4 * LINE_PX, "middle")
    if y.told.get("visible") is not False:
        for value, word in y.ticks():
            if ends[2] - 1 <= (at := float(y.at(value))) <= ends[3] + 1:
                if y.told.get("showgrid", True) and y.kind != "category":
                    yield f'<line x1="{ends[0]:.1f}" x2="{ends[1]:.1f}" y1="{at:.1f}" y2="{at:.1f}" stroke="{_GRID}"/>'
                yield _words(word, ends[0] - 6, at + 4, "end")
        yield _words(_title_of(y), 14, (ends[2] + ends[3]) / 2, "middle", turned=-90)


def _title_of(axis: Axis) -> str:
    title = axis.told.get("title") or {}
    return str(title.get("text") or "") if isinstance(title, dict) else str(title)


def _shapes(layout: dict, x: Axis, y: Axis, layer: str) -> Iterator[str]:
    for shape in layout.get("shapes", []):
        if shape.get("layer", "above") != layer:
            continue
        x0, x1 = (x.place(shape[name], shape.get("xref")) for name in ("x0", "x1"))
        y0, y1 = (y.place(shape[name], shape.get("yref")) for name in ("y0", "y1"))
        line = shape.get("line", {})
        edge = f'stroke="{_text(line.get("color", _QUIET))}" stroke-width="{line.get("width", 1)}"'
        if shape.get("type") == "line":
            yield f'<line x1="{x0:.1f}" x2="{x1:.1f}" y1="{y0:.1f}" y2="{y1:.1f}" {edge}/>'
        else:
            yield _rect(x0, x1, y0, y1, shape.get("fillcolor", "none"), shape.get("opacity", 1))


def _annotations(layout: dict, x: Axis, y: Axis) -> Iterator[str]:
    for note in layout.get("annotations", []):
        at_x, at_y = x.place(note.get("x", 0), note.get("xref")), y.place(note.get("y", 0), note.get("yref"))
        anchor = {"left": "start", "right": "end"}.get(note.get("xanchor", ""), "middle")
        down = {"bottom": -4, "top": 12}.get(note.get("yanchor", ""), 4)
        if note.get("yanchor") == "bottom" and anchor != "middle":  # its last line stands there
            down -= LINE_PX * note.get("text", "").count("<br>")
        turned = note.get("textangle", 0)
        yield _words(
            note.get("text", ""),
            at_x + note.get("xshift", 0),
            at_y + down - note.get("yshift", 0),
            anchor,
            note.get("font", {}),
            turned,
        )


def _title(layout: dict) -> Iterator[str]:
    title = layout.get("title") or {}
    title = title if isinstance(title, dict) else {"text": title}
    yield _words(title.get("text", ""), 10, 24, "start", {"size": 16})
    yield _words((title.get("subtitle") or {}).get("text", ""), 10, 44, "start", {"color": _QUIET})


def _legend(traces: list[dict], layout: dict) -> Iterator[tuple[str, str]]:
    """(colour, words) of what a legend names; of a heat map the colours of its bar."""
    named = [trace for trace in traces if trace.get("showlegend", True) and trace.get("type") != "heatmap"]
    if layout.get("showlegend", len(traces) > 1 or any(trace.get("showlegend") for trace in traces)):
        yield from dict.fromkeys(
            (_colour(trace), _plain(trace.get("name", ""))) for trace in named if trace.get("name")
        )
    for shape in layout.get("shapes", []):
        if shape.get("showlegend"):
            yield str(shape.get("fillcolor", _QUIET)), _plain(shape.get("name", ""))
    for trace in traces:
        if trace.get("type") == "heatmap" and trace.get("showscale", True):
            bar, low, high = trace.get("colorbar", {}), trace.get("zmin", 0), trace.get("zmax", 1)
            values = unpacked(bar.get("tickvals")) or np.linspace(low, high, 5).tolist()
            share = "%" in str(bar.get("tickformat", ""))
            words = unpacked(bar.get("ticktext")) or [percent(v) if share else number(v, 2) for v in values]
            scale = trace.get("colorscale", [])
            shares = [(value - low) / ((high - low) or 1) for value in values]
            yield from zip((_between(scale, share) for share in shares), map(_plain, words), strict=True)


def _colour(trace: dict) -> str:
    marker, line = trace.get("marker", {}), trace.get("line", {})
    found = marker.get("color") or (trace.get("fillcolor") if trace.get("fill", "none") != "none" else None)
    found = found or line.get("color", _QUIET)
    return str(found[0] if isinstance(found, list) and found else _QUIET if isinstance(found, list | dict) else found)


def _wrapped(items: list[tuple[str, str]], room: float) -> Iterator[list[tuple[float, str, str]]]:
    """The items of a legend in lines, each with its place in its line."""
    line: list[tuple[float, str, str]] = []
    at = 0.0
    for colour, words in items:
        wide = 30 + LETTER_PX * len(words)
        if line and at + wide > room:
            yield line
            line, at = [], 0.0
        line.append((at, colour, words))
        at += wide
    if line:
        yield line


def _drawn_legend(lines: list[list[tuple[float, str, str]]], top: float) -> Iterator[str]:
    for i, line in enumerate(lines):
        for at, colour, words in line:
            y = top + i * LINE_PX * 1.3
            yield _rect(16 + at, 28 + at, y, y + 12, colour, edge=_QUIET)
            yield _words(words, 33 + at, y + 11, "start")


# ------------------------------------------------------------------------------------------------ as SVG writes it
def _rect(x0, x1, y0, y1, fill: Any, opacity: float = 1, edge: str | None = None) -> str:
    left, top, wide, high = min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0)
    line = f' stroke="{_text(edge)}" stroke-width="0.8"' if edge else ""
    faint = f' opacity="{opacity}"' if opacity != 1 else ""
    return (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{high:.1f}" fill="{_text(fill)}"{faint}{line}/>'
    )


def _words(text: Any, x: float, y: float, anchor: str, font: dict | None = None, turned: float = 0) -> str:
    """Words, a line each where they break; empty for none."""
    lines = [line for part in re.split(r"<br ?/?>", str(text)) if (line := _plain(part))]
    font = font or {}
    look = f' font-size="{font["size"]}"' if font.get("size") else ""
    look += f' fill="{_text(font["color"])}"' if isinstance(font.get("color"), str) else ""
    turn = f' transform="rotate({turned} {x:.1f} {y:.1f})"' if turned else ""
    y -= LINE_PX * (len(lines) - 1) / 2 if anchor == "middle" else 0
    rows = "".join(
        f'<tspan x="{x:.1f}" dy="{LINE_PX if i else 0}">{html.escape(line)}</tspan>' for i, line in enumerate(lines)
    )
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{look}{turn}>{rows}</text>' if rows else ""


def _plain(text: Any) -> str:
    """Words without the tags and entities that plotly reads in them."""
    return html.unescape(re.sub(r"</?(b|i|em|strong|sub|sup|span|a|br)\b[^<>]*>", " ", str(text))).strip()


def _text(value: Any) -> str:
    return html.escape(str(value))


def _each(value: Any, n: int) -> Iterable:
    """One value for each of n marks."""
    if isinstance(value, list | dict):
        found = unpacked(value)
        return (
            found
            if len(found) == n
            else [found[i] for i, _ in zip(cycle(range(len(found) or 1)), range(n), strict=False)]
            if found
            else [None] * n
        )
    return [value] * n
