"""Sets of hill repeats among the climbs of a run: the same climb again and again, and no reason to doubt it."""

from typing import NamedTuple

import numpy as np

from analysis.tracks.signal import median

from .alike import in_turn, on_one_hill, recut
from .candidates import Candidates, Layer, among, overlapping
from .doubts import doubt
from .track import FEWEST_REPEATS, Track, asked_once

MOST_HILLS_A_RUN = 5  # in one run
TRIED = 6  # groups of climbs looked at, largest first
LESSER = 0.3  # of the gain of a set, that others have which are run in turn with it
CLEARLY = 1.02  # times the metres climbed, by which one scale must find more than another


class HillSets(NamedTuple):
    """The hill sets of a run."""

    found: tuple[np.ndarray, ...]  # the climbs of each, in the order of time
    refused: dict[str, float]  # why climbs that repeat are no hill set -> the most metres that such climbs gained


class Refusal(NamedTuple):
    """Climbs that repeat and are no hill set."""

    why: str
    gain_m: float


def sets_of(track: Track, candidates: Candidates) -> HillSets:
    """Return the sets with the most climbing, whatever the scale at which their climbs were found."""
    sets: list[np.ndarray] = []
    refused: list[Refusal] = []
    while len(sets) < MOST_HILLS_A_RUN:
        best, doubts = _next(track, candidates, sets)
        refused += doubts
        if not len(best):
            break
        sets.append(best)
    kept, doubts = _together(track, sets, candidates.pressed)
    return HillSets(tuple(sorted(kept, key=lambda found: found[0, 0])), _most_of_each(refused + doubts))


def gains_of(track: Track, sets: HillSets) -> np.ndarray:
    """Return the metres gained in each climb of the sets."""
    return track.gain(np.concatenate([np.empty((0, 2)), *sets.found]))


def _most_of_each(refused: list[Refusal]) -> dict[str, float]:
    most: dict[str, float] = {}
    for why, gain in refused:
        most[why] = max(gain, most.get(why, 0.0))
    return most


def _next(track: Track, candidates: Candidates, sets: list[np.ndarray]) -> tuple[np.ndarray, list[Refusal]]:
    """(the set with the most climbing beside those found before; what was refused meanwhile)."""
    best, most = np.empty((0, 2)), 0.0
    refused: list[Refusal] = []
    for layer in candidates.layers:
        found, doubts = _best(track, _free(track, layer, sets), candidates.pressed, sets)
        refused += doubts
        total = track.gain(found).sum()
        if total > CLEARLY * most:
            best, most = found, total
    return best, refused


def _best(track: Track, layer: Layer, pressed: np.ndarray, sets: list[np.ndarray]) -> tuple[np.ndarray, list[Refusal]]:
    """(the set with the most metres climbed among these climbs, none where nothing repeats; what was refused).

    layer: those too that are no repeats but may hold one. pressed: those that laps mark at foot and top. sets: those
    found before.
    """
    climbs = layer.climbs[layer.possible]
    best, most = climbs[:0], 0.0
    refused: list[Refusal] = []
    if len(climbs) < FEWEST_REPEATS - 1:
        return best, refused
    same = on_one_hill(track, climbs)
    groups = sorted({row.tobytes() for row in same})
    again = np.concatenate([climbs[same.sum(axis=1) >= FEWEST_REPEATS], *sets])
    for group in sorted(groups, key=lambda row: row.count(True), reverse=True)[:TRIED]:
        found = in_turn(track, recut(track, climbs[np.frombuffer(group, dtype=bool)], layer.climbs))
        total = track.gain(found).sum()
        if len(found) < FEWEST_REPEATS or total <= most:
            continue
        if why := _doubt(track, found, again[~overlapping(again, found)], pressed):
            refused.append(Refusal(why, total))
        else:
            best, most = found, total
    return best, refused


@asked_once
def _doubt(track: Track, found: np.ndarray, beside: np.ndarray, pressed: np.ndarray) -> str:
    """Why climbs that repeat are no hill set; laps pressed at foot and top of a set's number of them are believed."""
    return doubt(track, found, beside, bool(among(found, pressed).sum() >= FEWEST_REPEATS))


def _free(track: Track, layer: Layer, sets: list[np.ndarray]) -> Layer:
    """Climbs in no set, and as high as those in turn with which they were run."""
    for taken in sets:
        climbs = layer.climbs
        between = (climbs[:, 1] > taken[0, 0]) & (climbs[:, 0] < taken[-1, 1])
        if track.placed or track.barometer:
            between &= overlapping(climbs, taken) | (track.gain(climbs) < LESSER * median(track.gain(taken)))
        layer = layer.where(~between)
    return layer


def _together(track: Track, sets: list[np.ndarray], pressed: np.ndarray) -> tuple[list[np.ndarray], list[Refusal]]:
    """(the sets that stay sets with no more climbs beside them than those of the others; what was refused)."""
    refused: list[Refusal] = []
    while True:
        beside = [np.concatenate([np.empty((0, 2)), *(o for o in sets if o is not found)]) for found in sets]
        doubts = [_doubt(track, one, others, pressed) for one, others in zip(sets, beside, strict=True)]
        if not any(doubts):
            return sets, refused
        refused += [Refusal(why, track.gain(one).sum()) for one, why in zip(sets, doubts, strict=True) if why]
        sets = [one for one, why in zip(sets, doubts, strict=True) if not why]
