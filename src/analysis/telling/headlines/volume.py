"""Which muscles does my training build? Told in sentences."""

import pandas as pd

from analysis.language import said, to_say
from analysis.rules import (
    CUSTOMARY_CONTACTS,
    FEWEST_WEEKS,
    NOTICEABLE_ASYMMETRY,
    NOTICEABLE_SETS,
    PAUSE_DAYS,
    TARGET_SETS,
)
from analysis.schema import LEG_MUSCLES, RUNNER_MUSCLES, UNNAMED
from analysis.telling.shown import Sentences
from analysis.wording import EXPOSURES, counted, day, days, listed, low_to_high, muscle_name, number, percent

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
        nothing = nothing_done(log, said("There is no training in this period, so there is nothing to tell."))
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
        most = muscles.at[top, "sets_per_week"]
        most = said("; most went to {muscle} ({sets})", muscle=muscle_name(top), sets=number(most)) if most else ""
        covered = to_say(
            "The log covers {days} ({sessions}), not one whole week: too little for a weekly average{most}."
        )
        return who + said(covered, days=days(*span), sessions=sessions, most=most)
    few = "" if weeks >= FEWEST_WEEKS else said(" Few weeks: read the averages with care.")
    between = said(
        "{within} of {n} muscle groups of legs, hips and trunk had {target}, in the {weeks} from {days} ({sessions})",
        within=within,
        n=n,
        target=low_to_high(target),
        weeks=counted(weeks, "week"),
        days=days(*span),
        sessions=sessions,
    )
    return f"{who}{_short(muscles, target)}; {between}.{few}"


def _short(muscles: pd.DataFrame, target) -> str:
    """Which muscle groups get too few sets, those that get fewest first."""
    low = muscles[muscles["sets_per_week"] < target[0]].sort_values("sets_per_week", kind="stable")
    if low.empty:
        return said("Every muscle group had {low} sets a week or more", low=number(target[0], 6))
    named = [f"{muscle_name(m)} {number(sets)}" for m, sets in low["sets_per_week"].head(MOST_NAMED).items()]
    more = len(low) - MOST_NAMED
    rest = [said("{groups} more", groups=counted(more, "muscle group"))] if more > 0 else []
    return said("Fewer than {low} sets a week: {muscles}", low=number(target[0], 6), muscles=listed(named + rest))


def _by_band(muscles: pd.DataFrame, target):
    """All muscle groups with their sets: too few or none, none but loaded, and enough."""
    bare = (muscles["band"] == "none") & (muscles["days_exposed"] > 0)
    rows = muscles[~bare].sort_values("sets_per_week", ascending=False, kind="stable")
    low, high = (number(limit, 6) for limit in target)
    words = {"below": said("Below {low} sets", low=low), "none": said("Not trained")}
    words |= {"above": said("Above {high} sets", high=high), "within": said("Within")}
    told = {band: _named(rows[rows["band"] == band], label) for band, label in words.items()}
    yield _joined(told["below"], told["none"])
    if bare.any():
        loaded = muscles[bare].sort_values("days_exposed", ascending=False, kind="stable")["days_exposed"]
        names = [said("{muscle} on {days}", muscle=muscle_name(m), days=counted(n, "day")) for m, n in loaded.items()]
        yield said("Without a set, but loaded by {exposures}: {names}.", exposures=said(EXPOSURES), names=listed(names))
    yield _joined(told["above"], told["within"])


def _named(rows: pd.DataFrame, label: str) -> str:
    numbers = (muscle_name(m) + f" {number(sets)}" * (sets > 0) for m, sets in rows["sets_per_week"].items())
    return f"{label}: {listed(numbers)}" if len(rows) else ""


def _joined(*parts: str) -> str:
    """Parts of one sentence, of which some may be empty."""
    first, *rest = [part for part in parts if part] or [""]
    return "".join([first, *(f"; {part[0].lower()}{part[1:]}" for part in rest), "." * bool(first)])


def _change(muscles: pd.DataFrame) -> str:
    before = muscles["weeks_before"].iloc[0]
    if not before:
        return said("There are no whole weeks before these to compare with.")
    weeks, change = counted(before, "week"), muscles["change"].abs().max()
    if change < NOTICEABLE_SETS:
        none = to_say("Against the {weeks} before, no muscle changed by {sets} sets a week or more.")
        return said(none, weeks=weeks, sets=number(NOTICEABLE_SETS, 2))
    row = muscles.loc[muscles["change"].abs().idxmax()]
    return said(
        "Changed most against the {weeks} before: {muscle}, up from {before} to {now} sets a week."
        if row["change"] > 0
        else "Changed most against the {weeks} before: {muscle}, down from {before} to {now} sets a week.",
        weeks=weeks,
        muscle=muscle_name(row.name),
        before=number(row["sets_per_week_before"]),
        now=number(row["sets_per_week"]),
    )


