"""Lists of Strava and Garmin Connect in other languages and of other years: one row each, its values worked by hand."""

import csv
from collections import defaultdict
from pathlib import Path

import pandas as pd
import pytest
from activity_lists import only

from analysis import load_logs
from analysis.errors import LogError
from analysis.formats.text.languages import WORDS_FILE, in_english

MILE, FOOT = 1609.344, 0.3048


def loaded(folder: Path, header: str, *rows: str, name: str = "activities.csv"):
    file = folder / name
    file.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return load_logs(file)


def refusal(folder: Path, header: str, *rows: str, name: str = "activities.csv") -> LogError:
    with pytest.raises(LogError) as raised:
        loaded(folder, header, *rows, name=name)
    return raised.value


# ------------------------------------------------------------------------------------------------ Strava
STRAVA = {  # language -> header as exports have it (the first columns and those that are read), a time, what a run is
    "Dutch": (
        "Activiteits-ID,Datum van activiteit,Naam activiteit,Activiteitstype,Beschrijving activiteit,Verstreken tijd,"
        "Afstand,Max. hartslag,Relatieve inspanning,Bestandsnaam,Verstreken tijd,Beweegtijd,Afstand,Totale stijging,"
        "Max. hartslag,Gemiddelde hartslag,Ervaren inspanning",
        "9 mei 2026, 00:03:01",
        "Hardloopsessie",
    ),
    "French": (
        "ID de l'activité,Date de l'activité,Nom de l'activité,Type d'activité,Description de l'activité,Temps écoulé,"
        "Distance,Fréquence cardiaque maximum,Effort relatif,Nom du fichier,Temps écoulé,Durée de déplacement,Distance,"
        "Dénivelé positif,Fréquence cardiaque maximum,Fréquence cardiaque moyenne,Effort perçu",
        "9 mai 2026 à 00:03:01",
        "Course à pied",
    ),
    "Spanish": (
        "ID de actividad,Fecha de la actividad,Nombre de la actividad,Tipo de actividad,Descripción de la actividad,"
        "Tiempo transcurrido,Distancia,Ritmo cardíaco máximo,Esfuerzo relativo,Nombre del archivo,Tiempo transcurrido,"
        "Tiempo en movimiento,Distancia,Desnivel positivo,Ritmo cardíaco máximo,Ritmo cardíaco promedio,Esfuerzo Percibido",
        "9 may 2026, 0:03:01",
        "Carrera",
    ),
    "German": (
        "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Aktivitätsbeschreibung,Verstrichene Zeit,"
        "Distanz,Max. Herzfrequenz,Relative Leistung,Dateiname,Verstrichene Zeit,Bewegungszeit,Distanz,Höhenzunahme,"
        "Max. Herzfrequenz,Durchschnittliche Herzfrequenz,Gefühlte Anstrengung",
        "09.05.2026, 00:03:01",
        "Lauf",
    ),
    "Italian": (
        "ID attività,Data attività,Nome attività,Tipo di attività,Descrizione attività,Tempo trascorso,Distanza,"
        "Frequenza cardiaca massima,Sforzo relativo,Nome file,Tempo trascorso,Tempo in movimento,Distanza,Dislivello,"
        "Frequenza cardiaca massima,Frequenza cardiaca media,Sforzo percepito",
        "9 mag 2026, 00:03:01",
        "Corsa",
    ),
    "Portuguese": (
        "ID da atividade,Data da atividade,Nome da atividade,Tipo de atividade,Descrição da atividade,Tempo decorrido,"
        "Distância,Frequência cardíaca máxima,Esforço relativo,Nome do arquivo,Tempo decorrido,Tempo de movimentação,"
        "Distância,Ganho de elevação,Frequência cardíaca máxima,Frequência cardíaca média,Esforço percebido",
        "9 de mai. de 2026, 00:03:01",
        "Corrida",
    ),
}
ROW = '1,"{when}",A,{sport},,3700,"10,02",171,55,activities/1.fit.gz,3700.0,3600.0,10020.5,120.5,171.0,142.25,7'


