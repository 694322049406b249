"""Small recordings for tests: a track at a steady speed northwards, as a watch (FIT) or a phone (GPX) writes it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from fit_writer import ENUM, EPOCH_S, SINT32, UINT8, UINT16, UINT32, FitWriter, semicircles

METRE = 1 / 111_195  # of latitude, in degrees
SPORTS = {
    "running": (1, 0),
    "walking": (11, 0),
    "cycling": (2, 0),
    "swimming": (5, 0),
    "strength": (10, 20),
    "": (0, 0),
}


def at(clock: str, day: str = "2026-03-03") -> datetime:
    """UTC of a clock at 50 N 10 E in winter, an hour ahead."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=UTC) - timedelta(hours=1)


def write_track(path: Path, start: datetime, seconds: int, speed: float = 3.0, sport: str = "running") -> None:
    """A point each five seconds; the sport only where there is one."""
    points = "".join(
        f'<trkpt lat="{50 + t * speed * METRE:.7f}" lon="10"><time>{start + timedelta(seconds=t):%Y-%m-%dT%H:%M:%SZ}</time></trkpt>'
        for t in range(0, seconds + 1, 5)
    )
    kind = f"<type>{sport}</type>" if sport else ""
    path.write_text(f'<gpx version="1.1" creator="phone"><trk>{kind}<trkseg>{points}</trkseg></trk></gpx>')


def write_watch(
    path: Path, start: datetime, seconds: int, speed: float = 3.0, sport: str = "running", sets: int = 0
) -> None:
    """A record each five seconds with a heart rate of 140; a strength session has no place, but sets of eight squats."""
    fit, since = FitWriter(), lambda t: round(start.timestamp()) - EPOCH_S + t
    fit.define(0, 0, (0, ENUM), (1, UINT16), (4, UINT32))
    fit.data(0, 4, 1, since(0))
    fit.define(1, 20, (253, UINT32), (0, SINT32), (1, SINT32), (5, UINT32), (3, UINT8))
    for t in range(0, seconds + 1, 5):
        place = (semicircles(50 + t * speed * METRE), semicircles(10)) if sport != "strength" else (None, None)
        fit.data(1, since(t), *place, round(t * speed * 100) if sport != "strength" else None, 140)
    fit.define(
        2, 225, (254, UINT32), (0, UINT32), (3, UINT16), (4, UINT16), (5, UINT8), (6, UINT32), (7, UINT16), (8, UINT16)
    )
    for n in range(sets):
        fit.data(2, since(180 * n + 40), 40_000, 8, 80 * 16, 1, since(180 * n), 28, 6)
    fit.define(3, 18, (253, UINT32), (2, UINT32), (5, ENUM), (6, ENUM), (7, UINT32), (8, UINT32))
    fit.data(3, since(seconds), since(0), *SPORTS[sport], seconds * 1000, seconds * 1000)
    fit.define(4, 34, (253, UINT32), (5, UINT32))
    fit.data(4, since(seconds), since(seconds) + 3600)
    path.write_bytes(fit.file())
