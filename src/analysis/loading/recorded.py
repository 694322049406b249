"""Recorded activities among the logs: what each holds as lines of work, in the words of a log."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.catalog.sports import GENERAL, NEITHER, ON_FOOT, UNTOLD, in_words, our_sports
from analysis.errors import LogError
from analysis.formats.account import Account, problem
from analysis.formats.recordings.reader import read_recordings
from analysis.formats.recordings.recording import Recording
from analysis.formats.registry import RECORDINGS
from analysis.system.members import Source
from analysis.tracks.activity import Activity, activity_from
from analysis.tracks.repeats.find import find_hill_repeats
from analysis.tracks.repeats.found import Found

from .accounts import OF_RECORD, Accounts

OF_REPEAT = [  # of a hill repeat, what its line of work keeps
    *("duration_s", "distance_m", "ascent_m", "grade", "recovery_s", "recovery_m_per_s", "hr_max_bpm"),
    *("hr_60s_after_bpm", "foot_lat", "foot_lon", "top_lat", "top_lon", "place_m", "start_s", "end_s", "confidence"),
]
REST = 0  # `hill_set` of the line for the rest of an activity; 1, 2, ... of its hill sets
OF_ONE_SET = ["exercise", "reps", "load_kg", "duration_s"]  # of a set, what its line of work keeps
WHEELS_M_PER_S = 6.5  # of what does not say what it was: who goes so fast for a minute, and again, is on wheels or skis
MINUTE_S = 60.0
CHARGES = "hill repeats"  # word of what a recording holds: the one that has them is kept
GYMS = ("strength", "gym")  # kinds of which the sets are the work, not the time


class Held(NamedTuple):
    """Where a recording can be read again: in a file, and there by its number."""

    source: Source
    line: int


def read_recorded(source: Source) -> tuple[Account, list[dict], dict[int, Recording]]:
    """(account of a FIT, GPX or TCX file, its lines of work, what the device wrote of each activity, by its number).

    Raises LogError, as read_activities.
    """
    recordings = read_recordings(source)
    held = {line: one for line, one in enumerate(recordings, 1) if isinstance(one, Recording)}
    format, lines, remarks = next(iter(held.values())).facts["format"], [], []
    for line, recording in held.items():
        activity = activity_from(recording, source.name)
        found = repeats_of(activity)
        remarks += _remarks(activity, found)
        lines += [{**own, "line": line} for own in activity_lines(activity, found.columns)]
    refused = {
        line: problem(line, "", "", error.code, error.what, error.fix)
        for line, error in enumerate(recordings, 1)
        if isinstance(error, LogError)
    }
    return Account(source, format, len(recordings), refused, tuple(remarks)), lines, held


def _remarks(activity: Activity, found: Found) -> list[dict]:
    remarks = [_remark(doubt) for doubt in activity.doubts]
    refused = [_remark(reject) for reject in activity.refused]
    for code, n in Counter(reject["code"] for reject in refused).items():
        first = next(reject for reject in refused if reject["code"] == code)
        message = (
            f"{n:,} points were refused; the first: {first['message']}" if n > 1 else f"refused: {first['message']}"
        )
        remarks.append({"code": code, "line": first["line"], "message": message, "fix": first["fix"]})
    remarks += [
        {"code": "climb-left-out", "message": f"{sentence}.", "fix": "nothing to do."} for sentence in found.left_out
    ]
    if not unsought(activity):
        return remarks + ([{"code": "no-hill-set", "message": found.why, "fix": "nothing to do."}] if found.why else [])
    sport = sport_of(activity)
    if our_sports().kind_of(sport) not in GYMS:  # where nobody is expected to climb
        fix = "nothing to do; of a run, name its sport in the file."
        told = {"code": "not-on-foot", "message": found.why, "fix": fix}
        remarks.append(told | {"value": in_words(sport) if sport else ""})
    return remarks


def _remark(problem: dict) -> dict:
    """One problem of a recording as a remark of its file; what it does not tell is missing."""
    line = problem.get("line")
    told = {name: problem.get(name) or "" for name in ("column", "value", "code", "message", "fix")}
    return {"line": np.nan if line is None else float(line), **told}


def repeats_of(activity: Activity) -> Found:
    """Return the hill repeats of what was done on foot; of anything else none, and why."""
    if why := unsought(activity):
        return Found.none(f"No hill repeat was sought, as {why}.")
    return find_hill_repeats(activity.columns, activity.lap_columns, altitude_kind=activity.summary["altitude_kind"])


def unsought(activity: Activity) -> str:
    """Return why no hill repeat is sought in an activity; "" where one is."""
    sport = sport_of(activity)
    kind = our_sports().kind_of(sport)
    virtual = "virtu" in f"{sport} {activity.summary['sub_sport']}".lower()  # virtual, virtuelle, virtueel
    if kind and kind not in ON_FOOT and not virtual:
        return "it is no run, walk, hike or climb of stairs"
    if virtual or activity.summary["place"] == "virtual":
        return "it is in a virtual place"
    if not kind and np.isnan(activity.columns["lat"]).all():
        return "it names no sport and no place"
    wheels = not kind and _on_wheels(activity.columns)
    return f"it names no sport and went over {WHEELS_M_PER_S * 3.6:.0f} km/h for minutes" if wheels else ""


def sport_of(activity: Activity) -> str:
    """The word that says most of what was done; "" where the file says nothing."""
    return our_sports().named(activity.summary["sport"], activity.summary["sub_sport"])


def _on_wheels(samples: dict[str, np.ndarray]) -> bool:
    """Whether it went, for two minutes or more, faster than anybody keeps up on foot for one."""
    known = ~np.isnan(samples["distance_m"])
    t, d = (samples[name][known] for name in ("elapsed_s", "distance_m"))
    order = np.argsort(t)
    t, d = t[order], np.maximum.accumulate(d[order])
    if len(t) < 2:
        return False
    way = np.interp(t + MINUTE_S, t, d) - d
    fast = (way > WHEELS_M_PER_S * MINUTE_S)[:-1]
    return np.minimum(np.diff(t), MINUTE_S)[fast].sum() > 2 * MINUTE_S


def activity_lines(activity: Activity, repeats: Mapping) -> list[dict]:
    """A line per hill repeat and per set of an activity, and one for the rest of it, so that nothing counts twice.

    repeats: the columns of schema.REPEATS.
    """
    told, sport = activity.summary, sport_of(activity)
    word = sport or (NEITHER if unsought(activity) else UNTOLD)
    charges = [
        {"exercise": "hill_charge", "hill_set": number, **row}
        for number, row in zip(repeats["set"].tolist(), _rows(repeats, [*OF_REPEAT, "origin"]), strict=True)
    ]
    sets = [
        {**row, "exercise": row["exercise"] or "unnamed exercise of a watch", "origin": "lap", "confidence": 1.0}
        for row in (_rows(activity.sets[activity.sets["kind"] != "rest"], OF_ONE_SET) if len(activity.sets) else ())
    ]
    whole = {
        "exercise": in_words(word),
        "distance_m": _rest(told["distance_m"], repeats["distance_m"]),
        "ascent_m": _rest(told["ascent_m"], repeats["ascent_m"]),
        "descent_m": told["descent_m"],  # all of it: a charge is told by its way up
        "duration_s": _rest(told["timer_s"], repeats["duration_s"]),
        "hill_set": REST,
        "origin": "lap",
        "confidence": 1.0,
    }
    strength = bool(sets) and (sport in GENERAL or our_sports().kind_of(sport) in GYMS)
    lines = [*charges, *sets] if strength and not charges else [*charges, *sets, whole]
    local = told["start"] + pd.Timedelta(seconds=told["offset_s"])
    common = {
        "line": 1,
        "day": told["date"],
        "begin_s": (local.tz_localize(None) - told["date"]).total_seconds(),
        "offset_s": told["offset_s"],
        "session": f"{local:%H:%M} {sport or UNTOLD}",
        "title": sport or UNTOLD,
        "sport": sport,
        "session_type": "strength" if strength else None,
        "duration_min": told["timer_s"] / 60,
        "elapsed_s": told["elapsed_s"],
        "hr_mean_bpm": told["hr_mean_bpm"],
        "altitude_kind": told["altitude_kind"],
        "zone": told["zone"],
        "holds": ", ".join(_held(activity, len(charges))),
        "kind": "normal",
    }
    return [common | line for line in lines]


def _held(activity: Activity, charges: int) -> list[str]:
    """What a recording holds, in words: of two of one session the one that holds more is kept."""
    told = activity.summary
    there = {
        CHARGES: charges > 0,
        "heart rate": pd.notna(told["hr_mean_bpm"]),
        "laps": len(activity.lap_columns["lap"]) > 1,
        "distance": pd.notna(told["distance_m"]),
        "altitude": pd.notna(told["ascent_m"]),
        "barometer": told["altitude_kind"] == "barometer",
        "place": bool(np.isfinite(activity.columns["lat"]).any()),
        "sets": len(activity.sets) > 0,
    }
    return [word for word, held in there.items() if held]


def _rows(table: Mapping | pd.DataFrame, columns: list[str]) -> list[dict]:
    """The rows of a small table, each as a dict."""
    rows = zip(*(table[name].tolist() for name in columns), strict=True)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _rest(whole: float, parts: np.ndarray) -> float:
    """What of a whole the parts leave; missing where nothing is left."""
    left = whole - np.nansum(parts)
    return left if left > 0 else np.nan


def held_recordings(lines: pd.DataFrame, session_id: pd.Categorical, accounts: Accounts) -> dict[str, Held]:
    """Session -> where its recording can be read again."""
    recorded = lines["source"].isin(RECORDINGS).to_numpy()
    held = lines.loc[recorded, OF_RECORD].assign(session=session_id[recorded])
    held = held.drop_duplicates("session", keep="last")
    return {
        session: Held(accounts.files[file].source, int(line))
        for session, file, line in zip(held["session"], held["file"], held["line"], strict=True)
    }
