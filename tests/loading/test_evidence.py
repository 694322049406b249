"""How the charges of each session are known, and what was left out: by session, and in the answer."""

from hill_writer import laps_of, run, write_run
from recording_writer import at

from analysis import (
    hill_charges,
    hill_evidence,
    hill_headline,
    hill_progression,
    hill_sessions,
    load_catalog,
    load_logs,
)


def evidence_of(log, catalog):
    return hill_evidence(hill_charges(log.efforts, catalog), log)


def headline_of(log, catalog):
    charges = hill_charges(log.efforts, catalog)
    return hill_headline(log, hill_sessions(charges), hill_progression(charges)).sentences


def test_of_each_session_is_said_how_it_was_found_and_what_was_left_out(tmp_path):
    """Laps; a lap that was not pressed; the altitude of a barometer; typed; found and typed less; found, and none."""
    log, own = tmp_path / "log", tmp_path / "hills.csv"
    log.mkdir()
    pressed = laps_of(6)
    for day, laps in {2: pressed, 3: pressed[:3] + pressed[4:], 4: (), 6: (), 7: pressed}.items():
        write_run(log / f"{day}.fit", at("18:00:00", f"2026-03-0{day}"), run([200] * 6), laps)
    (log / "log.csv").write_text(
        "date,exercise,sets,duration_s\n2026-03-05,hill_charge,5,60\n2026-03-06,hill_charge,4,60\n"
    )
    own.write_text("date,charges\n2026-03-07,no\n")
    catalog = load_catalog(own)
    loaded = load_logs(log, catalog=catalog)
    table = evidence_of(loaded, catalog).set_index(evidence_of(loaded, catalog)["date"].dt.day)
    assert table[["charges", "found"]].to_numpy().tolist() == [
        [6, "laps"], [6, "laps, altitude by barometer"], [6, "altitude by barometer"], [5, "typed"], [4, "typed"], [0, ""],
    ]  # fmt: skip
    assert table["left_out"].dropna().to_dict() == {6: 2, 7: 6}
    assert table["why"].to_dict() == {2: "", 3: "", 4: "", 5: "", 6: "beyond those typed", 7: "none, as hills.csv says"}
    assert "8 climbs more in 2 sessions may be repeats and do not count." in headline_of(loaded, catalog)


def test_who_has_only_doubtful_charges_reads_of_them_first(tmp_path, catalog, monkeypatch):
    monkeypatch.setattr("analysis.loading.hill_sets.LEAST_SURE", 0.9)
    write_run(tmp_path / "a.fit", at("18:00:00"), run([200] * 6))
    log = load_logs(tmp_path)
    told = headline_of(log, catalog)
    assert told[0] == "No hill repeat was logged in 1 session, 3 Mar 2026."
    assert told[1].startswith("perhaps 6 hill repeats on 2026-03-03 from 18:0")
    assert evidence_of(log, catalog)[["charges", "left_out"]].to_numpy().tolist() == [[0, 6]]


def test_others_see_no_place_and_no_name_of_a_file(tmp_path, catalog, monkeypatch):
    monkeypatch.setattr("analysis.loading.hill_sets.LEAST_SURE", 0.9)
    write_run(tmp_path / "private.fit", at("18:00:00"), run([200] * 6))
    log = load_logs(tmp_path, shared=True)
    words = str(headline_of(log, catalog)) + evidence_of(log, catalog).to_csv() + log.warnings.to_csv()
    assert "perhaps 6 hill repeats" in words
    assert not any(told in words for told in ("private", ".fit", "50.0", "10.0", "lat"))


def test_a_log_without_hills_has_an_empty_table(tmp_path, catalog):
    (tmp_path / "log.csv").write_text("date,exercise,sets,duration_s\n2026-03-05,bridge,3,30\n")
    table = evidence_of(load_logs(tmp_path / "log.csv"), catalog)
    assert table.empty and {"date", "charges", "found", "left_out", "why"} <= set(table)
