"""Hips and legs from the front and from the back: each muscle shaded by its weekly sets, dotted where hops, hills or runs load it.

Where pain was logged stands its number, on the body and beside the load, never laid to it.
"""

from collections.abc import Iterable
from functools import cache

import numpy as np
import pandas as pd

from analysis.language import said, to_say
from analysis.rules import TARGET_SETS
from analysis.schema import RECENT_VOLUME, RUNNER_MUSCLES, band_of
from analysis.wording import EXPOSURES, counted, day, days, listed, low_to_high, muscle_name, number, short_name

from .figure import Figure
from .muscle_days import note_of, region_name, side_and_region
from .theme import BAND_COLOURS, INK, PAPER, QUIET, as_text, band_names

# Points on half of the body in millimetres: x outwards from the midline, y up from the floor.
# A smooth curve joins them; the other half is the mirror image.
WAIST = 1140  # the picture ends here
OUTER = (
    "0,1500 90,1400 127,1220 129,1140 130,1080 141,1020 159,960 170,900 173,830 169,750 158,660 143,570 "
    "133,510 135,460 143,400 143,340 132,260 119,180 115,120"
)
FEET = {
    "front": (
        "121,88 122,56 132,20 148,-16 150,-30 142,-39 134,-35 131,-45 123,-50 117,-43 114,-53 106,-57 "
        "101,-49 98,-59 91,-62 87,-53 82,-64 72,-65 66,-52 69,-22 67,16 60,58 54,98"
    ),
    "back": "121,85 121,50 142,18 149,-6 124,-14 109,-26 87,-30 66,-24 60,0 63,40 60,70 55,98",
}
INNER = "58,140 54,200 42,270 32,340 34,400 42,450 40,500 30,570 16,650 7,730 5,790"
DETAILS = {
    "front": "88,522 109,510 107,480 88,464 69,480 67,510",  # kneecap
    "back": "83,150 84,80 78,20 89,12 100,20 95,80 96,150",  # Achilles tendon
}
OUTLINES = {
    "front": [
        ("core", "5,1220 62,1220 64,1100 58,1010 40,940 20,894 6,886 5,950 5,1080"),
        ("core", "72,1220 126,1220 123,1130 124,1075 129,1036 108,1010 83,984 71,986 73,1080"),
        ("gluteus_medius", "139,1014 153,973 165,920 168,870 159,874 144,930 134,990"),
        ("hip_flexors", "120,1000 130,976 122,934 98,884 70,826 54,818 51,850 66,914 94,976"),
        # vastus lateralis, rectus femoris, vastus medialis
        ("quadriceps", "156,864 165,816 165,750 157,680 143,600 130,540 119,522 115,560 132,690 144,840"),
        ("quadriceps", "129,936 139,890 136,810 118,630 106,564 92,536 82,570 77,640 82,730 97,830 116,906"),
        ("quadriceps", "73,736 72,660 77,584 72,530 58,508 45,522 40,566 44,624 57,690"),
        ("adductors", "10,804 12,750 20,684 33,624 44,656 58,706 71,756 74,796 50,830 22,856"),
        ("tibialis_anterior", "104,454 123,414 124,350 112,270 98,190 88,130 82,170 86,260 92,340 95,410"),
        ("gastrocnemius", "49,448 39,394 36,336 46,280 58,306 63,360 58,416"),
        ("soleus", "137,400 138,340 129,270 116,196 116,260 128,340"),
        ("soleus", "56,320 46,280 51,224 62,146 72,180 74,250 68,300"),
    ],
    "back": [
        ("erector_spinae", "5,1220 53,1220 54,1120 52,1046 42,994 24,956 10,936 6,980 5,1080"),
        ("gluteus_medius", "58,984 82,1016 114,1024 140,1002 158,956 167,900 158,866 120,900 80,930 58,950"),
        ("gluteus_maximus", "8,910 22,946 60,958 130,914 160,866 165,814 146,776 99,758 54,760 18,782 6,840"),
        ("quadriceps", "164,800 164,730 154,650 139,570 144,650 154,730"),
        ("adductors", "11,790 30,770 31,700 27,610 16,660 9,730"),
        ("hamstrings", "89,770 126,780 147,750 146,680 136,590 129,510 121,474 112,500 91,620 86,690"),
        ("hamstrings", "39,770 78,770 80,690 84,616 76,550 62,496 52,474 45,510 38,580 37,680"),
        ("gastrocnemius", "96,490 112,480 132,434 139,374 129,314 110,286 95,310 91,390 90,450"),
        ("gastrocnemius", "80,490 64,480 44,430 37,364 48,296 70,264 84,296 87,380 87,450"),
        ("soleus", "126,360 133,310 126,254 112,190 99,140 89,116 78,140 62,190 48,250 44,290 54,340 90,360"),
    ],
}
CAPTIONS = {  # muscle -> the view that names it, how high, and the point where its line ends
    "core": ("front", 1060, (105, 1060)),
    "hip_flexors": ("front", 940, (104, 940)),
    "adductors": ("front", 810, (45, 780)),
    "quadriceps": ("front", 660, (133, 680)),
    "tibialis_anterior": ("front", 330, (108, 340)),
    "erector_spinae": ("back", 1080, (32, 1080)),
    "gluteus_medius": ("back", 960, (135, 970)),
    "gluteus_maximus": ("back", 840, (115, 850)),
    "hamstrings": ("back", 650, (120, 650)),
    "gastrocnemius": ("back", 380, (118, 390)),
    "soleus": ("back", 210, (102, 210)),
}
PAIN_PLACES = {  # region -> the view that shows it, and its point; what has none is told in words
    "foot": ("front", (100, -20)),
    "ankle": ("front", (88, 75)),
    "achilles": ("back", (88, 60)),
    "calf": ("back", (88, 330)),
    "shin": ("front", (100, 300)),
    "knee": ("front", (88, 492)),
    "front of thigh": ("front", (105, 720)),
    "back of thigh": ("back", (90, 640)),
    "groin": ("front", (40, 850)),
    "hip": ("front", (140, 960)),
    "buttock": ("back", (90, 850)),
    "lower back": ("back", (30, 1060)),
    "trunk": ("front", (45, 1040)),
}
CENTRE = {"front": -185, "back": 185}  # x of the midline of each view
EDGE = 390  # x where a line meets its name
DOT, DOT_COLOURS = "●", {"none": INK, "below": INK, "within": INK, "above": PAPER}
AGAINST_TARGET = {  # band of a muscle -> in words
    "none": to_say("not trained, the target is {limits}"),
    "below": to_say("below the target of {limits}"),
    "within": to_say("within the target of {limits}"),
    "above": to_say("above the target of {limits}"),
}
SKIN, SKIN_EDGE = "#faf8f4", "#cdc6ba"
CLOSED = {"type": "scatter", "mode": "lines", "fill": "toself", "hoveron": "fills", "showlegend": False}


