"""One figure out of several of a kind: a menu chooses, in JupyterLab and on a page without a kernel."""

from collections.abc import Mapping
from itertools import chain, count

import pandas as pd

from analysis.arguments import SHOWN_EXERCISE, WEEK, Day
from analysis.language import said
from analysis.rules import TARGET_SETS
from analysis.schema import RUNNER_MUSCLES, monday_of
from analysis.telling.empty import NO_BEST_SETS, NO_LEG_SETS, NO_TEST, NO_WEEK, NOT_RECORDED
from analysis.telling.exercise_trends import best_first
from analysis.wording import day, listed, short_name

from .balance import plot_plan_muscles, plot_week
from .figure import Figure, nothing_to_draw
from .hills import plot_hill_profile, plot_hill_progress, plot_session_charges
from .stacked import one_above_other
from .strength import MOST_ROWS, plot_exercise_progress, plot_test
from .theme import QUIET, TEMPLATE, as_text
from .volume import plot_muscle_weeks

MOST_IN_MENU = 30  # in one menu; a page should stay small
WEEKS_AHEAD = 4  # in a menu of many, after the one shown first
MENU_PX = 44  # room for it above the figure

# Session id -> samples, hill repeats, why there are none, and the day.
Runs = Mapping[str, tuple[pd.DataFrame, pd.DataFrame, str, pd.Timestamp]]
NONE_RECORDED: Runs = {}


def plot_each_muscle(
    by_exercise: pd.DataFrame, volume: pd.DataFrame, muscle: str, target: tuple[float, float] = TARGET_SETS
) -> Figure:
    """plot_muscle_weeks of every muscle group of a runner, `muscle` shown first.

    Parameters
    ----------
    by_exercise : DataFrame
        Of one athlete, as `weekly_sets_by_exercise` returns it.
    volume : DataFrame
        Of one athlete, as `weekly_volume` returns it.
    muscle : str
        A key of `schema.MUSCLES`.
    target : (float, float)
        Fewest and most sets a week that are on target.

    Returns
    -------
    Figure
        A figure as plain data; its `alt` says in words what it shows.

    Examples
    --------
    >>> parts, volume = weekly_sets_by_exercise(log.efforts, catalog), weekly_volume(log.efforts, catalog)
    >>> len(plot_each_muscle(parts, volume, "soleus").layout.updatemenus[0].buttons)
    11
    """
    names = dict.fromkeys([*RUNNER_MUSCLES, muscle])
    figures = {short_name(name): plot_muscle_weeks(by_exercise, volume, name, target) for name in names}
    if not any(figure.data for figure in figures.values()):
        return nothing_to_draw(said("What trains the muscle"), said(NO_LEG_SETS))
    return one_of(figures, short_name(muscle), said("muscle"))


def plot_each_hill(charges: pd.DataFrame, progression: pd.DataFrame, hill: str) -> Figure:
    """plot_hill_progress of every hill, the most used ones where there are many, `hill` shown first.

    Parameters
    ----------
    charges : DataFrame
        Of one athlete, as `hill_charges` returns it.
    progression : DataFrame
        As `hill_progression` returns it, of the same charges.
    hill : str
        Which hill.

    Returns
    -------
    Figure
        A figure as plain data; its `alt` says in words what it shows.

    Examples
    --------
    >>> charges = hill_charges(log.efforts, catalog)
    >>> plot_each_hill(charges, hill_progression(charges), "Mill Lane").layout.title.text
    'Mill Lane'
    """
    used = charges["hill"].astype(str).value_counts().index[:MOST_IN_MENU]
    figures = {name: plot_hill_progress(charges, progression, name) for name in dict.fromkeys([hill, *used])}
    return one_of(figures, hill, said("hill"))