def _longest_pause(muscles: pd.DataFrame, efforts: pd.DataFrame) -> str:
    never = muscles["last_trained"].isna()
    if never.any():
        names = listed(map(muscle_name, muscles.index[never]))
        return said("Never trained with a set since {day}: {muscles}.", day=day(efforts["date"].min()), muscles=names)
    row = muscles.loc[muscles["days_since"].idxmax()]
    if row["days_since"] < PAUSE_DAYS:
        return ""
    return said(
        "Longest without a set: {muscle}, {days}, since {day}.",
        muscle=muscle_name(row.name),
        days=counted(row["days_since"], "day"),
        day=day(row["last_trained"]),
    )


def _front_and_back(ratios: pd.DataFrame) -> str:
    """How many sets the back of the thigh gets for one of the front."""
    back = ratios["hamstrings_to_quadriceps"].iloc[0]
    told = 0 < back < float("inf")
    return said("The hamstrings get {sets} for each one of the quadriceps.", sets=counted(back, "set")) if told else ""


def _sides(muscles: pd.DataFrame, ratios: pd.DataFrame) -> str:
    legs = muscles[muscles.index.isin(LEG_MUSCLES)]
    if not legs["sided_sets_per_week"].sum():
        return said("No leg set of these weeks was logged by side, so left and right cannot be compared.")
    sides = legs[["sets_per_week_left", "sets_per_week_right"]].set_axis(["left", "right"], axis=1)
    apart = (sides.max(axis=1) - sides.min(axis=1)) / sides.max(axis=1)
    if apart.max() < NOTICEABLE_ASYMMETRY:
        alike = to_say("The sides are alike: in no leg muscle did one do {share} less than the other.")
        return said(alike, share=percent(NOTICEABLE_ASYMMETRY))
    widest = sides.loc[apart.idxmax()]
    return said(
        "Left and right differ most in {muscle}: left {left}, right {right} sets a week; over all leg muscles {over_all}.",
        muscle=muscle_name(apart.idxmax()),
        left=number(widest["left"]),
        right=number(widest["right"]),
        over_all=_over_all(ratios.iloc[0]),
    )


def _over_all(ratios: pd.Series) -> str:
    """Which side did less of all sets of the legs, and by how much."""
    share = ratios["asymmetry"]
    if not share:
        return said("the sides are equal")
    less = said("{share} less", share=percent(share)) if share >= 0.01 else said("less than 1% less")
    return said("the left did {less}" if ratios["weaker_side"] == "left" else "the right did {less}", less=less)


def _contacts(contacts: pd.DataFrame, span, customary) -> str:
    if contacts.empty:
        return said("No plyometrics were logged.")
    inside = contacts[contacts["date"].between(*span)]
    if inside.empty:
        return said("No plyometrics in these weeks; the last were on {day}.", day=day(contacts["date"].max()))
    sessions, known = counted(len(inside), "session"), inside["contacts"].dropna()
    left_out = inside["uncounted"].sum()
    missing = said(" {lines} could not be counted.", lines=counted(left_out, "line")) if left_out else ""
    if known.empty:
        return said("Plyometrics: {sessions}.", sessions=sessions) + missing
    low, high, above = known.min(), known.max(), int((inside["range"] == "above").sum())
    told = said(
        "Plyometrics: {sessions} with {contacts} foot contacts, {above} above the customary {customary}.",
        sessions=sessions,
        contacts=number(high, 0) if low == high else said("{low} to {high}", low=number(low, 0), high=number(high, 0)),
        above=above or said("none"),
        customary=low_to_high(customary),
    )
    return told + missing


def _not_counted(efforts: pd.DataFrame) -> str:
    """What the numbers leave out, so that nobody wonders."""
    unknown, warm = efforts["exercise_id"].isna(), efforts["kind"] == "warmup"
    parts = []
    if warm.any():
        parts.append(counted(efforts.loc[warm, "sets"].sum(), "warm-up set"))
    if unknown.any():
        names = sorted(efforts.loc[unknown, "exercise"].astype(str).unique())
        shown = listed(names[:3] + ([said("others")] if len(names) > 3 else []))
        lines = counted(unknown.sum(), "line")
        parts.append(said("{lines} of exercises that the catalog does not know ({names})", lines=lines, names=shown))
    return said("Not counted in the whole period: {parts}.", parts=listed(parts)) if parts else ""
