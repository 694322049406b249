"""Two figures of one thing as one, so that one choice moves both."""

from typing import Any

from .figure import Figure
from .theme import QUIET, TEMPLATE

TITLE_PX = 16  # of its letters, as of the title above
USUAL_LOOK = TEMPLATE["layout"]


def one_above_other(upper: Figure, lower: Figure) -> Figure:
    """The two in one figure, each on axes of its own and as high as alone; a legend belongs to the one that has it."""
    figures = upper, lower
    margins = [USUAL_LOOK["margin"] | figure.layout.get("margin", {}) for figure in figures]
    inner = [figure.layout.height - margin["t"] - margin["b"] for figure, margin in zip(figures, margins, strict=True)]
    height = sum(figure.layout.height for figure in figures)
    whole = height - margins[0]["t"] - margins[1]["b"]
    domains = (1 - inner[0] / whole, 1.0), (0.0, inner[1] / whole)
    owner = next((i for i, figure in enumerate(figures) if figure.data and figure.layout.showlegend is not False), None)
    stacked = Figure(f"{upper.alt} {lower.alt}")
    layout: dict[str, Any] = {"title": upper.layout.title, "height": height, "showlegend": owner is not None}
    layout |= {"margin": {"t": margins[0]["t"], "b": margins[1]["b"], "l": max(m["l"] for m in margins)}}
    layout |= {"shapes": [], "annotations": []}
    for i, (figure, n, domain) in enumerate(zip(figures, ("", "2"), domains, strict=True)):
        told = figure.layout
        for trace in figure.data:
            own = {"xaxis": f"x{n}", "yaxis": f"y{n}"} | ({} if i == owner else {"showlegend": False})
            stacked.add_trace(trace).data[-1].update(own)
        layout[f"xaxis{n}"] = told.get("xaxis", {}) | {"anchor": f"y{n}"}
        layout[f"yaxis{n}"] = told.get("yaxis", {}) | {"anchor": f"x{n}", "domain": domain}
        for kind in ("shapes", "annotations"):
            layout[kind] += [_on_own_axes(item, n) for item in told.get(kind, [])]
        layout |= {key: told[key] for key in ("barmode", "hovermode", "dragmode") if key in told}
        if i == owner:
            legend = USUAL_LOOK["legend"] | told.get("legend", {})
            layout["legend"] = legend | {"y": domain[0] + legend["y"] * (domain[1] - domain[0])}
    layout["annotations"] += _title_of(lower, margins[1]["t"], layout["margin"]["l"])
    return stacked.update_layout(layout)


def _on_own_axes(item: dict, n: str) -> dict:
    """A shape or a text on the axes with this number; what stood on the paper stands on their domain."""
    refs = {f"{d}ref": item.get(f"{d}ref", d) for d in "xy"}
    return item | {
        key: f"{key[0]}{n} domain" if ref == "paper" or ref.endswith("domain") else f"{key[0]}{n}"
        for key, ref in refs.items()
    }


def _title_of(figure: Figure, room: float, left: float) -> list[dict]:
    """The title and subtitle of the lower figure where they would stand above it alone."""
    title = figure.layout.title
    look = {
        "x": 0, "xref": "x2 domain", "xanchor": "left", "y": 1, "yref": "y2 domain", "yanchor": "top", "showarrow": False,
        "xshift": 10 - left,
    }  # fmt: skip
    words = [look | {"text": title.text, "yshift": room - 14, "font": {"size": TITLE_PX}}]
    if title.subtitle:
        quiet = {"size": 12, "color": QUIET}
        words.append(look | {"text": title.subtitle.text, "yshift": room - 38, "font": quiet})
    return words