@pytest.mark.parametrize("language", STRAVA)
def test_a_row_of_strava_in_six_languages(tmp_path, language):
    header, when, sport = STRAVA[language]
    log = loaded(tmp_path, header, ROW.format(when=when, sport=sport))
    session, effort = only(log.sessions), only(log.efforts)
    assert session["start"] == pd.Timestamp("2026-05-09 00:03:01Z"), "the list has the time of UTC"
    assert (session["session_type"], session["distance_m"], session["ascent_m"]) == ("run", 10020.5, 120.5)
    assert (session["duration_min"], session["hr_mean_bpm"], session["rpe"]) == (60, 142.25, 7)
    assert (effort["exercise"], effort["exercise_id"], effort["hr_max_bpm"]) == (sport, "easy_run", 171)


@pytest.mark.parametrize("when", ["09/05/2026, 00:03:01", "09/05/2026 0:03:01", "9/5/2026, 00:03:01"])
def test_the_time_of_a_portuguese_list_may_stand_in_digits_day_first(tmp_path, when):
    """No language of ours but English has the month first, and an English list spells it."""
    header, _, sport = STRAVA["Portuguese"]
    log = loaded(tmp_path, header, ROW.format(when=when, sport=sport))
    assert only(log.sessions)["start"] == pd.Timestamp("2026-05-09 00:03:01Z")


def test_a_list_of_garmin_that_a_spread_sheet_saved_has_its_day_first_but_in_english(tmp_path):
    row = RUN.format(sport="Laufen", m=",", t=".").replace("2026-03-03 18:05:00", "03/04/2026 18:05")
    assert only(loaded(tmp_path, GARMIN["German"][0], row).sessions)["date"] == pd.Timestamp("2026-04-03")
    assert refusal(tmp_path, GARMIN["English of 2019"][0], row).code == "no-valid-rows"


@pytest.mark.parametrize("when", ["9 maggio 2026 alle ore 00:03:01", "9 mag 2026 00:03:01", "09/05/2026 00:03:01"])
def test_the_time_of_an_italian_list_may_be_spelled_out(tmp_path, when):
    header, _, sport = STRAVA["Italian"]
    log = loaded(tmp_path, header, ROW.format(when=when, sport=sport))
    assert only(log.sessions)["start"] == pd.Timestamp("2026-05-09 00:03:01Z")


@pytest.mark.parametrize("shown, metres", [('"10,02"', 10_020), ("7.00", 7000), ('"2,050"', 2050), ("12", 12_000)])
def test_a_list_with_one_distance_has_kilometres_and_metres_of_swims(tmp_path, shown, metres):
    """Strava's lists of 2019: two decimals of a kilometre, whatever the account shows; a swim has whole metres.

    12 without decimals, in an hour, is a run that a spread-sheet saved; 2,050 km in an hour are no swim.
    """
    header = "Activiteits-ID,Datum van activiteit,Naam activiteit,Activiteitstype,Verstreken tijd,Afstand,Bestandsnaam"
    log = loaded(tmp_path, header, f'1,"3 mrt. 2026, 18:05:00",A,Hardloopsessie,3600,{shown},activities/1.fit.gz')
    assert only(log.sessions)["distance_m"] == pytest.approx(metres)
    assert (log.warnings["code"] == "unit-taken").sum() == 1


def test_a_list_of_strava_until_2019_has_metres_and_times_of_utc(tmp_path):
    header = "id,date,name,type,description,elapsed_time,distance,commute,gear,filename"
    log = loaded(tmp_path, header, "1,2018-09-12 15:02:23,Evening Run,Run,,783,3681.0,false,,activities/1.gpx")
    session = only(log.sessions)
    assert session["start"] == pd.Timestamp("2018-09-12 15:02:23Z") and session["source"] == "strava"
    assert (session["distance_m"], session["duration_min"], session["title"]) == (3681, 13.05, "Evening Run")


def test_a_list_that_pandas_saved_again_is_read_all_the_same(tmp_path):
    header = "Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,Elapsed Time.1,Distance.1"
    log = loaded(tmp_path, header, '1,"Mar 2, 2026, 6:05:12 PM",A,Run,3700,10.02,3700.0,10020.5')
    assert only(log.sessions)["distance_m"] == 10020.5


