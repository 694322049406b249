"""Am I getting stronger? Told in sentences."""

import pandas as pd

from analysis.rules import FALSE_VERDICTS, FEWEST_BESTS, FEWEST_TREND_DAYS, LAST_SESSIONS, PAUSE_DAYS, STILL_DAYS
from analysis.telling.exercise_trends import SHORT_UNITS, best_first, from_to
from analysis.telling.shown import Sentences
from analysis.wording import counted, day, days, in_sentence, listed, number

from .people import MOST_NAMED, Logged, about, nothing_done, others, refused, whose

MOVED = ("stronger", "weaker")
_STILL = f"no new best for {STILL_DAYS} days or more"


def strength_headline(
    log: Logged, progression: pd.DataFrame, differences: pd.DataFrame, steps: pd.DataFrame
) -> Sentences:
    """The answer of the strength notebook.

    Parameters
    ----------
    log : Log
        Of one athlete.
    progression : DataFrame
        As `exercise_progression` returns it.
    differences : DataFrame
        As `side_difference` returns it.
    steps : DataFrame
        As `ladder_steps` returns it.

    Returns
    -------
    Sentences
        The answer first: which exercises got stronger or weaker, over how many sessions and days, and by how much more than
        their noise. Of one-sided ones the side that is behind is told.

    Examples
    --------
    >>> sessions = exercise_sessions(log.efforts, catalog)
    >>> differences, steps = side_difference(sessions), ladder_steps(sessions, catalog)
    >>> strength_headline(log, exercise_progression(sessions), differences, steps).sentences[0].startswith("ana: ")
    True
    """
    who = whose(log.athletes)
    if log.sessions.empty or not progression["sessions"].any():
        none = f"No exercise that can be compared was logged in {counted(len(log.sessions), 'session')}."
        return Sentences(
            [*(nothing_done(log, none) if log.sessions.empty else [f"{who}{none}"]), refused(log), others(log)],
            about(log),
        )
    progression = progression.assign(uncompared_days=(log.period[1] - progression["last"]).dt.days)
    trends = [own[0] for own in best_first(progression).values()]
    told = [trend for trend in trends if trend.verdict != "too few"]
    few = [trend.exercise for trend in trends if trend.verdict == "too few"]
    still, back = _still(told), _back(told)
    moved = {word: [trend for trend in told if trend.verdict == word] for word in MOVED}
    lead = _lead(told, moved) if told else _too_few(few)
    return Sentences(
        [
            f"{who}{lead}",
            refused(log),
            *(_moved(trend) for word in MOVED for trend in moved[word][:MOST_NAMED]),
            _held([trend.exercise for trend in told if trend.verdict == "held at the target"]),
            f"{_STILL.capitalize()}: {_names(still)}." if still else "",
            _other_weights(told),
            _with_days("Back from a break", [(trend, "after ", trend.break_days) for trend in back]),
            _with_days("Not done of late", [(trend, "", trend.idle_days) for trend in _away(trends)]),
            *_sides(differences),
            _ladder(steps),
            _too_few(few) if told and few else "",
            _chance(told, moved),
            others(log),
        ],
        about(log) | {"reasons": _reasons(moved["weaker"], still, back)},
    )  # fmt: skip


def _reasons(weaker: list, still: list, back: list) -> list[str]:
    """What a coach would look at, in words; nothing where nobody stands still or comes back."""
    words = {"weaker": weaker, _STILL: still, "back from a break": back}
    return [f"{what}: {_names(trends)}" for what, trends in words.items() if trends]


def _still(told: list) -> list:
    """What goes on as it is compared, without a new best."""
    return [
        trend
        for trend in told
        if trend.verdict == "no change found"
        and (trend.last - trend.best_day).days >= STILL_DAYS
        and trend.uncompared_days < PAUSE_DAYS
    ]


def _back(told: list) -> list:
    """What began again of late."""
    return [trend for trend in told if trend.break_days == trend.break_days and trend.idle_days < PAUSE_DAYS]


