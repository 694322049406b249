"""How every figure looks: one template, one palette, one way to name a band."""

import html
from typing import Any

import numpy as np
import pandas as pd

from analysis.language import LISTENER, WRITTEN_IN, said
from analysis.wording import low_to_high, number

INK, PAPER, GRID, QUIET = "#22242b", "#ffffff", "#e6e4df", "#6b6e78"

# Light to dark, so that the order survives grey print and every kind of colour vision.
BAND_COLOURS = {"none": "#f1eee8", "below": "#e6c367", "within": "#4aa3c7", "above": "#1f2d72"}
IMPACT_COLOURS = {"low": "#9fd0e2", "moderate": "#ac8b26", "high": "#893a0e"}
# Six colours that stay apart for colour-blind eyes, each at least 3:1 on white; the rest is grey.
PALETTE = ("#384ecf", "#ac8b26", "#139ec6", "#893a0e", "#1f2d72", "#400d07")
GREY = "#b9b7b0"
MODALITY_COLOURS = {
    "strength": "#139ec6",
    "plyometrics": "#ac8b26",
    "hills": "#384ecf",
    "running": GREY,
    "mixed": "#893a0e",
    "other": "#e6e4df",
}

# Room beside a picture; where plotly has to find it out, it draws everything twice.
FOR_LEGEND, FOR_NAMES = {"b": 92}, {"l": 120}
LONGEST_LABEL = 80  # characters; a longer one leaves no room for the picture
AXIS_TITLE = {"font": {"size": 13}}

TEMPLATE: dict[str, Any] = {
    "layout": {
        "font": {"family": "system-ui, -apple-system, Segoe UI, Roboto, sans-serif", "size": 13, "color": INK},
        "title": {
            "x": 0.012,
            "xref": "container",
            "xanchor": "left",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "pad": {"t": 14},
            "font": {"size": 16},
            "subtitle": {"font": {"size": 12, "color": QUIET}},
        },
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "colorway": list(PALETTE),
        "margin": {"l": 64, "r": 16, "t": 70, "b": 48},
        "legend": {"orientation": "h", "y": -0.18, "x": 0, "title": {"text": ""}},
        "xaxis": {"title": AXIS_TITLE, "gridcolor": GRID, "zeroline": False, "automargin": True},
        "yaxis": {"title": AXIS_TITLE, "gridcolor": GRID, "zeroline": False, "automargin": True, "rangemode": "tozero"},
        "hoverlabel": {"bgcolor": PAPER, "bordercolor": QUIET, "font": {"color": INK}},
    }
}


def in_language() -> tuple[dict, dict]:
    """How plotly writes numbers and days in the language of the reader: what a layout and what a config say of it."""
    if LISTENER.language == WRITTEN_IN:
        return {}, {}
    from babel import Locale

    locale = Locale(LISTENER.language)
    months, weekdays = locale.months["format"], locale.days["stand-alone"]  # a month stands beside its day here
    sunday_first = [6, 0, 1, 2, 3, 4, 5]
    symbols = locale.number_symbols["latn"]
    format_ = {
        "months": list(months["wide"].values()),
        "shortMonths": list(months["abbreviated"].values()),
        "days": [weekdays["wide"][i] for i in sunday_first],
        "shortDays": [weekdays["abbreviated"][i] for i in sunday_first],
    }
    words = {
        LISTENER.language: {"moduleType": "locale", "name": LISTENER.language, "dictionary": {}, "format": format_}
    }
    return {"separators": symbols["decimal"] + symbols["group"]}, {"locale": LISTENER.language, "locales": words}


def boxes(left: np.ndarray, right: np.ndarray, low: np.ndarray, high: np.ndarray) -> dict:
    """Boxes as one filled shape, however many they are: each alone would take the browser as long as all of them."""
    gap = np.full(len(left), np.nan)
    x = np.column_stack([left, right, right, left, left, gap]).ravel()
    y = np.column_stack([low, low, high, high, low, gap]).ravel()
    return {"type": "scatter", "x": x, "y": in_half(y), "mode": "none", "fill": "toself", "hoveron": "points"}


def in_half(numbers: np.ndarray) -> np.ndarray:
    """Numbers in half the room, where that holds them exactly: of many, it is most of a page."""
    halves = numbers.astype("float32")
    return halves if np.array_equal(halves, numbers, equal_nan=True) else numbers


def ms(days: pd.Series) -> np.ndarray:
    """Days as milliseconds, as plotly reads numbers on an axis of dates; they travel packed."""
    return days.to_numpy().astype("datetime64[ms]").astype(float)


def band_names(target: tuple[float, float]) -> dict[str, str]:
    """Band -> the words of a legend, for example {"within": "4 to 8", ...}."""
    low, high = target
    return {
        "none": said("no set"),
        "below": said("below {low}", low=number(low, 6)),
        "within": low_to_high(target),
        "above": said("above {high}", high=number(high, 6)),
    }


def as_text(text: str, longest: int = LONGEST_LABEL) -> str:
    """Text from a log as text, shortened to so many letters: plotly would read tags and entities in it."""
    text = str(text)
    return html.escape(text if len(text) <= longest else f"{text[: longest - 1]}…", quote=False)