# ------------------------------------------------------------------------------------------------ Garmin
GARMIN = {  # language -> header as lists have it, what a run is; the values: 168 x 58.35 min x 1.02 m = 9.999 km
    "German": (
        "Aktivitätstyp,Datum,Favorit,Titel,Distanz,Kalorien,Zeit,Ø HF,Maximale HF,Aerober TE,Ø Laufschrittfrequenz,"
        "Max. Laufschrittfrequenz,Ø Pace,Beste Pace,Gesamtanstieg,Gesamtabstieg,Ø Schrittlänge,Verstrichene Zeit",
        "Laufen",
    ),
    "German of 2022": (
        "Aktivitätstyp,Datum,Favorit,Titel,Distanz,Kalorien,Zeit,Ø HF,Max. HF,Aerober TE,Ø Schrittfrequenz (Laufen),"
        "Max. Schrittfrequenz (Laufen),Ø Pace,Beste Pace,Positiver Höhenunterschied,Negativer Höhenunterschied,"
        "Ø Schrittlänge,Verstrichene Zeit",
        "Laufen",
    ),
    "German of 2026": (
        "Aktivitätstyp,Datum,Favorit,Titel,Distanz,Kalorien,Zeit,Ø Herzfrequenz,Maximale Herzfrequenz,Aerober TE,"
        "Ø Schrittfrequenz (Laufen),Max. Schrittfrequenz (Laufen),Ø Pace,Beste Pace,Anstieg gesamt,Abstieg gesamt,"
        "Ø Schrittlänge,Verstrichene Zeit",
        "Laufen",
    ),
    "French": (
        "Type d'activité,Date,Favori,Titre,Distance,Calories,Durée,Fréquence cardiaque moyenne,"
        "Fréquence cardiaque maximale,TE aérobie,Cadence de course moyenne,Cadence de course maximale,Allure moyenne,"
        "Meilleure allure,Ascension totale,Descente totale,Longueur moyenne des foulées,Temps écoulé",
        "Course à pied",
    ),
    "Spanish": (
        "Tipo de actividad,Fecha,Favorito,Título,Distancia,Calorías,Tiempo,Frecuencia cardiaca media,FC máxima,"
        "TE aeróbico,Cadencia de carrera media,Cadencia de carrera máxima,Ritmo medio,Ritmo óptimo,Ascenso total,"
        "Descenso total,Longitud media de zancada,Tiempo transcurrido",
        "Carrera",
    ),
    "Italian": (
        "Tipo di attività,Data,Preferita,Titolo,Distanza,Calorie,Tempo,FC Media,FC max,TE attività aerobica,"
        "Cadenza di corsa media,Cadenza di corsa max,Passo medio,Passo migliore,Ascesa totale,Discesa totale,"
        "Lunghezza media passo,Tempo trascorso",
        "Corsa",
    ),
    "Portuguese of 2021": (
        "Tipo de atividade,Data,Favorito,Título,Distância,Calorias,Tempo,FC Média,FC máxima,Training Effect Aeróbico,"
        "Cadência de corrida média,Cadência de corrida máxima,Ritmo médio,Melhor ritmo,Subida total,Descida total,"
        "Comprimento médio da passada,Duração",
        "Corrida",
    ),
    "Portuguese of 2026": (
        "Tipo de atividade,Data,Favorito,Título,Distância,Calorias,Tempo total,FC Média,FC máxima,TE aeróbico,"
        "Cadência de corrida média,Cadência de corrida máxima,Ritmo médio,Melhor ritmo,Subida total,Descida total,"
        "Comprimento médio da passada,Tempo transcorrido",
        "Corrida",
    ),
    "Dutch": (
        "Activiteittype,Datum,Favoriet,Titel,Afstand,Calorieën,Tijd,Gem. HS,Max. HS,Aeroob TE,Gem. loopcadans,"
        "Max. loopcadans,Gem. tempo,Beste tempo,Totale stijging,Totale daling,Gem. staplengte,Verstreken tijd",
        "Hardlopen",
    ),
    "English of 2019": (
        "Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg HR,Max HR,Aerobic TE,Avg Run Cadence,"
        "Max Run Cadence,Avg Pace,Best Pace,Elev Gain,Elev Loss,Avg Stride Length,Number of Laps",
        "running",
    ),
    "English, Activity Time": (
        "Activity Type,Date,Favorite,Title,Distance,Calories,Activity Time,Avg HR,Max HR,Aerobic TE,Avg Run Cadence,"
        "Max Run Cadence,Avg Pace,Best Pace,Elev Gain,Elev Loss,Avg Stride Length,Number of Laps",
        "running",
    ),
}
RUN = '{sport},2026-03-03 18:05:00,false,"Hill","10{m}02","1{t}612","00:58:21","148","171","3{m}4","168","182","5:49","4:02","1{t}240","238","1{m}02","01:00:06{m}5"'


