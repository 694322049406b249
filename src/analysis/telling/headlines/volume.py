"""Which muscles does my training build? Told in sentences."""

import pandas as pd

from analysis.rules import (
    CUSTOMARY_CONTACTS,
    FEWEST_WEEKS,
    NOTICEABLE_ASYMMETRY,
    NOTICEABLE_SETS,
    PAUSE_DAYS,
    TARGET_SETS,
)
from analysis.schema import LEG_MUSCLES, MUSCLES, RUNNER_MUSCLES, UNNAMED
from analysis.telling.shown import Sentences
from analysis.wording import EXPOSURES, counted, day, days, listed, low_to_high, number

from .people import MOST_NAMED, Logged, about, nothing_done, others, refused


def volume_headline(
    log: Logged, recent: pd.DataFrame, ratios: pd.DataFrame, contacts: pd.DataFrame,
    target: tuple[float, float] = TARGET_SETS, customary: tuple[float, float] = CUSTOMARY_CONTACTS,
) -> Sentences:  # fmt: skip
    """The answer of the muscle volume notebook.

    Parameters
    ----------
    log : Log
        Of one athlete.
    recent : DataFrame
        As `recent_volume` returns it.
    ratios : DataFrame
        As `volume_ratios` returns it, of the same weeks.
    contacts : DataFrame
        As `session_contacts` returns it.
    target : (float, float)
        Fewest and most sets a week that are on target.
    customary : (float, float)
        Fewest and most contacts of a session that are customary.

    Returns
    -------
    Sentences
        The answer first, with its number of sessions and its days.

    Examples
    --------
    >>> volume = weekly_volume(log.efforts, catalog)
    >>> contacts = session_contacts(foot_contacts(log.efforts, catalog))
    >>> str(volume_headline(log, recent_volume(volume), volume_ratios(volume, 4), contacts)).split(";")[0]
    'ana: Fewer than 4 sets a week: Shin (tibialis anterior) 0, Hip flexors 0.8, Lower back (erectors) 1.5 and 2 muscle groups more'
    """
    efforts = log.efforts
    if efforts.empty:
        nothing = nothing_done(log, "There is no training in this period, so there is nothing to tell.")
        return Sentences([*nothing, refused(log)])
    muscles = recent[recent["muscle"].isin(RUNNER_MUSCLES)].set_index("muscle")
    span = muscles["since"].iloc[0], muscles["until"].iloc[0]
    inside = efforts[efforts["date"].between(*span)]
    told = [
        _answer(muscles, inside, span, target),
        refused(log),
        *_by_band(muscles, target),
        _change(muscles),
        _sides(muscles, ratios),
        _longest_pause(muscles, efforts),
        _front_and_back(ratios),
        _contacts(contacts, span, customary),
        _not_counted(efforts),
        others(log),
    ]
    return Sentences(told, about(log))


def _answer(muscles: pd.DataFrame, inside: pd.DataFrame, span, target) -> str:
    athlete, n, weeks = muscles["athlete"].iloc[0], len(muscles), muscles["weeks"].iloc[0]
    who = "" if athlete == UNNAMED else f"{athlete}: "
    within = int((muscles["band"] == "within").sum())
    sessions = counted(inside["session_id"].nunique(), "session")
    if not muscles["whole"].iloc[0]:
        top = muscles["sets_per_week"].idxmax()
        most = (
            f"; most went to {MUSCLES[top]} ({number(muscles.at[top, 'sets_per_week'])})"
            if muscles.at[top, "sets_per_week"]
            else ""
        )
        return f"{who}The log covers {days(*span)} ({sessions}), not one whole week: too little for a weekly average{most}."
    few = "" if weeks >= FEWEST_WEEKS else " Few weeks: read the averages with care."
    when = f"in the {counted(weeks, 'week')} from {days(*span)} ({sessions})"
    between = f"{within} of {n} muscle groups of legs, hips and trunk had {low_to_high(target)}"
    return f"{who}{_short(muscles, target)}; {between}, {when}.{few}"


def _short(muscles: pd.DataFrame, target) -> str:
    """Which muscle groups get too few sets, those that get fewest first."""
    low = muscles[muscles["sets_per_week"] < target[0]].sort_values("sets_per_week", kind="stable")
    if low.empty:
        return f"Every muscle group had {target[0]:g} sets a week or more"
    named = [f"{MUSCLES[m]} {number(sets)}" for m, sets in low["sets_per_week"].head(MOST_NAMED).items()]
    rest = [f"{counted(len(low) - MOST_NAMED, 'muscle group')} more"] if len(low) > MOST_NAMED else []
    return f"Fewer than {target[0]:g} sets a week: {listed(named + rest)}"


def _by_band(muscles: pd.DataFrame, target):
    """All muscle groups with their sets: too few or none, none but loaded, and enough."""
    bare = (muscles["band"] == "none") & (muscles["days_exposed"] > 0)
    rows = muscles[~bare].sort_values("sets_per_week", ascending=False, kind="stable")
    words = {"below": f"Below {target[0]:g} sets", "none": "Not trained"}
    words |= {"above": f"Above {target[1]:g} sets", "within": "Within"}
    told = {band: _named(rows[rows["band"] == band], label) for band, label in words.items()}
    yield _joined(told["below"], told["none"])
    if bare.any():
        loaded = muscles[bare].sort_values("days_exposed", ascending=False, kind="stable")["days_exposed"]
        names = [f"{MUSCLES[muscle]} on {counted(n, 'day')}" for muscle, n in loaded.items()]
        yield f"Without a set, but loaded by {EXPOSURES}: {listed(names)}."
    yield _joined(told["above"], told["within"])