def plot_each_session(
    charges: pd.DataFrame, session: pd.DataFrame, measure: str = "time", runs: Runs = NONE_RECORDED
) -> Figure:
    """plot_session_charges of each of the last sessions, that of `session` shown first, above the run where it was recorded.

    Parameters
    ----------
    charges : DataFrame
        Of one athlete, as `hill_charges` returns it.
    session : DataFrame
        Rows of one session, as `charges_of_day` returns them.
    measure : {"time", "VAM", "grade-adjusted pace", "heart rate"}
        What the bars show.
    runs : dict, optional
        Session id -> what was recorded, as `profiles_of` returns it.

    Returns
    -------
    Figure
        A figure as plain data; its `alt` says in words what it shows.

    Examples
    --------
    >>> charges = hill_charges(log.efforts, catalog)
    >>> len(plot_each_session(charges, charges_of_day(charges)).layout.updatemenus[0].buttons)
    25
    """
    if session.empty:
        return _run_of(next(iter(runs)), runs) if runs else plot_session_charges(session, measure)
    names: dict[str, str] = {}
    days = [*sorted(charges["date"].unique())[-MOST_IN_MENU:], session["date"].iloc[0]]  # those that may be offered
    charges = charges[charges["date"].isin(days)]
    sessions = {session_id: rows for (_, session_id), rows in charges.groupby(["date", "session_id"], observed=True)}
    for session_id, rows in sessions.items():
        names[session_id] = _session(rows, names.values())
    chosen = session["session_id"].iloc[0]
    offered = list(dict.fromkeys([*list(sessions)[::-1][:MOST_IN_MENU], chosen]))
    upper = [plot_session_charges(sessions[session_id], measure) for session_id in offered]
    lower = [_run_of(session_id, runs) for session_id in offered]
    figures = _stacked(upper, lower)
    named = {names[session_id]: one for session_id, one in zip(offered, figures, strict=True)}
    return one_of(named, names[chosen], said("session"))


def _run_of(session_id: str, runs: Runs) -> Figure:
    """The recording of a session from the side."""
    if session_id not in runs:
        return nothing_to_draw(said("The run of this session"), said(NOT_RECORDED))
    return plot_hill_profile(*runs[session_id])


def _session(rows: pd.DataFrame, taken) -> str:
    """A session as a menu names it: 2 Jul 2026, Mill Lane."""
    name = f"{day(rows['date'].iloc[0])}, {listed(rows['hill'].astype(str).unique())}"
    several = (f"{name} ({i})" for i in count(2))
    return next(name for name in chain([name], several) if name not in taken)


def plot_each_week(
    calendar: pd.DataFrame, doses: pd.DataFrame, week: Day | None, target: tuple[float, float], *near: pd.DataFrame
) -> Figure:
    """plot_week above plot_plan_muscles, of each of the last weeks: one choice moves both.

    Parameters
    ----------
    calendar : DataFrame
        Of one athlete, as `week_calendar` returns it.
    doses : DataFrame
        Of the same, as `plan_doses` returns it.
    week : date or str or None
        Any day of the week shown first; None: the last one trained.
    target : (float, float)
        Fewest and most sets a week that are on target.
    *near : DataFrame
        As `spacing_conflicts` and `spacing_remarks` return them: what is joined by a bar, and by dots.

    Returns
    -------
    Figure
        A figure as plain data; its `alt` says in words what it shows.

    Raises
    ------
    ParameterError
        `week` is no day.

    Examples
    --------
    >>> adherence = plan_adherence(plan.efforts, log.efforts, catalog)
    >>> calendar = week_calendar(adherence, spacing_conflicts(log.efforts, catalog))
    >>> doses = plan_doses(plan.efforts, log.efforts, catalog, *log.period)
    >>> plot_each_week(calendar, doses, "2026-07-01", (4, 8)).alt.startswith("Week of 29 Jun 2026: ")
    True
    """
    weeks = sorted(calendar["week"].unique())
    if not weeks:
        return nothing_to_draw(said("The week, day by day"), said(NO_WEEK))
    done = calendar.loc[calendar["status"] != "to come", "week"]
    asked = monday_of(pd.Timestamp(day_asked)) if (day_asked := WEEK.read(week)) else None
    shown = asked if asked in weeks else done.max() if len(done) else weeks[0]
    end = min(len(weeks), max(weeks.index(shown) + 1 + WEEKS_AHEAD, MOST_IN_MENU))
    offered = weeks[max(0, end - MOST_IN_MENU) : end][::-1]
    upper = [plot_week(calendar, monday, *near) for monday in offered]
    lower = [plot_plan_muscles(doses, monday, target) for monday in offered]
    figures = {_week(monday): one for monday, one in zip(offered, _stacked(upper, lower), strict=True)}
    return one_of(figures, _week(shown), said("week"))


