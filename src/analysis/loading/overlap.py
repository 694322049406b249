"""Activities that share their time: two recordings of one session, by two devices, sites or apps.

Two are one where they are of one kind and share most of the shorter one's time; and where one is much the shorter, only
if they begin or end together or go as far: a tour of a day holds the ride in its pause, and is not it. What does not say
its kind is one with what does only where both are about as long or as far, as a phone that tracks a whole day is not.
Parts of one long recording, as a warm-up and a run, stay apart: each is one with the long recording, not with the other.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

SAME_TIME = 0.7  # of the shorter one's time, in two that are one
MUCH = 0.5  # of the longer one's length: less is much the shorter
TOGETHER_S = 300.0  # devices that are started or stopped together are so within this
AS_FAR, AS_FAST = 0.2, 1.5  # by which their ways may differ, and how many times faster the one may be than the other
MOST_NEAR = 50  # activities looked at for each; nobody begins so many at once, but a damaged list may


@dataclass(frozen=True)
class Sharing:
    """Pairs of activities (rows of a table of them): how much later the other begins, and the seconds that they share."""

    one: np.ndarray
    other: np.ndarray
    later_s: np.ndarray
    shared_s: np.ndarray

    def of(self, rows: np.ndarray) -> "Sharing":
        return Sharing(self.one[rows], self.other[rows], self.later_s[rows], self.shared_s[rows])


def sharing(acts: pd.DataFrame) -> Sharing:
    """The pairs of one athlete that share most of the shorter one's time.

    acts: athlete (codes), utc, clock (seconds; of UTC where the zone is known), length_s.
    """
    found = [_overlaps(acts, starts, partly) for starts, partly in (("utc", False), ("clock", True))]
    return Sharing(*(np.concatenate(columns) for columns in zip(*found, strict=True)))


def _overlaps(acts: pd.DataFrame, starts: str, partly: bool) -> tuple[np.ndarray, ...]:
    """The columns of Sharing, of those that share most; partly: where one of the two knows no UTC."""
    start, length, who = (acts[name].to_numpy() for name in (starts, "length_s", "athlete"))
    zoneless = acts["utc"].isna().to_numpy()
    usable = np.flatnonzero(np.isfinite(start) & (length > 0))
    order = usable[np.lexsort((start[usable], who[usable]))]
    pairs = [np.empty((4, 0))]
    for step in range(1, min(MOST_NEAR, len(order))):
        one, other = order[:-step], order[step:]
        shared = np.minimum(start[one] + length[one], start[other] + length[other]) - start[other]
        shared[who[one] != who[other]] = 0
        if not (shared > 0).any():
            break
        most = shared >= SAME_TIME * np.minimum(length[one], length[other])
        rows = most & ((zoneless[one] | zoneless[other]) == partly)
        pairs.append(np.array([one, other, start[other] - start[one], shared])[:, rows])
    one, other, later, shared = np.concatenate(pairs, axis=1)
    return one.astype(int), other.astype(int), later, shared


def alike(acts: pd.DataFrame, pairs: Sharing) -> np.ndarray:
    """Which of the pairs are one session.

    acts: kind ("" where nothing is said), length_s, distance_m.
    """
    length, kind = acts["length_s"].to_numpy(), acts["kind"].to_numpy()
    (one, other), (own, its) = (pairs.one, pairs.other), (length[pairs.one], length[pairs.other])
    as_far = _as_far(acts, pairs)
    much_shorter = np.minimum(own, its) < MUCH * np.maximum(own, its)
    together = (pairs.later_s <= TOGETHER_S) | (np.abs(pairs.later_s + its - own) <= TOGETHER_S)
    gym = np.isin(kind, ["gym", "strength"])
    untold = (kind[one] == "") | (kind[other] == "") | (gym[one] & gym[other] & (kind[one] != kind[other]))
    as_long = pairs.shared_s >= SAME_TIME * np.maximum(own, its)
    one_kind = kind[one] == kind[other]
    return np.where(untold, as_long | as_far, one_kind & (~much_shorter | together | as_far))


def _as_far(acts: pd.DataFrame, pairs: Sharing) -> np.ndarray:
    one, other = (acts["distance_m"].to_numpy()[rows] for rows in (pairs.one, pairs.other))
    return np.abs(one - other) <= AS_FAR * np.fmax(one, other)  # of unknown ways never


def keepers(acts: pd.DataFrame, pairs: Sharing) -> np.ndarray:
    """Of each activity the row of the one that is kept for it; its own where it is kept itself.

    The best of those that share their time is kept, after those that did not break off, and what shares no time with
    it. acts: rank (less is better), length_s, distance_m.
    """
    near: dict[int, dict[int, float]] = {}
    for one, other, _, shared in zip(*(column.tolist() for column in vars(pairs).values()), strict=True):
        near.setdefault(one, {})[other] = near.setdefault(other, {})[one] = shared
    keeper = np.arange(len(acts))
    kept: set[int] = set()
    ends, rank = broken_off(acts, pairs), acts["rank"].to_numpy()
    for row in sorted(near, key=lambda row: (ends[row], rank[row], row)):
        hosts = near[row].keys() & kept
        if hosts:
            keeper[row] = max(hosts, key=lambda other: (near[row][other], -other))
        else:
            kept.add(row)
    return keeper


def broken_off(acts: pd.DataFrame, pairs: Sharing) -> np.ndarray:
    """Which activities hold only a part of a longer one that went on about as fast, as where a battery was empty.

    Not those which are its parts: together they hold most of it.
    """
    length, speed = acts["length_s"].to_numpy(), (acts["distance_m"] / acts["length_s"]).to_numpy()
    first = length[pairs.one] <= length[pairs.other]
    short, long = np.where(first, pairs.one, pairs.other), np.where(first, pairs.other, pairs.one)
    most = SAME_TIME * length[long]
    in_parts = np.bincount(long, length[short], minlength=len(acts))[long] >= most
    as_fast = np.fmax(speed[short], speed[long]) <= AS_FAST * np.minimum(speed[short], speed[long])
    ends = np.zeros(len(acts), dtype=bool)
    ends[short[(length[short] < most) & ~in_parts & as_fast & ~_as_far(acts, pairs)]] = True
    return ends
