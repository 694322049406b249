"""A plan file -> one Plan: the sessions and efforts that are meant, as tables of the same shape as those of a log."""

import csv
import os
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from analysis.arguments import PLAN_PATH
from analysis.catalog import Catalog, our_catalog
from analysis.catalog.names import fold
from analysis.errors import LogError
from analysis.formats.account import problem, table_of
from analysis.formats.strength.plan import PLAN, WRITTEN
from analysis.formats.text.columns import read_lines
from analysis.formats.text.sheet import first_records, fold_header, read_sheet
from analysis.schema import EFFORTS, REJECTS, SESSIONS, UNNAMED, conform
from analysis.system.atomic import no_formula, saved
from analysis.wording import counted

from .by_count import MOST_CHARGES, charges_by_count, charges_in, timed_by_session
from .sessions import build_efforts, build_sessions, one_value, session_number, unknown_exercises

SESSION_OF_FAMILY = {  # family -> the session that its lines of a day are, where the plan names none
    "calisthenics": "strength", "gym": "strength", "plyometrics": "plyometrics", "hills": "hills", "running": "run",
}  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """What is meant to be done.

    A repeating line is one record and as many efforts as days. A plan that names nobody is everybody's.

    Attributes
    ----------
    sessions, efforts : DataFrame
        As `schema.SESSIONS` and `schema.EFFORTS`.
    rejects, warnings : DataFrame
        As `schema.REJECTS`: records that did not load, and what is worth a look.
    counts : dict of str to int
        records_in = loaded + rejected.
    status : dict of str to str
        Of sessions that say what became of them: session_id -> done, missed, ill or skipped.

    Examples
    --------
    >>> plan.of("ana").sessions["athlete"].unique().tolist()
    ['ana']
    """

    sessions: pd.DataFrame
    efforts: pd.DataFrame
    rejects: pd.DataFrame
    warnings: pd.DataFrame
    counts: dict[str, int]
    status: dict[str, str] = field(default_factory=dict)

    def of(self, athlete: str) -> "Plan":
        """The Plan of one athlete: what names them, and what names nobody."""
        names = list(self.sessions["athlete"].cat.categories)
        own = [name for name in names if name == UNNAMED or fold(name) == fold(athlete)]
        if athlete == UNNAMED and len(names) == 1:
            own = names  # a log without a name, and a plan for one
        return replace(self, sessions=_of(self.sessions, own, athlete), efforts=_of(self.efforts, own, athlete))


NO_PLAN = Plan(conform({}, SESSIONS), conform({}, EFFORTS), conform({}, REJECTS), conform({}, REJECTS), {})


def load_plan(path: str | Path, catalog: Catalog | None = None, pseudonyms: dict[str, str] | None = None) -> Plan:
    r"""The Plan in a CSV file in the words of the log.

    Of each line the day is a `date`; or a `week` (its Monday, or 2026-W10) and a `weekday`; or a `weekday` alone that
    comes again each week, `from` one day `until` another. Columns: those of a log, `note`, and `status`: what became of a
    session (planned, done, missed, ill, skipped), by which `replan_week` goes.

    Parameters
    ----------
    path : path
        The file.
    catalog : Catalog, optional
        Finds exercises by the names in the plan; by default ours.
    pseudonyms : dict of str to str, optional
        What runners are called by, as in `Log`.

    Returns
    -------
    Plan
        Its tables, and an account of every record.

    Raises
    ------
    LogError
        not-found, and the codes of a log file.

    Examples
    --------
    >>> _ = (folder / "plan.csv").write_text("week,weekday,exercise,sets,reps\n2026-W10,Tue,back squat,3,8\n")
    >>> load_plan(folder / "plan.csv").efforts[["date", "exercise_id", "sets"]]
            date exercise_id  sets
    0 2026-03-03  back_squat   3.0
    """
    catalog, path = catalog or our_catalog(), Path(PLAN_PATH.read(path) or "")
    if path.is_dir():
        raise LogError(path, "is a folder.", "give the CSV file of the plan.", "not-a-file")
    if not os.path.lexists(path):
        raise LogError(path, "does not exist.", "check the path.", "not-found")
    reading = read_lines(read_sheet(path, PLAN.recognises, ("date or weekday", "exercise")), PLAN, None)
    charges = charges_by_count(reading.lines, charges_in(reading.lines, catalog))["sets"]
    many = charges_in(reading.lines, catalog) & (charges > MOST_CHARGES)
    reading.reject(many, "", "range-error", f"more than {MOST_CHARGES} repeats.", "check sets and repetitions.")
    called = {fold(name): other for name, other in (pseudonyms or {}).items()}
    athlete = reading.lines["athlete"].astype(object).map(lambda name: called.get(fold(name), name), na_action="ignore")
    plan = plan_of(reading.lines.assign(athlete=athlete), catalog)
    account = reading.account()
    found = [{**row, "file": account.name} for row in plan.warnings.to_dict("records")]
    counts = {"records_in": account.records_in, "loaded": account.records_in - len(account.problems)}
    return replace(
        plan,
        rejects=table_of(account.rejects()),
        warnings=conform(pd.DataFrame(account.warnings() + found), REJECTS),
        counts=counts | {"rejected": len(account.problems)},
    )


