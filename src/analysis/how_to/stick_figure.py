"""Joint angles -> a stick figure seen from the right, as SVG, with what it stands on.

Lengths are those of a body of 175 cm (Drillis & Contini 1966, in Winter 2009). Angles are those of an upright body at
rest: 0 is straight, a flexed hip, knee, shoulder or elbow is positive, so is an ankle whose toes are drawn up, and a
trunk that leans forward; at -90 it lies on its back, at 90 on its front.
"""

from collections.abc import Iterable
from math import cos, hypot, radians, sin
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from analysis.catalog.postures import BODY_SIDES

TRUNK, NECK, HEAD_RADIUS = 50.0, 9.0, 11.0  # hip to shoulder, shoulder to the rim of the head, radius of the head
THIGH, SHIN, UPPER_ARM, FOREARM = 43.0, 43.0, 32.0, 34.0  # the hand belongs to the forearm
HEEL, TOE, SOLE = -6.0, 18.0, 7.0  # along the foot from below the ankle, and how far below the ankle the sole is
THICK = {"trunk": 11.0, "thigh": 9.0, "shin": 8.0, "foot": 6.0, "arm": 6.5}
FAR, BEFORE, PROP = 0.45, 0.16, 0.14  # how dark the far side, the position before, and the filling of a prop are
MARGIN, BETWEEN = 12.0, 26.0  # around a picture and between two
PX_PER_CM = 1.0  # as large as it is drawn where nothing else asks for a size
PROP_WIDTH = {"step": 46.0, "bench": 42.0, "chair": 42.0, "line": 0.0, "slope": 0.0, "": 0.0}
SLOPE_CM = 16.0  # more of a slope before and behind, so that it is seen to rise
WALL_CM, BACK_CM, TOP_CM = 118.0, 42.0, 5.0  # a wall, the back of a chair above its seat, the thickness of a seat

Place = tuple[float, float]


def joints_of(posture: Any) -> dict[str, Place]:
    """Joint -> (x, y) in cm, x to where the figure looks, y up from the floor; posture: a row of `schema.POSTURES`."""
    lean = posture.trunk_deg
    shoulder = _from((0, 0), 180 - lean, TRUNK)
    joints = {
        "hip": (0.0, 0.0),
        "shoulder": shoulder,
        "head": _from(shoulder, 180 - lean - posture.neck_deg, NECK + HEAD_RADIUS),
    }
    for side in BODY_SIDES:
        angle = {name: getattr(posture, f"{name}_{side}_deg") for name in ("hip", "knee", "ankle", "shoulder", "elbow")}
        thigh = angle["hip"] - lean
        shin = thigh - angle["knee"]
        arm = angle["shoulder"] - lean
        joints[f"knee_{side}"] = knee = _from((0, 0), thigh, THIGH)
        joints[f"ankle_{side}"] = ankle = _from(knee, shin, SHIN)
        below = _from(ankle, shin + angle["ankle"], SOLE)
        joints[f"heel_{side}"] = _from(below, shin + angle["ankle"] + 90, HEEL)
        joints[f"toe_{side}"] = _from(below, shin + angle["ankle"] + 90, TOE)
        joints[f"elbow_{side}"] = elbow = _from(shoulder, arm, UPPER_ARM)
        joints[f"hand_{side}"] = _from(elbow, arm + angle["elbow"], FOREARM)
    x, y = joints[posture.stands_on]
    x, y = posture.x_cm - x, posture.y_cm + THICK["foot"] / 2 - y
    return {name: (px + x, py + y) for name, (px, py) in joints.items()}


def _from(start: Place, angle: float, length: float) -> Place:
    """The point so far from start; angle: 0 down, 90 to where the figure looks, 180 up."""
    return start[0] + length * sin(radians(angle)), start[1] - length * cos(radians(angle))


def stick_figure(postures: pd.DataFrame, title: str) -> Markup:
    """The positions of one exercise side by side, as SVG in the colour of the text around it; nothing without rows.

    postures: as `schema.POSTURES`, in their order. Where a row names what moves, the position before shines through
    and an arrow leads from there to here. title: what the picture shows, in words.
    """
    if postures.empty:
        return Markup("")
    rows = list(postures.itertuples())
    bodies = [joints_of(row) for row in rows]
    before: list[dict[str, Place] | None] = [
        body if row.moves else None for body, row in zip([{}, *bodies[:-1]], rows, strict=True)
    ]
    spans = [_span([body, then or {}], row) for body, then, row in zip(bodies, before, rows, strict=True)]
    top = max(y for body in bodies for _, y in body.values()) + HEAD_RADIUS
    bottom = min(_lowest(row, span) for row, span in zip(rows, spans, strict=True))
    drawn, left = [], MARGIN
    for row, body, then, (first, last) in zip(rows, bodies, before, spans, strict=True):
        inside = "".join(_panel(row, body, then, (first, last)))
        drawn.append(f'<g transform="translate({left - first:.1f} {top + MARGIN:.1f}) scale(1 -1)">{inside}</g>')
        left += last - first + BETWEEN
    width, height = left - BETWEEN + MARGIN, top - bottom + 2 * MARGIN
    size = f'width="{width * PX_PER_CM:.0f}" height="{height * PX_PER_CM:.0f}" viewBox="0 0 {width:.0f} {height:.0f}"'
    look = 'fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round"'
    words = escape(title)
    return Markup(
        f'<svg role="img" aria-label="{words}" {size} {look}>{"".join(drawn)}</svg>'
    )  # all but the words is ours


