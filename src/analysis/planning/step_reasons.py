"""Why the next session asks for what it does, in a sentence with the numbers that it rests on."""

from collections.abc import Sequence
from datetime import date

from analysis.language import said, to_say
from analysis.wording import amount_in, counted, in_sentence, number, percent, spelled, weekday

from .hill_steps import DoneHills, HillStep
from .hop_steps import DoneHops, HopStep
from .set_steps import DoneSets, SetStep

WHY_SETS = {  # reason -> its sentence
    "no_equipment": to_say("its equipment is not at hand: {name} in its place"),
    "pain_twice": to_say("pain {pain} and, the time before, {pain_before} of ten: have it looked at first"),
    "pain": to_say("pain {pain} of ten last time: {asked}"),
    "break_long": to_say("{away} without it: from the first step again"),
    "break_4w": to_say("{away} without it: half the sets"),
    "break_2w": to_say("{away} without it: half the sets"),
    "break_1w": to_say("{away} without it: the same as then"),
    "light": to_say("{weeks} of training in a row: a light one, with half the sets"),
    "back": to_say("{done} since the break: one set more, as before it"),
    "easier": to_say("{missed}, not for the first time: a step easier"),
    "missed_often": to_say("{missed}, not for the first time: fewer sets, of {target}"),
    "missed_twice": to_say("{missed}, for the second time: {target} a set"),
    "missed": to_say("{missed}: the same again"),
    "too_hard": to_say("{done}: too hard for more, the same again"),
    "once_more": to_say("{reached}: once more before it gets harder"),
    "more_sets": to_say("{twice}: one set more"),
    "sides_first": to_say("{twice}, best {left} left and {right} right: the stronger side stops where the weaker does"),
    "harder": to_say("{twice}: the next step, {name}"),
    "more_load": to_say("{twice}: {heavier}"),
    "more_reps": to_say("{done}: {more} more a set"),
}
A_STEP_EASIER = {  # the same where it is on an easier rung
    "pain": to_say("pain {pain} of ten last time: a step easier, {asked}"),
    "break_4w": to_say("{away} without it: a step easier, and half the sets"),
}
WHY_HOPS = {
    "pain": to_say("pain {pain} of ten last time: {lower}"),
    "break_4w": to_say("{away} without hops: {lower}"),
    "break_2w": to_say("{away} without hops: {asked}, half of before"),
    "missed": to_say("{n} of {planned} contacts done: {asked} again"),
    "loud": to_say("landings were loud: {asked} again"),
    "harder": to_say("{done} as planned, twice in a row: the next tier, {tier} impact, with {asked}"),
    "more_contacts": to_say("{done} as planned: {asked}"),
    "raised_lately": to_say("{done} as planned, more than the time before within a week: {asked} again"),
    "at_the_top": to_say("{done}; {asked}, as many as a session has"),
    "not_today": to_say("hops of {tier} impact rest until {day}: {asked}"),
}
WHY_HILLS = {
    "start": to_say("a walk uphill last time: {asked} to begin with"),
    "pain": to_say("pain {pain} of ten last time: a walk uphill in their place"),
    "break_4w": to_say("{away} without repeats: {asked}"),
    "break_2w": to_say("{away} without repeats: {asked}"),
    "missed": to_say("{some}: {asked}"),
    "faded": to_say("the last repeat took {fade} longer than the first: {asked}"),
    "fade": to_say("the last repeat took {fade} longer than the first: {asked} again"),
    "one_missed": to_say("{some}: {asked} again"),
    "too_hard": to_say("{done}: too hard for more, {asked} again"),
    "hard": to_say("{done}: hard enough, {asked} again"),
    "raised_lately": to_say("{done}, more than the time before within a week: {asked} again"),
    "more_charges": to_say("{done}: one more"),
    "once_more": to_say("{done}: {n} once more before they get harder"),
    "longer": to_say("{done}, twice in a row: {asked}, each a little longer"),
    "steeper": to_say("{done}, twice in a row: {asked}, each a little steeper"),
    "at_the_top": to_say("{done}, as long and steep as they get: {asked} again"),
}


