"""What is asked to be shown first, held against the log: a hill, a day or an exercise that it does not hold is refused."""

from collections.abc import Callable

import pandas as pd

from analysis.arguments import HILL, SESSION_DAY, SHOWN_EXERCISE, did_you_mean, nearest
from analysis.catalog import Catalog
from analysis.catalog.names import fold
from analysis.errors import ParameterError
from analysis.language import speaking
from analysis.loading.log import Log
from analysis.wording import counted, listed

from .charges import hill_charges
from .exercise_sessions import exercise_sessions

MOST_NAMED_NEAR = 3  # days that are offered in place of one that is not there
IN_THE_LOG: dict[str, tuple[str, str, Callable]] = {  # parameter -> what it names: one, many, and all of them in a log
    HILL.name: ("hill", "hills", lambda log, catalog: hill_charges(log.efforts, catalog)["hill"]),
    SESSION_DAY.name: (
        "day with hill repeats",
        "days with hill repeats",
        lambda log, catalog: hill_charges(log.efforts, catalog)["date"],
    ),
    SHOWN_EXERCISE.name: (
        "exercise",
        "exercises",
        lambda log, catalog: exercise_sessions(log.efforts, catalog)["exercise"],
    ),
}


def as_in_log(log: Log, catalog: Catalog, parameters: dict) -> dict:
    """`parameters`, with a hill, a session and an exercise as the log spells them. ParameterError: one that it does not hold.

    log: of the athlete whose pages are made, or of all.
    """
    with speaking(parameters):
        named = catalog.named_by(log.efforts)
    if known := named.find(str(parameters.get(SHOWN_EXERCISE.name))):
        parameters = parameters | {SHOWN_EXERCISE.name: named.facts_of(known)["name"]}
    return parameters | {
        name: _as_in_log(name, one, many, [*dict.fromkeys(all_of_them(log, named))], str(parameters[name]))
        for name, (one, many, all_of_them) in IN_THE_LOG.items()
        if parameters.get(name) is not None
    }


def _as_in_log(name: str, one: str, many: str, there: list, asked: str) -> str:
    spelled = {f"{known:%Y-%m-%d}" if isinstance(known, pd.Timestamp) else str(known): known for known in there}
    if found := next((known for known in spelled if fold(known) == fold(asked)), None):
        return found
    if not spelled:
        raise ParameterError(f"{name}={asked!r}: the log has no {many}. Fix: leave it out.")
    has = f"The log has {counted(len(spelled), one, many)}."
    raise ParameterError(f"{name}={asked!r}: no such {one} is in the log. Fix: {_near(asked, spelled)}{has}")


def _near(asked: str, spelled: dict) -> str:
    """The days that are nearest; of names those that hold the one asked for, else those spelled much like it."""
    if isinstance(next(iter(spelled.values())), pd.Timestamp):
        near = sorted(spelled, key=lambda known: abs(spelled[known] - pd.Timestamp(asked)))[:MOST_NAMED_NEAR]
        return f"the nearest {'is' if len(near) == 1 else 'are'} {listed(sorted(near))}. "
    holding = [known for known in spelled if fold(asked) in fold(known)]
    return did_you_mean(holding[:MOST_NAMED_NEAR]) if holding else nearest(asked, spelled)
