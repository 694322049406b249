"""Recorded activities among the logs: what each holds as lines of work, in the words of a log."""

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from .activity import Activity, activity_from, read_recordings
from .archive import close_zips
from .climbs import haversine, local_metres
from .errors import LogError
from .hills import find_hill_repeats
from .parameters import SESSION
from .schema import HILLS, REPEATS, SAMPLES, conform
from .sources.part import Part
from .sources.recording import Recording
from .sports import GENERAL, NEITHER, ON_FOOT, UNTOLD, in_words, our_sports
from .store import known_recording

RECORDED = [  # what only recordings say of a line
    *("origin", "confidence", "foot_lat", "foot_lon", "hr_mean_bpm", "recovery_m_per_s", "hr_60s_after_bpm"),
    "altitude_kind",
    *("zone", "holds"),
]
MEASURED = [  # of a hill repeat, what its line of work keeps
    *("duration_s", "distance_m", "ascent_m", "grade", "recovery_s", "recovery_m_per_s", "hr_max_bpm"),
    *("hr_60s_after_bpm", "foot_lat", "foot_lon", "confidence"),
]
SAME_FOOT_M, SAME_GAIN = 40.0, 0.10  # charges of one hill begin so near each other and climb so nearly the same
REMARK = ["line", "column", "value", "code", "message", "fix"]
FOOT = ["foot_lat", "foot_lon", "ascent_m"]
SET = ["exercise", "reps", "load_kg", "duration_s"]  # of a set, what its line of work keeps
WHEELS_M_PER_S = 6.5  # of what does not say what it was: who goes so fast for a minute, and again, is on wheels or skis
MINUTE_S = 60.0
CHARGES = "hill charges"  # word of what a recording holds: the one that has them is kept
GYMS = ("strength", "gym")  # kinds of which the sets are the work, not the time


class Held(NamedTuple):
    """Where a recording can be read again: in a file, and there by its number."""

    source: Path
    line: int


def read_recorded(source) -> tuple[Part, list[dict], dict[int, Recording]]:
    """(account of a FIT, GPX or TCX file, its lines of work, what the device wrote of each activity, by its number).

    Raises LogError, as read_activities.
    """
    found = read_recordings(source)
    held = {line: one for line, one in enumerate(found, 1) if isinstance(one, Recording)}
    part, lines = Part(source, next(iter(held.values())).facts["format"], records_in=len(found)), []
    for line, recording in held.items():
        activity = activity_from(recording, source.name)
        repeats = charges_of(activity)
        part.remarks += _remarks(activity, repeats)
        lines += [{**own, "line": line} for own in activity_lines(activity, repeats)]
    for line, error in enumerate(found, 1):
        if isinstance(error, LogError):
            part.refuse_line(line, "", "", error.code, error.what, error.fix)
    return part, lines, held


def _remarks(activity: Activity, repeats: pd.DataFrame) -> list[dict]:
    remarks = _rows(activity.warnings, REMARK)
    for code, n in Counter(activity.rejects["code"]).items():
        first = activity.rejects[activity.rejects["code"] == code].iloc[0]
        message = f"{n:,} points were refused; the first: {first.message}" if n > 1 else f"refused: {first.message}"
        remarks.append({"code": code, "line": first.line, "message": message, "fix": first.fix})
    remarks += [
        {"code": "climb-left-out", "message": f"{sentence}.", "fix": "nothing to do."}
        for sentence in repeats.attrs.get("left_out", [])
    ]
    if repeats.empty and repeats.attrs.get("why"):
        remarks.append({"code": "no-hill-set", "message": repeats.attrs["why"], "fix": "nothing to do."})
    why, sport = repeats.attrs.get("unsought"), sport_of(activity)
    if why and our_sports().kind_of(sport) not in GYMS:  # where nobody is expected to climb
        fix = "nothing to do; of a run, name its sport in the file."
        told = {"code": "not-on-foot", "message": f"No hill charge was sought, as {why}.", "fix": fix}
        remarks.append(told | {"value": in_words(sport) if sport else ""})
    return remarks


def charges_of(activity: Activity) -> pd.DataFrame:
    """The hill repeats of what was done on foot (schema.REPEATS); of anything else none, and `attrs` say why."""
    why = _unsought(sport_of(activity), activity)
    if not why:
        return find_hill_repeats(activity.samples, activity.laps, altitude_kind=activity.summary["altitude_kind"])
    repeats = conform({}, REPEATS)
    repeats.attrs = {"unsought": why}
    return repeats


def _unsought(sport: str, activity: Activity) -> str:
    """Why no hill charge is sought in an activity; "" where one is."""
    kind = our_sports().kind_of(sport)
    virtual = "virtu" in f"{sport} {activity.summary['sub_sport']}".lower()  # virtual, virtuelle, virtueel
    if kind and kind not in ON_FOOT and not virtual:
        return "it is no run, walk, hike or climb of stairs"
    if virtual or activity.summary["place"] == "virtual":
        return "it is in a virtual place"
    if not kind and activity.samples["lat"].isna().all():
        return "it names no sport and no place"
    wheels = not kind and _on_wheels(activity.samples)
    return f"it names no sport and went over {WHEELS_M_PER_S * 3.6:.0f} km/h for minutes" if wheels else ""


