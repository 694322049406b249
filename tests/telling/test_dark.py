"""Figures on a dark ground: each colour has its dark one, and words and data stand out from both grounds."""

import re

import numpy as np
import pytest

from analysis.dark import DARK, DARK_GROUND, IMAGE_FILTER, dark_names, dark_rules
from analysis.pages.html import FOLDER
from analysis.system.paths import PACKAGE
from analysis.telling.figures import theme
from analysis.telling.figures.balance import ADHERENCE_COLOURS

DRAWN = [
    path for path in (PACKAGE / "telling" / "figures").glob("*.py") if path.name not in ("picture.py", "scales.py")
]
DATA = {*theme.PALETTE, *(set(theme.MODALITY_COLOURS.values()) - {theme.GREY, theme.GRID})}


def contrast(one: str, other: str) -> float:
    """Of two colours, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    low, high = sorted(luminance(colour) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour (WCAG 2.2)."""
    shares = [value / 255 for value in bytes.fromhex(colour[1:])]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_contrast_is_that_of_the_recommendation():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_each_colour_of_a_figure_has_a_dark_one():
    written = {colour for path in DRAWN for colour in re.findall(r"#[0-9a-f]{6}\b", path.read_text(encoding="utf-8"))}
    assert written and written <= set(DARK)
    assert len(set(DARK.values())) == len(DARK), "what differs on white differs in the dark"


@pytest.mark.parametrize("words", [theme.INK, theme.QUIET])
def test_words_are_read_on_both_grounds(words):
    assert contrast(words, theme.PAPER) >= 4.5
    assert contrast(DARK[words], DARK_GROUND) >= 4.5


@pytest.mark.parametrize("colour", sorted(DATA))
def test_data_stand_out_from_both_grounds(colour):
    assert contrast(colour, theme.PAPER) >= 3
    assert contrast(DARK[colour], DARK_GROUND) >= 3


@pytest.mark.parametrize("colours", [theme.BAND_COLOURS, theme.IMPACT_COLOURS])
def test_more_is_further_from_its_ground_on_both(colours):
    light = [contrast(colour, theme.PAPER) for colour in colours.values()]
    dark = [contrast(DARK[colour], DARK_GROUND) for colour in colours.values()]
    assert light == sorted(light) and dark == sorted(dark)


def filtered(colour: str) -> str:
    """As IMAGE_FILTER shows it: invert, hue-rotate by half a turn, brightness (W3C Filter Effects, 2018)."""
    inverted, lighter = (float(n) for n in re.findall(r"(?:invert|brightness)\(([.\d]+)\)", IMAGE_FILTER))
    shares = np.array([value / 255 for value in bytes.fromhex(colour[1:])]) * (1 - 2 * inverted) + inverted
    turned = np.clip((2 * np.tile([0.213, 0.715, 0.072], (3, 1)) - np.eye(3)) @ shares, 0, 1)
    return "#" + bytes(np.clip(turned * lighter * 255, 0, 255).round().astype(int).tolist()).hex()


@pytest.mark.parametrize("colours", [theme.BAND_COLOURS.values(), [colour for _, colour in ADHERENCE_COLOURS]])
def test_a_heat_map_keeps_its_order_in_the_dark(colours):
    dark = [contrast(filtered(colour), DARK_GROUND) for colour in colours]
    assert dark == sorted(dark) and min(dark) > 1.2 and max(dark) > 8


def test_pages_and_the_pictures_of_a_season_take_the_same_dark_colours():
    page, season = ((FOLDER / name).read_text(encoding="utf-8") for name in ("style.css", "season.css"))
    assert f"--paper: {DARK_GROUND}; --ink: {DARK[theme.INK]}; --soft: {DARK[theme.QUIET]}" in page
    light, dark = (dict(re.findall(r"--(\w+): (#\w+)", block)) for block in (season, dark_names(season)))
    assert light == {**theme.BAND_COLOURS, "mark": theme.MODALITY_COLOURS["strength"]}
    assert dark == {name: DARK[colour] for name, colour in light.items()}


def test_each_colour_has_a_rule_for_what_is_filled_and_what_is_a_line():
    rules = dark_rules(".plot").splitlines()
    assert sum("[fill=" in rule for rule in rules) == sum("[stroke=" in rule for rule in rules) == len(DARK)
    assert all(rule.startswith(".plot ") for rule in rules)
