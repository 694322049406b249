"""How a figure drawn in colours for a white ground looks on a dark one: a rule of CSS for each colour it may hold.

A browser puts them on by itself when the scheme changes and takes them off on paper; nothing is drawn again.
"""

import re

INK_ON_WHITE, DARK_GROUND = "#22242b", "#15181b"  # of words on white; of a dark page

# On white -> on the dark ground. The order of bands and impacts stays: what is far from its ground is more.
DARK = {
    "#ffffff": DARK_GROUND,
    INK_ON_WHITE: "#e6e9ec",
    "#444444": "#c3cad1",  # ink of plotly's own, where no figure says which
    "#f4faff": "#2a323a",  # and the choice of a menu that is pointed at
    "#6b6e78": "#a3adb7",  # quiet words
    "#e6e4df": "#363d44",  # grid
    "#f1eee8": "#2b3036",  # no set
    "#e6c367": "#8a6a14",  # below the target
    "#4aa3c7": "#3b8fb3",  # within it
    "#1f2d72": "#b9c6ff",  # above it
    "#9fd0e2": "#337a91",
    "#384ecf": "#8fa1ff",
    "#ac8b26": "#c9a63c",
    "#139ec6": "#37b3d8",
    "#893a0e": "#f0a07a",
    "#400d07": "#f9cec9",
    "#b9b7b0": "#6a7077",
    "#faf8f4": "#1c2024",  # skin
    "#cdc6ba": "#4a5058",  # and its edge
}
ON_DARK_SCREEN = "@media screen and (prefers-color-scheme: dark)"
IN_DARK_LAB = "body[data-jp-theme-light=false]"
# A heat map is one image, so its colours change together; they come out close to those of DARK.
IMAGE_FILTER = "invert(.86) hue-rotate(180deg) brightness(1.15)"


def dark_rules(scope: str) -> str:
    """The rules of CSS by which the figures within `scope`, a selector, take their dark colours.

    Plotly writes a colour into the style of what it paints, or of hatches and dots into an attribute, as rgb(r, g, b), with
    its opacity beside it.

    Examples
    --------
    >>> dark_rules("figure").splitlines()[1]
    'figure :is([style*="stroke: rgb(255, 255, 255)"], [stroke="rgb(255, 255, 255)"]) { stroke: #15181b !important; }'
    """
    paint = [_rule(scope, of, light, dark) for light, dark in DARK.items() for of in ("fill", "stroke")]
    ground = f'{scope} .main-svg[style*="background: rgb"] {{ background: {DARK_GROUND} !important; }}'
    image = f"{scope} :is(.heatmaplayer image, .cbfills) {{ filter: {IMAGE_FILTER}; }}"
    # Light words stand on what is bright, too: an edge of the ground keeps them apart.
    words = f'{scope} .textpoint text[style*="fill: {_rgb(INK_ON_WHITE)}"] {{ paint-order: stroke; stroke: {DARK_GROUND}; stroke-width: 3px; }}'
    buttons = f"{scope} .modebar-btn path {{ fill: {DARK['#6b6e78']} !important; }}"
    return "\n".join([*paint, ground, image, words, buttons])


def dark_names(style: str) -> str:
    """The rule of CSS by which the colours that a style sheet names are dark on a dark screen; paper stays white.

    Examples
    --------
    >>> dark_names(":root { --none: #f1eee8; }")
    '@media screen and (prefers-color-scheme: dark) { :root { --none: #2b3036; } }'
    """
    named = " ".join(f"{name}: {DARK[colour]};" for name, colour in re.findall(r"(--\w+): (#[0-9a-f]{6})\b", style))
    return f"{ON_DARK_SCREEN} {{ :root {{ {named} }} }}"


def _rule(scope: str, of: str, light: str, dark: str) -> str:
    colour = _rgb(light)
    painted = f'{scope} :is([style*="{of}: {colour}"], [{of}="{colour}"])'
    return f"{painted + ':not(.cbfill)' if of == 'fill' else painted} {{ {of}: {dark} !important; }}"


def _rgb(colour: str) -> str:
    return "rgb({}, {}, {})".format(*bytes.fromhex(colour[1:]))