def _week(monday: pd.Timestamp) -> str:
    """A week as a menu names it: from 29 Jun 2026."""
    return said("from {day}", day=day(monday))


def _stacked(upper: list[Figure], lower: list[Figure]) -> list[Figure]:
    """Each above its other; where no lower one has anything to show, the upper ones alone."""
    if not any(figure.data for figure in lower):
        return upper
    return [one_above_other(*both) for both in zip(upper, lower, strict=True)]


def plot_each_exercise(sessions: pd.DataFrame, progression: pd.DataFrame, exercise: str | None = None) -> Figure:
    """plot_exercise_progress of every exercise that can be compared, or of as many as the overview has, best first.

    Parameters
    ----------
    sessions : DataFrame
        Of one athlete, as `exercise_sessions` returns it.
    progression : DataFrame
        As `exercise_progression` returns it, of the same sessions.
    exercise : str, optional
        Shown first, by its name; by default the first one.

    Returns
    -------
    Figure
        A figure as plain data; its `alt` says in words what it shows.

    Examples
    --------
    >>> sessions = exercise_sessions(log.efforts, catalog)
    >>> plot_each_exercise(sessions, exercise_progression(sessions), "Calf raise").layout.title.text
    'Calf raise'
    """
    exercise = SHOWN_EXERCISE.read(exercise)
    names = list(best_first(progression))[:MOST_ROWS]
    if not names and exercise is None:
        return nothing_to_draw(said("One exercise"), said(NO_BEST_SETS))
    first = exercise or names[0]
    figures = {name: plot_exercise_progress(sessions, progression, name) for name in dict.fromkeys([first, *names])}
    return one_of(figures, first, said("exercise"))


def plot_each_test(sessions: pd.DataFrame, reference: pd.DataFrame) -> Figure:
    """plot_test of every exercise that was tested.

    Parameters
    ----------
    sessions : DataFrame
        Of one athlete, as `exercise_sessions` returns it.
    reference : DataFrame
        As `reference_values` returns it.

    Returns
    -------
    Figure
        A figure as plain data; its `alt` says in words what it shows.

    Examples
    --------
    >>> sessions = exercise_sessions(log.efforts, catalog)
    >>> plot_each_test(sessions, reference_values(catalog, 40, "woman")).layout.title.text
    'Tests'
    """
    names = sessions.loc[sessions["test"], "exercise"].astype(str).unique()
    if not len(names):
        return nothing_to_draw(said("Tests"), said(NO_TEST))
    return one_of({name: plot_test(sessions, reference, name) for name in names}, names[0], said("exercise"))


def one_of(figures: dict[str, Figure], first: str, what: str) -> Figure:
    """The figures as one, with a menu of their names; `first` is shown, `what` names the menu.

    A page reads `layout.meta` (what, captions) and draws the menu as a list that a keyboard reaches.
    """
    if len(figures) < 2:
        return figures[first]
    layouts = {name: _layout(figure) for name, figure in figures.items()}
    keys = {key for layout in layouts.values() for key in layout}
    changing = [key for key in sorted(keys) if len({str(layout.get(key)) for layout in layouts.values()}) > 1]
    owner = [name for name, figure in figures.items() for _ in figure.data]
    merged = Figure(figures[first].alt)
    for name, figure in figures.items():
        for trace in figure.data:
            merged.add_trace(trace).data[-1].update(visible=name == first)
    buttons = [
        {
            "label": as_text(name),
            "method": "update",
            "args": [{"visible": [own == name for own in owner]}, {key: layouts[name].get(key) for key in changing}],
        }
        for name in figures
    ]
    merged.update_layout(layouts[first])
    own, usual = (figures[first].layout.margin or {}).get("t"), TEMPLATE["layout"]["margin"]["t"]
    menu = {
        "buttons": buttons, "active": list(figures).index(first), "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom",
        "pad": {"b": max((own or 0) - usual, 0) + 8}, "bgcolor": "white", "bordercolor": QUIET, "showactive": False,
    }  # fmt: skip
    captions = [figure.alt for figure in figures.values()]
    return merged.update_layout(
        updatemenus=[menu],
        meta={"what": what, "captions": captions, "room": MENU_PX},
        margin={"t": (own or usual) + MENU_PX},
    )


def _layout(figure: Figure) -> dict:
    return {name: part for name, part in figure.layout.items() if name != "template"}
