"""Hill charges: each one, each session of them, and one hill across the weeks.

A charge is typed, a lap or found in a recording; here they are alike. Times are compared like with like only: on one
hill, known by its name, or else by equal length and grade.
"""

from bisect import insort

import numpy as np
import pandas as pd

from analysis.arguments import HILL, SESSION
from analysis.catalog import Catalog, fold
from analysis.schema import NAMELESS_HILL, TEXT
from analysis.tracks.climbs import grade_factor

RECORDED = ("lap", "detected")  # origins of charges that a device measured
EXACT = 1e-9  # 5 % is within 5 to 10 %, however a computer writes it
PROTOCOL = {"charges": (5, 8), "grade": (0.05, 0.10)}  # what the training asks for
JOG_M_PER_S = 1.8  # the way down is jogged from here on: people walk slower, and run from about 2 (Hreljac 1995)
SAME_LENGTH, SAME_GRADE = 0.15, 0.02  # hills without a name that are so near in length and grade are one
DEVICE_M = 28.0  # by which devices may differ in the length of one hill, 14 m at foot and top
WITHIN = ["fade", "decrement", "cv", "slope_s_per_charge"]  # what is told of the times of one session
CLOCK_SPREAD, CLOCK_SHARE = 0.03, 0.6  # by the clock: lengths scatter so much at least, times at most this part of it
# What is compared -> its column of charges, and how the columns of its trend end.
COMPARED = {"time": ("duration_s", "s"), "VAM": ("vam_m_per_h", "vam_m_per_h")}
FEWEST_SESSIONS = 3  # for a trend
Z95 = 1.959964  # of a normal distribution: 95 % lie within so many standard deviations


def hill_charges(efforts: pd.DataFrame, catalog: Catalog, model: str = "strava") -> pd.DataFrame:
    """One row per hill charge, in order.

    Columns: athlete, week, date, session_id, hill (its route, or its length and grade), repeat (1..n in the session),
    duration_s, distance_m, ascent_m, grade, vam_m_per_h, gap_m_per_s, gap_model (`model`, "strava" or "minetti": never
    compare across models), recovery_s, recovery_m_per_s (while moving), hr_max_bpm, hr_60s_after_bpm, origin,
    confidence, compared (with others on its hill: time; VAM, of charges by the clock; or nothing). Of distance, ascent
    and grade the third follows from two. A line of several equal sets is so many charges.

    VAM: ascent / time; compare that of typed ascents with that of recorded ones (`origin`) no more than models. Models:
    Strava's grade-adjusted pace 2017; Minetti et al. 2002.
    """
    lines = catalog.known(efforts)
    lines = lines[(lines["family"] == "hills").to_numpy() & (lines["counts"] == "charges").to_numpy()]
    lines = lines.sort_values(["date", "session_id", "effort"], kind="stable").reset_index(drop=True)
    charges = lines.loc[lines.index.repeat(lines["sets"].astype(int))].reset_index(drop=True)
    ascent, distance, grade = _third_of_two(charges["ascent_m"], charges["distance_m"], charges["grade"])
    duration = charges["duration_s"].where(charges["duration_s"] > 0)
    charges = charges.assign(
        repeat=charges.groupby("session_id", observed=True).cumcount() + 1,
        duration_s=duration,
        distance_m=distance,
        ascent_m=ascent,
        grade=grade,
        vam_m_per_h=ascent / duration * 3600,
        gap_m_per_s=distance / duration * grade_factor(grade.to_numpy(), model),
        gap_model=model,
    )
    keep = ["athlete", "week", "date", "session_id", "hill", "repeat", "duration_s", "distance_m", "ascent_m", "grade"]
    keep += ["vam_m_per_h", "gap_m_per_s", "gap_model", "recovery_s", "recovery_m_per_s"]
    keep += ["hr_max_bpm", "hr_60s_after_bpm", "origin", "confidence"]
    charges = charges.assign(hill=_hills(charges))
    return charges.assign(compared=_compared(charges))[[*keep, "compared"]]