def sport_of(activity: Activity) -> str:
    """The word that says most of what was done; "" where the file says nothing."""
    return our_sports().named(activity.summary["sport"], activity.summary["sub_sport"])


def _on_wheels(samples: pd.DataFrame) -> bool:
    """Whether it went, for two minutes or more, faster than anybody keeps up on foot for one."""
    known = samples.loc[samples["distance_m"].notna(), ["elapsed_s", "distance_m"]].sort_values("elapsed_s")
    t, d = known["elapsed_s"].to_numpy(), np.maximum.accumulate(known["distance_m"].to_numpy())
    if len(t) < 2:
        return False
    way = np.interp(t + MINUTE_S, t, d) - d
    fast = (way > WHEELS_M_PER_S * MINUTE_S)[:-1]
    return np.minimum(np.diff(t), MINUTE_S)[fast].sum() > 2 * MINUTE_S


def activity_lines(activity: Activity, repeats: pd.DataFrame) -> list[dict]:
    """A line per hill repeat and per set of an activity, and one for the rest of it, so that nothing counts twice."""
    told, sport = activity.summary, sport_of(activity)
    word = sport or (NEITHER if repeats.attrs.get("unsought") else UNTOLD)
    charges = [{"exercise": "hill_charge", **row} for row in _rows(repeats, [*MEASURED, "origin"])]
    sets = [
        {**row, "exercise": row["exercise"] or "unnamed exercise of a watch", "origin": "lap", "confidence": 1.0}
        for row in _rows(activity.sets[activity.sets["kind"] != "rest"], SET)
    ]
    whole = {
        "exercise": our_sports().written(word),
        "distance_m": _rest(told["distance_m"], repeats["distance_m"]),
        "ascent_m": _rest(told["ascent_m"], repeats["ascent_m"]),
        "duration_s": _rest(told["timer_s"], repeats["duration_s"]),
        "origin": "lap",
        "confidence": 1.0,
    }
    strength = bool(sets) and (sport in GENERAL or our_sports().kind_of(sport) in GYMS)
    lines = [*charges, *sets] if strength else [*charges, *sets, whole]
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
        "holds": ", ".join(_held(activity, repeats)),
        "kind": "normal",
    }
    return [common | line for line in lines]


def _held(activity: Activity, repeats: pd.DataFrame) -> list[str]:
    """What a recording holds, in words: of two of one session the one that holds more is kept."""
    told = activity.summary
    there = {
        CHARGES: len(repeats) > 0,
        "heart rate": pd.notna(told["hr_mean_bpm"]),
        "laps": len(activity.laps) > 1,
        "distance": pd.notna(told["distance_m"]),
        "altitude": pd.notna(told["ascent_m"]),
        "barometer": told["altitude_kind"] == "barometer",
        "place": activity.samples["lat"].notna().any(),
        "sets": len(activity.sets) > 0,
    }
    return [word for word, held in there.items() if held]


def _rows(frame: pd.DataFrame, columns: list[str]) -> list[dict]:
    """The rows of a small frame, each as a dict."""
    return [
        dict(zip(columns, row, strict=True)) for row in zip(*(frame[name].tolist() for name in columns), strict=True)
    ]


def _rest(whole: float, parts: pd.Series) -> float:
    """What of a whole the parts leave; missing where nothing is left."""
    left = whole - np.nansum(parts.to_numpy())
    return left if left > 0 else np.nan


