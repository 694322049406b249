"""How often an exercise is called stronger or weaker: simulated logs without change, and with a gain that is known.

    python benchmarks/bests.py               2,000 logs of each kind and length
    python benchmarks/bests.py --logs 20000  more

A log has two sessions a week; the best of each is a level, what was gained so far in equal steps, and an error of that
test (its standard deviation as tests repeat), rounded as people log it: whole repetitions and seconds, half kilograms.
"""

import argparse

import numpy as np

from analysis.measures.exercise_progress import verdict_of

SESSIONS = range(5, 17)
KINDS = {  # name -> (kind of quantity, level, typical error, rounded to)
    "12 repetitions": ("reps", 12.0, 2.0, 1.0),
    "25 repetitions": ("reps", 25.0, 2.5, 1.0),
    "40 s": ("seconds", 40.0, 6.0, 1.0),
    "73 s": ("seconds", 73.0, 10.95, 1.0),
    "80 kg": ("kg", 80.0, 4.0, 0.5),
    "12 repetitions, error of 3": ("reps", 12.0, 3.0, 1.0),  # more than is assumed of few sessions
}
GAINED = ((8, 6.0), (12, 6.0), (16, 6.0), (8, 4.0), (12, 4.0), (16, 4.0))  # sessions, repetitions from first to last


def days_of(sessions: int) -> np.ndarray:
    """The days of two sessions a week: Monday and Thursday."""
    return np.arange(sessions) // 2 * 7 + np.arange(sessions) % 2 * 3


def bests_of(rng: np.random.Generator, logs: int, sessions: int, name: str, gain: float = 0.0) -> np.ndarray:
    """Log x session: what is logged of a level that rises by so much from the first session to the last."""
    _, level, error, step = KINDS[name]
    drawn = level + np.linspace(0, gain, sessions) + rng.normal(0, error, (logs, sessions))
    return np.maximum(np.round(drawn / step) * step, step)


def share_called(verdicts: tuple[str, ...], bests: np.ndarray, name: str, adjusted: bool = True) -> float:
    """Of logs x sessions, the share that is called so."""
    days = days_of(bests.shape[1])
    told = [verdict_of(days, log, KINDS[name][0], adjusted)["verdict"] for log in bests]
    return float(np.isin(told, verdicts).mean())


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--logs", type=int, default=2000)
    logs = arguments.parse_args().logs
    rng = np.random.default_rng(16)
    print(f"called stronger or weaker though nothing changed, of {logs} logs each")
    print(f"{'sessions':<30}{''.join(f'{n:>7}' for n in SESSIONS)}")
    for name in KINDS:
        shares = [share_called(("stronger", "weaker"), bests_of(rng, logs, n, name), name) for n in SESSIONS]
        print(f"{name:<30}{''.join(f'{share:7.3f}' for share in shares)}   mean {np.mean(shares):.3f}")
    print("called stronger, and so they are")
    for n, gain in GAINED:
        bests = bests_of(rng, logs, n, "12 repetitions", gain)
        print(f"{n:>3} sessions, {gain:g} repetitions more: {share_called(('stronger',), bests, '12 repetitions'):.3f}")


if __name__ == "__main__":
    main()
