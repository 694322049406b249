"""The rules behind the numbers of a page, told in sentences beside it."""

from analysis.rules import (
    BEST_SETS,
    CHANCE,
    CHANGE_ERRORS,
    CHARGE_MIN,
    CONTACTS_A_WEEK,
    CUSTOMARY_CONTACTS,
    DONE_SHARE,
    FEWEST_BESTS,
    FEWEST_SESSIONS,
    FEWEST_TIMED,
    FEWEST_TREND_DAYS,
    FEWEST_WEEKS,
    GROWTH_SETS,
    HARD_DAYS,
    HARD_RPE,
    HARD_RUN_RPE,
    HEAVY_IMPACT,
    HEAVY_SET_RPE,
    HELD_SHARE,
    HILL_SESSIONS_A_WEEK,
    HOLD_RPE,
    HOLD_S,
    INDIRECT_SETS,
    JOG_M_PER_S,
    LADDER_RUNGS,
    LAST_SESSIONS,
    LEFT_AT_RPE,
    LESS_EFFORT,
    LONG_BREAK_DAYS,
    LONG_DESCENT_M,
    LONG_DOWNHILL_MIN,
    LOOK_BACK_DAYS,
    MINUTES_A_DAY,
    MOST_OF_THEM,
    MOST_SETS_A_WEEK,
    MOVED_DAYS,
    NEAR_REPS,
    NOTABLE_BEYOND,
    NOTABLE_SHARE,
    NOTICEABLE_ASYMMETRY,
    NOTICEABLE_GAP,
    NOTICEABLE_SETS,
    ONE_RM_FORMULA,
    ONE_RM_REPS,
    OWN_ERROR_SESSIONS,
    OWN_ERROR_TIMES,
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
    STILL_DAYS,
    STILL_SESSIONS,
    STRENGTH_DAYS,
    TARGET_SETS,
    TREND_INTERVAL,
    TYPICAL_ERROR,
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
        "Which work keeps which gap from which, on which muscles and on whose word, is a table that a coach edits "
        "(`spacing.csv` of the catalog); each pair names its rule. Less than the least is too near; less than is wished is a "
        "remark. Evidence is fair where several studies agree, weak where few small ones or custom speak. A gap is not a promise: that it was kept prevents nothing.",
        f"Of strength, sets at an effort (RPE) of {number(HEAVY_SET_RPE)} or more or without one keep a gap, holds and lighter "
        f"sets none; of hops those of {listed(HEAVY_IMPACT)} impact. A run is fast by its exercise, by a word of its title or, as "
        f"a session of nothing else, by an effort from {number(HARD_RUN_RPE)}; downhill is long from "
        f"{number(LONG_DOWNHILL_MIN)} min or {number(LONG_DESCENT_M)} m of descent, the ways back of charges left out.",
        f"Named are {spelled(HARD_DAYS)} hard days in a row or more: heavy legs, such hops, charges, fast runs, races, long runs "
        f"at an effort from {number(HARD_RUN_RPE)}.",
        f"The longest run is compared with the longest of the {_days(LOOK_BACK_DAYS)} before (Frandsen et al. 2025).",
        f"Named for a coach are doses done to less than {NOTABLE_SHARE:.0%}; named as beyond the plan are those of which "
        f"{NOTABLE_BEYOND:.0%} more was done.",
    ])  # fmt: skip


def progress_rules() -> Sentences:
    """When an exercise is called stronger or weaker, what is compared, and what a side must lack to be named.

    Returns
    -------
    Sentences
        The rules, each with its source.

    Examples
    --------
    >>> progress_rules().sentences[0].startswith("Of each session the best set ")
    True
    """
    left = listed(f"{number(reps)} at RPE {number(rpe)}" for rpe, reps in LEFT_AT_RPE.items())
    (reps, of_reps), (seconds, of_seconds), (_, of_kg) = (TYPICAL_ERROR[kind] for kind in ("reps", "seconds", "kg"))
    return Sentences([
        f"Of each session the best set is compared: {listed(BEST_SETS)} sets can be it, of RPE {number(HARD_RPE['reps'])} or more "
        f"for repetitions and {number(HARD_RPE['seconds'])} or more for seconds, where it is logged. Where each best set has it, "
        f"the repetitions that were left are added: {left} (Zourdos 2016).",
        f"The greatest load for one repetition is reckoned by the formula of {ONE_RM_FORMULA} from {ONE_RM_REPS} repetitions or "
        "fewer (Reynolds 2006); of more, the load for as many as usual is, from sets within "
        f"{counted(NEAR_REPS, 'repetition')} of them. Else only sets with the same load are compared.",
        f"A trend takes {counted(FEWEST_BESTS, 'session')} over {_days(FEWEST_TREND_DAYS)} or more. It is called a change where "
        f"chance orders sessions so in less than {CHANCE:.0%} of cases (Kendall 1975) and it comes to {number(CHANGE_ERRORS)} "
        "typical errors of one session or more.",
        f"A typical error is at least {counted(reps, 'repetition')} or {of_reps:.0%}, {number(seconds)} s or {of_seconds:.0%}, and "
        f"{of_kg:.0%} of a load (Ross & Fontenot 2000, Juan-Recio 2022, Grgic 2020); from {counted(OWN_ERROR_SESSIONS, 'session')} "
        f"on, that by which they differ from one to the next, where it is {number(OWN_ERROR_TIMES)} times as much or more.",
        f"Where {HELD_SHARE:.0%} of the bests are one number and effort says nothing, a target was held: whether more was possible "
        "nobody can tell. Log RPE, or leave the end of the last set open every three or four weeks.",
        f"Told besides are a break of {_days(PAUSE_DAYS)} or more; no new best in {counted(STILL_SESSIONS, 'session')} and "
        f"{_days(STILL_DAYS)}; as much with {number(LESS_EFFORT)} RPE less. Sessions before and after {_days(LONG_BREAK_DAYS)} away "
        "are not compared.",
        f"A side is named where its best lacks {NOTICEABLE_GAP:.0%} or more of the other's in the last {LAST_SESSIONS} sessions, "
        f"and is the weaker one in {MOST_OF_THEM} of them; healthy people differ as well (Bishop 2018).",
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
        f"Heavy days of one kind are put {spelled(REST_DAYS)} calendar days apart: strength by muscle, hops that land hard, "
        "hill charges.",
        f"Minutes of the days: {days}.",
        f"Time is reckoned at {number(SET_MIN, 2)} min a set with its rest and {number(CHARGE_MIN, 2)} min a charge with its way "
        f"down; to begin takes {listed(f'{minutes:g} min of {kind}' for kind, minutes in START_MIN.items())}.",
        f"Sets of one exercise in a session: {listed(f'{low_to_high(n)} of {kind}' for kind, n in SESSION_SETS.items())}.",
        f"In a set: repetitions {reps}; hops by impact {hops}; {number(SET_HOLD_S)} s of a hold, {number(SET_WALK_M)} m of walking.",
        f"Effort (RPE): {listed(f'{rpe:g} of {kind}' for kind, rpe in SESSION_RPE.items())}.",
    ])  # fmt: skip


def _days(n: int) -> str:
    return f"{spelled(n)} day{'s' * (n != 1)}"
