"""What became of every record of a path: counted, proved by count, and told in few words."""

from collections import Counter

import pandas as pd

from analysis.errors import AccountError
from analysis.formats.account import Problem, problem, table_of
from analysis.schema import FILES, FILES_BY_FORMAT, REJECTS, conform

from .accounts import Accounts, first_few, records_by_file

MOST_ALIKE, MOST_IN_FULL = 20, 3  # remarks of one kind, and of those the same in many files, told one by one
ONCE = {"not-on-foot"}  # what is told once, of however many files
EXAMPLES = 3  # of many refusals of one kind, those that are shown


# ------------------------------------------------------------------------------------------ counted
def counted_records(accounts: Accounts, refused: pd.DataFrame) -> dict[str, int]:
    """records_in = loaded + rejected; of the loaded, those passed over by kind. refused: as `refused_records`."""
    records_in = sum(account.records_in for account in accounts.files) + len(refused) + len(accounts.others)
    rejected = sum(len(account.problems) for account in accounts.files) + len(refused)
    passed = Counter(no_activities=len(accounts.others))
    for account in accounts.files:
        passed.update(account.passed)
    return {"records_in": records_in, "loaded": records_in - rejected, "rejected": rejected, **+passed}


def refused_records(accounts: Accounts) -> pd.DataFrame:
    """Of files that did not load, their refused records, or the file as one record (schema.REJECTS)."""
    tables = [conform({}, REJECTS)]
    for name, error in accounts.refused:
        if error.rejects is not None and len(error.rejects):
            tables.append(error.rejects.assign(file=name))
        else:
            tables.append(table_of([problem(error.line, "", "", error.code, error.what, error.fix) | {"file": name}]))
    return pd.concat(tables, ignore_index=True)


def counted_files(accounts: Accounts, refused: pd.DataFrame) -> pd.DataFrame:
    """One row per file: file, format, records_in, loaded, rejected; a file that is no log or activity has no format."""
    rows = [(a.name, a.format, a.records_in, a.records_in - len(a.problems), len(a.problems)) for a in accounts.files]
    rows += [(str(name), "", len(part), 0, len(part)) for name, part in refused.groupby("file")]
    rows += [(name, "", 1, 1, 0) for name in accounts.others]
    return conform(pd.DataFrame(rows, columns=[*FILES]), FILES)


def files_by_format(files: pd.DataFrame) -> pd.DataFrame:
    """One row per format of a Log's files, the most records first.

    Parameters
    ----------
    files : DataFrame
        As `schema.FILES`.

    Returns
    -------
    DataFrame
        As `schema.FILES_BY_FORMAT`: files and records.

    Examples
    --------
    >>> files_by_format(log.files)[["format", "files", "loaded"]]
      format  files  loaded
    0   own CSV   1    1271
    1    fit      1       1
    2    gpx      1       1
    3    tcx      1       1
    """
    groups = files.assign(format=files["format"].replace("", "none")).groupby("format", sort=False)
    sums = groups[["records_in", "loaded", "rejected"]].sum()
    table = groups.size().rename("files").to_frame().join(sums).reset_index()
    table = table.sort_values(["records_in", "format"], ascending=[False, True], ignore_index=True)
    return conform(table, FILES_BY_FORMAT)


# ------------------------------------------------------------------------------------------ proved
def prove_read(lines: pd.DataFrame, accounts: Accounts) -> None:
    """Every file of a path has an account, a refusal or is passed over; every record of one a line, a refusal or is passed over.

    Raises AccountError.
    """
    told = len(accounts.files) + len(accounts.refused) + len(accounts.others)
    _agree("files", accounts.held, told)
    for account, n in zip(accounts.files, records_by_file(lines, len(accounts.files)).tolist(), strict=True):
        found = n + len(account.problems) + sum(account.passed.values())
        _agree(f"records of {account.name}", account.records_in, found)


def prove_counts(counts: dict[str, int], files: pd.DataFrame, rejects: pd.DataFrame) -> None:
    """What loaded and what was refused is all there was, in the counts, by file, and in the table of refusals."""
    for name in ("records_in", "loaded", "rejected"):
        _agree(f"{name} of the files", counts[name], int(files[name].sum()))
    _agree("refusals", counts["rejected"], len(rejects))
    _agree("records", counts["records_in"], counts["loaded"] + len(rejects))


