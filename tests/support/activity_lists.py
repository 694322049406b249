"""Lists of activities, Apple Health's among them."""

from pathlib import Path

import pandas as pd

from analysis import load_logs

DTD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 13 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Correlation|Workout|ActivitySummary)*)>
<!ATTLIST HealthData
  locale CDATA #REQUIRED
>
<!ELEMENT Workout ((MetadataEntry|WorkoutEvent|WorkoutRoute|WorkoutStatistics)*)>
]>
"""
WORKOUT = """<Workout workoutActivityType="HKWorkoutActivityType{kind}" duration="60" durationUnit="min"
 sourceName="Watch" startDate="2026-03-02 19:05:12 +0100" endDate="2026-03-02 20:06:52 +0100">{parts}</Workout>
"""


def only(table: pd.DataFrame) -> dict:
    """The one row."""
    assert len(table) == 1
    return table.iloc[0].to_dict()


def health(folder: Path, *workouts: str, before: str = DTD, end: str = "</HealthData>"):
    file = folder / "export.xml"
    file.write_text(f'{before}<HealthData locale="en_US">\n{"".join(workouts)}{end}', encoding="utf-8")
    return load_logs(file)
