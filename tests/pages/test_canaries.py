"""What stays at home: words, places and heights that no file of a folder for others may hold, in any mode, packed or not."""

import base64
import gzip
import json
import re
import zipfile
import zlib

import numpy as np
import pandas as pd
import pytest
from browsing import CHROMIUM
from click.testing import CliRunner
from track_writer import gpx, north

from analysis.cli import main

ANA, BEN = "Anaconda Quill", "Benedikt Vole"
LAT, LON, FOOT_M = -71.3871, 155.0937, 3217.0  # no number of training looks like these
PACKED = r'<script (?:id="plotly" )?type="application/gzip"[^<>]*>(.*?)</script>'
SECRETS = {  # what -> the word by which it would be found
    "note": "secretnote", "note of a plan": "secretplan", "refused cell": "secretcell", "route of a refused row": "secretroute",
    "long note": "secretlong", "log": "secretlog", "folder": "secretfolder", "recording": "secretrun", "member": "secretmember",
    "first line of a file": "secretline", "device": "secretdevice", "address": "secretperson",
    "pain of a day": "pain was logged on", "pain of a set": "8.7 of", "where it hurt": "left achilles",
}  # fmt: skip
LOG = f"""date,athlete,exercise,sets,reps,duration_s,route,pain,pain_region,notes
2026-03-02,{ANA},calf_raise,3,12,,,8.7,left achilles,secretnote of the knee
2026-03-04,{ANA},line_hop,3,20,,,8.7,,
2026-03-05,{ANA},hill_charge,6,,62,Mill Lane,8.7,,"secretlong {"word " * 40}"
2026-03-09,{ANA},bridge,2,,30,,8.7,,
2026-03-03,{ANA},bridge,2,secretcell,,,,,
2026-03-03,{BEN},hill_charge,secretcell,,,secretroute,,,
2026-03-03,{BEN},bridge,2,10,,,8.7,right achilles,secretnote
secretcell,{BEN},bridge,2,10,,,,,
2026-03-06,{BEN},secretperson@example.org squat,x,10,,,,,
2026-03-07,{ANA},bridge,2,10,,{LAT:.4f},,,secretnote,too many cells
"""
PLAN = f"date,athlete,exercise,sets,reps,note\n2026-03-02,{ANA},calf_raise,3,12,secretplan\n2026-03-03,{BEN},bridge,2,10,secretplan\n"


def recording() -> bytes:
    """Six charges of 60 s up 20 m and back, on a hill that nothing else is as high as, by a device with a name."""
    t = np.arange(0, 1200, 2.0)
    up = np.interp(t % 180, [0, 60, 80, 160, 180], [0, 1, 1, 0, 0]) * (t < 1080)
    rows = {"t": t, "lat": north(250 * up, LAT), "lon": np.full(len(t), LON), "altitude_m": FOOT_M + 20 * up}
    text = gpx(pd.DataFrame(rows), creator="secretdevice 5").decode()
    return text.replace(
        "<trk>", "<metadata><author><email id='secretperson' domain='example.org'/></author></metadata><trk>"
    ).encode()


@pytest.fixture(scope="module")
def club(tmp_path_factory):
    folder = tmp_path_factory.mktemp("club") / "secretfolder"
    own = folder / ANA
    own.mkdir(parents=True)
    (folder / "secretlog.csv").write_text(LOG, encoding="utf-8")
    (own / "secretrun.gpx").write_bytes(recording())
    (folder / "diary.txt").write_text("secretline: what I never tell\n", encoding="utf-8")
    with zipfile.ZipFile(folder / "export.zip", "w") as archive:
        archive.writestr("secretperson@example.org/secretmember.fit", b"no recording")
    (folder.parent / "secretplan.csv").write_text(PLAN, encoding="utf-8")
    return folder


def run(club, out, *options) -> None:
    given = ["--logs", club, "--plan", club.parent / "secretplan.csv", "--out", out, "--no-progress", *options]
    result = CliRunner().invoke(main, ["report", *map(str, given)])
    assert result.exit_code == 0, result.output