@pytest.mark.parametrize("decimal, thousands", [(",", "."), (".", ","), (",", "\u202f"), (",", "\xa0")])
@pytest.mark.parametrize("language", GARMIN)
def test_a_row_of_garmin_in_the_languages_and_forms_of_its_list(tmp_path, language, decimal, thousands):
    header, sport = GARMIN[language]
    log = loaded(tmp_path, header, RUN.format(sport=sport, m=decimal, t=thousands), name="Activities.csv")
    session, effort = only(log.sessions), only(log.efforts)
    assert (session["session_type"], effort["exercise_id"], session["title"]) == ("run", "easy_run", "Hill")
    assert (session["distance_m"], session["ascent_m"]) == (pytest.approx(10_020), 1240)
    assert session["duration_min"] == pytest.approx(58.35), "58 minutes and 21 seconds"
    assert (session["hr_mean_bpm"], effort["hr_max_bpm"], session["source"]) == (148, 171, "garmin")


def test_a_list_that_was_saved_again_has_fewer_decimals(tmp_path):
    """pandas writes 9.7 for 9.70 and 148.0 for 148; 160 x 60 min x 1.01 m = 9.696 km."""
    header, sport = GARMIN["Portuguese of 2021"]
    row = f"{sport},2021-10-01 17:24:00,False,A,9.7,201,01:00:00,148.0,171.0,0.3,160.0,182.0,6:11,5:00,189.0,199,1.01,01:00:00"
    run = only(loaded(tmp_path, header, row).sessions)
    assert (run["distance_m"], run["hr_mean_bpm"], run["ascent_m"]) == (pytest.approx(9700), 148, 189)


def test_whole_numbers_are_a_runs_metres_where_its_strides_say_so_and_else_a_pools(tmp_path):
    """21,130 of a run: 172 x 118 min x 1.04 m = 21,108 m. 1,000 of a pool may be yards."""
    header, _ = GARMIN["French"]
    track = 'Course à pied,2026-02-04 17:31:41,false,A,"21,130","1,443","01:58:00","151","182","3.3","172","180","5:35","5:00","7","5","1.04","--"'
    road = 'Course à pied,2026-02-05 17:31:41,false,A,"10.02","612","00:58:21","148","171","3.4","168","182","5:49","4:02","240","238","1.02","--"'
    pool = 'Natation,2026-02-06 17:31:41,false,A,"1,000","212","00:25:00","--","--","3.4","--","--","2:30","2:02","--","--","--","--"'
    log = loaded(tmp_path, header, track, road, pool)
    assert log.sessions["distance_m"].tolist()[:2] == [21_130, pytest.approx(10_020)]
    assert pd.isna(log.sessions["distance_m"].iloc[2])
    (remark,) = log.warnings.loc[log.warnings["code"] == "pool-distance", "message"]
    assert remark.startswith("1 distance")


