"""What was done as it counts: charges by their number, runs by their time."""

import pandas as pd

from analysis.catalog import Catalog
from analysis.formats.account import Refused, problem

from .accounts import OF_RECORD, Accounts
from .sessions import session_number

LONG_SET_S = 3600  # a spreadsheet may show 1:30 as 01:30:00
MOST_CHARGES = 100  # of a line: nobody does more, and each becomes a row
TOLD_BY_TIME = ("running", "other")  # families whose work is told by its time or its way


def by_count(lines: pd.DataFrame, accounts: Accounts, catalog: Catalog) -> tuple[pd.DataFrame, Accounts]:
    """The lines with charges by their number and runs by the time of their session.

    A record of more charges than anybody does is refused: each becomes a row.
    """
    charge = charges_in(lines, catalog)
    accounts = accounts.noted((), remarks_on_counts(lines, charge, catalog))
    lines = timed_by_session(charges_by_count(lines, charge), catalog)
    many = charge & (lines["sets"] > MOST_CHARGES)
    if not many.any():
        return lines, accounts
    notes = []
    for file, line, n in lines.loc[many, [*OF_RECORD, "sets"]].itertuples(index=False, name=None):
        what = f"{n:.0f} repeats are more than {MOST_CHARGES}."
        notes.append(Refused(file, problem(line, "", "", "range-error", what, "check sets and repetitions.")))
    kept = ~many.groupby([lines[name] for name in OF_RECORD]).transform("any")
    return lines[kept].reset_index(drop=True), accounts.noted(notes)


def charges_in(lines: pd.DataFrame, catalog: Catalog) -> pd.Series:
    """Which lines are hill charges."""
    return _of_exercises(lines, lambda name: catalog.counts_of(name) == "charges")


def charges_by_count(lines: pd.DataFrame, charge: pd.Series) -> pd.DataFrame:
    """The lines with the repetitions of a charge as charges: two sets of three are six.

    Time, distance and ascent of such a line are those of each.
    """
    told = charge & lines["reps"].notna()
    sets = lines["sets"].mask(told, lines["sets"].fillna(1) * lines["reps"])
    return lines.assign(sets=sets, reps=lines["reps"].mask(told, 1.0)) if told.any() else lines


def remarks_on_counts(lines: pd.DataFrame, charge: pd.Series, catalog: Catalog) -> list[dict]:
    """What is told of typed lines, before charges_by_count, whose amounts may be read in two ways."""
    each = lines[["duration_s", "distance_m", "ascent_m"]].notna().any(axis=1)
    told = each | lines[["reps", "duration_min"]].notna().any(axis=1)
    in_sets = {exercise_id for exercise_id, yes in zip(catalog.ids, catalog.in_sets, strict=True) if yes}
    long = lines["duration_s"] >= LONG_SET_S
    found = [
        (charge & (lines["reps"] > 1) & each, "charges-in-reps", "reps",
         "lines with several repeats in reps: {}; time, distance and ascent are read as those of each.",
         "write the repeats in sets to say so yourself."),
        (~charge & lines["sets"].notna() & ~told, "sets-alone", "sets",
         "lines that say sets and nothing of what was in them: {}; they count as sets.", "write repetitions or seconds too."),
        (long & (charge | _of_exercises(lines, lambda name: catalog.find(name) in in_sets)), "unit-suspect", "duration_s",
         "lines with a set or a repeat of an hour or more: {}; is 1:30:00 written where 1:30 was meant?", "write it in seconds."),
    ]  # fmt: skip
    return [
        problem(None, column, "", code, what.format(rows.sum()), fix)
        for rows, code, column, what, fix in found
        if rows.any()
    ]


def timed_by_session(lines: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """The lines with the time of a run, ride or the like that says none: of its session, what the other lines leave.

    Nobody knows it where two lines say none, or where anything else was done in the session too. Rows of a session that
    say different minutes mean their own.
    """
    of_time = _told_by_time(lines, catalog)
    silent = of_time & lines["duration_s"].isna()
    if not (silent & lines["duration_min"].notna()).any():
        return lines
    number = pd.Series(session_number(lines), lines.index)
    part = lines[number.isin(number[silent])]
    number, silent, sets = number[part.index], silent[part.index], part["sets"].fillna(1)
    minutes = part["duration_min"].groupby(number)
    several = minutes.transform("nunique") > 1
    alone = of_time[part.index].groupby(number).transform("all") & (silent.groupby(number).transform("sum") == 1)
    known_s = (part["duration_s"] * sets).groupby(number).transform("sum")
    rest = (minutes.transform("first") * 60 - known_s).where(alone & ~several)
    left = rest.fillna((part["duration_min"] * 60).where(several)) / sets
    return lines.assign(duration_s=lines["duration_s"].fillna(left[silent & (left > 0)]))


def _told_by_time(lines: pd.DataFrame, catalog: Catalog) -> pd.Series:
    """Which lines are of work that its time or way tells; of an unknown name, where sets or repetitions do not."""
    table = catalog.exercises
    by_time = table["family"].isin(TOLD_BY_TIME) | ((table["family"] == "hills") & (table["counts"] == "distance"))
    ids = {None, *table.loc[by_time, "exercise_id"]}
    told = _of_exercises(lines, lambda name: catalog.find(name) in ids)
    unknown = _of_exercises(lines, lambda name: catalog.find(name) is None)
    return told & ~(unknown & lines[["sets", "reps"]].notna().any(axis=1))


def _of_exercises(lines: pd.DataFrame, chosen) -> pd.Series:
    """Which lines are of an exercise whose name is `chosen`."""
    codes = [code for code, name in enumerate(lines["exercise"].cat.categories) if chosen(name)]
    return pd.Series(lines["exercise"].cat.codes.isin(codes), lines.index)
