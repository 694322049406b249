"""The rules behind the numbers of a page, told in sentences beside it."""

from analysis.rules import (
    BEST_SETS,
    BREAK_DAYS,
    CHANCE,
    CHANGE_ERRORS,
    CHARGE_MIN,
    CHARGES_AFTER_MORE,
    CONTACTS_A_WEEK,
    CONTACTS_OF_NEXT_TIER,
    CONTACTS_STEP,
    CONTACTS_TO_RISE,
    CUSTOMARY_CONTACTS,
    DONE_SHARE,
    FADE_LIMITS,
    FALSE_VERDICTS,
    FAR_SHARE,
    FEWEST_BESTS,
    FEWEST_CHARGES,
    FEWEST_SESSIONS,
    FEWEST_TIMED,
    FEWEST_TREND_DAYS,
    FEWEST_WEEKS,
    FIRST_CONTACTS,
    FIRST_LOAD_KG,
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
    LEVEL_MARKS,
    LIGHT_AFTER_WEEKS,
    LIGHT_SHARE,
    LOAD_STEP,
    LONG_BREAK_DAYS,
    LONG_DESCENT_M,
    LONG_DOWNHILL_MIN,
    LONGER_S,
    LONGEST_CHARGE_S,
    LOOK_BACK_DAYS,
    MINUTES_A_DAY,
    MOST_CONTACTS,
    MOST_OF_THEM,
    MOST_SETS_A_WEEK,
    MOVED_DAYS,
    NEAR_REPS,
    NEW_RUNG_SETS,
    NOTABLE_BEYOND,
    NOTABLE_SHARE,
    NOTICEABLE_ASYMMETRY,
    NOTICEABLE_GAP,
    NOTICEABLE_SETS,
    ONE_RM_FORMULA,
    ONE_RM_REPS,
    OWN_ERROR_SESSIONS,
    OWN_ERROR_TIMES,
    PAIN_LIMIT,
    PAUSE_DAYS,
    PLANNED_SETS_A_WEEK,
    PLYOMETRIC_DAYS,
    PROTOCOL_CHARGES,
    PROTOCOL_GRADE,
    RAISED_DAYS,
    RAMP_LEAST,
    RAMP_SHARE,
    RATED_SETS,
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
    SMALLEST_PLATE_KG,
    START_MIN,
    STEEPER,
    STEP_RPE,
    STILL_DAYS,
    STILL_SESSIONS,
    STRENGTH_DAYS,
    TARGET_SETS,
    TREND_INTERVAL,
    TRIMP_WEIGHTS,
    TYPICAL_ERROR,
    UPHILL_WALK_MIN,
    WORKING_SETS,
)
from analysis.schema import KIND, WEEKDAYS
from analysis.wording import counted, counted_in, listed, low_to_high, number, spelled

from .shown import Sentences

