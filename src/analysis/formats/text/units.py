"""Units as headers and cells spell them, and what makes them kilograms, metres, seconds and minutes."""

import re

from .cells import FOOT, LB, MILE

KILOGRAMS = dict.fromkeys(("kg", "kgs", "kilogram", "kilograms", "kilos"), 1.0) | dict.fromkeys(
    ("lb", "lbs", "pound", "pounds"), LB
)
METRES = {
    **dict.fromkeys(("m", "meter", "meters", "metre", "metres"), 1.0),
    **dict.fromkeys(("km", "kilometer", "kilometers", "kilometre", "kilometres"), 1000.0),
    **dict.fromkeys(("mi", "mile", "miles"), MILE),
    **dict.fromkeys(("ft", "foot", "feet"), FOOT),
    **dict.fromkeys(("in", "inch", "inches"), FOOT / 12),
    **dict.fromkeys(("yd", "yard", "yards"), FOOT * 3),
    **dict.fromkeys(("cm", "centimeter", "centimeters", "centimetre", "centimetres"), 0.01),
}
DAY_S = 86_400
SECONDS = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), 1.0),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), 60.0),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 3600.0),
}
MINUTES = {unit: seconds / 60 for unit, seconds in SECONDS.items()}
_BRACKETS = re.compile(r"(.*?)\s*[(\[]\s*([^()\[\]]*?)\.?\s*[)\]]")


def in_brackets(header: str) -> tuple[str, str]:
    """(name, unit) of a folded header cell such as `weight (lb)`, `weight(kg)` or `load [kg]`; unit "" where none is."""
    match = _BRACKETS.fullmatch(header)
    return (match[1], match[2]) if match else (header, "")