def is_plan(path: Path) -> bool:
    """Whether a file is a plan and cannot be a log: a CSV file whose header names weekdays and no date."""
    if path.suffix.lower() != ".csv" or not path.is_file():
        return False
    header = {fold_header(cell) for cells in first_records(path, 1) for cell in cells}
    return PLAN.recognises(header) and "date" not in header


def plan_of(lines: pd.DataFrame, catalog: Catalog) -> Plan:
    """The Plan of lines of work, one row each: day, exercise, and what else formats/strength/plan.py reads.

    Lines without a session are one session a day and kind. The effort (RPE) of a session is that of its lines where
    these agree and no `session_rpe` is given. Charges and times: as in a log.
    """
    lines = lines.reset_index(drop=True)
    lines = lines.reindex(columns=lines.columns.union(["descent_m"], sort=False))  # few plans know it
    family = catalog.exercises.set_index("exercise_id")["family"].astype(str)
    families = lines["exercise"].astype(object).map(lambda name: family.get(catalog.find(name), "other"))
    kind = families.map(SESSION_OF_FAMILY).fillna("other")
    session, athlete = lines["session"].astype(object), lines["athlete"].astype(object)
    session = session.where(session.notna(), kind)
    lines = lines.assign(
        athlete=pd.Categorical(athlete.where(athlete.notna(), UNNAMED)),
        session=pd.Categorical(session),
        title=session,
        exercise=lines["exercise"].astype("category"),
        source="plan",
    ).sort_values(["day"], kind="stable", ignore_index=True)
    lines = timed_by_session(charges_by_count(lines, charges_in(lines, catalog)), catalog)
    whole = lines.groupby(["athlete", "day", "session"], observed=True, sort=False)
    silent = (whole["session_rpe"].transform("count") == 0) & (whole["rpe"].transform("nunique") == 1)
    agreed = whole["rpe"].transform("first").where(silent)
    lines = lines.assign(session_rpe=lines["session_rpe"].fillna(agreed))
    sessions, session_id, remarks = build_sessions(lines, catalog)
    efforts = build_efforts(lines, session_id, catalog)
    status, disagree = _status_of(lines, sessions)
    remarks = conform(pd.DataFrame([*remarks, *disagree, *unknown_exercises(efforts, catalog)]), REJECTS)
    return Plan(sessions, efforts, conform({}, REJECTS), remarks, {}, status)


def _status_of(lines: pd.DataFrame, sessions: pd.DataFrame) -> tuple[dict[str, str], list[dict]]:
    """(session_id -> what became of it, a remark where lines of a session disagree)."""
    if "status" not in lines:
        return {}, []
    told, disagree = one_value(lines["status"].astype(object), session_number(lines))
    ids = sessions["session_id"].astype(str)
    where = ", ".join(ids[disagree].head(3))
    what = f"status: rows of {counted(disagree.sum(), 'session')} disagree ({where}); not used there."
    fix = "a session has one: write it once, or alike in all its rows."
    remarks = [problem(None, "status", "", "session-disagrees", what, fix)] if disagree.any() else []
    return {known: word for known, word in zip(ids, told, strict=True) if pd.notna(word) and word != "planned"}, remarks


def save_plan(plan: Plan, path: str | Path) -> Path:
    """Write the plan as CSV that load_plan reads back, each cell in quotes, no text of it a formula to a spreadsheet.

    Parameters
    ----------
    plan : Plan
        What to write.
    path : path
        The file; an older one is replaced at once, or stays as it was.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    LogError
        unwritable: the folder cannot be written to.

    Examples
    --------
    >>> file = save_plan(plan, folder / "plan.csv")
    >>> len(load_plan(file).efforts) == len(plan.efforts)
    True
    """
    keep = plan.sessions[["session_id", "title", "session_type", "duration_min", "rpe"]]
    keep = keep.rename(columns={"title": "session", "rpe": "session_rpe"})
    rows = plan.efforts.merge(keep, on="session_id", how="left").rename(columns={"notes": "note"})
    rows = rows.assign(
        exercise=rows["exercise_id"].astype(object).where(rows["exercise_id"].notna(), rows["exercise"]),
        athlete=rows["athlete"].astype(object).where(rows["athlete"] != UNNAMED, ""),
        grade_pct=rows["grade"] * 100,
        date=rows["date"].dt.strftime("%Y-%m-%d"),
        side=rows["side"].astype(object),
        session_type=rows["session_type"].astype(object),
    )
    status = rows["session_id"].astype(str).map(plan.status)
    told = rows.assign(status=status)[[*WRITTEN, *["status"] * bool(status.notna().any())]].map(_plain)
    return saved(Path(path), told.to_csv(index=False, lineterminator="\n", quoting=csv.QUOTE_ALL).encode())


def is_saved_plan(path: Path) -> bool:
    """Whether a file has the header of a plan that save_plan wrote."""
    header = path.read_text(encoding="utf-8", errors="replace").partition("\n")[0]
    return [cell.strip('"\ufeff\r') for cell in header.split(",")][: len(WRITTEN)] == WRITTEN


def _plain(value):
    """A cell: 12 rather than 12.0, nothing for what is missing."""
    if isinstance(value, float):
        return "" if pd.isna(value) else f"{round(value, 6):.10g}"
    return no_formula(value) if isinstance(value, str) else value


def _of(table: pd.DataFrame, own: list[str], athlete: str) -> pd.DataFrame:
    rows = table[table["athlete"].isin(own)].reset_index(drop=True)
    return rows.assign(athlete=pd.Categorical([athlete] * len(rows)))
