"""The rules behind the numbers of a page, told in sentences beside it."""

from analysis.rules import (
    CHARGE_MIN,
    CONTACTS_A_WEEK,
    CUSTOMARY_CONTACTS,
    DONE_SHARE,
    FEWEST_SESSIONS,
    FEWEST_TIMED,
    FEWEST_WEEKS,
    GROWTH_SETS,
    HEAVY_IMPACT,
    HILL_SESSIONS_A_WEEK,
    HOLD_RPE,
    HOLD_S,
    INDIRECT_SETS,
    JOG_M_PER_S,
    LADDER_RUNGS,
    LOOK_BACK_DAYS,
    MINUTES_A_DAY,
    MOST_SETS_A_WEEK,
    MOVED_DAYS,
    NOTABLE_BEYOND,
    NOTABLE_SHARE,
    NOTICEABLE_ASYMMETRY,
    NOTICEABLE_SETS,
    PAUSE_DAYS,
    PLANNED_SETS_A_WEEK,
    PLYOMETRIC_DAYS,
    PROTOCOL_CHARGES,
    PROTOCOL_GRADE,
    REST_DAYS,
    SAME_HILL_GRADE,
    SAME_HILL_LENGTH,
    SESSION_RPE,
    SESSION_SETS,
    SET_HOLD_S,
    SET_HOPS,
    SET_MIN,
    SET_REPS,
    SET_WALK_M,
    SHORT_HOLD_SETS,
    START_MIN,
    STRENGTH_DAYS,
    TARGET_SETS,
    TREND_INTERVAL,
    WORKING_SETS,
)
from analysis.schema import KIND, WEEKDAYS
from analysis.wording import counted, listed, low_to_high, number, spelled

from .shown import Sentences


def volume_rules(
    target: tuple[float, float] = TARGET_SETS,
    indirect: float = INDIRECT_SETS,
    customary: tuple[float, float] = CUSTOMARY_CONTACTS,
) -> Sentences:
    """How sets and contacts are counted, and what they are held against.

    Parameters
    ----------
    target : (float, float)
        Fewest and most sets a week that are on target.
    indirect : float
        What a set counts for a muscle that only helps, 0 to 1.
    customary : (float, float)
        Fewest and most foot contacts of a session that are customary.

    Returns
    -------
    Sentences
        The rules, each with its source.

    Examples
    --------
    >>> "On target are 3 to 9 sets a week." in str(volume_rules(target=(3, 9)))
    True
    """
    others = [kind for kind in KIND.categories if kind not in WORKING_SETS]
    left_out = f"; {listed(others)} sets do not" if others else ""
    return Sentences([
        f"A set counts 1 for a muscle that it trains directly and {number(indirect, 2)} for one that helps: three sets of "
        f"bench step-ups are 3 for the quadriceps and {number(3 * indirect, 2)} for the hamstrings (Pelland 2025).",
        "In our catalog the hamstrings only help in a one-legged squat: they do more on one leg than on two, and less with the "
        "rear foot on the floor than raised (McCurdy 2010, DeForest 2014). The glutes (maximus) only help in a bench step-up "
        "without weights (MacAskill 2014), and are trained directly with them (Neto 2020).",
        f"Of the kinds of sets, {listed(WORKING_SETS)} count{left_out}.",
        f"A hold of {number(HOLD_S)} s or more at an effort (RPE) of {number(HOLD_RPE)} or more is a set; a shorter or easier "
        f"one, or one without RPE, counts {number(SHORT_HOLD_SETS, 2)}.",
        f"On target are {low_to_high(target)} sets a week. It is a choice: growth has been seen from about "
        f"{number(GROWTH_SETS)} on, with less gained from each further one (Schoenfeld 2017, Pelland 2025).",
        f"Contacts are touch-downs of a foot or of both together; {low_to_high(customary)} a session is what textbooks give "
        "a beginner.",
        f"A change of less than {number(NOTICEABLE_SETS, 2)} sets a week is one line of the log more or less; sides are called "
        f"alike where neither did {NOTICEABLE_ASYMMETRY:.0%} less.",
        f"The mean of fewer than {counted(FEWEST_WEEKS, 'week')} is to be read with care; named is the muscle that had no set for "
        f"longest, from {_days(PAUSE_DAYS)} on.",
    ])  # fmt: skip


