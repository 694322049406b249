"""GPX as text: a track of points that each test writes itself."""


def point(second: int = 0, inside: str = "", lat: str = "46.5", lon: str = "7.5", ele: str = "400.5", when: str = ""):
    """One point of a track; `inside` stands after its time."""
    when = when or f"2026-03-04T06:00:{second:02}Z"
    return f'<trkpt lat="{lat}" lon="{lon}"><ele>{ele}</ele><time>{when}</time>{inside}</trkpt>'


def gpx(
    *points: str, kind: str = "running", root: str = 'creator="Watch 7" version="1.1"', between: str = "\n"
) -> bytes:
    """A track of one segment; its first point stands in line 4."""
    inner = between.join(points)
    track = f"<trk><name>Hills</name><type>{kind}</type>\n<trkseg>\n{inner}\n</trkseg></trk>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<gpx {root}>{track}</gpx>\n'.encode()