def _named(rows: pd.DataFrame, label: str) -> str:
    numbers = (f"{MUSCLES[m]} {number(sets)}" if sets else MUSCLES[m] for m, sets in rows["sets_per_week"].items())
    return f"{label}: {listed(numbers)}" if len(rows) else ""


def _joined(*parts: str) -> str:
    """Parts of one sentence, of which some may be empty."""
    first, *rest = [part for part in parts if part] or [""]
    return "".join([first, *(f"; {part[0].lower()}{part[1:]}" for part in rest), "." * bool(first)])


def _change(muscles: pd.DataFrame) -> str:
    before = muscles["weeks_before"].iloc[0]
    if not before:
        return "There are no whole weeks before these to compare with."
    change = muscles["change"].abs().max()
    if change < NOTICEABLE_SETS:
        return f"Against the {counted(before, 'week')} before, no muscle changed by {number(NOTICEABLE_SETS, 2)} sets a week or more."
    row = muscles.loc[muscles["change"].abs().idxmax()]
    direction = "up" if row["change"] > 0 else "down"
    return (
        f"Changed most against the {counted(before, 'week')} before: {MUSCLES[row.name]}, {direction} from "
        f"{number(row['sets_per_week_before'])} to {number(row['sets_per_week'])} sets a week."
    )


def _longest_pause(muscles: pd.DataFrame, efforts: pd.DataFrame) -> str:
    never = muscles["last_trained"].isna()
    if never.any():
        return f"Never trained with a set since {day(efforts['date'].min())}: {listed(MUSCLES[m] for m in muscles.index[never])}."
    row = muscles.loc[muscles["days_since"].idxmax()]
    if row["days_since"] < PAUSE_DAYS:
        return ""
    return (
        f"Longest without a set: {MUSCLES[row.name]}, {row['days_since']:.0f} days, since {day(row['last_trained'])}."
    )


def _front_and_back(ratios: pd.DataFrame) -> str:
    """How many sets the back of the thigh gets for one of the front."""
    back = ratios["hamstrings_to_quadriceps"].iloc[0]
    told = 0 < back < float("inf")
    return f"The hamstrings get {counted(back, 'set')} for each one of the quadriceps." if told else ""


def _sides(muscles: pd.DataFrame, ratios: pd.DataFrame) -> str:
    legs = muscles[muscles.index.isin(LEG_MUSCLES)]
    if not legs["sided_sets_per_week"].sum():
        return "No leg set of these weeks was logged by side, so left and right cannot be compared."
    sides = legs[["sets_per_week_left", "sets_per_week_right"]].set_axis(["left", "right"], axis=1)
    apart = (sides.max(axis=1) - sides.min(axis=1)) / sides.max(axis=1)
    if apart.max() < NOTICEABLE_ASYMMETRY:
        return f"The sides are alike: in no leg muscle did one do {NOTICEABLE_ASYMMETRY:.0%} less than the other."
    widest, row = sides.loc[apart.idxmax()], ratios.iloc[0]
    less = f"{row['asymmetry']:.0%} less" if row["asymmetry"] >= 0.01 else "less than 1% less"
    over_all = f"the {row['weaker_side']} did {less}" if row["asymmetry"] else "the sides are equal"
    return (
        f"Left and right differ most in {MUSCLES[apart.idxmax()]}: left {number(widest['left'])}, "
        f"right {number(widest['right'])} sets a week; over all leg muscles {over_all}."
    )


def _contacts(contacts: pd.DataFrame, span, customary) -> str:
    if contacts.empty:
        return "No plyometrics were logged."
    inside = contacts[contacts["date"].between(*span)]
    if inside.empty:
        return f"No plyometrics in these weeks; the last were on {day(contacts['date'].max())}."
    sessions, known = counted(len(inside), "session"), inside["contacts"].dropna()
    left_out = inside["uncounted"].sum()
    missing = f" {counted(left_out, 'line')} could not be counted." if left_out else ""
    if known.empty:
        return f"Plyometrics: {sessions}.{missing}"
    low, high, above = known.min(), known.max(), int((inside["range"] == "above").sum())
    span_of = number(high, 0) if low == high else f"{number(low, 0)} to {number(high, 0)}"
    return (
        f"Plyometrics: {sessions} with {span_of} foot contacts, {above or 'none'} above the customary "
        f"{low_to_high(customary)}.{missing}"
    )


def _not_counted(efforts: pd.DataFrame) -> str:
    """What the numbers leave out, so that nobody wonders."""
    unknown, warm = efforts["exercise_id"].isna(), efforts["kind"] == "warmup"
    parts = []
    if warm.any():
        parts.append(counted(efforts.loc[warm, "sets"].sum(), "warm-up set"))
    if unknown.any():
        names = sorted(efforts.loc[unknown, "exercise"].astype(str).unique())
        shown = names[:3] + (["others"] if len(names) > 3 else [])
        parts.append(f"{counted(unknown.sum(), 'line')} of exercises that the catalog does not know ({listed(shown)})")
    return f"Not counted in the whole period: {listed(parts)}." if parts else ""