def plot_leg_map(
    recent: pd.DataFrame, target: tuple[float, float] = TARGET_SETS, pain: pd.DataFrame | None = None
) -> Figure:
    """Hips and legs from the front and from the back: each muscle shaded by its weekly sets.

    Dots on a muscle are another mark: hops, hills, runs or walks loaded it, on as many days as stand beside its sets.

    Parameters
    ----------
    recent : DataFrame
        Of one athlete, as `recent_volume` returns it.
    target : (float, float)
        Fewest and most sets a week that are on target.
    pain : DataFrame, optional
        As `pain_days` returns it: of the days of the map the highest of each region stands on the body.

    Returns
    -------
    Figure
        A figure as plain data; its `alt` says in words what it shows.

    Examples
    --------
    >>> recent = recent_volume(weekly_volume(log.efforts, catalog))
    >>> "Glutes" in plot_leg_map(recent).alt
    True
    """
    muscles = recent.set_index(recent["muscle"].astype(str)).reindex(list(RUNNER_MUSCLES))
    muscles = muscles.reindex(columns=list(RECENT_VOLUME))
    sets, exposed = muscles["sets_per_week"].fillna(0), muscles["days_exposed"].fillna(0)
    hurt = _hurt_in(pain, recent)
    figure = Figure(_words(sets, exposed, target) + _pain_in_words(hurt))
    drawn = [part for view in OUTLINES for part in _body(view)]
    for muscle in reversed(RUNNER_MUSCLES):  # so that the calf lies on the deep calf
        for side in _told(muscles):
            own, loaded = (muscles[f"{what}_{side}"].fillna(0)[muscle] for what in ("sets_per_week", "days_exposed"))
            since = muscles["days_since"][muscle]
            drawn.append({
                **_outline(muscle, side), **CLOSED, "name": f"{muscle} {side}",
                "text": _hover_text(muscle, side, own, target, loaded, since), "hoverinfo": "text",
                **_fill(band_of(own, target), loaded > 0), "line": {"color": INK, "width": 0.8},
            })  # fmt: skip
    figure.add_traces(
        [*drawn, *_lines(), *_pain_marks(hurt), *_legend(target, bool(exposed.any()))]
    )  # at once: one by one, plotly takes twice as long
    figure.update_legends(x=0.5, xanchor="center", y=0, yanchor="top", itemclick=False, itemdoubleclick=False)
    return figure.update_layout(
        annotations=[*_titles(), *_names(sets, exposed)],
        title={"text": said("Weekly sets on hips and legs"), "subtitle": {"text": _averaged(recent)}},
        xaxis={"visible": False, "range": [-EDGE, EDGE], "fixedrange": True},
        yaxis={"visible": False, "range": [-70, 1200], "fixedrange": True, "scaleanchor": "x"},
        margin={"l": 68, "r": 88, "t": 72, "b": 52},  # room for the names at any width
        font={"size": 11},
        hovermode="closest",
        dragmode=False,
        height=560,
    )