def _span(bodies: list[dict[str, Place]], row) -> tuple[float, float]:
    """From where to where a panel reaches."""
    across = [x for body in bodies for x, _ in body.values()]
    if row.prop:
        across += [row.prop_x_cm, row.prop_x_cm + PROP_WIDTH[row.prop]]
    beside = HEAD_RADIUS + (SLOPE_CM if row.prop == "slope" else 0)
    return min(across) - beside, max(across) + beside


def _lowest(row, span: tuple[float, float]) -> float:
    return min(_floor(row, x) for x in span) - (16 if row.prop == "line" else 4)


def _floor(row, x: float) -> float:
    return x * row.prop_height_cm / 100 if row.prop == "slope" else 0.0


def _panel(row, body: dict[str, Place], before: dict[str, Place] | None, span: tuple[float, float]) -> Iterable[str]:
    ground = [(x, _floor(row, x)) for x in span]
    yield _line(ground, 2)
    if row.prop == "slope":
        yield _filled([*ground, *((x, min(y for _, y in ground)) for x in reversed(span))])
    yield from _prop(row)
    if before:
        yield f'<g opacity="{BEFORE}">{"".join(_body(before))}</g>'
    yield from _body(body)
    if before:
        aside = row.arrow_x_cm, row.arrow_y_cm
        yield from _arrow(*((x + aside[0], y + aside[1]) for x, y in (before[row.moves], body[row.moves])))


def _body(body: dict[str, Place]) -> Iterable[str]:
    """The far limbs, the trunk and the head, the near limbs."""
    far, near = BODY_SIDES
    yield f'<g opacity="{FAR}">{"".join(_limbs(body, far))}</g>'
    yield _line([body["hip"], body["shoulder"]], THICK["trunk"])
    yield _line([body["shoulder"], body["head"]], THICK["arm"])
    x, y = body["head"]
    yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{HEAD_RADIUS:.0f}" fill="currentColor" stroke="none"/>'
    yield from _limbs(body, near)


def _limbs(body: dict[str, Place], side: str) -> Iterable[str]:
    parts = {
        "thigh": ["hip", f"knee_{side}"],
        "shin": [f"knee_{side}", f"ankle_{side}"],
        "foot": [f"ankle_{side}", f"heel_{side}", f"toe_{side}", f"ankle_{side}"],
        "arm": ["shoulder", f"elbow_{side}", f"hand_{side}"],
    }
    for part, names in parts.items():
        yield _line([body[name] for name in names], THICK[part])


def _prop(row) -> Iterable[str]:
    x, height, width = row.prop_x_cm, row.prop_height_cm, PROP_WIDTH[row.prop]
    if row.prop == "step":
        yield _filled([(x, 0), (x, height), (x + width, height), (x + width, 0)])
    elif row.prop in ("bench", "chair"):
        yield _filled([(x, height - TOP_CM), (x, height), (x + width, height), (x + width, height - TOP_CM)])
        yield _line([(x + 3, height - TOP_CM), (x + 3, 0)], 3)
        yield _line([(x + width - 3, height - TOP_CM), (x + width - 3, 0)], 3)
    elif row.prop == "line":
        yield _line([(x - 9, -14), (x + 3, 0)], 5)
    if row.prop == "chair":
        yield _line([(x + width - 2, height), (x + width - 2, height + BACK_CM)], 4)
        yield _line([(x + width + 3, 0), (x + width + 3, WALL_CM)], 2)
        for y in range(6, int(WALL_CM), 12):
            yield _line([(x + width + 3, y), (x + width + 9, y + 6)], 1)


def _arrow(start: Place, end: Place) -> Iterable[str]:
    """A straight arrow with an open head."""
    length = hypot(end[0] - start[0], end[1] - start[1])
    if length:
        ux, uy = (end[0] - start[0]) / length, (end[1] - start[1]) / length
        barbs = [(end[0] - 7 * ux - side * 5 * uy, end[1] - 7 * uy + side * 5 * ux) for side in (1, -1)]
        yield _line([start, end], 2.5)
        yield _line([barbs[0], end, barbs[1]], 2.5)


def _line(points: list[Place], width: float, more: str = "") -> str:
    path = " ".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return f'<path d="M{path}" stroke-width="{width:g}"{more}/>'


def _filled(points: list[Place]) -> str:
    return _line([*points, points[0]], 2, f' fill="currentColor" fill-opacity="{PROP}"')