def _other_weights(told: list) -> str:
    """What is done at weights that are not compared, and what it takes to compare them."""
    other = [trend for trend in told if trend.uncompared_days - trend.idle_days >= PAUSE_DAYS]
    if not other:
        return ""
    return (
        f"Of {_names(other)} only sets at one weight are compared, and the last ones are at others: say how heavy you are "
        "(body_mass_kg), and all are."
    )


def _away(trends: list) -> list:
    """What was not done of late, the longest pause first."""
    away = (trend for trend in trends if trend.idle_days >= PAUSE_DAYS)
    return sorted(away, key=lambda trend: -trend.idle_days)


def _with_days(what: str, told: list[tuple]) -> str:
    """Some exercises, each with its days; told: trend, a word before its days, and the days."""
    named = [f"{in_sentence(trend.exercise)} ({word}{counted(n, 'day')})" for trend, word, n in told]
    return f"{what}: {_first(named)}." if told else ""


def _lead(told: list, moved: dict[str, list]) -> str:
    up, down = moved["stronger"], moved["weaker"]
    n = counted(len(told), "exercise")
    if not up and not down:
        return f"No change found in {n}: for weeks that is the usual answer, since a set more or less is noise."
    words = [f"{word} in {_names(trends)}" if trends else "" for word, trends in moved.items()]
    return f"You are {listed(word for word in words if word)} ({len(up) + len(down)} of {n})."


def _chance(told: list, moved: dict[str, list]) -> str:
    """How many would be told as changed if none did; nothing where none is."""
    if not any(moved.values()):
        return ""
    return f"If nothing had changed, about {number(FALSE_VERDICTS * len(told))} of {counted(len(told), 'exercise')} would still be told so."


def _names(trends: list) -> str:
    return _first([in_sentence(trend.exercise) for trend in trends])


def _first(names: list[str]) -> str:
    """The first of some names, and how many more there are."""
    more = len(names) - MOST_NAMED
    return listed(names[:MOST_NAMED]) + (f" and {counted(more, 'exercise')} more" if more > 0 else "")


def _moved(trend) -> str:
    side = "" if trend.side == "both" else f", {trend.side} leg"
    unit = SHORT_UNITS[trend.quantity]
    return (
        f"{trend.exercise}{side}: from {from_to(trend)} in {counted(trend.sessions, 'session')}, "
        f"{days(trend.first, trend.last)}; {number(trend.noise)} {unit} would be noise. Best so far: {number(trend.best)} on "
        f"{day(trend.best_day)}."
    )


def _held(names: list[str]) -> str:
    if not names:
        return ""
    return (
        f"Held at the target: {listed(names)}. Every best set ends at the same number, so that this cannot tell of strength; now "
        "and then do the last set to the end, or log the effort (RPE)."
    )


def _sides(differences: pd.DataFrame) -> list[str]:
    """The exercises in which one side lags, the widest gap first."""
    lag = differences[differences["remarked"]].sort_values("gap", ascending=False, kind="stable").head(MOST_NAMED)
    return [
        f"{row.exercise}: the {row.weaker} leg does {row.gap:.0%} less than the other ({number(row.left)} left, "
        f"{number(row.right)} right; middle of the last {counted(min(row.sessions, LAST_SESSIONS), 'session')}, less in "
        f"{row.weaker_in:g} of them)."
        for row in lag.itertuples()
    ]


def _ladder(steps: pd.DataFrame) -> str:
    """The rung that was reached last."""
    reached = steps.dropna(subset="reached")
    reached = reached[reached["rung"] > 0]
    if reached.empty:
        return ""
    last = reached.sort_values(["reached", "rung"]).iloc[-1]
    return f"The last step up a ladder: {in_sentence(last['exercise'])}, reached on {day(last['reached'])}."


def _too_few(names: list[str]) -> str:
    return f"Too few sessions to tell of {_first(names)}: it takes {FEWEST_BESTS} over {FEWEST_TREND_DAYS} days."