def profile_of(log, day=None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(samples, repeats) of the recording of a day with a hill set, by default the last; else of the last recording.

    Both are empty where the log holds no recording.
    """
    sessions = log.sessions[log.sessions["session_id"].isin(log.recordings)].sort_values("date", kind="stable")
    if (day := SESSION.read(day)) is not None:
        sessions = sessions[sessions["date"] == pd.Timestamp(day)]
    hills = sessions[sessions["session_type"] == "hills"]
    chosen = hills if len(hills) else sessions
    return profile_of_session(log, chosen["session_id"].iloc[-1] if len(chosen) else None)


def profile_of_session(log, session_id: str | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(samples, repeats) of the recording of a session; both empty where there is none."""
    if session_id not in log.recordings:
        return conform({}, SAMPLES), conform({}, REPEATS)
    source, line = log.recordings[session_id]
    activity = activity_from(known_recording(source, line) or read_recordings(source)[line - 1], source.name)
    close_zips()
    return activity.samples, charges_of(activity)


def way_of(samples: pd.DataFrame, repeats: pd.DataFrame) -> pd.DataFrame:
    """One row per recorded place of a run: elapsed_s, east_m and north_m of where it began, set (0 outside a charge)."""
    placed = samples[samples["lat"].notna() & samples["lon"].notna()]
    east, north = local_metres(placed["lat"].to_numpy(), placed["lon"].to_numpy())
    way = pd.DataFrame({"elapsed_s": placed["elapsed_s"], "east_m": east, "north_m": north, "set": 0})
    for row in repeats.itertuples():
        way.loc[way["elapsed_s"].between(row.start_s, row.end_s), "set"] = row.set
    return way.assign(**{name: way[name] - way[name].head(1).sum() for name in ("east_m", "north_m")})


def name_hills(lines: pd.DataFrame, known: pd.DataFrame) -> pd.Series:
    """The route of each line: charges that begin at one place and climb alike get one name.

    It is that of the hill in `known` (schema.HILLS), or what the same runner typed for charges of that day, else
    "hill 1", "hill 2" in order of time.
    """
    routes = lines["route"].astype(object)
    by_hand = lines[routes.notna()].drop_duplicates(["athlete", "day"])
    typed = dict(zip(zip(by_hand["athlete"], by_hand["day"], strict=True), by_hand["route"], strict=True))
    placed = lines[lines["foot_lat"].notna() & routes.isna() & lines["session"].notna()]
    if placed.empty:
        return routes
    feet = placed[FOOT].to_numpy()
    session = placed.groupby(["athlete", "day", "session"], observed=True, sort=False).ngroup().to_numpy()
    place = _by_place(session, feet)
    medians = pd.DataFrame(feet).groupby(place).median().to_numpy()
    first = placed.iloc[np.unique(place, return_index=True)[1]]
    hills = np.concatenate([known[["lat", "lon", "ascent_m"]].to_numpy(), medians])  # those after n are not known yet
    names, n, hill_of = [*known["hill"]], len(known), np.empty(len(medians), dtype=int)
    numbered: set[int] = set()
    for i, day in enumerate(zip(first["athlete"], first["day"], strict=True)):
        near = np.flatnonzero(_same_place(hills[:n], medians[i]))
        hill_of[i] = near[0] if len(near) else n
        if not len(near):
            hills[n] = medians[i]
            names.append(f"hill {n - len(known) + 1}")
            numbered.add(n)
            n += 1
        if day in typed and hill_of[i] in numbered:
            names[hill_of[i]] = typed[day]
            numbered.discard(hill_of[i])
    routes[placed.index] = np.array(names, dtype=object)[hill_of[place]]
    return routes


def feet_of(lines: pd.DataFrame) -> pd.DataFrame:
    """One row per hill of which a recording tells the place (schema.HILLS): the medians of its charges."""
    placed = lines[lines["foot_lat"].notna()].groupby("route", observed=True, sort=False)
    medians = placed[FOOT].median().reset_index()
    return conform(medians.rename(columns={"route": "hill", "foot_lat": "lat", "foot_lon": "lon"}), HILLS)


def _by_place(session: np.ndarray, feet: np.ndarray) -> np.ndarray:
    """Of each charge the number of its place: 0, 1, ... by session; those of a session from one foot have the same."""
    place, n = np.empty(len(feet), dtype=int), 0
    for rows in np.split(np.argsort(session, kind="stable"), np.cumsum(np.bincount(session))[:-1]):
        while len(rows):
            near = _same_place(feet[rows], feet[rows[0]])
            near[0] = True
            place[rows[near]], rows, n = n, rows[~near], n + 1
    return place


def _same_place(feet: np.ndarray, foot: np.ndarray) -> np.ndarray:
    """Which of the feet (rows of FOOT) are where this one is, of hills as high."""
    apart = haversine(feet[:, 0], feet[:, 1], foot[0], foot[1])
    gains = feet[:, 2], foot[2]
    return (apart <= SAME_FOOT_M) & ~(
        abs(gains[0] - gains[1]) > SAME_GAIN * np.maximum(*gains)
    )  # NaN: the foot alone tells


def charges_once(lines: pd.DataFrame, charge: pd.Series) -> tuple[pd.DataFrame, list[dict]]:
    """(the lines with each charge once, remarks): a session that was typed and recorded is one session.

    charge: which lines are hill charges. Of a runner's day laps win over typed rows, and those over what was detected.
    The session keeps its typed name, duration and effort.
    """
    rank = lines["origin"].map({"lap": 0, "typed": 1, "detected": 2}).where(charge)
    days = [lines["athlete"], lines["day"]]
    best = rank.groupby(days, observed=True).transform("min")
    typed = charge & (lines["origin"] == "typed")
    recorded = charge & ~typed
    both = typed.groupby(days, observed=True).transform("any") & recorded.groupby(days, observed=True).transform("any")
    lines, remarks = lines.copy(), []
    for (athlete, day), rows in lines[both].groupby(["athlete", "day"], observed=True):
        hand = rows[typed[rows.index]]
        runs = rows.loc[recorded[rows.index], "session"].unique()
        run = rows.index[rows["session"].isin(runs)]
        for key in ("session", "title", "duration_min", "session_rpe"):
            if hand[key].notna().any():
                lines.loc[run, key] = hand[key].dropna().iloc[0]
        winner = {0: "the laps", 1: "the typed rows", 2: "what was found"}[int(best[rows.index].min())]
        message = f"charges of {athlete} on {day:%Y-%m-%d} are typed and recorded: they count once, by {winner}."
        remarks.append({"code": "recorded-too", "message": message, "fix": "nothing to do."})
    return lines[~(charge & (rank > best))], remarks
