"""GPX 1.0 and 1.1: tracks of points, with the heart rate and cadence that watches add as extensions."""

import numpy as np

from analysis.errors import LogError
from analysis.formats.text.cells import CellError

from .clocks import ANOTHER_OUTING_S, BACK_S, clusters
from .outings import each, each_once, refuse_more_activities
from .recording import NO_LAP_MARKS, NO_SET_MARKS, Recording
from .totals import added, known_totals
from .xml_format import XmlFormat, child_text, shown, xml_number
from .xml_points import Points, strides_to_steps

COLUMNS = {  # name of an element, whatever its namespace (Garmin v1 and v2, Cluetrust, none) -> our column
    "time": "time",
    "ele": "altitude_m",
    "speed": "speed_m_per_s",
    "hr": "hr_bpm",
    "heartrate": "hr_bpm",
    "cad": "cadence_spm",
    "cadence": "cadence_spm",
}
GPX = XmlFormat("GPX", ("gpx",), "trkpt", "trkseg", "trk", {"wpt": "waypoint", "rte": "route"}, COLUMNS, ("lat", "lon"))
STATS = {  # of Garmin's TrackStatsExtension -> a total
    "Distance": "distance_m",
    "TotalElapsedTime": "elapsed_s",
    "TimerTime": "timer_s",
    "MovingTime": "moving_s",
    "Ascent": "ascent_m",
    "Descent": "descent_m",
    "AvgHeartRate": "hr_mean_bpm",
}
STRAVA_SPORTS = {"1": "cycling", "4": "hiking", "9": "running", "10": "walking"}  # numbers in Strava's exports


def read_gpx(data: bytes, name: str) -> list[Recording | LogError]:
    """The outings whose tracks a GPX file holds, one recording each.

    Tracks, segments and points are of one outing as long as they are of one sport, one behind the other in time, and
    less than four hours apart. A cadence is the strides of one leg when the track's <type> says running, walking or
    hiking, so it is doubled; with any other type, or none, it stays as written. A time without zone is UTC, as the
    format demands, and remarked.

    Raises LogError: empty-file, xml-error, xml-forbidden, wrong-root, truncated, encoding-error, no-track, no-time,
    no-valid-points, too-large, too-many-activities.
    """
    points, sports, totals = Points(data, name, GPX), [], []
    document = points.document
    for track in document.root.iter("{*}trk"):
        sport = child_text(track, "type").lower()
        sports.append(STRAVA_SPORTS.get(sport, sport))
        points.add(track, strides_to_steps(sports[-1]))
        totals.append(_stats(track))
    points.read()
    points.in_time()
    outings = _outings(points, sports)
    if not outings:
        raise points.nothing()
    facts: dict = {"format": "gpx", "sub_sport": "", "device": shown(document.root.get("creator", ""), 80)}
    facts |= {"offset_s": float("nan"), "barometer": None}
    found = []
    for rows in outings:
        columns, remarks = points.take(rows)
        parts = np.unique(points.columns["part"][rows]).tolist()
        sport = next((sports[part] for part in parts if sports[part]), "")
        whole = np.isin(points.columns["part"], parts).sum() == len(rows)
        said = added([totals[part] for part in parts]) if whole else {}
        of = known_totals("track", columns["time"].min(), said) if said else {}
        nothing = NO_LAP_MARKS, NO_SET_MARKS.copy(deep=False)
        found.append(Recording(columns, *nothing, facts | {"sport": shown(sport)}, [], remarks, of))
    found[0].rejects, found[0].remarks = points.rejects, points.of_file() + found[0].remarks
    return each_once(found)


def _outings(points: Points, sports: list[str]) -> list[np.ndarray]:
    """Which points are of each outing, in the order of their begins; a single point beside others is none, but rejected."""
    pieces = _pieces(points, sports)
    if len(pieces) > 1 and any(len(rows) == 1 for rows in pieces):
        alone = np.zeros(len(points.columns["time"]), dtype=bool)
        alone[[rows[0] for rows in pieces if len(rows) == 1]] = True
        if not alone.all():
            points.leave_out(alone)
            pieces = _pieces(points, sports)
    return pieces


def _pieces(points: Points, sports: list[str]) -> list[np.ndarray]:
    part, seconds = points.columns["part"], points.columns["time"].astype(np.int64) / 1000
    pieces = []
    for rows in each(part):
        pieces += [rows[of] for of in each(clusters(seconds[rows], ANOTHER_OUTING_S))]
        refuse_more_activities(points.name, pieces)
    outings: list[list] = []  # sport, last second, pieces
    for rows in sorted(pieces, key=lambda rows: seconds[rows].min()):
        sport, begin, end = sports[part[rows[0]]], seconds[rows].min(), seconds[rows].max()
        for outing in reversed(outings):
            same = not sport or not outing[0] or sport == outing[0]
            if same and -BACK_S <= begin - outing[1] <= ANOTHER_OUTING_S:
                outing[:] = [outing[0] or sport, max(end, outing[1]), [*outing[2], rows]]
                break
        else:
            outings.append([sport, end, [rows]])
    return [np.sort(np.concatenate(rows)) for _, _, rows in outings]


def _stats(track) -> dict[str, float]:
    """What a Garmin device or program says of a whole track."""
    found = next(track.iterchildren("{*}extensions"), None)
    stats = {} if found is None else {column: found.findtext(f".//{{*}}{tag}") for tag, column in STATS.items()}
    return {column: _amount(text) for column, text in stats.items() if text}


def _amount(text: str) -> float:
    try:
        value = xml_number(text.strip())
    except CellError:
        return np.nan
    return value if 0 <= value < np.inf else np.nan