def why_sets(step: SetStep, history: Sequence[DoneSets], today: date, unit: str, weeks: int, name: str) -> str:
    """The reason of a step on a ladder. unit: " s" of holds, else nothing; name: of the exercise that is asked for."""
    target = f"{number(step.target)}{unit}"
    if step.reason == "start":
        return said("not done yet: {sets} of {target} to begin with", sets=counted(step.sets, "set"), target=target)
    if not history:
        return said("nothing at hand for any of its steps")
    now = history[0]
    easier = A_STEP_EASIER if step.rung != now.rung else {}
    return said(
        easier.get(step.reason, WHY_SETS[step.reason]),
        name=in_sentence(name),
        asked=said("{sets} of {target}", sets=counted(step.sets, "set"), target=target),
        target=target,
        more=f"{number(step.target - now.target)}{unit}",
        heavier=_heavier(step, now),
        weeks=counted(weeks, "week"),
        away=counted((today - now.day).days, "day"),
        reached=_done(now, target),
        **_told_of(history, unit),
    )


def _told_of(history: Sequence[DoneSets], unit: str) -> dict[str, str]:
    """What was done and how it felt, the parts of a reason."""
    now, before = history[0], history[min(1, len(history) - 1)]
    best = (f"{number(max(side, default=0))}{unit}" for side in (now.left, now.right))
    return {
        "pain": number(now.pain or 0),
        "pain_before": number(before.pain or 0),
        "done": _done(now, f"{number(now.target)}{unit}"),
        "twice": _done(now, f"{number(_least(now))}{unit}", twice=True),
        "missed": _missed(now, unit),
        **dict(zip(("left", "right"), best, strict=True)),
    }


def _done(now: DoneSets, each: str, twice: bool = False) -> str:
    """All 3 x 10 done, at effort 8."""
    dose = f"{now.sets} x {each}"
    if twice:
        return _at_effort(said("all {dose} done twice" if now.sets > 1 else "{dose} done twice", dose=dose), now.rpe)
    return _at_effort(said("all {dose} done" if now.sets > 1 else "{dose} done", dose=dose), now.rpe)


def _at_effort(done: str, rpe: float | None) -> str:
    return done if rpe is None else said("{done}, at effort {rpe}", done=done, rpe=number(rpe))


def _least(done: DoneSets) -> float:
    """What every set reached that was planned."""
    return min((one for side in (done.left, done.right) for one in side[: done.sets]), default=0)


def _missed(done: DoneSets, unit: str) -> str:
    """What was done of what was asked: of 2 x 10 done 10 and 8."""
    dose = f"{done.sets} x {number(done.target)}{unit}"
    left, right = (" ".join(map(number, sets)) or said("nothing") for sets in (done.left, done.right))
    if done.left == done.right:
        return said("of {dose} {each} done", dose=dose, each=left)
    return said("of {dose} left {left}, right {right} done", dose=dose, left=left, right=right)


def _heavier(step: SetStep, now: DoneSets) -> str:
    if step.load_kg is not None and step.load_kg > (now.load_kg or 0):
        return amount_in(step.load_kg, "kg", 2)
    return said("slower, or with a little weight")


def why_hops(step: HopStep, history: Sequence[DoneHops], today: date) -> str:
    """The reason of the contacts of a session."""
    tier, asked = said(step.tier), counted(step.contacts, "contact")
    if not history:
        return said("no hops yet: {asked} of {tier} impact to begin with", asked=asked, tier=tier)
    now = history[0]
    lower = said("hops of {tier} impact, {asked}", tier=tier, asked=asked) if step.tier != now.tier else asked
    return said(
        WHY_HOPS[step.reason],
        pain=number(now.pain or 0),
        away=counted((today - now.day).days, "day"),
        lower=lower,
        asked=asked,
        done=counted(now.contacts, "contact"),
        n=number(now.contacts),
        planned=number(now.planned or now.contacts),
        tier=tier,
        day=weekday(step.day, whole=True) if step.day else "",
    )


def why_hills(step: HillStep, history: Sequence[DoneHills], today: date) -> str:
    """The reason of the charges of a session."""
    asked = counted(step.charges, "repeat")
    if not history:
        return said("no repeats yet: {asked} to begin with", asked=asked)
    now = history[0]
    all_done = said("all {repeats} done", repeats=counted(now.done, "repeat"))
    some = said("{n} of {repeats} done", n=now.done, repeats=counted(now.planned, "repeat"))
    return said(
        WHY_HILLS[step.reason],
        pain=number(now.pain or 0),
        away=counted((today - now.day).days, "day"),
        asked=asked,
        done=_at_effort(all_done, now.rpe),
        some=_at_effort(some, now.rpe),
        fade=percent(now.fade or 0),
        n=spelled(step.charges),
    )
