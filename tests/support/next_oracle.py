"""What comes next, read a second time: rows of (reason, holds, gives) over plain dicts, the first row that holds counts.

Sessions are dicts, newest first, keyed as the fields of the records they stand for. Numbers are whole or exact fractions.
"""

from datetime import timedelta
from fractions import Fraction
from itertools import takewhile
from types import SimpleNamespace as Facts


def first(rows, facts):
    """Give the reason of the first row that holds, and what that row gives."""
    return next((reason, gives(facts)) for reason, holds, gives in rows if holds(facts))


def half(number):
    """Half of a whole number, rounded up."""
    return -(-number // 2)


def sore(session):
    return (session["pain"] or 0) >= 3


def exact(number):
    return Fraction(str(number))


# Sets and holds


def reached(session, target):
    """Tell whether each side did the planned sets, each of the first of them up to the target."""
    n = session["sets"]
    return all(len(side) >= n and min(side[:n]) >= target for side in (session["left"], session["right"]))


def far(session):
    n = session["sets"]
    return 10 * min(sum(session[side][:n]) for side in ("left", "right")) < 7 * n * session["target"]


def uneven(session):
    """Tell whether the best sets of the sides lie more than 15 % of the better one apart; one side alone tells nothing."""
    if not (session["left"] and session["right"]):
        return False
    bests = max(session["left"]), max(session["right"])
    return 100 * (max(bests) - min(bests)) > 15 * max(bests)


def came_back(f):
    """Tell whether one of the last three pairs is a break of this rung, begun with more sets than are done now."""
    pairs = zip(f.history[:3], f.history[1:4], strict=False)
    return any(
        (new["day"] - old["day"]).days >= 14 and new["rung"] == old["rung"] == f.v and old["sets"] > f.n
        for new, old in pairs
    )


SETS = [
    ("start", lambda f: not f.history, lambda f: (f.entry, 1, "lo")),
    ("pain_twice", lambda f: f.sore and len(f.history) > 1 and sore(f.history[1]), lambda f: None),
    ("pain", lambda f: f.sore, lambda f: (f.down, 1, "lo")),
    ("break_long", lambda f: f.days >= 84, lambda f: (f.bottom, 1, "lo")),
    ("break_4w", lambda f: f.days >= 28, lambda f: (f.down, half(f.n), "lo")),
    ("break_2w", lambda f: f.days >= 14, lambda f: (f.v, half(f.n), f.t)),
    ("break_1w", lambda f: f.days >= 10, lambda f: (f.v, f.n, f.t)),
    ("light", lambda f: f.weeks >= 6, lambda f: (f.v, half(f.n), f.t)),
    ("back", lambda f: came_back(f) and f.full and f.rpe <= 9, lambda f: (f.v, f.n + 1, f.t)),
    ("missed_often", lambda f: f.sinks and f.down == f.v, lambda f: (f.v, max(1, f.n - 1), "lo")),
    ("easier", lambda f: f.sinks, lambda f: (f.down, f.n, "middle")),
    ("missed_twice", lambda f: f.misses >= 2, lambda f: (f.v, f.n, min(f.t - f.step, f.weakest))),
    ("missed", lambda f: f.misses == 1, lambda f: (f.v, f.n, f.t)),
    ("too_hard", lambda f: f.rpe > 9, lambda f: (f.v, f.n, f.t)),
    ("once_more", lambda f: f.top and not f.twice, lambda f: (f.v, f.n, "hi")),
    ("more_sets", lambda f: f.top and f.n < f.most and f.room, lambda f: (f.v, f.n + 1, "lo")),
    ("sides_first", lambda f: f.top and f.uneven >= 2, lambda f: (f.v, f.n, "hi")),
    ("more_load", lambda f: f.top and (f.loaded or f.up is None), lambda f: (f.v, f.n, "lo")),
    ("harder", lambda f: f.top, lambda f: (f.up, min(f.n, 2), "lo")),
    ("more_reps", lambda f: True, lambda f: (f.v, f.n, f.t + (f.big if f.easy else f.step))),
]


def missed(session):
    return not reached(session, session["target"])


def running(sessions):
    """Count the misses up to the first session that was done in full."""
    return len(list(takewhile(missed, sessions)))


def set_facts(history, ladder, today, entry, room, weeks):
    f = Facts(history=history, room=room, weeks=weeks, entry=entry)
    if not history:
        return f
    f.now = now = history[0]
    f.v, f.n, f.t = v, n, _ = now["rung"], now["sets"], now["target"]
    rung = ladder[v]
    f.step, f.big, f.most, f.loaded = rung["step"], rung["big_step"], rung["most_sets"], rung["loaded"]
    at_hand = [i for i, one in enumerate(ladder) if one["at_hand"]]
    f.down = max((i for i in at_hand if i < v), default=v)
    f.bottom = min((i for i in at_hand if i <= v), default=v)
    f.up = min((i for i in at_hand if i > v), default=None)
    f.days, f.sore, f.weakest = (today - now["day"]).days, sore(now), min(now["left"] + now["right"], default=0)
    same = [session for session in history if session["rung"] == v]
    f.misses, f.full = running(same), not missed(now)
    f.sinks = f.misses >= 3 or (f.misses == 2 and far(now))
    f.rpe, f.easy = now["rpe"] or 0, now["rpe"] is not None and now["rpe"] <= 7
    f.top = reached(now, rung["high"])
    ready = [reached(one, rung["high"]) and one["sets"] >= n and (one["rpe"] or 0) <= 8 for one in same[:2]]
    f.twice = len(ready) == 2 and all(ready)
    f.uneven = sum(map(uneven, same[:3]))
    return f


def next_sets(history, ladder, today, entry=0, room=True, weeks=0):
    """Give (reason, rung, sets, target); rung, sets and target are None where nothing is to be done."""
    places = [i for i, one in enumerate(ladder) if one["at_hand"]]
    if not places:
        return "no_equipment", None, None, None
    entry = max((i for i in places if i <= entry), default=places[0])
    facts = set_facts(history, ladder, today, entry, room, weeks)
    reason, given = first(SETS, facts)
    if given is None:
        return reason, None, None, None
    rung, sets, target = given
    if not ladder[rung]["at_hand"]:
        if facts.down == facts.v:
            return "no_equipment", None, None, None
        reason, rung, sets, target = "no_equipment", facts.down, min(sets, facts.n), "lo"
    low, high = ladder[rung]["low"], ladder[rung]["high"]
    if history and rung == facts.v and reason != "more_reps":  # a plan may have asked for less than the rung does
        low = min(low, facts.t)
    named = {"lo": low, "hi": high, "middle": half(low + high)}
    return reason, rung, sets, min(high, max(low, named.get(target, target)))


def loads(load):
    """Give the loads that more_load may name: about 5 % more, whole plates of 1.25 kg, at least one (a tie may go either way)."""
    plates = exact(load) / 20 / Fraction(5, 4)
    near = {max(1, whole) for whole in (int(plates), int(plates) + 1) if abs(whole - plates) <= Fraction(1, 2)} or {1}
    return {float(exact(load) + whole * Fraction(5, 4)) for whole in near}


# Hops


def as_planned(session):
    return 10 * session["contacts"] >= 9 * planned(session) and not session["loud"]


def planned(session):
    return session["contacts"] if session["planned"] is None else session["planned"]


def raised_hops(f):
    """Tell whether a session of the last six days was planned larger than the one of its tier before it."""
    for i, new in enumerate(f.history):
        older = [old for old in f.history[i + 1 :] if old["tier"] == new["tier"]]
        if (f.today - new["day"]).days < 7 and older and planned(new) > planned(older[0]):
            return True
    return False


def steady(f):
    """Tell whether the last two sessions, of one tier, went as planned, without pain, with enough contacts to go up."""
    two = f.history[:2]
    enough = {"low": 60, "moderate": 90}.get(f.tier)
    fine = [s["tier"] == f.tier and as_planned(s) and not sore(s) and enough and s["contacts"] >= enough for s in two]
    return len(two) == 2 and all(fine) and f.up is not None


HOPS = [
    ("start", lambda f: not f.history, lambda f: ("low", 60 if f.hopped else 20)),
    ("pain", lambda f: sore(f.now), lambda f: (f.down, half(f.c))),
    ("break_4w", lambda f: f.days >= 28, lambda f: (f.down, half(f.c))),
    ("break_2w", lambda f: f.days >= 14, lambda f: (f.tier, half(f.c))),
    ("loud", lambda f: f.now["loud"], lambda f: (f.tier, f.c)),
    ("missed", lambda f: 10 * f.now["contacts"] < 9 * f.plan, lambda f: (f.tier, f.c)),
    ("harder", steady, lambda f: (f.up, (8 * f.c + 5) // 10)),
    ("raised_lately", raised_hops, lambda f: (f.tier, f.c)),
    ("at_the_top", lambda f: f.c >= f.most, lambda f: (f.tier, f.c)),
    ("more_contacts", lambda f: True, lambda f: (f.tier, f.c + max(10, f.c // 10))),
]


def next_hops(history, today, most, hopped=False, tiers=("low", "moderate", "high")):
    """Give (reason, tier, contacts, day)."""
    f = Facts(history=history, today=today, most=most, hopped=hopped)
    if history:
        f.now, f.tier, f.plan = history[0], history[0]["tier"], planned(history[0])
        f.days = (today - f.now["day"]).days
        recent = [s["contacts"] for s in history if s["tier"] == f.tier and 0 <= (today - s["day"]).days <= 30]
        f.c = max(recent, default=f.now["contacts"])
        place = tiers.index(f.tier)
        f.down, f.up = tiers[max(0, place - 1)], dict(enumerate(tiers)).get(place + 1)
    reason, (tier, contacts) = first(HOPS, f)
    if history and tier == f.tier and reason not in ("more_contacts", "at_the_top"):
        contacts = min(contacts, f.plan)
    hard = [s["day"] for s in history if s["tier"] != "low"]
    day = max([today, *(one + timedelta(days=2) for one in hard if tier != "low")])
    return "not_today" if day > today else reason, tier, min(contacts, most), day


# Hills


def clean(session):
    whole = session["done"] >= session["planned"] and not sore(session) and not session["walked"]
    return whole and exact(session["fade"] or 0) <= exact(0.1) and (session["rpe"] or 0) <= 8


def raised_hills(f):
    """Tell whether a session of the last six days had more charges planned than the one before it."""
    pairs = zip(f.history, f.history[1:], strict=False)
    return any(
        (f.today - new["day"]).days < 7 and not old["walked"] and not new["walked"] and new["planned"] > old["planned"]
        for new, old in pairs
    )


HILLS = [
    ("start", lambda f: not f.history, lambda f: 5),
    ("pain", lambda f: sore(f.now), lambda f: None),
    ("start", lambda f: f.now["walked"], lambda f: 5),
    ("break_4w", lambda f: f.days >= 28, lambda f: min(f.n, 5)),
    ("break_2w", lambda f: f.days >= 14, lambda f: min(f.n, max(5, f.n - 2))),
    ("less", lambda f: f.lost >= 2 or f.fade > exact(0.2), lambda f: min(f.n, max(4, f.n - 1))),
    ("same", lambda f: not clean(f.now), lambda f: f.n),
    ("raised_lately", raised_hills, lambda f: f.n),
    ("more_charges", lambda f: f.n < 8, lambda f: f.n + 1),
    ("once_more", lambda f: len(f.history) < 2 or f.history[1]["planned"] < 8 or not clean(f.history[1]), lambda f: 8),
    ("longer", lambda f: f.now["duration_s"] is None or f.now["duration_s"] + 10 <= 60, lambda f: 6),
    ("steeper", lambda f: f.now["grade"] is None or exact(f.now["grade"]) + exact(0.01) <= exact(0.1), lambda f: 6),
    ("at_the_top", lambda f: True, lambda f: 8),
]


def next_hills(history, today):
    """Give (reason, charges); charges None is a walk; "less" and "same" stand for the reasons that give them."""
    f = Facts(history=history, today=today)
    if history:
        f.now, f.n = history[0], min(8, history[0]["planned"])
        f.days, f.fade = (today - f.now["day"]).days, exact(f.now["fade"] or 0)
        f.lost = f.now["planned"] - f.now["done"]
    return first(HILLS, f)