def test_a_sheet_that_shortens_kilometres_leaves_them_kilometres(tmp_path):
    """10 for 10.00: 168 x 58.35 min x 1.02 m = 9,999 m; 10,000 of a track is the same run."""
    header, sport = GARMIN["German"]
    good = RUN.format(sport=sport, m=",", t=".")
    rows = [
        good,
        good.replace("03 18", "04 18").replace('"10,02"', "10"),
        good.replace("03 18", "05 18").replace('"10,02"', '"10.000"'),
    ]
    log = loaded(tmp_path, header, *rows)
    assert log.sessions["distance_m"].tolist() == pytest.approx([10_020, 10_000, 10_000])


def test_limits_hold_in_miles_too(tmp_path):
    """6,300 miles are 10,139 km; 6.23 miles are 10,026 m, and the strides add up to 9,999 m."""
    header, sport = GARMIN["English of 2019"]
    good = RUN.format(sport=sport, m=".", t=",").replace("10.02", "6.23")
    bad = good.replace("03 18", "04 18").replace("6.23", "6,300.00")
    log = loaded(tmp_path, header, good, bad, good.replace("03 18", "05 18"))
    assert log.counts == {"records_in": 3, "loaded": 2, "rejected": 1}
    assert log.rejects["message"].item() == "distance_m is more than 10,000,000, as nobody can have done."


@pytest.mark.parametrize(
    "old, new",
    [('"10,02"', '"10.001,00"'), ('"148"', '"301"'), ('"171"', '"1.171"'), ('"1.240"', '"300.001"'), ('"1,02"', '"far"'),
     ('"00:58:21"', '"1441:00:00"'), ("2026-03-03", "2026-02-30")],
)  # fmt: skip
def test_what_nobody_can_have_done_is_refused(tmp_path, old, new):
    """As in Runkeeper's list: 10,000 km, 300 beats a minute, 100 km of climb in feet, 60 days."""
    header, sport = GARMIN["German"]
    good = RUN.format(sport=sport, m=",", t=".")
    assert old in good
    log = loaded(tmp_path, header, good, good.replace("18:05", "19:05").replace(old, new))
    assert log.counts == {"records_in": 2, "loaded": 1, "rejected": 1}
    assert log.rejects["code"].item() in ("range-error", "type-error", "date-error") and log.rejects["line"].item() == 3


@pytest.mark.parametrize("better_first", [True, False])
def test_of_two_rows_of_one_activity_the_better_one_stands(tmp_path, better_first):
    """Uploaded by a watch and by a phone, which has neither heart rate nor climb."""
    header, sport = GARMIN["German"]
    watch = RUN.format(sport=sport, m=",", t=".")
    phone = watch.replace('"148"', '"--"').replace('"171"', '"--"').replace('"1.240"', '"--"')
    log = loaded(tmp_path, header, *((watch, phone) if better_first else (phone, watch)))
    assert log.counts == {"records_in": 2, "loaded": 2, "rejected": 0, "listed_too": 1}
    session = only(log.sessions)
    assert (session["hr_mean_bpm"], session["ascent_m"]) == (148, 1240)


@pytest.mark.parametrize("nothing", ["0", "255"])
def test_a_heart_rate_of_0_or_255_was_not_measured(tmp_path, nothing):
    header, sport = GARMIN["German"]
    row = RUN.format(sport=sport, m=",", t=".").replace('"148"', f'"{nothing}"').replace('"171"', f'"{nothing}"')
    log = loaded(tmp_path, header, row)
    assert pd.isna(only(log.sessions)["hr_mean_bpm"]) and pd.isna(only(log.efforts)["hr_max_bpm"])


def test_a_column_in_words_that_we_lack_is_told(tmp_path):
    header, sport = GARMIN["French"]
    log = loaded(tmp_path, header.replace("Ascension totale", "Grimpette"), RUN.format(sport=sport, m=",", t="."))
    assert pd.isna(only(log.sessions)["ascent_m"])
    (remark,) = log.warnings.loc[log.warnings["code"] == "column-missing", "message"]
    assert remark == "no column is known here as its total ascent; such values are not read."
    header, when, sport = STRAVA["Italian"]
    log = loaded(tmp_path, header.replace("Dislivello", "Salita"), ROW.format(when=when, sport=sport))
    assert "its elevation gain" in log.warnings.loc[log.warnings["code"] == "column-missing", "message"].item()