def _body(view: str) -> Iterable[dict]:
    """The soft outline under the muscles."""
    half = np.vstack([_points(part) for part in (OUTER, FEET[view], INNER)])
    body = np.vstack([half, half[::-1] * (-1, 1)])
    detail = _points(DETAILS[view])
    for curves in ([(body, view, "left")], [(detail, view, "left"), (detail, view, "right")]):
        look = {"fillcolor": SKIN, "line": {"color": SKIN_EDGE, "width": 1}, "hoverinfo": "skip"}
        yield {**_curves(curves), **CLOSED, **look, "name": f"body {view}"}


@cache
def _outline(muscle: str, side: str) -> dict[str, np.ndarray]:
    """The curves around one side of a muscle, on both views; the same in each map."""
    shapes = [(_points(shape), view) for view in OUTLINES for name, shape in OUTLINES[view] if name == muscle]
    return _curves((points, view, side) for points, view in shapes)


def _told(muscles: pd.DataFrame) -> list[str]:
    """The sides of which sets are told; of no training both."""
    sides = ["left", "right"]
    return [side for side in sides if muscles[f"sets_per_week_{side}"].notna().any()] or sides


def _titles() -> Iterable[dict]:
    """Above each view its name and that of its sides."""
    for view in OUTLINES:
        title = f"<b>{said('Front' if view == 'front' else 'Back')}</b>"
        for text, side, outwards in ((title, "left", 0), (said("L"), "left", 120), (said("R"), "right", 120)):
            x, y = _place((outwards, 1175), view, side)
            yield {"x": x, "y": y, "text": text, "showarrow": False, "font": {"color": QUIET}}


def _fill(band: str, exposed: bool) -> dict:
    """The shade of a band, with dots on it where hops, hills or runs load the muscle too."""
    shade = BAND_COLOURS[band]
    dots = {"shape": ".", "size": 6, "solidity": 0.12, "bgcolor": shade, "fgcolor": DOT_COLOURS[band]}
    return {"fillcolor": shade, "fillpattern": dots} if exposed else {"fillcolor": shade}