def _agree(what: str, one: int, other: int) -> None:
    if one != other:
        raise AccountError(f"The account does not add up: {one:,} {what}, but {other:,} accounted for. Fix: report it.")


# ------------------------------------------------------------------------------------------ told
def rejects_of(accounts: Accounts, refused: pd.DataFrame) -> pd.DataFrame:
    """The table REJECTS of all files; the text of refused records is read again. refused: as `refused_records`."""
    rows = [row for account in accounts.files for row in account.rejects()]
    return pd.concat([table_of(rows), refused], ignore_index=True)


def warnings_of(accounts: Accounts, more: list[Problem], shared: bool) -> pd.DataFrame:
    """The table REJECTS of what to look at, of files and of all; of a kind that many files share the first few.

    more: remarks on the sessions. shared: each, as those of others are told apart before they are gathered.
    """
    found = [remark for account in accounts.files for remark in account.warnings()]
    rows = (found if shared else gathered(found)) + _on_others(accounts) + [*accounts.remarks] + more
    return conform(pd.DataFrame(rows), REJECTS)


def _on_others(accounts: Accounts) -> list[Problem]:
    """That files hold no activity."""
    if not accounts.others:
        return []
    n = len(accounts.others)
    what = f"{n:,} {'file holds' if n == 1 else 'files hold'} no activity; passed over."
    return [problem(None, "", first_few([*accounts.others]), "not-activity", what, "nothing to do.") | {"file": ""}]


def in_short(problems: pd.DataFrame) -> pd.DataFrame:
    """The refusals or remarks of a log with one row for what is said of many files, and one for each kind of which one
    file has many.

    Parameters
    ----------
    problems : DataFrame
        As `schema.REJECTS`.

    Returns
    -------
    DataFrame
        As `schema.REJECTS`; `value` names the first of the files, or shows examples.

    Examples
    --------
    >>> in_short(load_logs().rejects)["code"].tolist()
    ['type-error']
    """
    told = _kinds_once(_said_once(problems.to_dict("records")))
    return conform(pd.DataFrame(told, columns=list(REJECTS)), REJECTS)


def gathered(remarks: list[dict]) -> list[dict]:
    """Remarks; of a kind that many files share the first few, and how many more there are."""
    seen: Counter[str] = Counter()
    told = []
    for remark in _said_once(remarks):
        seen[remark["code"]] += 1
        if seen[remark["code"]] <= MOST_ALIKE:
            told.append(remark)
    return told + [
        problem(None, "", "", code, f"{n - MOST_ALIKE:,} more remarks of this kind.", "as above.") | {"file": ""}
        for code, n in seen.items()
        if n > MOST_ALIKE
    ]


def _said_once(problems: list[dict]) -> list[dict]:
    alike: dict[tuple, dict[str, list[dict]]] = {}
    for found in problems:
        alike.setdefault((found["code"], found["message"]), {}).setdefault(found["file"], []).append(found)
    told = []
    for (code, message), of in alike.items():
        if len(of) > (1 if code in ONCE else MOST_IN_FULL):
            first = next(iter(of.values()))[0]
            files = {"file": "", "line": None, "value": first_few(list(of)), "raw": ""}
            told.append(first | files | {"message": f"{message.rstrip('.')} ({len(of):,} files)."})
        else:
            told += [found for file in of.values() for found in file]
    return told


def _kinds_once(problems: list[dict]) -> list[dict]:
    """Of a kind that a file has often, or told alike, the first, with the number of all and the values of some."""
    alike: dict[tuple, list[dict]] = {}
    for found in problems:
        alike.setdefault((found["file"], found["code"], found["column"]), []).append(found)
    told = []
    for of in alike.values():
        if len(of) <= MOST_ALIKE and (len(of) == 1 or len({str(found) for found in of}) > 1):
            told += of
            continue
        values = dict.fromkeys(found["value"] for found in of if found["value"])
        message = f"{of[0]['message'].rstrip('.')}; {len(of):,} records are refused so."
        told.append(of[0] | {"value": ", ".join([*values][:EXAMPLES]), "message": message})
    return told
