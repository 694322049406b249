"""A measure told in sentences, with its evidence: how many, from when to when, and where there is too little."""

import pandas as pd

from .schema import LEG_MUSCLES, MUSCLES, NAMELESS_HILL, RUNNER_MUSCLES, TARGET, UNNAMED
from .show import Sentences, counted, day, days, listed, number, signed

NOTICEABLE_CHANGE = 0.5  # half a set a week: what one line more or less moves
NOTICEABLE_ASYMMETRY = 0.1  # where it is mentioned by name; no limit of anything


# ------------------------------------------------------------------------------------------- is my data in?
def loading_headline(log) -> Sentences:
    """What loaded, from when to when, and what was left out, of a Log."""
    return Sentences(_loading(log))


def _loading(log):
    c, n = log.counts, len(log.sessions)
    if not n:
        yield f"The log holds no training yet: {counted(c['records_in'], 'record')} in {counted(len(log.files), 'file')}."
        return
    who = f" of {listed(log.athletes)}" if log.athletes != [UNNAMED] else ""
    yield (
        f"{number(c['loaded'])} of {counted(c['records_in'], 'record')} loaded: {counted(n, 'session')}{who}, "
        f"{days(log.sessions['date'].min(), log.sessions['date'].max())}."
    )
    if c["rejected"]:
        yield f"{counted(c['rejected'], 'record')} did not load; the table of refused records says where and how to mend each."
    else:
        yield "Nothing was refused."
    passed = {kind: k for kind, k in c.items() if kind not in ("records_in", "loaded", "rejected")}
    if passed:
        yield (
            "Passed over, and no part of any number: "
            + listed(f"{k:,} {kind.replace('_', ' ')}" for kind, k in passed.items())
            + "."
        )
    unknown = log.efforts["exercise_id"].isna()
    if unknown.any():
        names = log.efforts.loc[unknown, "exercise"].nunique()
        yield (
            f"{counted(names, 'exercise name')} ({counted(unknown.sum(), 'line')}, {unknown.mean():.1%}) "
            f"{'is' if names == 1 else 'are'} not in the catalog, so no muscle gets these sets."
        )
    else:
        yield f"The catalog knows all of the {counted(log.efforts['exercise'].nunique(), 'exercise name')}."


# ------------------------------------------------------------------------- which muscles does my training build?
def volume_headline(
    log, recent: pd.DataFrame, ratios: pd.DataFrame, contacts: pd.DataFrame,
    target: tuple[float, float] = TARGET, customary: tuple[float, float] = (80, 100),
) -> Sentences:  # fmt: skip
    """The answer of the muscle volume notebook.

    log: the Log of one athlete. recent: recent_volume. ratios: volume_ratios of the same weeks.
    contacts: session_contacts.
    """
    efforts = log.efforts
    if efforts.empty:
        return Sentences(["There is no training in this period, so there is nothing to tell."])
    muscles = recent[recent["muscle"].isin(RUNNER_MUSCLES)].set_index("muscle")
    span = muscles["since"].iloc[0], muscles["until"].iloc[0]
    inside = efforts[efforts["date"].between(*span)]
    told = [
        _answer(muscles, inside, span, target),
        *_by_band(muscles, target),
        _change(muscles),
        _longest_pause(muscles, efforts),
        _sides(muscles, ratios),
        _contacts(contacts, span, customary),
        _not_counted(efforts),
        _others(log),
    ]
    return Sentences(told)


def _answer(muscles: pd.DataFrame, inside: pd.DataFrame, span, target) -> str:
    athlete, n, weeks = muscles["athlete"].iloc[0], len(muscles), muscles["weeks"].iloc[0]
    who = "" if athlete == UNNAMED else f"{athlete}: "
    within = int((muscles["band"] == "within").sum())
    sessions = counted(inside["session_id"].nunique(), "session")
    if not muscles["whole"].iloc[0]:
        top = muscles["sets_per_week"].idxmax()
        most = (
            f"; most went to {name(top)} ({number(muscles.at[top, 'sets_per_week'])})"
            if muscles.at[top, "sets_per_week"]
            else ""
        )
        return f"{who}The log covers {days(*span)} ({sessions}), not one whole week: too little for a weekly average{most}."
    short = "" if weeks >= 4 else " Few weeks: read the averages with care."
    return (
        f"{who}In the {counted(weeks, 'week')} from {days(*span)} ({sessions}), {within} of {n} muscle groups of legs, hips and trunk "
        f"had {target[0]:g} to {target[1]:g} sets a week.{short}"
    )


def _by_band(muscles: pd.DataFrame, target):
    words = {
        "above": f"Above {target[1]:g} sets",
        "within": "Within",
        "below": f"Below {target[0]:g} sets",
        "none": "Not trained",
    }
    for band, label in words.items():
        rows = muscles[muscles["band"] == band].sort_values("sets_per_week", ascending=False, kind="stable")
        if len(rows):
            numbers = [
                name(m) if band == "none" else f"{name(m)} {number(sets)}" for m, sets in rows["sets_per_week"].items()
            ]
            yield f"{label}: {listed(numbers)}."


