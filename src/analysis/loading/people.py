"""Whose lines are whose, and which of them were asked for."""

from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from analysis.catalog.names import fold
from analysis.errors import LogError
from analysis.formats.account import Account
from analysis.formats.registry import ACTIVITIES
from analysis.schema import UNNAMED
from analysis.system.pseudonyms import pseudonyms_of

from .accounts import Accounts
from .lines import in_use


def with_owners(lines: pd.DataFrame, accounts: Accounts) -> tuple[pd.DataFrame, Accounts]:
    """The lines by day, each with its athlete and the format of its file, and the accounts with whose they are.

    What names nobody is its owner's.
    """
    athlete = in_use(lines["athlete"])
    owners = _owners(accounts.files, athlete)
    files = (replace(account, owner=owners.get(i, "")) for i, account in enumerate(accounts.files))
    formats = pd.Categorical([account.format for account in accounts.files])
    source = in_use(pd.Series(formats.take(lines["file"].to_numpy()), lines.index))
    lines = lines.assign(athlete=_named(athlete, lines["file"], owners), source=source)
    return lines.sort_values("day", kind="stable", ignore_index=True), replace(accounts, files=tuple(files))


def _owners(accounts: tuple[Account, ...], athlete: pd.Series) -> dict[int, str]:
    """Place of a file that names nobody, a recording or a list -> whose it is: the athlete of the logs whose name its folder
    has, or the only one there.
    """
    known = list(athlete.cat.categories)
    folded = {fold(name): name for name in known}
    folders = {i: account.name.rpartition("/")[0] for i, account in enumerate(accounts) if account.format in ACTIVITIES}
    owner_of = {}
    for folder in set(folders.values()):
        named_so = [folded[fold(name)] for name in folder.split("/") if fold(name) in folded]
        owner_of[folder] = named_so[-1] if named_so else known[0] if len(known) == 1 else UNNAMED
    return {i: owner_of[folder] for i, folder in folders.items()}


def _named(athlete: pd.Series, file: pd.Series, owners: dict[int, str]) -> pd.Series:
    """Everybody with a name, those of no name with that of the owner of their file."""
    known = list(athlete.cat.categories)
    named = athlete.cat.set_categories([*known, UNNAMED] if UNNAMED not in known else known)
    owner = file.map(owners).astype(named.dtype) if owners else named
    return in_use(named.fillna(owner).fillna(UNNAMED))


def of_athlete(lines: pd.DataFrame, accounts: Accounts, athlete: str | None) -> tuple[pd.DataFrame, Accounts]:
    """The lines of one athlete, or of all where none is named; those of others are counted."""
    own = lines["athlete"] == athlete
    if athlete is None or own.all():
        return lines, accounts
    return lines[own].reset_index(drop=True), accounts.passed(lines[~own], "other_athletes")


def with_pseudonyms(lines: pd.DataFrame, path: Path | None) -> tuple[pd.DataFrame, dict[str, str]]:
    """(the lines of runners called Runner 1, Runner 2, name -> what a runner is called). path: of the log."""
    called = pseudonyms_of(lines["athlete"].cat.categories, path)
    return lines.assign(athlete=lines["athlete"].cat.rename_categories(called)), called


def athlete_named(athlete: str, names: list[str], where: str = "log") -> str:
    """The name in the log (or plan): as it is written, or else whatever its case and accents."""
    if athlete in names:
        return athlete
    folded = {fold(name): name for name in names}
    if fold(athlete) in folded:
        return folded[fold(athlete)]
    near = [folded[key] for key in get_close_matches(fold(athlete), folded, n=1)] or names[:3]
    fix = f"write {' or '.join(map(repr, near))}." if near else f"load a {where} that names its athletes."
    raise LogError(f"athlete={athlete!r}", f"is not in the {where}.", fix, "unknown-athlete")
