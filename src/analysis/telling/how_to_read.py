"""The rules behind the numbers of a page, told in sentences beside it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from analysis.language import noun_of, said, to_say
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
from analysis.wording import amount_in, counted, counted_in, listed, low_to_high, number, pace, percent, spelled

from .shown import Sentences

BY_LEGS = {  # laterality -> of repetitions
    "both": to_say("on both legs"),
    "each": to_say("with each leg"),
    "alternating": to_say("in turn"),
}
OF_SEX = {"man": to_say("{a} exp({b} s) for a man"), "woman": to_say("{a} exp({b} s) for a woman")}
AT_LEVEL = {
    "new": to_say("{n} at level new"),
    "some": to_say("{n} at level some"),
    "used": to_say("{n} at level used"),
}
TO_BE = {
    "some": to_say("some, who does {raises} one-leg calf raises and a one-leg bridge of {seconds} s"),
    "used": to_say("used, who does {raises} one-leg calf raises and a one-leg bridge of {seconds} s"),
}


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
    return Sentences([*_counted(indirect), *_held_against(target, customary)])


def _counted(indirect: float) -> list[str]:
    others = [kind for kind in KIND.categories if kind not in WORKING_SETS]
    return [
        said(
            "A set counts 1 for a muscle that it trains directly and {helping} for one that helps: three sets of bench "
            "step-ups are 3 for the quadriceps and {three} for the hamstrings (Pelland 2025).",
            helping=number(indirect, 2),
            three=number(3 * indirect, 2),
        ),
        said(
            "In our catalog the hamstrings only help in a one-legged squat: they do more on one leg than on two, and less "
            "with the rear foot on the floor than raised (McCurdy 2010, DeForest 2014). The glutes (maximus) only help in "
            "a bench step-up without weights (MacAskill 2014), and are trained directly with them (Neto 2020)."
        ),
        said(
            "Of the kinds of sets, {kinds} count; {others} sets do not."
            if others
            else "Of the kinds of sets, {kinds} count.",
            kinds=_words(WORKING_SETS),
            others=_words(others),
        ),
        said(
            "A hold of {seconds} s or more at an effort (RPE) of {rpe} or more is a set; a shorter or easier one, or one "
            "without RPE, counts {short}.",
            seconds=number(HOLD_S),
            rpe=number(HOLD_RPE),
            short=number(SHORT_HOLD_SETS, 2),
        ),
    ]


def _held_against(target: tuple[float, float], customary: tuple[float, float]) -> list[str]:
    return [
        said(
            "On target are {target} sets a week. It is a choice: growth has been seen from about {growth} on, with less "
            "gained from each further one (Schoenfeld 2017, Pelland 2025).",
            target=low_to_high(target),
            growth=number(GROWTH_SETS),
        ),
        said(
            "Contacts are touch-downs of a foot or of both together; {customary} a session is what textbooks give a beginner.",
            customary=low_to_high(customary),
        ),
        said(
            "A change of less than {sets} sets a week is one line of the log more or less; sides are called alike where "
            "neither did {share} less.",
            sets=number(NOTICEABLE_SETS, 2),
            share=percent(NOTICEABLE_ASYMMETRY),
        ),
        said(
            "The mean of fewer than {weeks} is to be read with care; named is the muscle that had no set for longest, from "
            "{days} on.",
            weeks=counted(FEWEST_WEEKS, "week"),
            days=_days(PAUSE_DAYS),
        ),
    ]


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
        said(
            "The protocol is {repeats} repeats up a grade of {grade}, with a jog down: {pace} or faster while moving, which "
            "only a recording tells (Hreljac 1995).",
            repeats=low_to_high(PROTOCOL_CHARGES),
            grade=low_to_high(PROTOCOL_GRADE, share=True),
            pace=pace(JOG_M_PER_S),
        ),
        said(
            "Fade takes {timed} timed repeats in a session, a trend {sessions} sessions on one hill; its band is the {sure} "
            "interval (Sen 1968).",
            timed=spelled(FEWEST_TIMED),
            sessions=spelled(FEWEST_SESSIONS),
            sure=percent(TREND_INTERVAL),
        ),
        said(
            "Hills without a name are taken for one where they differ by {share} or less in length and by {metres} or less "
            "of climb in 100 m.",
            share=percent(SAME_HILL_LENGTH),
            metres=counted(100 * SAME_HILL_GRADE, "metre"),
        ),
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
    return Sentences([*_doses(), *_days_between(), *_ramps_and_loads()])


def _doses() -> list[str]:
    return [
        said(
            "Done as planned is {share} of the dose or more on that day; moved is within {days} of it; by an exercise alike "
            "is up to {steps} easier or harder on the same ladder, strength for the same muscle, hops for hops, repeats for "
            "repeats, a run for a run.",
            share=percent(DONE_SHARE),
            days=_days(MOVED_DAYS),
            steps=counted(LADDER_RUNGS, "step"),
        )
    ]


def _days_between() -> list[str]:
    return [
        said(
            "Which work keeps which gap from which, on which muscles and on whose word, is a table that a coach edits "
            "(spacing.csv of the catalog); each pair names its rule. Less than the least is too near; less than is wished "
            "is a remark. Evidence is fair where several studies agree, weak where few small ones or custom speak. A gap is "
            "not a promise: that it was kept prevents nothing."
        ),
        said(
            "Of strength, sets at an effort (RPE) of {heavy} or more or without one keep a gap, holds and lighter sets "
            "none; of hops those of {impact} impact. A run is fast by its exercise, by a word of its title or, as a session "
            "of nothing else, by an effort from {hard}; downhill is long from {minutes} min or {metres} of descent, the "
            "ways back of repeats left out.",
            heavy=number(HEAVY_SET_RPE),
            impact=_words(HEAVY_IMPACT),
            hard=number(HARD_RUN_RPE),
            minutes=number(LONG_DOWNHILL_MIN),
            metres=amount_in(LONG_DESCENT_M, "m", 0),
        ),
        said(
            "Named are {days} hard days in a row or more: heavy legs, such hops, repeats, fast runs, races, long runs at an "
            "effort from {hard}.",
            days=spelled(HARD_DAYS),
            hard=number(HARD_RUN_RPE),
        ),
    ]


def _ramps_and_loads() -> list[str]:
    weights = (said(OF_SEX[sex], a=number(a, 2), b=number(b, 2)) for sex, (a, b) in TRIMP_WEIGHTS.items())
    return [
        said(
            "The longest run is compared with the longest of the {days} before (Frandsen et al. 2025), and so are, by "
            "analogy, contacts, repeats, climbs, descents and minutes of sessions and weeks; told is what is above by more "
            "than {share} and by more than {least}.",
            days=_days(LOOK_BACK_DAYS),
            share=percent(RAMP_SHARE),
            least=listed(counted_in(unit, n) for unit, n in RAMP_LEAST.items()),
        ),
        said(
            "Load is told by one way all along, the one that most sessions have: the effort of the session x minutes (Foster "
            "2001); the mean effort of its working sets x minutes, where {share} of them or more say it (it is above that "
            "of the session, Sweet 2004); or TRIMP: at a share s of the heart rate reserve a minute weighs s x {weights} "
            "(Banister 1991, Morton 1990).",
            share=percent(RATED_SETS),
            weights=listed(weights),
        ),
        said(
            "Named for a coach are doses done to less than {less}; named as beyond the plan are those of which {more} more "
            "was done.",
            less=percent(NOTABLE_SHARE),
            more=percent(NOTABLE_BEYOND),
        ),
    ]


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
    return Sentences([*_compared(), *_told_of_trends(), *_told_besides()])


def _compared() -> list[str]:
    left = (said("{reps} at RPE {rpe}", reps=number(reps), rpe=number(rpe)) for rpe, reps in LEFT_AT_RPE.items())
    return [
        said(
            "Of each session the best set is compared: {kinds} sets can be it, of RPE {reps} or more for repetitions and "
            "{seconds} or more for seconds, where it is logged. Where each best set has it, the repetitions that were left "
            "are added: {left} (Zourdos 2016).",
            kinds=_words(BEST_SETS),
            reps=number(HARD_RPE["reps"]),
            seconds=number(HARD_RPE["seconds"]),
            left=listed(left),
        ),
        said(
            "The greatest load for one repetition is reckoned by the formula of {formula} from {most} repetitions or fewer "
            "(Reynolds 2006); of more, the load for as many as usual is, from sets within {near} of them. Else only sets "
            "with the same load are compared.",
            formula=ONE_RM_FORMULA,
            most=ONE_RM_REPS,
            near=counted(NEAR_REPS, "repetition"),
        ),
    ]


def _told_of_trends() -> list[str]:
    (reps, of_reps), (seconds, of_seconds), (_, of_kg) = (TYPICAL_ERROR[kind] for kind in ("reps", "seconds", "kg"))
    return [
        said(
            "A trend takes {sessions} over {days} or more. It is called a change where chance orders sessions so in less "
            "than {chance} of cases (Kendall 1975) and it comes to {errors} typical errors of one session or more. Of "
            "exercises that do not change {false} are called so all the same.",
            sessions=counted(FEWEST_BESTS, "session"),
            days=_days(FEWEST_TREND_DAYS),
            chance=percent(CHANCE),
            errors=number(CHANGE_ERRORS),
            false=percent(FALSE_VERDICTS),
        ),
        said(
            "A typical error is at least {reps} or {of_reps}, {seconds} s or {of_seconds}, and {of_kg} of a load (Ross & "
            "Fontenot 2000, Juan-Recio 2022, Grgic 2020); from {sessions} on, that by which they differ from one to the "
            "next, where it is {times} times as much or more.",
            reps=counted(reps, "repetition"),
            of_reps=percent(of_reps),
            seconds=number(seconds),
            of_seconds=percent(of_seconds),
            of_kg=percent(of_kg),
            sessions=counted(OWN_ERROR_SESSIONS, "session"),
            times=number(OWN_ERROR_TIMES),
        ),
    ]


def _told_besides() -> list[str]:
    return [
        said(
            "Where {share} of the bests are one number and effort says nothing, a target was held: whether more was "
            "possible nobody can tell. Log RPE, or leave the end of the last set open every three or four weeks.",
            share=percent(HELD_SHARE),
        ),
        said(
            "Told besides are a break of {pause} or more; no new best in {sessions} and {still}; as much with {rpe} RPE "
            "less. Sessions before and after {away} away are not compared.",
            pause=_days(PAUSE_DAYS),
            sessions=counted(STILL_SESSIONS, "session"),
            still=_days(STILL_DAYS),
            rpe=number(LESS_EFFORT),
            away=_days(LONG_BREAK_DAYS),
        ),
        said(
            "A side is named where its best lacks {gap} or more of the other's in the last {sessions} sessions, and is the "
            "weaker one in {most} of them; healthy people differ as well (Bishop 2018).",
            gap=percent(NOTICEABLE_GAP),
            sessions=LAST_SESSIONS,
            most=MOST_OF_THEM,
        ),
    ]


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
    return Sentences([*_aims(), *_times_and_sets()])


def _aims() -> list[str]:
    return [
        said(
            "A proposed week aims at {sets} sets of each muscle and has no more than {most}, on {strength} days of "
            "strength, {hops} of hops and {hills} of hills, with {contacts} foot contacts at most.",
            sets=number(PLANNED_SETS_A_WEEK),
            most=number(MOST_SETS_A_WEEK),
            strength=low_to_high(STRENGTH_DAYS),
            hops=low_to_high(PLYOMETRIC_DAYS),
            hills=HILL_SESSIONS_A_WEEK,
            contacts=number(CONTACTS_A_WEEK),
        ),
        said(
            "Heavy sets, hops that land hard, hill repeats and fast runs keep the days between each other that the table of "
            "pairs asks for (spacing.csv of the catalog), and more where that is better; on one day hops come first, then "
            "hills, then strength. What cannot be kept is said."
        ),
        said(
            "Near a week of one's own, runs stay on their days, what is on target stays on it, each exercise is done as it "
            "was, and no pair of days comes nearer than is asked that was not so before."
        ),
    ]


def _times_and_sets() -> list[str]:
    by_legs = {BY_LEGS[legs]: n for legs, n in SET_REPS.items()}
    return [
        said("Minutes of the days: {days}.", days=_amounts(dict(zip(WEEKDAYS, MINUTES_A_DAY, strict=True)))),
        said(
            "Time is reckoned at {of_set} min a set with its rest and {of_repeat} min a repeat with its way down; to begin "
            "takes {start}.",
            of_set=number(SET_MIN, 2),
            of_repeat=number(CHARGE_MIN, 2),
            start=listed(said("{n} min of {kind}", n=number(n), kind=said(kind)) for kind, n in START_MIN.items()),
        ),
        said("Sets of one exercise in a session: {sets}.", sets=_of_kinds(SESSION_SETS, low_to_high)),
        said(
            "In a set: repetitions {reps}; hops by impact {hops}; {seconds} s of a hold, {metres} of walking.",
            reps=_amounts(by_legs),
            hops=_amounts(SET_HOPS),
            seconds=number(SET_HOLD_S),
            metres=amount_in(SET_WALK_M, "m"),
        ),
        said("Effort (RPE): {efforts}.", efforts=_of_kinds(SESSION_RPE, number)),
    ]


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
    return Sentences([*_steps(), *_less(), *_hops_and_hills()])


def _steps() -> list[str]:
    easy, ready, hard = STEP_RPE
    return [
        said(
            "Repetitions come first, then a set, then the harder variant (Plotkin 2022), one of them at a time. All sets "
            "done ask for a step more, at an effort of {easy} or less for a big one; the top of a variant done twice at "
            "{again} or less asks for a set more, and then for the next variant, of {sets} sets at most.",
            easy=number(easy),
            again=number(ready),
            sets=spelled(NEW_RUNG_SETS),
        ),
        said(
            "Above an effort of {hard}, and after a missed set, nothing rises. Two sessions missed in a row lower the "
            "target; three, or two and less than {far} of what was asked, lead to the easier variant.",
            hard=number(hard),
            far=percent(FAR_SHARE),
        ),
        said(
            "A set more is asked only while each muscle that it trains directly stays at {most} sets a week or below. Where "
            "one side lies more than {gap} behind in most of the last sessions, the other waits for it.",
            most=number(TARGET_SETS[1]),
            gap=percent(NOTICEABLE_GAP),
        ),
        said(
            "With a weight, {share} more is added and at least {plate} (ACSM 2009); {first} the first time.",
            share=percent(LOAD_STEP),
            plate=amount_in(SMALLEST_PLATE_KG, "kg", 2),
            first=amount_in(FIRST_LOAD_KG, "kg"),
        ),
    ]


def _less() -> list[str]:
    week, fortnight, month = BREAK_DAYS
    return [
        said(
            "From a pain of {pain} of ten on, less is asked for; twice in a row, nothing: have it looked at first. It is no "
            "medical advice (Silbernagel 2007 went higher, supervised). A page for others is made without pain and notes, "
            "and what it asks for heeds neither.",
            pain=number(PAIN_LIMIT),
        ),
        said(
            "After {week} days without an exercise it is as it was, after {fortnight} it has half the sets, after {month} it "
            "is a variant easier, after {anew} it begins anew (Bosquet 2013). After {weeks} weeks in a row a light one has "
            "half the sets (Rogerson 2024); a week of {light} of the sets before it was one.",
            week=number(week),
            fortnight=number(fortnight),
            month=number(month),
            anew=number(LONG_BREAK_DAYS),
            weeks=spelled(LIGHT_AFTER_WEEKS),
            light=percent(LIGHT_SHARE),
        ),
    ]


def _hops_and_hills() -> list[str]:
    more, share = CONTACTS_STEP
    fade, fading = FADE_LIMITS
    tiers = (said("{n} of {tier}", n=number(n), tier=said(tier)) for tier, n in CONTACTS_TO_RISE.items())
    return [
        said(
            "Hops begin with {first} foot contacts, of who is used to them with {used}, and rise by {more} or {share} once "
            "in {days}, up to {most}. Twice as planned with {tiers} impact they lead to the next tier, with {next} of the "
            "contacts.",
            first=number(FIRST_CONTACTS[0]),
            used=number(FIRST_CONTACTS[1]),
            more=number(more),
            share=percent(share),
            days=_days(RAISED_DAYS),
            most=listed(said(AT_LEVEL[level], n=number(n)) for level, n in MOST_CONTACTS.items()),
            tiers=listed(tiers),
            next=percent(CONTACTS_OF_NEXT_TIER),
        ),
        said(
            "Hills rise by one repeat once in {days}; twice at the most they begin again at {again}, {longer} s longer each, "
            "or from {longest} s on {steeper} % steeper. A last repeat more than {fade} slower than the first keeps them as "
            "they are, more than {fading} takes one away, down to {fewest}. Where they hurt, {walk} min of walking uphill "
            "stand for them.",
            days=_days(RAISED_DAYS),
            again=spelled(CHARGES_AFTER_MORE),
            longer=number(LONGER_S),
            longest=number(LONGEST_CHARGE_S),
            steeper=number(100 * STEEPER),
            fade=percent(fade),
            fading=percent(fading),
            fewest=spelled(FEWEST_CHARGES),
            walk=number(UPHILL_WALK_MIN),
        ),
        said(
            "A race, a fast run, hills and heavy sets are followed by as many days as the table of pairs asks for "
            "(spacing.csv of the catalog). The level of hops is new, or {levels}.",
            levels=listed(map(_level, LEVEL_MARKS)),
        ),
    ]


def _level(level: str) -> str:
    raises, seconds, weeks = LEVEL_MARKS[level]
    told = said(TO_BE[level], raises=number(raises), seconds=number(seconds))
    after = said("{level} after {weeks} of strength work", level=told, weeks=counted(weeks, "week"))
    return after if weeks else told


def _words(words: Iterable[str]) -> str:
    """Words of the tables, such as kinds of sets."""
    return listed(map(said, words))


def _amounts(rule: Mapping[str, float]) -> str:
    return listed(said("{n} {what}", n=number(n), what=said(what)) for what, n in rule.items())


def _of_kinds(rule: Mapping[str, Any], worded: Callable[[Any], str]) -> str:
    return listed(said("{n} of {what}", n=worded(n), what=said(kind)) for kind, n in rule.items())


def _days(n: int) -> str:
    return f"{spelled(n)} {noun_of(n, 'day', 'days')}"
