"""The HTML of this folder: text that is filled in is never markup."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from analysis.language import said


@cache
def filled_in() -> Environment:
    """The templates beside this file."""
    here = FileSystemLoader(Path(__file__).parent)
    filled = Environment(loader=here, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    filled.globals["said"] = said
    return filled