# ------------------------------------------------------------------------------- languages that are not read
def test_a_list_of_strava_in_a_language_that_is_not_read_says_which(tmp_path):
    header = (
        "Aktivitets-ID,Aktivitetsdatum,Aktivitetsnamn,Aktivitetstyp,Aktivitetsbeskrivning,Förfluten tid,Distans,"
        "Max. puls,Filnamn,Förfluten tid,Tid i rörelse,Distans,Höjdökning"
    )
    error = refusal(tmp_path, header, "1", name="export.csv")
    assert error.code == "unknown-language" and "Strava" in error.what and "in Swedish" in error.what
    assert "aktivitetsdatum" in error.what and "English" in error.fix and "Dutch" in error.fix
    assert "rename" not in str(error)


def test_a_list_of_garmin_in_a_language_that_is_not_read_says_which(tmp_path):
    header = "Typ aktywności,Data,Ulubione,Tytuł,Dystans,Kalorie,Czas,Training Stress Score®"
    error = refusal(tmp_path, header, "1", name="lista.csv")
    assert error.code == "unknown-language" and "Garmin Connect, in Polish" in error.what


def test_a_list_told_by_its_name_alone_may_be_of_a_language_that_has_no_name_here(tmp_path):
    error = refusal(tmp_path, "Tipe Aktivitas,Tanggal,Judul,Jarak,Waktu", "1", name="Activities (1).csv")
    assert error.code == "unknown-language" and "in a language whose words we lack" in error.what
    assert "tipe aktivitas, tanggal" in error.what


def test_a_list_in_a_language_that_is_read_which_lacks_a_column_says_so(tmp_path):
    error = refusal(tmp_path, "Activiteits-ID,Naam activiteit,Activiteitstype,Afstand,Bestandsnaam", "1")
    assert error.code == "missing-column"
    assert error.what.startswith("is a list of Strava in Dutch without its activity date, elapsed time (columns: ")


def test_a_log_of_ones_own_in_another_language_is_told_what_to_write(tmp_path):
    error = refusal(tmp_path, "datum,oefening,series,herhalingen", "2026-03-02,kuitheffen,3,12", name="log.csv")
    assert error.code == "missing-column" and "in Dutch" in error.what
    assert (
        error.fix
        == "write it in English: date for datum, exercise for oefening, sets for series, reps for herhalingen."
    )


def test_an_english_table_of_another_kind_is_no_foreign_list(tmp_path):
    assert refusal(tmp_path, "name,start_date,distance,moving", "1").code == "missing-column"


def test_a_foreign_list_in_a_folder_is_refused_and_not_passed_over(tmp_path):
    (tmp_path / "log.csv").write_text("date,exercise,reps\n2026-03-02,calf_raise,12\n")
    (tmp_path / "activities.csv").write_text("Tipe Aktivitas,Tanggal,Judul\n1,2,3\n")
    log = load_logs(tmp_path)
    assert log.rejects["code"].tolist() == ["unknown-language"] or "unknown-language" in log.warnings["code"].tolist()


# -------------------------------------------------------------------------------------------- the table of words
def test_no_word_of_a_site_has_two_meanings():
    with WORDS_FILE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    meanings = defaultdict(set)
    for row in rows:
        for language, words in row.items():
            for word in words.split("|") if words and language not in ("site", "column") else []:
                assert word == word.strip() == word.lower() != ""
                meanings[row["site"], word].add(row["column"])
    assert {word: names for word, names in meanings.items() if len(names) > 1} == {}


def test_an_accent_may_be_a_character_of_its_own_and_an_apostrophe_curved(tmp_path):
    """macOS takes letters apart; French typography curves the apostrophe."""
    header, sport = GARMIN["French"]
    header = header.replace("é", "e\u0301").replace("'", "\u2019")
    log = loaded(tmp_path, header, RUN.format(sport=sport, m=",", t="."))
    assert only(log.sessions)["distance_m"] == pytest.approx(10_020)
    assert in_english("garmin", ["durée"]) == {"durée": "time"}
