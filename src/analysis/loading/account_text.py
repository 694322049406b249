"""The account of a file, or why it has none, as text and back."""

import json

import pandas as pd

from analysis.errors import LogError
from analysis.formats.account import Account
from analysis.schema import REJECTS, conform
from analysis.system.members import Member

from .packed_points import as_json


def account_text(found: Account | LogError) -> str:
    """What a file gave, as JSON."""
    if isinstance(found, LogError):
        rejects = None if found.rejects is None else found.rejects.to_dict("records")
        return as_json({"refused": [found.what, found.fix, found.code, found.line, rejects]})
    told = {name: getattr(found, name) for name in ("format", "records_in", "remarks", "passed", "quotable")}
    return as_json({"part": told | {"problems": list(found.problems.items())}})


def account_of(text: str, member: Member) -> Account | LogError:
    """What a file gave, by its text."""
    account = json.loads(text)
    if "refused" in account:
        what, fix, code, line, rejects = account["refused"]
        rejects = None if rejects is None else conform(pd.DataFrame(rejects), REJECTS)
        return LogError(member.name, what, fix, code, line, rejects)
    told = account["part"]
    told |= {"problems": dict(told["problems"]), "remarks": tuple(told["remarks"])}
    return Account(member, **told)