BY_LEGS = {"both": "on both legs", "each": "with each leg", "alternating": "in turn"}  # laterality -> of repetitions


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
        f"The protocol is {low_to_high(PROTOCOL_CHARGES)} repeats up a grade of {low_to_high(PROTOCOL_GRADE, share=True)}, with a "
        f"jog down: {number(JOG_M_PER_S, 2)} m/s or more while moving, which only a recording tells (Hreljac 1995).",
        f"Fade takes {spelled(FEWEST_TIMED)} timed repeats in a session, a trend {spelled(FEWEST_SESSIONS)} sessions on one hill; "
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
        "muscle, hops for hops, repeats for repeats, a run for a run.",
        "Which work keeps which gap from which, on which muscles and on whose word, is a table that a coach edits "
        "(spacing.csv of the catalog); each pair names its rule. Less than the least is too near; less than is wished is a "
        "remark. Evidence is fair where several studies agree, weak where few small ones or custom speak. A gap is not a promise: that it was kept prevents nothing.",
        f"Of strength, sets at an effort (RPE) of {number(HEAVY_SET_RPE)} or more or without one keep a gap, holds and lighter "
        f"sets none; of hops those of {listed(HEAVY_IMPACT)} impact. A run is fast by its exercise, by a word of its title or, as "
        f"a session of nothing else, by an effort from {number(HARD_RUN_RPE)}; downhill is long from "
        f"{number(LONG_DOWNHILL_MIN)} min or {number(LONG_DESCENT_M)} m of descent, the ways back of repeats left out.",
        f"Named are {spelled(HARD_DAYS)} hard days in a row or more: heavy legs, such hops, repeats, fast runs, races, long runs "
        f"at an effort from {number(HARD_RUN_RPE)}.",
        f"The longest run is compared with the longest of the {_days(LOOK_BACK_DAYS)} before (Frandsen et al. 2025), and "
        "so are, by analogy, contacts, repeats, climbs, descents and minutes of sessions and weeks; told is what is above by "
        f"more than {RAMP_SHARE:.0%} and by more than {_least()}.",
        "Load is told by one way all along, the one that most sessions have: the effort of the session x minutes (Foster 2001); "
        f"the mean effort of its working sets x minutes, where {RATED_SETS:.0%} of them or more say it (it is above that of the "
        "session, Sweet 2004); or TRIMP: at a share s of the heart rate reserve a minute weighs s x "
        f"{listed(f'{a:g} exp({b:g} s) for a {sex}' for sex, (a, b) in TRIMP_WEIGHTS.items())} (Banister 1991, Morton 1990).",
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
        f"typical errors of one session or more. Of exercises that do not change {FALSE_VERDICTS:.0%} are called so all the same.",
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
        for rule in (
            dict(zip(WEEKDAYS, MINUTES_A_DAY, strict=True)),
            {BY_LEGS[legs]: n for legs, n in SET_REPS.items()},
            SET_HOPS,
        )
    )
    return Sentences([
        f"A proposed week aims at {number(PLANNED_SETS_A_WEEK)} sets of each muscle and has no more than "
        f"{number(MOST_SETS_A_WEEK)}, on {low_to_high(STRENGTH_DAYS)} days of strength, {low_to_high(PLYOMETRIC_DAYS)} of hops and "
        f"{HILL_SESSIONS_A_WEEK} of hills, with {number(CONTACTS_A_WEEK)} foot contacts at most.",
        "Heavy sets, hops that land hard, hill repeats and fast runs keep the days between each other that the table of pairs "
        "asks for (spacing.csv of the catalog), and more where that is better; on one day hops come first, then hills, then "
        "strength. What cannot be kept is said.",
        "Near a week of one's own, runs stay on their days, what is on target stays on it, each exercise is done as it was, and "
        "no pair of days comes nearer than is asked that was not so before.",
        f"Minutes of the days: {days}.",
        f"Time is reckoned at {number(SET_MIN, 2)} min a set with its rest and {number(CHARGE_MIN, 2)} min a repeat with its way "
        f"down; to begin takes {listed(f'{minutes:g} min of {kind}' for kind, minutes in START_MIN.items())}.",
        f"Sets of one exercise in a session: {listed(f'{low_to_high(n)} of {kind}' for kind, n in SESSION_SETS.items())}.",
        f"In a set: repetitions {reps}; hops by impact {hops}; {number(SET_HOLD_S)} s of a hold, {number(SET_WALK_M)} m of walking.",
        f"Effort (RPE): {listed(f'{rpe:g} of {kind}' for kind, rpe in SESSION_RPE.items())}.",
    ])  # fmt: skip