def _names(sets: pd.Series, exposed: pd.Series) -> Iterable[dict]:
    """Beside the views each muscle once, with the mean sets of its sides, and a dot with the days on which it was loaded."""
    for muscle, (view, height, _) in CAPTIONS.items():
        edge, anchor = (-EDGE, "right") if view == "front" else (EDGE, "left")
        loaded = f" {DOT} {said('{n} d', n=number(exposed[muscle]))}" if exposed[muscle] else ""
        text = f"{short_name(muscle)}<br><b>{number(sets[muscle])}</b>{loaded}"
        yield {"x": edge, "y": height, "text": text, "xanchor": anchor, "align": anchor, "showarrow": False}


def _lines() -> Iterable[dict]:
    """From each name a line to the place of its muscle."""
    x, y = [], []
    for view, height, point in CAPTIONS.values():
        there = _place(point, view, "right")
        x += [-EDGE if view == "front" else EDGE, there[0], None]
        y += [height, there[1], None]
    for colour, width in ((PAPER, 3), (INK, 1)):  # a light edge shows the line on a dark muscle
        size = [0, 3 + width, 0] * len(CAPTIONS)
        yield {
            "type": "scatter", "x": x, "y": y, "mode": "lines+markers", "line": {"color": colour, "width": width},
            "marker": {"color": colour, "size": size, "opacity": 1, "line": {"width": 0}},
            "name": "lines to the names", "hoverinfo": "skip", "showlegend": False,
        }  # fmt: skip


def _legend(target: tuple[float, float], exposed: bool) -> Iterable[dict]:
    edge = {"color": INK, "width": 0.8}
    marks = [
        ({"symbol": "square", "size": 13, "color": BAND_COLOURS[band], "line": edge}, name)
        for band, name in band_names(target).items()
    ]
    if exposed:
        told = said("days (d) with {exposures}", exposures=said(EXPOSURES))
        marks.append(({"symbol": "circle", "size": 6, "color": INK}, told))
    for marker, name in marks:
        yield {"type": "scatter", "x": [None], "y": [None], "mode": "markers", "marker": marker, "name": name}


def _hurt_in(pain: pd.DataFrame | None, recent: pd.DataFrame) -> pd.DataFrame:
    """The highest pain of each region on the days of the map, with its day and what it was logged with; no pain is none."""
    if pain is None or recent.empty:
        return pd.DataFrame(columns=["date", "exercise", "region", "pain", "notes"])
    own = pain[pain["date"].between(recent["since"].iloc[0], recent["until"].iloc[0]) & (pain["pain"] > 0)]
    own = own.assign(region=own["region"].astype(object)).sort_values(["pain", "date"], ascending=[False, True])
    return own.drop_duplicates("region")


def _pain_marks(hurt: pd.DataFrame) -> Iterable[dict]:
    """A number in a ring at each region, on the side that is told, else on both."""
    places, numbers, texts = [], [], []
    for row in hurt.itertuples():
        side, region = side_and_region(row.region)
        if region in PAIN_PLACES:
            view, point = PAIN_PLACES[region]
            for one in [side] if side else ["left", "right"]:
                places.append(_place(point, view, one))
                numbers.append(number(row.pain))
                texts.append(f"<b>{said('Pain, {region}', region=region_name(row.region))}</b><br>{_logged(row)}")
    if places:
        x, y = np.array(places).T
        yield {
            "type": "scatter", "x": x, "y": y, "mode": "markers+text", "text": numbers, "name": said("pain, 0 to 10: the highest"),
            "marker": {"symbol": "circle", "size": 17, "color": PAPER, "opacity": 1, "line": {"color": INK, "width": 2}},
            "textfont": {"size": 11, "color": INK}, "hovertext": texts, "hoverinfo": "text",
        }  # fmt: skip


def _logged(row) -> str:
    """How much it hurt, when, and beside which exercise it was written."""
    beside = said("logged with {exercise}", exercise=as_text(row.exercise))
    return f"{_how_much(row)},<br>{beside}{note_of(row.notes)}"


def _how_much(row) -> str:
    return said("{n} of 10 on {day}", n=number(row.pain), day=day(row.date))