def _change(muscles: pd.DataFrame) -> str:
    before = muscles["weeks_before"].iloc[0]
    if not before:
        return "There are no whole weeks before these to compare with."
    change = muscles["change"].abs().max()
    if change < NOTICEABLE_CHANGE:
        return f"Against the {counted(before, 'week')} before, no muscle changed by half a set a week or more."
    row = muscles.loc[muscles["change"].abs().idxmax()]
    direction = "up" if row["change"] > 0 else "down"
    return (
        f"Changed most against the {counted(before, 'week')} before: {name(row.name)}, {direction} from "
        f"{number(row['sets_per_week_before'])} to {number(row['sets_per_week'])} sets a week."
    )


def _longest_pause(muscles: pd.DataFrame, efforts: pd.DataFrame) -> str:
    never = muscles["last_trained"].isna()
    if never.any():
        return f"Never trained with a set since {day(efforts['date'].min())}: {listed(name(m) for m in muscles.index[never])}."
    row = muscles.loc[muscles["days_since"].idxmax()]
    if row["days_since"] < 14:
        return ""
    return f"Longest without a set: {name(row.name)}, {row['days_since']:.0f} days, since {day(row['last_trained'])}."


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
        f"Left and right differ most in {name(apart.idxmax())}: left {number(widest['left'])}, "
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
        f"{customary[0]:g} to {customary[1]:g}.{missing}"
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


# --------------------------------------------------------------------------- am I climbing better on the same hill?
def hill_headline(log, sessions: pd.DataFrame, progression: pd.DataFrame) -> Sentences:
    """The answer of the hill notebook.

    log: the Log of one athlete. sessions: hill_sessions. progression: hill_progression.
    """
    who = "" if log.athletes in ([], [UNNAMED]) else f"{listed(log.athletes)}: "
    if sessions.empty:
        told = f"No hill charge was logged in {counted(len(log.sessions), 'session')}"
        when = f", {days(*log.period)}." if len(log.sessions) else "."
        why = log.warnings.loc[log.warnings["code"] == "no-hill-set", "message"].drop_duplicates().head(3)
        return Sentences([f"{who}{told}{when}", *why, _others(log)])
    hills = progression.sort_values("charges", ascending=False, kind="stable")
    untimed = [hill for hill in sessions["hill"].astype(str).unique() if hill not in set(hills["hill"].astype(str))]
    told = [_hill(row) for row in hills.itertuples()]
    told += [f"On {listed(untimed)} no charge was timed, so nothing can be compared."] if untimed else []
    told[0] = f"{who}{told[0]}"
    return Sentences([*told, _climbed(sessions, log), _fade(sessions), _protocol(sessions), _others(log)])


def _hill(row) -> str:
    span = f"{counted(row.sessions, 'session')} with {counted(row.charges, 'charge')}, {days(row.first, row.last)}"
    if row.hill == NAMELESS_HILL:
        return f"{span} have neither hill nor length, so nothing can be compared."
    if row.verdict == "too few":
        return f"On {row.hill} there is no trend yet: {span}."
    ends = f"from {number(row.first_s)} to {number(row.last_s)} s a charge"
    if row.verdict == "no change":
        return f"On {row.hill} the times show no change that stands out from their scatter ({ends}; {span})."
    low, high = sorted(abs(change) for change in (row.low, row.high))
    rate = f"{abs(row.change_per_week):.1%} a week, 95% interval {low:.1%} to {high:.1%}"
    better = "climbing better" if row.verdict == "faster" else "slower than before"
    return f"On {row.hill} you are {better}: {ends}, {rate} ({span})."


def _climbed(sessions: pd.DataFrame, log) -> str:
    known = sessions["ascent_m"].dropna()
    metres = f", {number(known.sum(), 0)} m climbed" if len(known) else ""
    return (
        f"In all {counted(sessions['charges'].sum(), 'charge')} in {counted(sessions['session_id'].nunique(), 'session')}"
        f"{metres}, {days(*log.period)}."
    )


def _fade(sessions: pd.DataFrame) -> str:
    fade = sessions["fade"].dropna()
    if fade.empty:
        return "Fade cannot be told: it needs three timed charges in a session."
    middle, least, most = (signed(share) for share in (fade.median(), fade.min(), fade.max()))
    return (
        f"Fade: the later half of a session's charges took {middle} against the earlier half "
        f"(median of {counted(len(fade), 'set of charges', 'sets of charges')}, {least} to {most})."
    )


def _protocol(sessions: pd.DataFrame) -> str:
    one = sessions.drop_duplicates("session_id")  # a session of two hills is one session
    grade = one["grade_ok"].dropna().astype(bool)
    slope = f"; the grade was 5 to 10% in {grade.sum()} of {counted(len(grade), 'session')}" if len(grade) else ""
    jog = one["jog_ok"].dropna().astype(bool)
    way = (
        f"; the way down was jogged in {jog.sum()} of {counted(len(jog), 'session')} that recorded it"
        if len(jog)
        else ""
    )
    return f"5 to 8 charges were done in {one['charges_ok'].sum()} of {counted(len(one), 'session')}{slope}{way}."


def _others(log) -> str:
    return f"The log holds {len(log.others) + 1} athletes; left out here: {listed(log.others)}." if log.others else ""


def name(muscle: str) -> str:
    return MUSCLES[muscle]
