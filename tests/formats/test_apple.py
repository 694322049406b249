"""Apple Health as phones really write it: a document type with faults, characters that no XML may hold, scores of effort."""

import pandas as pd
import pytest
from activity_lists import WORKOUT, health, only

from analysis.errors import LogError
from analysis.formats.lists.apple import _Cleaned

FAULTY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 12 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Workout|VisionPrescription)*)>
<!ATTLIST HealthData
  locale CDATA #REQUIRED
>
<!ELEMENT VisionPrescription (RightEye|LeftEye|Attachment)*>
<!ATTLIST VisionPrescription
  type             CDATA #REQUIRED
  expirationDate   CDATA #IMPLIED
<!ELEMENT RightEye EMPTY>
<!ATTLIST RightEye
  sphere           CDATA #IMPLIED
>
]>
"""
RUN = WORKOUT.format(kind="Running", parts="")  # 60 minutes from 18:05:12 UTC, with pauses 61 min 40 s
NEXT = RUN.replace("2026-03-02", "2026-03-03")
BEAT = '<Record type="HKQuantityTypeIdentifierHeartRate" sourceName="{}" unit="count/min" startDate="2026-03-02 07:10:00 +0000" value="132"/>'


@pytest.mark.parametrize("before", [FAULTY, FAULTY.replace("]>", ""), FAULTY.replace("(Record|", "(Record||"), ""])
def test_a_document_type_with_faults_is_passed_over(tmp_path, before):
    """iOS 16 forgets the end of a list of attributes; what the document type says is needed for nothing."""
    log = health(tmp_path, RUN, NEXT, before=before)
    assert (
        log.counts == {"records_in": 2, "loaded": 2, "rejected": 0} and not (log.warnings["code"] == "truncated").any()
    )


@pytest.mark.parametrize(
    "bad",
    ["\x0b", "\x00", "\x1f", "\x08\x08", "&#11;", "&#x1F;", "&#0;", "&#x0000b;", "\ufffe", "\uffff", "\x0b" * 100_000],
    ids=repr,
)
def test_a_character_that_no_xml_may_hold_loses_itself_alone(tmp_path, bad):
    log = health(tmp_path, RUN, BEAT.format(f"Food{bad}log"), NEXT)
    assert (
        log.counts == {"records_in": 2, "loaded": 2, "rejected": 0} and not (log.warnings["code"] == "truncated").any()
    )


def test_bytes_that_are_no_text_lose_themselves_alone(tmp_path):
    """Half of an emoji, as UTF-16 cuts it, and a stray byte."""
    file = tmp_path / "export.xml"
    text = f"{FAULTY}<HealthData>{RUN}{BEAT}{NEXT}</HealthData>".encode().replace(b"{}", b"a\xed\xa0\xbdb\xffc")
    file.write_bytes(text)
    from analysis import load_logs

    assert load_logs(file).counts == {"records_in": 2, "loaded": 2, "rejected": 0}


class _Drops:
    """A stream that gives one byte less than asked for, so that every border is met."""

    def __init__(self, data: bytes, size: int):
        self.data, self.at, self.size = data, 0, size

    def read(self, n: int) -> bytes:
        part = self.data[self.at : self.at + (n if n == 1 else min(n, self.size))]
        self.at += len(part)
        return part


@pytest.mark.parametrize("size", range(1, 30))
def test_wherever_the_bytes_are_cut_the_same_is_read(size):
    beat = '<Record type="HKQuantityTypeIdentifierHeartRate" sourceName="a>b/>c" value="1"/>'
    score = '<Record type="HKQuantityTypeIdentifierWorkoutEffortScore" value="1"/>'
    deep = '<Record type="HKQuantityTypeIdentifierHeartRate"><MetadataEntry key="k"/></Record>'
    data = f"<HealthData a='x&#11;y&amp;z&#x1F;&#65; é\x0b€😀&#1'>{beat}{score}{beat} {deep}&lt;".encode()
    cleaned, out = _Cleaned(_Drops(data, size), "export.xml"), b""
    while part := cleaned.read(1):
        out += part
    said = out.decode().replace(beat, "").replace("> <", "><")  # where a cut falls into it, a record stays
    assert said == f"<HealthData a='xy&amp;z&#65; é€😀&#1'>{score}{deep}&lt;"


def test_of_a_large_file_only_what_may_matter_reaches_the_parser():
    """A record without children is left out, one of an effort is not."""
    beat = BEAT.format("Watch") + "\n"
    data = f"<HealthData>{beat * 1000}{score(7)}</HealthData>".encode()
    cleaned, out = _Cleaned(_Drops(data, 32_768), "export.xml"), b""
    while part := cleaned.read(32_768):
        out += part
    assert out.decode() == f"<HealthData>{score(7)}</HealthData>"


def test_entities_of_the_document_type_are_unknown_and_never_read(tmp_path):
    (tmp_path / "secret.txt").write_text("CANARY")
    before = f'<!DOCTYPE HealthData [<!ENTITY a "haha"><!ENTITY i SYSTEM "file://{tmp_path}/secret.txt">]>\n'
    for entity in "ai":
        named = RUN.replace('"Watch"', f'"&{entity};"')
        log = health(tmp_path, NEXT, named, before=before)
        assert log.counts["loaded"] == 1 and "truncated" in log.warnings["code"].tolist()
        told = str([log.sessions.to_numpy().tolist(), log.warnings.to_numpy().tolist()])
        assert "CANARY" not in told and "haha" not in told


# --------------------------------------------------------------------------------------------- statistics
@pytest.mark.parametrize(
    "unit, value, metres",
    [("km", "5.62", 5620), ("m", "5620", 5620), ("mi", "3.1", 3.1 * 1609.344), ("yd", "1000", 914.4)],
)
def test_distances_are_in_the_unit_that_stands_beside_them(tmp_path, unit, value, metres):
    part = f'<WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" sum="{value}" unit="{unit}"/>'
    log = health(tmp_path, WORKOUT.format(kind="Running", parts=part))
    assert only(log.sessions)["distance_m"] == pytest.approx(metres)


@pytest.mark.parametrize("unit, value, metres", [("cm", "4200", 42), ("m", "42", 42), ("ft", "100", 30.48)])
def test_ascent_is_in_the_unit_that_stands_behind_it(tmp_path, unit, value, metres):
    part = f'<MetadataEntry key="HKElevationAscended" value="{value} {unit}"/>'
    assert only(health(tmp_path, WORKOUT.format(kind="Hiking", parts=part)).sessions)["ascent_m"] == pytest.approx(
        metres
    )


def test_heart_rates_are_those_of_the_statistics_and_energy_is_none(tmp_path):
    parts = (
        '<WorkoutStatistics type="HKQuantityTypeIdentifierHeartRate" average="147.6" minimum="90" maximum="171" unit="count/min"/>'
        '<WorkoutStatistics type="HKQuantityTypeIdentifierActiveEnergyBurned" sum="612" unit="kcal"/>'
    )
    log = health(tmp_path, WORKOUT.format(kind="Running", parts=parts))
    assert (only(log.sessions)["hr_mean_bpm"], only(log.efforts)["hr_max_bpm"]) == (147.6, 171)
    assert pd.isna(only(log.sessions)["distance_m"])


# ------------------------------------------------------------------------------------------ scores of effort
def score(value, kind: str = "", start: str = "2026-03-02 19:05:12 +0100") -> str:
    return (
        f'<Record type="HKQuantityTypeIdentifier{kind}WorkoutEffortScore" unit="appleEffortScore" '
        f'startDate="{start}" endDate="{start}" value="{value}"/>'
    )


def test_the_score_of_effort_is_the_rpe_of_the_workout_in_which_it_begins(tmp_path):
    """By time, in whatever zone; one that was entered goes before the estimate of the watch."""
    log = health(
        tmp_path,
        score(3, "Estimated"), score(7), score(4, "Estimated"), score(5, "Estimated", "2026-03-03 18:05:12 +0000"),
        score(9, start="2026-03-05 12:00:00 +0000"), RUN, NEXT,
    )  # fmt: skip
    assert log.sessions["rpe"].tolist() == [7, 5]
    (remark,) = log.warnings.loc[log.warnings["code"] == "effort-score", "message"]
    assert remark == (
        "the effort score of 2 workouts is their session RPE: 1 as entered, 1 as the watch estimates it."
    )  # fmt: skip


def test_a_score_of_effort_may_stand_in_the_statistics(tmp_path):
    part = (
        '<WorkoutStatistics type="HKQuantityTypeIdentifier{}WorkoutEffortScore" average="{}" unit="appleEffortScore"/>'
    )
    parts = part.format("", 6) + part.format("Estimated", 4)
    log = health(tmp_path, score(3, "Estimated"), WORKOUT.format(kind="Running", parts=parts))
    assert only(log.sessions)["rpe"] == 6


@pytest.mark.parametrize("value", ["0", "", "11", "hard", "-1", "nan"])
def test_a_score_that_is_none_is_no_rpe(tmp_path, value):
    log = health(tmp_path, score(value), RUN)
    assert pd.isna(only(log.sessions)["rpe"]) and not (log.warnings["code"] == "effort-score").any()


def test_more_workouts_than_anybody_does_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.formats.lists.rows.MOST_LISTED", 2)
    with pytest.raises(LogError) as raised:
        health(tmp_path, RUN, NEXT, RUN)
    assert raised.value.code == "too-many-rows"
