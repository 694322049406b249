"""What a still picture is made of: paths and dots, in colours that a page may set for light and dark."""

import html
from collections.abc import Iterable
from dataclasses import dataclass

OWN_INK, SOFT, FAINT = "currentColor", "var(--soft, #7c828c)", "var(--line, #9a9fa8)"
MARK = "var(--mark, #139ec6)"  # of what is counted


@dataclass(frozen=True)
class Drawn:
    """A finished picture with what it shows in words; shows itself in a notebook.

    Examples
    --------
    >>> Drawn("<svg></svg>", "Nothing was run.")
    Nothing was run.
    """

    html: str
    words: str

    def __repr__(self) -> str:
        return self.words

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        return {"text/plain": self.words, "text/html": self.html}


def without_picture(what: str) -> Drawn:
    """In place of a picture: why there is none."""
    return Drawn(f'<p class="without">{html.escape(what)}</p>', what)


def picture(parts: Iterable[str], box: tuple[float, float], words: str, size: tuple[str, float]) -> str:
    """An SVG of what is drawn in a box; size: width and height of its place, which it fills where the width is a share."""
    width, height = size
    stretched = ' preserveAspectRatio="none"' if width.endswith("%") else ""
    place = f'width="{width}" height="{height:.0f}" viewBox="0 0 {box[0]:g} {box[1]:g}"{stretched}'
    return f'<svg role="img" aria-label="{html.escape(words.removesuffix("."))}." {place} fill="none">{"".join(parts)}</svg>'


def path(d: str, *, fill: str = "none", stroke: str = "", width: float = 1) -> str:
    """A path, filled or as a line; nothing where it has no points."""
    edge = f' stroke="{stroke}" stroke-width="{width:g}"' if stroke else ""
    return f'<path d="{d}" fill="{fill}"{edge}/>' if d else ""


def through(points: Iterable[tuple[float, float]]) -> str:
    """A line through points, as a path writes it."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def rectangle(x: float, y: float, width: float, height: float) -> str:
    """A box, as a path writes it."""
    return f"M{x:.1f} {y:.1f}h{width:.1f}v{height:.1f}h{-width:.1f}z"


def dot(x: float, y: float, radius: float, fill: str = MARK) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{fill}"/>'
