"""Weeks of hill charges, around means that each test names."""

import numpy as np
import pandas as pd
from tables import efforts_of, line


def charge(date, duration_s, **cells):
    return line(date, "hill_charge", duration_s=duration_s, **({"distance_m": 250, "grade": 0.08} | cells))


def season(means, route="Mill Lane", spread=1.0, n=6):
    """One session a week; n charges around each mean."""
    days = pd.date_range("2026-03-05", periods=len(means), freq="7D").strftime("%Y-%m-%d")
    offsets = np.linspace(-spread, spread, n)
    return efforts_of(*(charge(d, mean + o, route=route) for d, mean in zip(days, means, strict=True) for o in offsets))


def by_the_clock(vams, duration_s=60.0, origin="detected", scatter=0.08, n=10, first="2026-03-05"):
    """One session a week of n charges of about `duration_s` at 8 %, as far as the legs go: VAM scatters around each mean."""
    days = pd.date_range(first, periods=len(vams), freq="7D").strftime("%Y-%m-%d")
    lines = []
    for date, vam in zip(days, vams, strict=True):
        for i, offset in enumerate(np.linspace(-scatter, scatter, n)):
            took = duration_s + i % 2  # a second of reaction
            rise = vam * (1 + offset) * took / 3600
            way = charge(date, took, ascent_m=rise, distance_m=rise / 0.08, grade=np.nan, route="Mill Lane")
            lines.append(way | {"origin": origin})
    return efforts_of(*lines)
