"""How one comes by one's data: the clicks of each app and watch, folded up until they are asked for."""

import csv
import html
from itertools import groupby
from pathlib import Path

from analysis.language import said

STEPS_FILE = Path(__file__).with_name("export_steps.csv")


class Folded:
    """Headings that open into lists; text elsewhere.

    Parameters
    ----------
    title : str
        What the whole is called.
    parts : dict of str to list of (str, list of str)
        Heading -> ways, each with its steps.

    Examples
    --------
    >>> Folded("How?", {"Hevy": [("phone", ["Profile", "Export"])]})
    How?
    Hevy, phone: Profile > Export
    """

    def __init__(self, title: str, parts: dict[str, list[tuple[str, list[str]]]]):
        self.title, self.parts = title, parts

    def __repr__(self) -> str:
        ways = [f"{name}, {way}: {' > '.join(steps)}" for name, ways in self.parts.items() for way, steps in ways]
        return "\n".join([self.title, *ways])

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self.as_html()}

    def as_html(self) -> str:
        parts = "".join(_details(name, "".join(_way(*way) for way in ways)) for name, ways in self.parts.items())
        return _details(self.title, parts)


def export_steps() -> Folded:
    """The clicks that lead to an export of each app and watch, also on a phone alone.

    Returns
    -------
    Folded
        One heading an app; sources and dates stand in `telling/export_steps.csv`.

    Examples
    --------
    >>> list(export_steps().parts)[:4]
    ['Garmin', 'Strava', 'Hevy', 'Strong']
    """
    with open(STEPS_FILE, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    parts = {said(app): [_told(row) for row in own] for app, own in groupby(rows, lambda row: row["app"])}
    title = said("How do I get my data out of Garmin, Strava, Hevy, Strong, Apple Health, Polar ...?")
    return Folded(title, parts)


def _told(row: dict[str, str]) -> tuple[str, list[str]]:
    return f"{said(row['where'])} ({said(row['gives'])})", said(row["steps"]).split(" | ")


def _details(title: str, inside: str) -> str:
    return f"<details><summary>{html.escape(title)}</summary>{inside}</details>"


def _way(where: str, steps: list[str]) -> str:
    points = "".join(f"<li>{html.escape(step)}</li>" for step in steps)
    return f"<p>{html.escape(where)}</p><ol>{points}</ol>"
