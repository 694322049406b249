"""How much of a soak runs: a tenth in `make test`, with other damage each time, all of it in `make soak`.

RUNNER_SEED repeats the damage of an earlier run; each run tells its own.
"""

import os
from random import SystemRandom

WHOLE = bool(os.environ.get("RUNNER_SOAK"))
SEED = os.environ.setdefault("RUNNER_SEED", str(SystemRandom().randrange(1_000_000)))


def share(whole: int) -> int:
    """How many of `whole` tries are made."""
    return whole if WHOLE else whole // 10