def _third_of_two(ascent: pd.Series, distance: pd.Series, grade: pd.Series) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Ascent, distance along the slope and grade (rise over run), each from the other two where it was not logged."""
    grade = grade.where(grade > 0)  # a charge goes up; anything else is a slip
    per_metre = grade / np.sqrt(1 + grade**2)  # rise of a metre of slope
    full_ascent = ascent.fillna(distance * per_metre)
    full_distance = distance.fillna(ascent / per_metre.where(per_metre > 0))
    run = np.sqrt((full_distance**2 - full_ascent**2).clip(lower=0))
    return full_ascent, full_distance, grade.fillna(full_ascent / run.where(run > 0))


def hill_sessions(charges: pd.DataFrame) -> pd.DataFrame:
    """One row per session and hill.

    Columns: athlete, week, date, session_id, hill, charges (how many), timed (of them with a time), distance_m,
    ascent_m, work_s (sums), grade (ascent over run), mean_s, vam_m_per_h (of the sums; on a hill of which ascents were
    typed and recorded, of the kind that most charges have alone), gap_m_per_s (mean), fade
    (later half over earlier half - 1; an odd middle one is left out), decrement (sum / (n x best) - 1, Glaister 2008),
    cv, slope_s_per_charge, recovery_s, recovery_m_per_s (means), hr_max_bpm, hr_60s_after_bpm (mean), charges_ok,
    grade_ok, jog_ok (whether the whole session is within the protocol; missing where grade, or speed on the way down,
    is not known). Of fewer than three timed charges fade, decrement, cv and slope are NaN.
    """
    keys = ["athlete", "week", "date", "session_id", "hill"]
    groups = charges.groupby(keys, observed=True, sort=False)
    sums = groups[["distance_m", "ascent_m", "duration_s"]].sum(min_count=1)
    paired = charges[charges["vam_m_per_h"].notna() & _of_one_kind(charges)]
    paired = paired.groupby(keys, observed=True, sort=False)[["ascent_m", "duration_s"]].sum()
    table = pd.DataFrame({
        "charges": groups.size(),
        "timed": groups["duration_s"].count(),
        "distance_m": sums["distance_m"],
        "ascent_m": sums["ascent_m"],
        "work_s": sums["duration_s"],
        "grade": _grade_of(charges, keys),
        "mean_s": groups["duration_s"].mean(),
        "vam_m_per_h": paired["ascent_m"] / paired["duration_s"] * 3600,
        "gap_m_per_s": groups["gap_m_per_s"].mean(),
        "recovery_s": groups["recovery_s"].mean(),
        "recovery_m_per_s": groups["recovery_m_per_s"].mean(),
        "hr_max_bpm": groups["hr_max_bpm"].max(),
        "hr_60s_after_bpm": groups["hr_60s_after_bpm"].mean(),
    })  # fmt: skip
    within = {key: within_session(times.to_numpy()) for key, times in groups["duration_s"]}
    places = pd.MultiIndex.from_tuples(within, names=keys) if within else table.index
    table = table.join(pd.DataFrame(list(within.values()), index=places, columns=WITHIN))
    fewest, most = PROTOCOL["charges"]
    flattest, steepest = PROTOCOL["grade"]
    speed = table["recovery_m_per_s"]
    kept = pd.DataFrame({
        "grade_ok": table["grade"].between(flattest - EXACT, steepest + EXACT).where(table["grade"].notna()),
        "jog_ok": (speed >= JOG_M_PER_S - EXACT).where(speed.notna()),
    }).astype(float)  # fmt: skip
    in_all = kept.groupby("session_id", observed=True).transform("min")
    done = table["charges"].groupby("session_id", observed=True).transform("sum")
    return table.assign(
        charges_ok=done.between(fewest, most),
        **{name: in_all[name].map({1.0: True, 0.0: False}).astype(object) for name in kept},
    ).reset_index()


def _of_one_kind(charges: pd.DataFrame) -> pd.Series:
    """Whether the ascent is known as that of most charges on the hill is: typed, or recorded; of as many, recorded."""
    recorded = charges["origin"].isin(RECORDED)
    vote = recorded.where(charges["vam_m_per_h"].notna()).astype(float)
    share = vote.groupby([charges["athlete"], charges["hill"]], observed=True).transform("mean")
    return recorded == (share >= 0.5)


def _grade_of(charges: pd.DataFrame, keys: list[str]) -> pd.Series:
    """All the ascent over all the run of the charges of which both are known."""
    known = charges[charges["grade"].notna() & charges["ascent_m"].notna()]
    rise = known["ascent_m"]
    parts = known.assign(rise=rise, run=rise / known["grade"].where(known["grade"] > 0))
    sums = parts.groupby(keys, observed=True, sort=False)[["rise", "run"]].sum()
    alone = charges.groupby(keys, observed=True, sort=False)["grade"].mean()  # where only the grade was logged
    return (sums["rise"] / sums["run"].where(sums["run"] > 0)).reindex(alone.index).fillna(alone)


def within_session(times_s: np.ndarray) -> pd.Series:
    """fade, decrement, cv and slope_s_per_charge of the times of one session; NaN below three.

    Decrement: Glaister 2008, the most reliable of eight fatigue scores, though none is very reliable.
    """
    t = times_s[np.isfinite(times_s)]
    if len(t) < 3:
        return pd.Series(np.nan, WITHIN)
    half = len(t) // 2
    fade = t[-half:].sum() / t[:half].sum() - 1
    slope = np.polyfit(np.arange(len(t)), t, 1)[0]
    return pd.Series([fade, t.sum() / (len(t) * t.min()) - 1, t.std(ddof=1) / t.mean(), slope], WITHIN)


def hill_progression(charges: pd.DataFrame) -> pd.DataFrame:
    """One row per athlete and hill: whether its charges get faster from session to session.

    Columns: athlete, hill, compared (time, of charges of one length; VAM, of recorded charges by the clock, which have
    one duration and as much length as the legs gave), sessions (that are compared), charges, first, last (days),
    duration_s (median of the charges), first_s, last_s (the trend's time at either end) or first_vam_m_per_h,
    last_vam_m_per_h, change_per_week (of the mean of what is compared; a time of -0.02 = 2 % faster each week), low, high
    (its 95 % interval), noise_s or noise_vam_m_per_h (what two session means differ by for no reason, 2 sqrt 2 standard
    errors), verdict (faster, slower, no change, too few).

    The trend is the median of all slopes between two sessions (Theil 1950, Sen 1968) of the logarithm of the mean
    time; its interval is Sen's, which takes five sessions. It is a change only if the interval leaves out 0 and it
    exceeds the noise.
    """
    keys = ["athlete", "hill"]
    rows = [
        dict(zip(keys, key, strict=True)) | _trend(group)
        for key, group in charges[charges["compared"] != ""].groupby(keys, observed=True, sort=True)
    ]
    columns = [*keys, "compared", "sessions", "charges", "first", "last", "duration_s", "first_s", "last_s"]
    columns += ["first_vam_m_per_h", "last_vam_m_per_h", "change_per_week", "low", "high"]
    return pd.DataFrame(rows, columns=[*columns, "noise_s", "noise_vam_m_per_h", "verdict"])


def _compared(charges: pd.DataFrame) -> pd.Series:
    """What of each charge is compared with others on its hill: time; of charges by the clock VAM, of those of about one
    duration; "" where nothing is.
    """
    took = charges["duration_s"].to_numpy()
    told = np.where(np.isnan(took), "", "time").astype(object)
    recorded = (charges["origin"].isin(RECORDED) & charges["vam_m_per_h"].notna()).to_numpy()
    for rows in charges.groupby(["athlete", "hill"], observed=True).indices.values() if recorded.any() else ():
        own = rows[recorded[rows]]
        if _by_the_clock(charges.iloc[own]):
            told[rows] = ""
            told[own[abs(took[own] / np.median(took[own]) - 1) <= SAME_LENGTH]] = "VAM"
    return pd.Series(told, charges.index, dtype=TEXT)


def _by_the_clock(charges: pd.DataFrame) -> bool:
    """Whether in most sessions the time of the charges is what they have in common, and not their length."""
    by = charges.groupby("session_id", observed=True)
    times, lengths = ((by[name].std() / by[name].mean()) for name in ("duration_s", "distance_m"))
    known = times.notna() & lengths.notna()
    clock = (lengths >= CLOCK_SPREAD) & (times <= CLOCK_SHARE * lengths)
    return bool(known.any() and clock[known].mean() > 0.5)


def _trend(charges: pd.DataFrame) -> dict:
    compared = charges["compared"].iloc[0]
    measure, name = COMPARED[compared]
    sessions = charges.groupby(["date", "session_id"], observed=True)[measure].agg(["mean", "std", "size"])
    days = sessions.index.get_level_values("date")
    weeks = (days - days.min()).days.to_numpy() / 7
    told = {"sessions": len(sessions), "charges": len(charges), "first": days.min(), "last": days.max()}
    told |= {"compared": compared, "duration_s": charges["duration_s"].median()}
    slope, low, high = robust_slope(weeks, np.log(sessions["mean"].to_numpy()))
    if len(sessions) < FEWEST_SESSIONS or not np.isfinite(slope) or charges["hill"].iloc[0] == NAMELESS_HILL:
        return told | {"verdict": "too few"}
    error = (sessions["std"] / np.sqrt(sessions["size"])).median()
    middle = np.exp(np.median(np.log(sessions["mean"]) - slope * weeks))
    ends = middle, middle * np.exp(slope * weeks.max())
    noise = 2 * np.sqrt(2) * error
    real = low * high > 0 and not abs(ends[1] - ends[0]) <= noise
    moved = ("faster" if (slope < 0) == (compared == "time") else "slower") if real else "no change"
    return told | {
        f"first_{name}": ends[0],
        f"last_{name}": ends[1],
        "change_per_week": np.expm1(slope),
        "low": np.expm1(low),
        "high": np.expm1(high),
        f"noise_{name}": noise,
        "verdict": moved if np.isfinite(low) else "too few",
    }


def main_hill(charges: pd.DataFrame, hill: str | None = None) -> str:
    """The hill with most timed charges; without any, with most charges. hill: stands for it where one is given."""
    if hill := HILL.read(hill):
        return hill
    timed = charges[charges["duration_s"].notna()]
    some = timed if len(timed) else charges
    return str(some["hill"].value_counts().index[0]) if len(some) else "hill"


def charges_of_day(charges: pd.DataFrame, day=None) -> pd.DataFrame:
    """The charges of the first hill session of a day; of the last day with any, when missing. ParameterError: no day."""
    day = SESSION.read(day)
    day = charges["date"].max() if day is None else pd.Timestamp(day)
    sessions = charges.loc[charges["date"] == day, "session_id"]
    return charges[charges["session_id"] == sessions.iloc[0]] if len(sessions) else charges.iloc[:0]


def robust_slope(x: np.ndarray, y: np.ndarray) -> tuple[float, float, float]:
    """(slope, low, high): the median of the slopes between any two points, and its 95 % interval (Sen 1968).

    NaN without two different x; the interval is NaN where there are too few points to give one.
    """
    i, j = np.triu_indices(len(x), 1)
    apart = x[j] != x[i]
    slopes = np.sort((y[j] - y[i])[apart] / (x[j] - x[i])[apart])
    if not len(slopes):
        return np.nan, np.nan, np.nan
    n = len(x)
    spread = Z95 * np.sqrt(n * (n - 1) * (2 * n + 5) / 18)
    rank = round((len(slopes) - spread) / 2)
    low, high = (slopes[rank - 1], slopes[-rank]) if rank >= 1 else (np.nan, np.nan)
    return float(np.median(slopes)), float(low), float(high)


def _hills(charges: pd.DataFrame) -> pd.Series:
    """The hill of each charge: its route, however it is spelled, or else its length and grade.

    Charges of a session that differ much in length are not of one hill, nor are sessions that differ in length or
    grade, whatever the name: a shorter charge is not a faster one. Where a recording tells the place, that tells the
    hill, and only length is asked, as well as a device knows it.
    """
    hills = np.full(len(charges), NAMELESS_HILL, dtype=object)
    known: dict[tuple, list[dict]] = {}
    routes = _spelled_alike(charges["route"].astype(object).where(charges["route"].notna(), ""))
    placed = (charges["origin"].isin(RECORDED) & (routes != "")).to_numpy()
    sessions = charges.groupby(["athlete", "session_id", routes, placed], observed=True, sort=False).ngroup().to_numpy()
    order = np.argsort(sessions, kind="stable")
    athletes, routes = charges["athlete"].to_numpy(), routes.to_numpy()
    lengths, grades = (charges[name].to_numpy() for name in ("distance_m", "grade"))
    with np.errstate(divide="ignore", invalid="ignore"):  # a hill of no length is like no other
        for rows in np.split(order, np.flatnonzero(np.diff(sessions[order])) + 1):
            for part in _by_length(rows, lengths, DEVICE_M * placed[rows[:1]].any()):
                route, length, grade = routes[part[0]], _median(lengths[part]), _median(grades[part])
                if not route and np.isnan(length):
                    continue  # nothing is known of it, so it is like no other
                own = known.setdefault((athletes[part[0]], route), [])
                hill = next((hill for hill in own if _alike(hill, length, grade, placed[part[0]])), None)
                if hill is None:
                    hill = {"lengths": [], "grades": [], "name": _new_name(route, length, grade, own)}
                    own.append(hill)
                for before, now in ((hill["lengths"], length), (hill["grades"], grade)):
                    if not np.isnan(now):
                        insort(before, now)
                hills[part] = hill["name"]
    return pd.Series(hills, charges.index).astype("category")


def _spelled_alike(routes: pd.Series) -> pd.Series:
    """ "mill lane" and "Mill  Lane" are one: written as most rows have it."""
    first = {}
    for route in routes.value_counts(sort=True).index:
        first.setdefault(fold(route), route)
    return routes.map(lambda route: first[fold(route)])


def _by_length(rows: np.ndarray, lengths: np.ndarray, device_m: float) -> list[np.ndarray]:
    """Rows of charges in groups, the largest first: between neighbours in length of one there is no step of more than 15 %.

    device_m: by which a device may be wrong; a step is longer than that, and one beside a single charge twice as long.
    """
    rows = rows[np.argsort(lengths[rows], kind="stable")]
    groups, begin = [], 0
    for end in np.flatnonzero(lengths[rows[1:]] / lengths[rows[:-1]] - 1 > SAME_LENGTH) + 1:
        times = 2 if 1 in (end - begin, len(rows) - end) else 1
        if lengths[rows[end]] - lengths[rows[end - 1]] > times * device_m:
            groups.append(rows[begin:end])
            begin = end
    return sorted([*groups, rows[begin:]], key=len, reverse=True) if len(rows) else []


def _alike(hill: dict, length: np.float64, grade: np.float64, placed: bool) -> bool:
    """About as long and as steep as the sessions on the hill so far, as far as both are known; by place as long alone."""
    usual_length, usual_grade = (_middle(hill[key]) for key in ("lengths", "grades"))
    room = max(SAME_LENGTH, DEVICE_M / usual_length) if placed else SAME_LENGTH
    return not abs(length / usual_length - 1) > room and (placed or not abs(grade - usual_grade) > SAME_GRADE)


def _median(values: np.ndarray) -> np.float64:
    """Of those that are known."""
    return _middle(np.sort(values[~np.isnan(values)]))


def _middle(ordered) -> np.float64:
    """The median of what is in order."""
    n = len(ordered)
    return np.float64((ordered[(n - 1) // 2] + ordered[n // 2]) / 2 if n else np.nan)


def _new_name(route: str, length: float, grade: float, own: list[dict]) -> str:
    if route and not own:
        return route
    slope = "" if np.isnan(grade) else f" at {grade:.0%}"
    long = "" if np.isnan(length) else f"about {round(length, -1):.0f} m"
    name = ", ".join(part for part in (route, f"{long}{slope}".strip()) if part)
    taken = [hill["name"] for hill in own]
    return name if name not in taken else f"{name} ({len(taken) + 1})"