def hill_rules() -> Sentences:
    """What the training asks of hill charges, and how many it takes to tell anything.

    Returns
    -------
    Sentences
        The rules, each with its source.

    Examples
    --------
    >>> hill_rules().sentences[0].startswith("The protocol is ")
    True
    """
    return Sentences([
        f"The protocol is {low_to_high(PROTOCOL_CHARGES)} charges up a grade of {low_to_high(PROTOCOL_GRADE, share=True)}, with a "
        f"jog down: {number(JOG_M_PER_S, 2)} m/s or more while moving, which only a recording tells (Hreljac 1995).",
        f"Fade takes {spelled(FEWEST_TIMED)} timed charges in a session, a trend {spelled(FEWEST_SESSIONS)} sessions on one hill; "
        f"its band is the {TREND_INTERVAL:.0%} interval (Sen 1968).",
        f"Hills without a name are taken for one where they differ by {SAME_HILL_LENGTH:.0%} or less in length and by "
        f"{counted(100 * SAME_HILL_GRADE, 'metre')} or less of climb in 100 m.",
    ])  # fmt: skip


def plan_rules() -> Sentences:
    """When a planned item is done, moved or replaced, which days lie too near, and what runs are compared with.

    Returns
    -------
    Sentences
        The rules, each with its source.

    Examples
    --------
    >>> plan_rules().sentences[0].startswith("Done as planned is ")
    True
    """
    return Sentences([
        f"Done as planned is {DONE_SHARE:.0%} of the dose or more on that day; moved is within {_days(MOVED_DAYS)} of it; by an "
        f"exercise alike is up to {counted(LADDER_RUNGS, 'step')} easier or harder on the same ladder, strength for the same "
        "muscle, hops for hops, charges for charges, a run for a run.",
        f"Heavy days of one kind are {spelled(REST_DAYS)} calendar days apart: strength by muscle, hops of "
        f"{listed(HEAVY_IMPACT)} impact, hill charges.",
        f"The longest run is compared with the longest of the {_days(LOOK_BACK_DAYS)} before (Frandsen et al. 2025).",
        f"Named for a coach are doses done to less than {NOTABLE_SHARE:.0%}; named as beyond the plan are those of which "
        f"{NOTABLE_BEYOND:.0%} more was done.",
    ])  # fmt: skip


def proposal_rules() -> Sentences:
    """What a proposed week aims at and keeps, where nobody asks for something else.

    Returns
    -------
    Sentences
        The rules, each with its source.

    Examples
    --------
    >>> len(proposal_rules().sentences) > 0
    True
    """
    days, reps, hops = (
        listed(f"{n:g} {what}" for what, n in rule.items())
        for rule in (dict(zip(WEEKDAYS, MINUTES_A_DAY, strict=True)), SET_REPS, SET_HOPS)
    )
    return Sentences([
        f"A proposed week aims at {number(PLANNED_SETS_A_WEEK)} sets of each muscle and has no more than "
        f"{number(MOST_SETS_A_WEEK)}, on {low_to_high(STRENGTH_DAYS)} days of strength, {low_to_high(PLYOMETRIC_DAYS)} of hops and "
        f"{HILL_SESSIONS_A_WEEK} of hills, with {number(CONTACTS_A_WEEK)} foot contacts at most.",
        f"Minutes of the days: {days}.",
        f"Time is reckoned at {number(SET_MIN, 2)} min a set with its rest and {number(CHARGE_MIN, 2)} min a charge with its way "
        f"down; to begin takes {listed(f'{minutes:g} min of {kind}' for kind, minutes in START_MIN.items())}.",
        f"Sets of one exercise in a session: {listed(f'{low_to_high(n)} of {kind}' for kind, n in SESSION_SETS.items())}.",
        f"In a set: repetitions {reps}; hops by impact {hops}; {number(SET_HOLD_S)} s of a hold, {number(SET_WALK_M)} m of walking.",
        f"Effort (RPE): {listed(f'{rpe:g} of {kind}' for kind, rpe in SESSION_RPE.items())}.",
    ])  # fmt: skip


def _days(n: int) -> str:
    return f"{spelled(n)} day{'s' * (n != 1)}"
