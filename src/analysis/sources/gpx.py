"""GPX 1.0 and 1.1: tracks of points, with the heart rate and cadence that watches add as extensions."""

from .points import Points, strides_to_steps
from .recording import LAP_MARKS, SET_MARKS, Recording, table
from .xml import Format, child_text, read_xml, shown

COLUMNS = {  # name of an element, whatever its namespace (Garmin v1 and v2, Cluetrust, none) -> our column
    "time": "time",
    "ele": "altitude_m",
    "speed": "speed_m_per_s",
    "hr": "hr_bpm",
    "heartrate": "hr_bpm",
    "cad": "cadence_spm",
    "cadence": "cadence_spm",
}
GPX = Format("GPX", ("gpx",), "trkpt", "trkseg", {"wpt": "waypoint", "rte": "route"}, COLUMNS, ("lat", "lon"))
SPORTS = {"1": "cycling", "4": "hiking", "9": "running", "10": "walking"}  # numbers in Strava's exports


def read_gpx(data: bytes, name: str) -> Recording:
    """The recorded tracks of a GPX file.

    A cadence is the strides of one leg when the track's <type> says running, walking or hiking, so it is doubled;
    with any other type, or none, it stays as written. A time without zone is UTC, as the format demands, and remarked.

    Raises LogError: empty-file, xml-error, xml-forbidden, wrong-root, truncated, encoding-error, no-track, no-time,
    no-valid-points.
    """
    document = read_xml(data, name, GPX)
    points, sports = Points(document), []
    for track in document.root.iter("{*}trk"):
        sport = child_text(track, "type").lower()
        sports.append(SPORTS.get(sport, sport))
        points.add(track, strides_to_steps(sports[-1]))
    points.read()
    facts = {
        "format": "gpx",
        "sport": shown(next(filter(None, sports), "")),
        "sub_sport": "",
        "device": shown(document.root.get("creator", ""), 80),
        "offset_s": float("nan"),
        "barometer": None,
    }
    nothing = table({}, LAP_MARKS), table({}, SET_MARKS)
    return Recording(points.frame(), *nothing, facts, points.rejects, points.remarks)