def told_in(folder) -> dict[str, str]:
    """Every file of a folder, hidden ones too, with its path: all that it says, whatever is packed in it unpacked."""
    return {
        file.relative_to(folder).as_posix(): unpacked(file.read_bytes()) for file in folder.rglob("*") if file.is_file()
    }


def unpacked(data: bytes) -> str:
    parts = [data]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):  # of a PDF
        try:
            parts.append(zlib.decompress(stream))
        except zlib.error:
            parts.append(stream)
    text = re.sub(PACKED, "", b"\n".join(parts).decode("utf-8", "replace"), flags=re.DOTALL)
    return text + "".join(part.decode("utf-16-be", "ignore") for part in parts if data[:4] == b"%PDF")


def figures_of(page: str) -> list[dict]:
    return [json.loads(data) for data in re.findall(r'<script type="application/json">(.*?)</script>', page, re.DOTALL)]


def numbers_in(figure) -> list[float]:
    """Every number of a figure, those packed as bytes too."""
    if isinstance(figure, dict):
        if "bdata" in figure:
            return np.frombuffer(base64.b64decode(figure["bdata"]), figure["dtype"]).astype(float).tolist()
        return [number for value in figure.values() for number in numbers_in(value)]
    if isinstance(figure, list):
        return [number for value in figure for number in numbers_in(value)]
    return [float(figure)] if isinstance(figure, int | float) else []


def betrayed(folder, *more: str) -> list[tuple[str, str]]:
    """(file, what it tells) of everything that others may not see."""
    found = []
    for name, text in told_in(folder).items():
        words = [*SECRETS.values(), *more, str(folder.parent), "example.org", f"{LAT:.2f}", f"{LON:.2f}"]
        found += [(name, word) for word in words if word.casefold() in f"{name}\n{text}".casefold()]
        for number in numbers_in(figures_of(text)) if name.endswith(".html") else []:
            at_home = abs(number - LAT) < 0.01 or abs(number - LON) < 0.01 or FOOT_M - 1 < number < FOOT_M + 25
            found += [(name, str(number))] if at_home else []
    return found


def test_no_mode_tells_what_others_may_not_see(club, tmp_path):
    """One folder, run after run: one's own eyes, where most of it is told, one runner, all by name, all by number and on paper."""
    out = tmp_path / "pages"
    run(club, out, "--private", *(part for name in ("00", "01", "03", "05") for part in ("--notebook", name)))
    own = {word for _, word in betrayed(out)}
    assert {
        "secretcell",
        "secretlog",
        "secretroute",
        "secretrun",
        "secretmember",
        "pain was logged on",
        "8.7 of",
        "left achilles",
    } <= own, "it would be found"
    run(club, out, "--athlete", ANA)
    assert betrayed(out, BEN) == [], "one runner"
    page = (out / "03_plan_balance.html").read_text(encoding="utf-8")
    assert len(numbers_in(figures_of((out / "02_hill_repeats.html").read_text(encoding="utf-8")))) > 100
    (packed,) = re.findall(PACKED, page, re.DOTALL)
    assert b"plotly.js" in gzip.decompress(base64.b64decode(packed))[:200], "nothing else travels packed"
    run(club, out, "--athlete", "all")
    assert betrayed(out) == [], "all by name"
    for name, other in ((ANA, BEN), (BEN, ANA)):
        (folder,) = (
            path for path in out.iterdir() if path.is_dir() and name.split()[0].casefold() in path.name.casefold()
        )
        assert betrayed(folder, other) == [], f"the pages of {name}"
    pdf = ["--pdf"] if CHROMIUM else []
    run(club, out, "--athlete", "all", "--pseudonyms", "--notebook", "00", "--notebook", "03", *pdf)
    assert betrayed(out, *ANA.split(), *BEN.split()) == [], "all by number"
    assert sorted(path.name for path in out.iterdir() if path.is_dir()) == ["runner-1", "runner-2"]
    assert bool(pdf) == any(out.rglob("*.pdf"))
