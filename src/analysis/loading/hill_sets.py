"""Hill sets of recordings: which count, by the word of the runner, by laps, or by how alike their charges are.

A charge that was typed and recorded counts once. What does not count stays in the run: nothing counts twice, nothing is
lost, and each is told.
"""

import numpy as np
import pandas as pd

from analysis.catalog.hills import ALL_DAY
from analysis.schema import LEFT_OUT, conform
from analysis.tracks.repeats.confidence import confidence_of_sets

from .recorded import CHARGES, REST

LEAST_SURE = 0.5  # a set of less confidence is offered, and not counted
AMOUNTS = ["distance_m", "ascent_m", "duration_s"]
SESSION, OF_SET = ["athlete", "day", "session"], ["file", "line", "hill_set"]
LEFT = ["file", "line", "day", "from_s", "to_s", "charges", "ascent_m", "why"]
NONE_LEFT = pd.DataFrame(columns=LEFT)
DAY_S = 86_400
WHY = {  # why charges do not count -> code of the remark; in words what was found, why, and what to do
    "unsure": (
        *("charges-unsure", "perhaps {}", "too few, or too unlike, to be sure"),
        "if they are charges, press a lap at foot and top, or say yes in hills.csv.",
    ),
    "said": ("charges-said", "{} found", "hills.csv says that they are none", "nothing to do."),
    "typed": (
        *("charges-typed", "{} found beyond those typed", "the typed rows count"),
        "if they are charges too, say yes in hills.csv.",
    ),
}


# ------------------------------------------------------------------------------------------ which count
def sets_that_count(lines: pd.DataFrame, words: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, np.ndarray]:
    """(the lines with the sets that count, those left out, which of the words speak of some charge).

    words: of the runner (schema.HILL_WORDS); a later one is stronger. A line has `said` where the runner says that it is a
    charge, and the route that is told for it.
    """
    found = (lines["hill_set"] > REST).to_numpy()
    said, routes, used = _said(lines, found, words)
    unsure = (said == "") & _unsure(lines, found)
    gone = unsure | (said == "no")
    why = np.where(unsure, "unsure", "said")
    lines = lines.assign(said=said == "yes")
    lines["route"] = lines["route"].astype(object).mask(routes != "", routes)
    left = _left(lines[gone], why[gone])
    return _without_word(into_the_run(lines, gone)[~gone].reset_index(drop=True)), left, used


def _unsure(lines: pd.DataFrame, found: np.ndarray) -> np.ndarray:
    """Which lines are of a hill set that is too doubtful to count."""
    unsure = np.zeros(len(lines), dtype=bool)
    unsure[found] = confidence_of_sets(lines[found], OF_SET) < LEAST_SURE
    return unsure