def _pain_in_words(hurt: pd.DataFrame) -> str:
    told = [
        f"{region_name(row.region) or said('no region told')} {_how_much(row)} ({said('logged with {exercise}', exercise=row.exercise)})"
        for row in hurt.itertuples()
    ]
    return said(" Pain, the highest of each region: {parts}.", parts=listed(told)) if told else ""


def _curves(outlines: Iterable[tuple[np.ndarray, str, str]]) -> dict[str, np.ndarray]:
    """x and y of the closed curves through (points, view, side), each ended by a gap."""
    gap = [[np.nan, np.nan]]
    parts = [part for points, *where in outlines for part in (_place(_smooth(points), *where), gap)]
    x, y = np.vstack(parts).T
    return {"x": x.round(1).astype("float32"), "y": y.round(1).astype("float32")}  # half as much to send


def _place(points, view: str, side: str) -> np.ndarray:
    """Points of half a body on the picture; the front faces us, so its left is on our right."""
    outwards = 1 if (side == "left") == (view == "front") else -1
    return np.multiply(points, (outwards, 1)) + (CENTRE[view], 0)


def _points(shape: str) -> np.ndarray:
    return np.array([point.split(",") for point in shape.split()], float)


def _smooth(points: np.ndarray, steps: int = 8) -> np.ndarray:
    """The closed Catmull-Rom curve through the points, cut off at the waist."""
    before, here, there, after = (np.roll(points, shift, axis=0)[:, None] for shift in (1, 0, -1, -2))
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    curve = here + t / 2 * (
        (there - before)
        + t * (2 * before - 5 * here + 4 * there - after)
        + t**2 * (3 * here - before - 3 * there + after)
    )
    curve = np.minimum(curve.reshape(-1, 2), (np.inf, WAIST))
    return np.vstack([curve, curve[:1]])


def _hover_text(muscle: str, side: str, sets: float, target: tuple[float, float], loaded: float, since: float) -> str:
    """One side of a muscle: its sets a week, the days on which something else loaded it, and the days since a set."""
    band, exposed = band_of(sets, target), loaded > 0
    lines = [
        said(
            "{n} sets a week on the left," if side == "left" else "{n} sets a week on the right,",
            n=number(sets),
        ),
        said(
            "no set, the target is {limits}" if exposed and band == "none" else AGAINST_TARGET[band],
            limits=low_to_high(target),
        ),
    ]
    if since != since:
        lines.append(said("never trained with a set" if exposed else "never trained"))
    else:
        lines.append(
            said(
                "days since trained with a set: {n}" if exposed else "days since trained: {n}",
                n=number(since, 0),
            )
        )
    if exposed:
        on = counted(loaded, "day")
        lines.append(said("loaded by {exposures} on {days}", exposures=said(EXPOSURES), days=on))
    return "<br>".join([f"<b>{muscle_name(muscle)}</b>", *lines])


def _averaged(recent: pd.DataFrame) -> str:
    """What the numbers are the mean of."""
    if recent.empty:
        return said("no training in this period")
    row = recent.iloc[0]
    return said(
        "mean of {weeks}, {days}" if row["whole"] else "not one whole week, {days}",
        weeks=counted(row["weeks"], "week"),
        days=days(row["since"], row["until"]),
    )


def _words(sets: pd.Series, exposed: pd.Series, target: tuple[float, float]) -> str:
    """Both marks: the sets of each muscle, and beside them the days on which something else loaded it."""
    names = [band_names(target)[band_of(n, target)] for n in sets]
    names = [
        said("not trained") if not n + days_exposed else name
        for n, days_exposed, name in zip(sets, exposed, names, strict=True)
    ]
    parts = [
        f"{short_name(muscle)} {number(n)} ({name})" for (muscle, n), name in zip(sets.items(), names, strict=True)
    ]
    loaded = [f"{short_name(muscle)} {number(n)}" for muscle, n in exposed.items() if n]
    beside = said(" Days with {exposures}: {parts}.", exposures=said(EXPOSURES), parts=listed(loaded)) if loaded else ""
    return said("Sets a week: {parts}.", parts=", ".join(parts)) + beside
