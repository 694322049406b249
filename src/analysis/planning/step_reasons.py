"""Why the next session asks for what it does, in a sentence with the numbers that it rests on."""

from collections.abc import Callable, Sequence
from datetime import date

from analysis.wording import counted, in_sentence, number, spelled

from .hill_steps import DoneHills, HillStep
from .hop_steps import DoneHops, HopStep
from .set_steps import DoneSets, SetStep


def why_sets(step: SetStep, history: Sequence[DoneSets], today: date, unit: str, weeks: int, name: str) -> str:
    """The reason of a step on a ladder. unit: " s" of holds, else nothing; name: of the exercise that is asked for."""
    if step.reason == "start":
        return f"not done yet: {counted(step.sets, 'set')} of {number(step.target)}{unit} to begin with"
    if not history:
        return "nothing at hand for any of its steps"
    now = history[0]
    dose = f"{now.sets} x {number(now.target)}{unit}"
    every = "all " * (now.sets > 1)
    done = f"{every}{dose} done{_effort(now.rpe)}"
    twice = f"{every}{now.sets} x {number(_least(now))}{unit} done twice{_effort(now.rpe)}"
    away = f"{counted((today - now.day).days, 'day')} without it"
    asked = f"{counted(step.sets, 'set')} of {number(step.target)}{unit}"
    sentences: dict[str, Callable[[], str]] = {
        "no_equipment": lambda: f"its equipment is not at hand: {in_sentence(name)} in its place",
        "pain_twice": lambda: f"pain {number(now.pain or 0)} and, the time before, {number(history[1].pain or 0)} of ten: have it looked at first",
        "pain": lambda: f"pain {number(now.pain or 0)} of ten last time: {'a step easier, ' * (step.rung != now.rung)}{asked}",
        "break_long": lambda: f"{away}: from the first step again",
        "break_4w": lambda: f"{away}: {'a step easier, and ' * (step.rung != now.rung)}half the sets",
        "break_2w": lambda: f"{away}: half the sets",
        "break_1w": lambda: f"{away}: the same as then",
        "light": lambda: f"{counted(weeks, 'week')} of training in a row: a light one, with half the sets",
        "back": lambda: f"{done} since the break: one set more, as before it",
        "easier": lambda: f"{_missed(now, unit)}, not for the first time: a step easier",
        "missed_often": lambda: f"{_missed(now, unit)}, not for the first time: fewer sets, of {number(step.target)}{unit}",
        "missed_twice": lambda: f"{_missed(now, unit)}, for the second time: {number(step.target)}{unit} a set",
        "missed": lambda: f"{_missed(now, unit)}: the same again",
        "too_hard": lambda: f"{done}: too hard for more, the same again",
        "once_more": lambda: f"{every}{now.sets} x {number(step.target)}{unit} done{_effort(now.rpe)}: once more before it gets harder",
        "more_sets": lambda: f"{twice}: one set more",
        "sides_first": lambda: f"{twice}, best {number(max(now.left))}{unit} left and {number(max(now.right))}{unit} right: the stronger side stops where the weaker does",
        "harder": lambda: f"{twice}: the next step, {in_sentence(name)}",
        "more_load": lambda: f"{twice}: {_heavier(step, now)}",
        "more_reps": lambda: f"{done}: {number(step.target - now.target)}{unit} more a set",
    }  # fmt: skip
    return sentences[step.reason]()


def _effort(rpe: float | None) -> str:
    return "" if rpe is None else f", at effort {number(rpe)}"


def _least(done: DoneSets) -> float:
    """What every set reached that was planned."""
    return min(one for side in (done.left, done.right) for one in side[: done.sets])


def _missed(done: DoneSets, unit: str) -> str:
    """What was done of what was asked: of 2 x 10 done 10 and 8."""
    told = {
        side: " ".join(map(number, sets)) or "nothing" for side, sets in (("left", done.left), ("right", done.right))
    }
    each = told["left"] if done.left == done.right else f"left {told['left']}, right {told['right']}"
    return f"of {done.sets} x {number(done.target)}{unit} {each} done"


def _heavier(step: SetStep, now: DoneSets) -> str:
    if step.load_kg is not None and step.load_kg > (now.load_kg or 0):
        return f"{number(step.load_kg, 2)} kg"
    return "slower, or with a little weight"


def why_hops(step: HopStep, history: Sequence[DoneHops], today: date) -> str:
    """The reason of the contacts of a session."""
    if not history:
        return f"no hops yet: {counted(step.contacts, 'contact')} of {step.tier} impact to begin with"
    now = history[0]
    done, asked = counted(now.contacts, "contact"), counted(step.contacts, "contact")
    away = f"{counted((today - now.day).days, 'day')} without hops"
    lower = f"hops of {step.tier} impact, " * (step.tier != now.tier)
    sentences = {
        "pain": f"pain {number(now.pain or 0)} of ten last time: {lower}{asked}",
        "break_4w": f"{away}: {lower}{asked}",
        "break_2w": f"{away}: {asked}, half of before",
        "missed": f"{number(now.contacts)} of {number(now.planned or now.contacts)} contacts done: {asked} again",
        "loud": f"landings were loud: {asked} again",
        "harder": f"{done} as planned, twice in a row: the next tier, {step.tier} impact, with {asked}",
        "more_contacts": f"{done} as planned: {asked}",
        "raised_lately": f"{done} as planned, more than the time before within a week: {asked} again",
        "at_the_top": f"{done}; {asked}, as many as a session has",
        "not_today": f"hops of {step.tier} impact rest until {step.day:%A}: {asked}",
    }
    return sentences[step.reason]


def why_hills(step: HillStep, history: Sequence[DoneHills], today: date) -> str:
    """The reason of the charges of a session."""
    if not history:
        return f"no repeats yet: {counted(step.charges, 'repeat')} to begin with"
    now = history[0]
    done, asked = f"all {counted(now.done, 'repeat')} done{_effort(now.rpe)}", counted(step.charges, "repeat")
    some = f"{now.done} of {counted(now.planned, 'repeat')} done{_effort(now.rpe)}"
    faded = f"the last repeat took {now.fade or 0:.0%} longer than the first"
    away = f"{counted((today - now.day).days, 'day')} without repeats"
    sentences = {
        "start": f"a walk uphill last time: {asked} to begin with",
        "pain": f"pain {number(now.pain or 0)} of ten last time: a walk uphill in their place",
        "break_4w": f"{away}: {asked}",
        "break_2w": f"{away}: {asked}",
        "missed": f"{some}: {asked}",
        "faded": f"{faded}: {asked}",
        "fade": f"{faded}: {asked} again",
        "one_missed": f"{some}: {asked} again",
        "too_hard": f"{done}: too hard for more, {asked} again",
        "hard": f"{done}: hard enough, {asked} again",
        "raised_lately": f"{done}, more than the time before within a week: {asked} again",
        "more_charges": f"{done}: one more",
        "once_more": f"{done}: {spelled(step.charges)} once more before they get harder",
        "longer": f"{done}, twice in a row: {asked}, each a little longer",
        "steeper": f"{done}, twice in a row: {asked}, each a little steeper",
        "at_the_top": f"{done}, as long and steep as they get: {asked} again",
    }
    return sentences[step.reason]