def next_rules() -> Sentences:
    """How the next session follows from what was done: what raises it, what lowers it, and what waits.

    Returns
    -------
    Sentences
        The rules, each with its source.

    Examples
    --------
    >>> next_rules().sentences[0].startswith("Repetitions come first")
    True
    """
    easy, ready, hard = STEP_RPE
    week, fortnight, month = BREAK_DAYS
    more, share = CONTACTS_STEP
    fade, fading = FADE_LIMITS
    return Sentences([
        "Repetitions come first, then a set, then the harder variant (Plotkin 2022), one of them at a time. All sets done ask "
        f"for a step more, at an effort of {number(easy)} or less for a big one; the top of a variant done twice at {number(ready)} "
        f"or less asks for a set more, and then for the next variant, of {spelled(NEW_RUNG_SETS)} sets at most.",
        f"Above an effort of {number(hard)}, and after a missed set, nothing rises. Two sessions missed in a row lower the "
        f"target; three, or two and less than {FAR_SHARE:.0%} of what was asked, lead to the easier variant.",
        f"A set more is asked only while each muscle that it trains directly stays at {number(TARGET_SETS[1])} sets a week or "
        f"below. Where one side lies more than {NOTICEABLE_GAP:.0%} behind in most of the last sessions, the other waits for it.",
        f"With a weight, {LOAD_STEP:.0%} more is added and at least {number(SMALLEST_PLATE_KG, 2)} kg (ACSM 2009); "
        f"{number(FIRST_LOAD_KG)} kg the first time.",
        f"From a pain of {number(PAIN_LIMIT)} of ten on, less is asked for; twice in a row, nothing: have it looked at first. It "
        "is no medical advice (Silbernagel 2007 went higher, supervised). A page for others is made without pain and notes, and what "
        "it asks for heeds neither.",
        f"After {number(week)} days without an exercise it is as it was, after {number(fortnight)} it has half the sets, after "
        f"{number(month)} it is a variant easier, after {number(LONG_BREAK_DAYS)} it begins anew (Bosquet 2013). After "
        f"{spelled(LIGHT_AFTER_WEEKS)} weeks in a row a light one has half the sets (Rogerson 2024); a week of "
        f"{LIGHT_SHARE:.0%} of the sets before it was one.",
        f"Hops begin with {number(FIRST_CONTACTS[0])} foot contacts, of who is used to them with {number(FIRST_CONTACTS[1])}, and rise "
        f"by {number(more)} or {share:.0%} once in {_days(RAISED_DAYS)}, up to "
        f"{listed(f'{n:g} at level {level}' for level, n in MOST_CONTACTS.items())}. Twice as planned with "
        f"{listed(f'{n:g} of {tier}' for tier, n in CONTACTS_TO_RISE.items())} impact they lead to the next tier, with "
        f"{CONTACTS_OF_NEXT_TIER:.0%} of the contacts.",
        f"Hills rise by one repeat once in {_days(RAISED_DAYS)}; twice at the most they begin again at "
        f"{spelled(CHARGES_AFTER_MORE)}, {number(LONGER_S)} s longer each, or from {number(LONGEST_CHARGE_S)} s on "
        f"{number(100 * STEEPER)} % steeper. A last repeat more than {fade:.0%} slower than the first keeps them as they are, more "
        f"than {fading:.0%} takes one away, down to {spelled(FEWEST_CHARGES)}. Where they hurt, {number(UPHILL_WALK_MIN)} min of "
        "walking uphill stand for them.",
        "A race, a fast run, hills and heavy sets are followed by as many days as the table of pairs asks for (spacing.csv of "
        "the catalog). The level of hops is new, or "
        + listed(
            f"{level}, who does {number(raises)} one-leg calf raises and a one-leg bridge of {number(seconds)} s"
            + f" after {counted(weeks, 'week')} of strength work" * (weeks > 0)
            for level, (raises, seconds, weeks) in LEVEL_MARKS.items()
        )
        + ".",
    ])  # fmt: skip


def _least() -> str:
    return listed(counted_in(unit, n) for unit, n in RAMP_LEAST.items())


def _days(n: int) -> str:
    return f"{spelled(n)} day{'s' * (n != 1)}"
