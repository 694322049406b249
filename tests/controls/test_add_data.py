"""The way in: files are given to the control, and what it says is read."""

import re
from datetime import UTC, datetime

from analysis import add_data, export_steps, load_settings

LOG = b"date,exercise,sets,reps\n2026-03-02,calf_raise,3,12\n2026-03-04,<img src=x>,2,many\n"


def uploaded(panel, name: str, content: bytes) -> str:
    button = panel.children[0].children[0]
    button.value = (
        {
            "name": name,
            "type": "",
            "size": len(content),
            "content": memoryview(content),
            "last_modified": datetime.now(UTC),
        },
    )
    assert button.value == (), "the next file is a new one"
    return panel.children[1].value


def test_a_file_is_taken_in_and_told_with_what_was_refused(tmp_path):
    said = uploaded(add_data(tmp_path), "<b>my.csv", LOG)
    assert "<strong>bmy.csv is in: 1 of 2 records loaded" in said
    assert "<td" in said and "Run All Cells" in said and "<img" not in said
    assert (tmp_path / "logs" / "bmy.csv").read_bytes() == LOG


def test_a_file_that_is_none_is_told_and_text_of_it_is_no_markup(tmp_path):
    said = uploaded(add_data(tmp_path), "<img src=x onerror=alert(1)>.csv", b"<script>,\n1,2\n")
    assert said.startswith('<div role="status"><p><b>Not taken.</b> ') and "Fix: " in said
    assert not re.search("<(img|script)", said)


def test_dropped_files_are_taken_in_and_the_unit_is_kept(tmp_path):
    panel = add_data(tmp_path)
    _, look, unit = panel.children[0].children
    look.click()
    assert "No new file lies" in panel.children[1].value
    (tmp_path / "a.csv").write_bytes(LOG)
    look.click()
    assert "a.csv is in: 1 of 2 records" in panel.children[1].value and (tmp_path / "logs" / "a.csv").exists()
    unit.value = "lb"
    assert load_settings(tmp_path).unit == "lb" and add_data(tmp_path).children[0].children[2].value == "lb"
    unit.value = ""
    assert load_settings(tmp_path).unit is None


def test_each_app_and_watch_has_its_clicks_and_a_phone_is_enough():
    parts = export_steps().parts
    assert set(parts) >= {"Garmin", "Strava", "Hevy", "Strong", "Apple Health", "Polar", "Suunto", "COROS", "Fitbit"}
    assert [where for where, _ in parts["Garmin"]][1].startswith("web: one activity")
    for app in set(parts) - {"other"}:
        assert any("phone" in where for where, _ in parts[app]), app
    assert all(len(steps) >= 2 for ways in parts.values() for _, steps in ways)