def _said(lines: pd.DataFrame, found: np.ndarray, words: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(of each line what its runner says: yes, no or nothing, the hill that is told for it, which words were used)."""
    said, routes = np.full(len(lines), "", dtype=object), np.full(len(lines), "", dtype=object)
    used = np.zeros(len(words), dtype=bool)
    middle = lines["day"].astype("int64").to_numpy() + (lines["begin_s"] + (lines["start_s"] + lines["end_s"]) / 2)
    for i, word in enumerate(words.to_dict("records")):
        begin = word["date"].timestamp()
        among = (
            found & middle.between(begin + _seconds(word["from"], 0), begin + _seconds(word["to"], DAY_S)).to_numpy()
        )
        among &= (lines["athlete"] == word["athlete"]).to_numpy() | (not word["athlete"])
        used[i] = among.any()
        for values, told in ((said, word["charges"]), (routes, word["hill"])):
            values[among] = told or values[among]
    return said, routes, used


def _seconds(clock: str, at_all: float) -> float:
    """Seconds since midnight of 18:05 or 18:05:30; `at_all` of the whole day."""
    if clock in ALL_DAY:
        return at_all
    hours, minutes, *seconds = map(int, clock.split(":"))
    return hours * 3600 + minutes * 60 + sum(seconds)


def _left(charges: pd.DataFrame, why) -> pd.DataFrame:
    """One row per set of charges that do not count: when they were, how many, how high, and why not."""
    told = charges.assign(
        from_s=charges["begin_s"] + charges["start_s"], to_s=charges["begin_s"] + charges["end_s"], charges=1.0, why=why
    )
    sets = told.groupby([*OF_SET, "why"], sort=False)
    ways = {"day": "first", "from_s": "min", "to_s": "max", "charges": "sum", "ascent_m": "sum"}
    return sets.agg(ways).reset_index().reindex(columns=LEFT)


def _without_word(lines: pd.DataFrame) -> pd.DataFrame:
    """The lines; a recording of which no charge is left does not say any more that it holds some."""
    held = lines["holds"].astype(object).fillna("")
    says = held.str.startswith(CHARGES)
    if not says.any():
        return lines
    has = (lines["hill_set"] > REST).groupby([lines["file"], lines["line"]]).transform("any")
    return lines.assign(holds=held.mask(says & ~has, held.str.removeprefix(CHARGES).str.removeprefix(", ")))


# ------------------------------------------------------------------------------------------ what stays in the run
def into_the_run(lines: pd.DataFrame, gone: np.ndarray) -> pd.DataFrame:
    """The lines with what some charges of recordings come to added to the rest of their activity."""
    activity = lines.groupby(["file", "line"], sort=False).ngroup().to_numpy()
    rest = np.flatnonzero((lines["hill_set"] == REST).to_numpy())
    row_of = dict(zip(activity[rest], rest, strict=True))
    changed = {name: lines[name].to_numpy(dtype=float, copy=True) for name in AMOUNTS}
    for values in changed.values():
        told = gone & ~np.isnan(values)
        for of, value in zip(activity[told], values[told], strict=True):
            values[row_of[of]] = np.nansum([values[row_of[of]], value])
    return lines.assign(**changed)


def _out_of_the_run(lines: pd.DataFrame, rest: np.ndarray, typed: pd.DataFrame) -> None:
    """Take what was typed of charges from the rest of their session's recordings; nothing left is missing."""
    for name in AMOUNTS:
        told = float(np.nansum(typed[name] * typed["sets"].fillna(1)))
        for row in rest:
            value = lines.at[row, name]
            if told > 0 and value > 0:
                lines.at[row, name], told = (value - told, 0.0) if value > told else (np.nan, told - value)


# ------------------------------------------------------------------------------------------ typed and recorded
def charges_once(lines: pd.DataFrame, charge: pd.Series) -> tuple[pd.DataFrame, pd.DataFrame, list[dict]]:
    """(the lines with each charge once, those left out, remarks): of a session that was typed and recorded too.

    charge: which lines are hill charges. Where the runner marked any by laps, or said so, those recorded count, and of the
    typed ones as many as there are more; else the typed ones count. What is typed is a part of the run that was recorded.
    """
    found, rest = (lines["hill_set"] > REST).to_numpy(), (lines["hill_set"] == REST).to_numpy()
    typed = charge.to_numpy() & ~found
    session = lines.groupby(SESSION, observed=True, sort=False, dropna=False).ngroup().to_numpy()
    of = {number: np.flatnonzero(session == number) for number in np.intersect1d(session[typed], session[found])}
    sets, gone = lines["sets"].to_numpy(dtype=float, copy=True), np.zeros(len(lines), dtype=bool)
    lost, remarks = [], []
    for rows in of.values():
        hand, own = rows[typed[rows]], rows[found[rows]]
        n, m = int(np.nan_to_num(sets[hand], nan=1).sum()), len(own)
        marked = (lines["origin"].iloc[own] == "lap").any() or lines["said"].iloc[own].any()
        if marked:
            gone[_but_the_last(sets, hand, max(n - m, 0))] = True
        else:
            gone[own] = True
            lost.append(_left(lines.iloc[own[n:]], "typed"))
        remarks.append(_told_once(lines.iloc[rows[0]], n, m, marked))
    lines = into_the_run(lines.assign(sets=sets), gone & found)
    for rows in of.values():
        hand = rows[typed[rows] & ~gone[rows]]
        _out_of_the_run(lines, lines.index[rows[rest[rows]]], lines.iloc[hand])
    return lines[~gone], pd.concat([NONE_LEFT, *lost], ignore_index=True), remarks


def _but_the_last(sets: np.ndarray, rows: np.ndarray, n: int) -> np.ndarray:
    """The rows but those of the last n charges; of a row of several so many are left as count."""
    gone = []
    for row in rows[::-1]:
        many = int(np.nan_to_num(sets[row], nan=1))
        if not n:
            gone.append(row)
        elif many > n:
            sets[row] = n
        n -= min(many, n)
    return np.array(gone, dtype=int)


def _told_once(first: pd.Series, n: int, m: int, marked: bool) -> dict:
    """The remark on a session of which n charges were typed and m recorded."""
    winner = "those recorded" if marked else "the typed rows"
    more = f"; {n - m} typed beyond those count too" if marked and n > m else ""
    message = f"charges of {first.athlete} on {first.day:%Y-%m-%d} are typed ({n}) and recorded ({m}): they count once, by {winner}{more}."
    return {"code": "recorded-too", "message": message, "fix": "nothing to do."}


# ------------------------------------------------------------------------------------------ what is told
def left_out(left: pd.DataFrame, lines: pd.DataFrame, session_id: pd.Categorical) -> pd.DataFrame:
    """The table LEFT_OUT: of the sets that are left out those of sessions that the log has."""
    if left.empty or lines.empty:
        return conform({}, LEFT_OUT)
    sessions = lines[["file", "line", "athlete"]].assign(session_id=session_id).drop_duplicates(["file", "line"])
    told = left.merge(sessions, on=["file", "line"])
    clocks = {"from": told["from_s"].map(_clock), "to": (told["to_s"] + 59).map(_clock)}
    return conform(told.assign(date=told["day"], **clocks), LEFT_OUT)


def remarks_on(left: pd.DataFrame) -> list[dict]:
    """What is told of each row of LEFT_OUT."""
    return [
        _remark(WHY[why][0], athlete, _sentence(why, day, begin, end, int(n), ascent), WHY[why][3])
        for athlete, day, begin, end, n, ascent, why in left.drop(columns="session_id").itertuples(index=False)
    ]


def remarks_on_words(words: pd.DataFrame, used: np.ndarray) -> list[dict]:
    """What is told of words of the runner that speak of no charge."""
    what = "hills.csv speaks of {:%Y-%m-%d}, {}: no hill charge was found there."
    fix = "check day, times and athlete; of what no recording shows, type the charges."
    return [
        _remark("hills-unused", row.athlete, what.format(row.date, _span(row)), fix)
        for row, was in zip(words.rename(columns={"from": "begin", "to": "end"}).itertuples(), used, strict=True)
        if not was
    ]


def _span(row) -> str:
    return (
        "all day" if row.begin in ALL_DAY and row.end in ALL_DAY else f"{row.begin or '00:00'} to {row.end or '24:00'}"
    )


def _sentence(why: str, day, begin: str, end: str, n: int, ascent_m: float) -> str:
    _, found, because, _ = WHY[why]
    what = found.format(f"{n} hill charge{'s' * (n != 1)}")
    high = f", {ascent_m:.0f} m climbed" if np.isfinite(ascent_m) else ""
    return f"{what} on {day:%Y-%m-%d} from {begin} to {end}{high}: {because}. Their way and time stay in the run."


def _remark(code: str, athlete: str, message: str, fix: str) -> dict:
    return {"code": code, "athlete": athlete, "message": message, "fix": fix}


def _clock(seconds: float) -> str:
    """18:05, of seconds since midnight; whole minutes."""
    minutes = int(seconds // 60) % (24 * 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
