"""Am I getting stronger? Told in sentences."""

import pandas as pd

from analysis.language import said, to_say
from analysis.rules import FALSE_VERDICTS, FEWEST_BESTS, FEWEST_TREND_DAYS, LAST_SESSIONS, PAUSE_DAYS, STILL_DAYS
from analysis.telling.exercise_trends import best_first, from_to, in_units, short_unit
from analysis.telling.shown import Sentences
from analysis.wording import counted, day, days, in_sentence, listed, number, percent

from .people import MOST_NAMED, Logged, about, nothing_done, others, refused, whose

MOVED = ("stronger", "weaker")


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
        sessions = counted(len(log.sessions), "session")
        none = said("No exercise that can be compared was logged in {sessions}.", sessions=sessions)
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
            said("No new best for {n} days or more: {names}.", n=STILL_DAYS, names=_names(still)) if still else "",
            _other_weights(told),
            _back_again(back),
            _not_of_late(_away(trends)),
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
    reasons = [said("weaker: {names}", names=_names(weaker))] if weaker else []
    reasons += [said("no new best for {n} days or more: {names}", n=STILL_DAYS, names=_names(still))] if still else []
    return reasons + ([said("back from a break: {names}", names=_names(back))] if back else [])


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
    return said(
        "Of {names} only sets at one weight are compared, and the last ones are at others: say how heavy you are "
        "(body_mass_kg), and all are.",
        names=_names(other),
    )


def _away(trends: list) -> list:
    """What was not done of late, the longest pause first."""
    away = (trend for trend in trends if trend.idle_days >= PAUSE_DAYS)
    return sorted(away, key=lambda trend: -trend.idle_days)


def _back_again(trends: list) -> str:
    """What began again, each with the days of its break."""
    after = to_say("{exercise} (after {days})")
    named = [said(after, exercise=in_sentence(one.exercise), days=counted(one.break_days, "day")) for one in trends]
    return said("Back from a break: {names}.", names=_first(named)) if named else ""


def _not_of_late(trends: list) -> str:
    """What was not done of late, each with its days."""
    named = [f"{in_sentence(trend.exercise)} ({counted(trend.idle_days, 'day')})" for trend in trends]
    return said("Not done of late: {names}.", names=_first(named)) if named else ""


def _lead(told: list, moved: dict[str, list]) -> str:
    up, down = moved["stronger"], moved["weaker"]
    n = counted(len(told), "exercise")
    if not up and not down:
        none = to_say(
            "No change found in {exercises}: for weeks that is the usual answer, since a set more or less is noise."
        )
        return said(none, exercises=n)
    words = [said("stronger in {names}", names=_names(up))] if up else []
    words += [said("weaker in {names}", names=_names(down))] if down else []
    return said("You are {words} ({n} of {exercises}).", words=listed(words), n=len(up) + len(down), exercises=n)


def _chance(told: list, moved: dict[str, list]) -> str:
    """How many would be told as changed if none did; nothing where none is."""
    if not any(moved.values()):
        return ""
    n, exercises = number(FALSE_VERDICTS * len(told)), counted(len(told), "exercise")
    return said("If nothing had changed, about {n} of {exercises} would still be told so.", n=n, exercises=exercises)


def _names(trends: list) -> str:
    return _first([in_sentence(trend.exercise) for trend in trends])


def _first(names: list[str]) -> str:
    """The first of some names, and how many more there are."""
    more = len(names) - MOST_NAMED
    first = listed(names[:MOST_NAMED])
    return said("{first} and {exercises} more", first=first, exercises=counted(more, "exercise")) if more > 0 else first


def _moved(trend) -> str:
    return said(
        "{exercise}{side}: from {from_to} in {sessions}, {days}; {noise} would be noise. Best so far: {best} on {day}.",
        exercise=trend.exercise,
        side={"left": said(", left leg"), "right": said(", right leg")}.get(trend.side, ""),
        from_to=from_to(trend),
        sessions=counted(trend.sessions, "session"),
        days=days(trend.first, trend.last),
        noise=f"{number(in_units(trend.noise, trend.quantity))} {short_unit(trend.quantity)}",
        best=number(in_units(trend.best, trend.quantity)),
        day=day(trend.best_day),
    )


def _held(names: list[str]) -> str:
    if not names:
        return ""
    return said(
        "Held at the target: {names}. Every best set ends at the same number, so that this cannot tell of strength; now "
        "and then do the last set to the end, or log the effort (RPE).",
        names=listed(names),
    )


def _sides(differences: pd.DataFrame) -> list[str]:
    """The exercises in which one side lags, the widest gap first."""
    lag = differences[differences["remarked"]].sort_values("gap", ascending=False, kind="stable").head(MOST_NAMED)
    return [f"{row.exercise}: {_lagging(row)}" for row in lag.itertuples()]


def _lagging(row) -> str:
    return said(
        "the left leg does {gap} less than the other ({left} left, {right} right; middle of the last {sessions}, less in {n} of them)."
        if row.weaker == "left"
        else "the right leg does {gap} less than the other ({left} left, {right} right; middle of the last {sessions}, less in {n} of them).",
        gap=percent(row.gap),
        left=number(row.left),
        right=number(row.right),
        sessions=counted(min(row.sessions, LAST_SESSIONS), "session"),
        n=number(row.weaker_in),
    )


def _ladder(steps: pd.DataFrame) -> str:
    """The rung that was reached last."""
    reached = steps.dropna(subset="reached")
    reached = reached[reached["rung"] > 0]
    if reached.empty:
        return ""
    last = reached.sort_values(["reached", "rung"]).iloc[-1]
    reached_on = {"exercise": in_sentence(last["exercise"]), "day": day(last["reached"])}
    return said("The last step up a ladder: {exercise}, reached on {day}.", **reached_on)


def _too_few(names: list[str]) -> str:
    asked = {"n": FEWEST_BESTS, "days": FEWEST_TREND_DAYS}
    return said("Too few sessions to tell of {names}: it takes {n} over {days} days.", names=_first(names), **asked)
