"""The catalog: what it must hold, that its shares are those of the evidence table, and how a user's own joins it."""

import csv
import re
import unicodedata
from itertools import pairwise

import pandas as pd
import pytest
from tables import efforts_of, line, sets_of

from analysis import load_catalog, load_logs, weekly_volume
from analysis.catalog import CATALOG_HEADERS, OURS, _read
from analysis.catalog.checks import contradictions_of
from analysis.errors import AnalysisError, CatalogError, LogError
from analysis.schema import EXERCISES, MUSCLES

CORE = [
    "calf_raise",
    "one_legged_squat",
    "hamstring_push_up",
    "bench_step_up",
    "bridge",
    "line_hop",
    "step_hop",
    "skipping",
    "hill_charge",
]
NEIGHBOURS = """one_leg_calf_raise bent_knee_calf_raise loaded_calf_raise pistol_squat rear_foot_elevated_split_squat
    split_squat lunge reverse_lunge glute_bridge one_leg_glute_bridge one_leg_bridge hip_thrust one_leg_hip_thrust
    nordic_curl clamshell side_lying_leg_raise monster_walk tibialis_raise plank side_plank dead_bug a_skip bounding
    pogo box_jump drop_jump rope_skipping hill_bounding strides""".split()

# glute max, glute med, hamstrings, quadriceps, gastrocnemius, soleus, adductors, hip flexors, core, shin
COLUMNS = [
    "gluteus_maximus",
    "gluteus_medius",
    "hamstrings",
    "quadriceps",
    "gastrocnemius",
    "soleus",
    "adductors",
    "hip_flexors",
    "core",
    "tibialis_anterior",
]
SQUAT = (1, 0.5, 0, 1, 0, 0.5, 0.5, 0, 0, 0)
ON_ONE_LEG = (1, 0.5, 0.5, 1, 0, 0.5, 0.5, 0, 0, 0)  # hamstrings half: McCurdy 2010, DeForest 2014
SHARES = {
    "one_leg_calf_raise": (0, 0, 0, 0, 1, 1, 0, 0, 0, 0),
    "bent_knee_calf_raise": (0, 0, 0, 0, 0.5, 1, 0, 0, 0, 0),
    "split_squat": SQUAT,
    "rear_foot_elevated_split_squat": ON_ONE_LEG,
    "loaded_rear_foot_elevated_split_squat": ON_ONE_LEG,
    "one_legged_squat": ON_ONE_LEG,
    "hamstring_push_up": (0.5, 0.5, 1, 0, 0, 0, 0, 0, 0.5, 0),
    "bench_step_up": (0.5, 0.5, 0.5, 1, 0, 0.5, 0.5, 0, 0, 0),  # gluteus maximus 28.7 % unloaded: MacAskill 2014
    "loaded_step_up": (1, 0.5, 0.5, 1, 0, 0.5, 0.5, 0, 0, 0),  # above 60 % loaded: Neto 2020
    "low_step_up": (0.5, 0.5, 0, 1, 0, 0.5, 0, 0, 0, 0),
    "one_leg_bridge": (1, 0.5, 0.5, 0, 0, 0, 0, 0, 0.5, 0),
    "bridge": (0.5, 0.5, 0.5, 0, 0, 0, 0, 0, 0.5, 0),
    "line_hop": (0, 0.5, 0, 0.5, 1, 1, 0, 0, 0, 0.5),
    "step_hop": (0.5, 0.5, 0.5, 1, 1, 1, 0, 0, 0, 0),
    "skipping": (0.5, 0.5, 0.5, 0.5, 1, 1, 0, 1, 0, 0.5),
    "hill_charge": (1, 0.5, 1, 1, 1, 1, 1, 0.5, 0.5, 0.5),
    "hill_jog_down": (0, 0, 0, 1, 0.5, 0.5, 0, 0, 0, 0.5),
}
TWO_LEG_BRIDGES = {"bridge", "glute_bridge", "feet_raised_bridge"}  # 21-40 % of a maximum, so half a set of everything
HELD_STILL = {"all_fours_brace"}  # against next to no load
HEADER = ",".join(EXERCISES)


def folded(name: str) -> str:
    """What must be equal for a match, said again in other words."""
    plain = unicodedata.normalize("NFD", name.replace("_", " ")).lower()
    return re.sub(r"\s+", " ", re.sub(r"[\u0300-\u036f]", "", plain)).strip()


def shares(catalog, exercise_id: str) -> dict[str, float]:
    rows = catalog.muscles[catalog.muscles["exercise_id"] == exercise_id]
    return dict(zip(rows["muscle"], rows["share"], strict=True))


def row(**cells) -> str:
    """A line of exercises.csv: a plain exercise of the name `Skater squat`, but for `cells`."""
    plain = {"exercise_id": "skater_squat", "name": "Skater squat", "family": "calisthenics", "counts": "reps"}
    cells = plain | {"laterality": "each"} | cells
    return ",".join(cells.get(column, "") for column in EXERCISES)


def folder(path, **tables: str):
    """A user's folder: table=its lines, the first one the header."""
    for name, text in tables.items():
        (path / f"{name}.csv").write_text(text + "\n", encoding="utf-8")
    return path


# ----------------------------------------------------------------------------------- what it holds
def test_it_holds_the_core_its_neighbours_and_enough_others(catalog):
    ids = set(catalog.exercises["exercise_id"])
    assert len(ids) >= 120
    assert set(CORE) <= ids
    assert set(NEIGHBOURS) <= ids


@pytest.mark.parametrize("exercise_id", SHARES)
def test_shares_are_those_of_the_evidence_table(catalog, exercise_id):
    own = shares(catalog, exercise_id)
    assert tuple(own.get(muscle, 0) for muscle in COLUMNS) == SHARES[exercise_id]
    assert own.get("erector_spinae", 0) == own.get("core", 0)  # one column of the table
    assert not set(own) & {"chest", "back", "shoulders", "arms"}


@pytest.mark.parametrize(
    "curl",
    "nordic_curl ball_leg_curl one_leg_ball_leg_curl sliding_leg_curl one_leg_sliding_leg_curl glute_ham_raise "
    "lying_leg_curl seated_leg_curl standing_leg_curl".split(),
)
def test_whatever_bends_the_knee_against_a_load_trains_the_calf_half(catalog, curl):
    """The gastrocnemius crosses the knee; the soleus does not."""
    own = shares(catalog, curl)
    assert (own["hamstrings"], own["gastrocnemius"], own.get("soleus", 0)) == (1, 0.5, 0)


@pytest.mark.parametrize(
    ("exercise_id", "told"),
    [
        ("one_legged_squat", ("hamstrings half", "McCurdy 2010", "DeForest 2014")),
        ("rear_foot_elevated_split_squat", ("McCurdy 2010", "DeForest 2014")),
        ("loaded_rear_foot_elevated_split_squat", ("McCurdy 2010", "DeForest 2014")),
        ("bench_step_up", ("MacAskill 2014", "29 %", "without load")),
        ("loaded_step_up", ("Neto 2020",)),
    ],
)
def test_a_share_that_is_a_judgement_says_on_whose_word(catalog, exercise_id, told):
    source = catalog.exercises.set_index("exercise_id").at[exercise_id, "source"]
    assert [word for word in told if word not in source] == []


def test_only_calisthenics_and_gym_work_is_counted_in_sets(catalog):
    family = catalog.muscles["exercise_id"].map(catalog.exercises.set_index("exercise_id")["family"])
    sets = family.isin(["calisthenics", "gym"])
    assert (catalog.muscles.loc[sets, "role"] == "set").all()
    assert (catalog.muscles.loc[~sets, "role"] == "exposure").all()
    assert {"hill_charge", "line_hop"} <= set(catalog.muscles.loc[~sets, "exercise_id"])


def test_every_exercise_of_sets_trains_a_muscle_directly(catalog):
    table = catalog.exercises
    strength = set(table.loc[table["family"].isin(["calisthenics", "gym"]), "exercise_id"])
    direct = set(catalog.muscles.loc[catalog.muscles["share"] == 1, "exercise_id"])
    assert strength - direct == TWO_LEG_BRIDGES | HELD_STILL


def test_shares_are_a_half_or_one_and_name_each_muscle_once(catalog):
    assert set(catalog.muscles["share"]) == {0.5, 1}
    assert not catalog.muscles.duplicated(["exercise_id", "muscle"]).any()
    assert set(catalog.muscles["muscle"]) == set(MUSCLES)
    assert set(catalog.muscles["exercise_id"]) <= set(catalog.exercises["exercise_id"])


def test_every_exercise_is_explained_in_two_to_four_sentences_and_one_cue(catalog):
    ends = re.compile(r"[.!?](?:\s|$)")
    for exercise in catalog.exercises.itertuples():
        assert 2 <= len(ends.findall(exercise.how_to)) <= 4, exercise.exercise_id
        assert len(ends.findall(exercise.cue)) == 1, exercise.exercise_id
        assert exercise.how_to.endswith("."), exercise.exercise_id
        assert exercise.cue.endswith("."), exercise.exercise_id


def test_shares_of_the_core_name_their_source(catalog):
    source = catalog.exercises.set_index("exercise_id")["source"]
    with_shares = set(catalog.muscles["exercise_id"]) & set(CORE + NEIGHBOURS)
    assert [exercise for exercise in with_shares if not source[exercise]] == []


def test_easier_and_harder_exercises_exist_and_are_others(catalog):
    ids = set(catalog.exercises["exercise_id"])
    for exercise in catalog.exercises.itertuples():
        ways = (exercise.easier + " " + exercise.harder).split()
        assert set(ways) <= ids - {exercise.exercise_id}
        assert len(set(ways)) == len(ways), exercise.exercise_id


def test_easier_and_harder_say_the_same_from_both_sides():
    """In the file itself; what is loaded is completed."""
    with open(OURS / "exercises.csv", encoding="utf-8", newline="") as file:
        rows = {row["exercise_id"]: row for row in csv.DictReader(file)}
    ways = {name: {way: set(row[way].split()) for way in ("easier", "harder")} for name, row in rows.items()}
    for name, way in ways.items():
        assert [other for other in way["harder"] if name not in ways[other]["easier"]] == [], name
        assert [other for other in way["easier"] if name not in ways[other]["harder"]] == [], name


def test_a_harder_exercise_trains_a_muscle_of_the_easier_one_directly(catalog):
    """In our catalog; a coach may give other shares, and keeps the ladders."""
    direct = catalog.muscles[catalog.muscles["share"] == 1].groupby("exercise_id")["muscle"].agg(set)
    for row in catalog.exercises.itertuples():
        for other in row.harder.split():
            if row.exercise_id in direct and other in direct:
                assert direct[row.exercise_id] & direct[other], (row.exercise_id, other)


LADDERS = [  # of the training, easiest first
    "calf_raise one_leg_calf_raise weighted_one_leg_calf_raise",
    "bodyweight_squat split_squat one_legged_squat rear_foot_elevated_split_squat loaded_rear_foot_elevated_split_squat",
    "hamstring_walkout hamstring_push_up",
    "ball_leg_curl hamstring_push_up",
    "low_step_up bench_step_up loaded_step_up",
    "bridge one_leg_bridge one_leg_glute_bridge one_leg_hip_thrust",
    "pogo line_hop one_leg_line_hop",
    "line_hop step_hop low_box_jump box_jump",
    "a_skip skipping bounding",
    "uphill_walk hill_charge",
]


@pytest.mark.parametrize("ladder", LADDERS)
def test_each_of_the_nine_has_a_ladder(catalog, ladder):
    harder = catalog.exercises.set_index("exercise_id")["harder"].str.split()
    for one, other in pairwise(ladder.split()):
        assert other in harder[one]


def test_an_own_exercise_is_a_rung_of_ours_from_both_sides(tmp_path):
    own = load_catalog(folder(tmp_path, exercises=f"{HEADER}\n{row(easier='split_squat', harder='pistol_squat')}"))
    ways = own.exercises.set_index("exercise_id")
    assert "skater_squat" in ways.at["split_squat", "harder"].split()
    assert "skater_squat" in ways.at["pistol_squat", "easier"].split()


def test_what_is_needed_is_one_of_each_group(catalog):
    def needs(name, *words):
        return bool(catalog.doable(words)[catalog.row_of[name]])

    assert needs("bridge"), "nothing"
    assert needs("hamstring_push_up", "chair") and needs("hamstring_push_up", "ball")
    assert not needs("hamstring_push_up", "step")
    assert needs("loaded_step_up", "backpack", "stairs")
    assert not needs("loaded_step_up", "backpack") and not needs("loaded_step_up", "stairs")
    assert "mat" not in catalog.equipment, "pleasant to have, and never needed"
    at_hand = catalog.exercises[catalog.doable(())]
    trained = catalog.muscles[
        catalog.muscles["exercise_id"].isin(at_hand["exercise_id"]) & (catalog.muscles["share"] == 1)
    ]
    assert {"gastrocnemius", "hamstrings", "quadriceps", "gluteus_maximus"} <= set(trained["muscle"])


def test_every_plyometric_has_contacts_and_impact(catalog):
    plyometrics = catalog.exercises[catalog.exercises["family"] == "plyometrics"]
    assert len(plyometrics) >= 10
    assert (plyometrics["contacts_per_rep"] >= 1).all()
    assert plyometrics["impact"].notna().all()
    others = catalog.exercises[catalog.exercises["family"] != "plyometrics"]
    assert others["contacts_per_rep"].isna().all()


@pytest.mark.parametrize(
    ("impact", "exercises"),
    [
        ("low", ["line_hop", "pogo", "rope_skipping", "a_skip"]),
        ("moderate", ["step_hop", "low_box_jump", "bounding", "squat_jump"]),
        ("high", ["one_leg_hop", "box_jump", "drop_jump"]),
    ],
)
def test_plyometrics_stand_in_their_tier(catalog, impact, exercises):
    tier = catalog.exercises.set_index("exercise_id")["impact"]
    assert {exercise: tier[exercise] for exercise in exercises} == dict.fromkeys(exercises, impact)


@pytest.mark.parametrize(
    ("exercise", "share"),
    [
        ("bodyweight_squat", 0.88),
        ("pistol_squat", 0.94),
        ("split_squat", 0.70),
        ("rear_foot_elevated_split_squat", 0.80),
        ("one_leg_calf_raise", 1.00),
        ("calf_raise", 1.00),  # both legs together
        ("bench_step_up", 0.94),
    ],
)
def test_shares_of_body_mass_are_those_of_the_evidence_table(catalog, exercise, share):
    fraction = catalog.exercises.set_index("exercise_id")["body_mass_fraction"]
    assert fraction[exercise] == share


def test_unmeasured_shares_of_body_mass_are_missing(catalog):
    fraction = catalog.exercises.set_index("exercise_id")["body_mass_fraction"]
    assert fraction[["hamstring_push_up", "bridge", "one_leg_bridge"]].isna().all()
    assert fraction.dropna().between(0, 1).all()


# ---------------------------------------------------------------------------------------- its names
def test_names_and_aliases_lead_to_one_exercise_each(catalog):
    table = catalog.exercises
    pairs = [*zip(table["name"], table["exercise_id"], strict=True)]
    pairs += [(exercise_id, exercise_id) for exercise_id in table["exercise_id"]]
    pairs += [*zip(catalog.aliases["alias"], catalog.aliases["exercise_id"], strict=True)]
    leads = {}
    for name, exercise_id in pairs:
        assert leads.setdefault(folded(name), exercise_id) == exercise_id, name
        assert catalog.find(name) == exercise_id
    assert not table["name"].map(folded).duplicated().any()
    assert not catalog.aliases["alias"].map(folded).duplicated().any()


@pytest.mark.parametrize("name", ["Calf raise", "CALF RAISE", "  calf   raise ", "calf_raise", "Cálf raise"])
def test_case_accents_and_spaces_are_no_difference(catalog, name):
    assert catalog.find(name) == "calf_raise"


def test_find_never_guesses(catalog):
    """A name without its last letter is only found where it is itself a name, or has lost its plural or its bracket."""
    names = [*catalog.exercises["name"], *catalog.aliases["alias"], *catalog.exercises["exercise_id"]]

    def joined(name: str) -> str:
        return re.sub("[ -]", "", folded(name))

    known = {joined(name) for name in names}
    short = [name[:-1] for name in names if joined(name[:-1]) not in known]
    assert len(short) > 1000
    whole = {name[:-1]: name for name in names}
    found = [whole[name] for name in short if catalog.find(name) is not None]
    assert [name for name in found if name[-1] not in "s)" or catalog.find(name[:-1]) != catalog.find(name)] == []
    for nonsense in ("", " ", "squat calf", "xyz"):
        assert catalog.find(nonsense) is None


def test_nearest_suggests_names_and_no_more_than_asked_for(catalog):
    assert catalog.nearest("Calf rase")[0] == "Calf raise"
    assert catalog.nearest("Hamstring pushup")[0] == "Hamstring push-up"
    near = catalog.nearest("split squat", n=2)
    assert near[0] == "Split squat"
    assert len(near) == len(set(near)) == 2
    assert set(near) <= set(catalog.exercises["name"])
    assert catalog.nearest("qqqqqqqqqq") == []


# ------------------------------------------------------------------------------------- the user's own
def test_a_folder_adds_an_exercise_its_muscles_and_its_names(tmp_path, catalog):
    own = load_catalog(
        folder(
            tmp_path,
            exercises=f"{HEADER}\n{row(body_mass_fraction='0.94', easier='split_squat')}",
            muscles="exercise_id,muscle,share\nskater_squat,quadriceps,1\nskater_squat,soleus,0.5",
            aliases="alias,exercise_id\nMy squat,skater_squat",
        )
    )
    assert len(own.exercises) == len(catalog.exercises) + 1
    assert own.find("MY SQUAT") == own.find("Skater squat") == "skater_squat"
    assert shares(own, "skater_squat") == {"quadriceps": 1, "soleus": 0.5}
    assert own.exercises.set_index("exercise_id").at["skater_squat", "body_mass_fraction"] == 0.94
    assert own.exercises.dtypes.to_dict() == catalog.exercises.dtypes.to_dict()
    assert own.muscles.dtypes.to_dict() == catalog.muscles.dtypes.to_dict()
    assert catalog.find("My squat") is None  # ours stays as it was
    assert load_catalog().find("My squat") is None


def test_columns_that_the_user_does_not_need_may_be_left_out(tmp_path):
    text = "exercise_id,name,family,counts,laterality\nskater_squat,Skater squat,calisthenics,reps,each"
    own = load_catalog(folder(tmp_path, exercises=text))
    exercise = own.exercises.set_index("exercise_id").loc["skater_squat"]
    assert pd.isna(exercise["body_mass_fraction"])
    assert pd.isna(exercise["impact"])
    assert exercise["how_to"] == exercise["easier"] == ""


def test_a_column_that_must_be_there_is_asked_for(tmp_path):
    with pytest.raises(CatalogError, match="skater_squat: family is .*, write one of calisthenics, plyometrics"):
        load_catalog(folder(tmp_path, exercises="exercise_id,name\nskater_squat,Skater squat"))


def test_an_exercise_of_the_user_replaces_ours_and_its_muscles_ours(tmp_path):
    own = load_catalog(
        folder(
            tmp_path,
            exercises=f"{HEADER}\n{row(exercise_id='split_squat', name='Scissor squat', body_mass_fraction='0.75')}",
            muscles="exercise_id,muscle,share\nsplit_squat,quadriceps,0.5",
        )
    )
    assert (own.exercises["exercise_id"] == "split_squat").sum() == 1
    assert own.exercises.set_index("exercise_id").at["split_squat", "name"] == "Scissor squat"
    assert own.find("Scissor squat") == "split_squat"
    assert shares(own, "split_squat") == {"quadriceps": 0.5}
    assert shares(own, "bench_step_up")["quadriceps"] == 1


def test_one_file_alone_is_enough(tmp_path):
    file = folder(tmp_path, aliases="alias,exercise_id\nHill thing,hill_charge") / "aliases.csv"
    assert load_catalog(file).find("hill thing") == "hill_charge"


def test_a_file_is_told_by_its_header_whatever_its_name(tmp_path):
    file = folder(tmp_path, words="alias,exercise_id\nHill thing,hill_charge") / "words.csv"
    assert load_catalog(file).find("hill thing") == "hill_charge"
    assert load_catalog(tmp_path).find("hill thing") == "hill_charge"


def test_hills_are_those_of_the_user(tmp_path, catalog):
    assert catalog.hills.empty
    own = load_catalog(folder(tmp_path, hills="hill,lat,lon\nDam,46.05,14.5\nRidge,-1,-70.25"))
    assert own.hills[["hill", "lat", "lon"]].to_numpy().tolist() == [["Dam", 46.05, 14.5], ["Ridge", -1, -70.25]]
    assert own.hills["ascent_m"].isna().all()


def test_words_on_days_stand_beside_hills(tmp_path, catalog):
    assert catalog.hill_words.empty
    rows = (
        "hill,lat,lon,date,from,to,charges\nDam,46.05,14.5,,,,\n,,,2026-03-05,18:05,18:40,no\nDam,,,2026-03-07,all,,yes"
    )
    own = load_catalog(folder(tmp_path, hills=rows))
    assert own.hills[["hill", "lat", "lon"]].to_numpy().tolist() == [["Dam", 46.05, 14.5]]
    assert own.hill_words[["hill", "from", "to", "charges"]].to_numpy().tolist() == [
        ["", "18:05", "18:40", "no"], ["Dam", "all", "", "yes"],
    ]  # fmt: skip
    assert own.hill_words["date"].tolist() == [pd.Timestamp("2026-03-05"), pd.Timestamp("2026-03-07")]


def test_an_alias_of_the_user_replaces_ours(tmp_path, catalog):
    assert catalog.find("Heel Drop") == "calf_raise"
    own = load_catalog(folder(tmp_path, aliases="alias,exercise_id\nheel  drop,one_leg_calf_raise"))
    assert own.find("Heel Drop") == "one_leg_calf_raise"


def test_semicolons_between_the_cells_are_read(tmp_path):
    text = "exercise_id;muscle;share\nsplit_squat;quadriceps;1\nsplit_squat;core;0.5"
    own = load_catalog(folder(tmp_path, muscles=text))
    assert shares(own, "split_squat") == {"quadriceps": 1, "core": 0.5}


def test_our_own_files_contradict_themselves_nowhere():
    tables = _read(OURS)
    assert not [*contradictions_of(*(tables[kind] for kind in CATALOG_HEADERS))]


def test_loading_our_own_files_again_changes_nothing(catalog):
    again = load_catalog(OURS)
    for name in ("exercises", "muscles", "aliases"):
        pd.testing.assert_frame_equal(getattr(again, name), getattr(catalog, name))


# ------------------------------------------------------------------------------------ contradictions
MUSCLE_HEADER, ALIAS_HEADER = "exercise_id,muscle,share", "alias,exercise_id"
CONTRADICTIONS = {
    "twice": ({"exercises": [HEADER, row(), row()]}, "skater_squat stands twice in exercises.csv"),
    "family": (
        {"exercises": [HEADER, row(family="legs")]},
        "skater_squat: family is 'legs', write one of calisthenics, plyometrics, hills, gym, running, other",
    ),
    "counts": (
        {"exercises": [HEADER, row(counts="minutes")]},
        "skater_squat: counts is 'minutes', write one of reps, seconds, contacts, charges, distance",
    ),
    "laterality": (
        {"exercises": [HEADER, row(laterality="left")]},
        "skater_squat: laterality is 'left', write one of both, each, alternating",
    ),
    "impact": (
        {"exercises": [HEADER, row(impact="huge")]},
        "skater_squat: impact is 'huge', write one of low, moderate, high",
    ),
    "number": (
        {"exercises": [HEADER, row(body_mass_fraction="most")]},
        "skater_squat: body_mass_fraction is 'most', write a number",
    ),
    "negative": (
        {"exercises": [HEADER, row(contacts_per_rep="-1")]},
        "skater_squat: contacts_per_rep is '-1', write a number",
    ),
    "contacts of twelve digits": (
        {"exercises": [HEADER, row(contacts_per_rep="100000000000")]},
        "skater_squat: contacts_per_rep is '100000000000', write a number up to 100",
    ),
    "more than the body": (
        {"exercises": [HEADER, row(body_mass_fraction="70")]},
        "skater_squat: body_mass_fraction is '70', write a number up to 1",
    ),
    "superscript": (
        {"exercises": [HEADER, row(contacts_per_rep="²")]},
        "skater_squat: contacts_per_rep is '²', write a number",
    ),
    "easier": (
        {"exercises": [HEADER, row(easier="split_squat chair_squat")]},
        "skater_squat: easier names 'chair_squat', which is no exercise",
    ),
    "harder": ({"exercises": [HEADER, row(harder="x")]}, "skater_squat: harder names 'x', which is no exercise"),
    "softer": (
        {
            "exercises": [
                HEADER,
                row(family="plyometrics", counts="contacts", contacts_per_rep="1", impact="low", easier="tuck_jump"),
            ]
        },
        "skater_squat is harder than tuck_jump but of lower impact",
    ),
    "circle": (
        {"exercises": [HEADER, row(easier="pistol_squat", harder="split_squat")]},
        "harder leads in a circle: ",
    ),
    "plyometric": (
        {"exercises": [HEADER, row(family="plyometrics", counts="contacts", impact="low")]},
        "skater_squat: a plyometric needs contacts_per_rep and impact",
    ),
    "name": (
        {"exercises": [HEADER, row(name="calf RAISE")]},
        "'calf RAISE' leads to calf_raise and to skater_squat",
    ),
    "no such exercise": (
        {"muscles": [MUSCLE_HEADER, "chair_squat,soleus,1"]},
        "muscles.csv names 'chair_squat', which is no exercise",
    ),
    "muscle": (
        {"muscles": [MUSCLE_HEADER, "split_squat,hamstring,1"]},
        "split_squat: 'hamstring' is no muscle we know, write hamstrings",
    ),
    "share": (
        {"muscles": [MUSCLE_HEADER, "split_squat,soleus,0.7"]},
        "split_squat: share of soleus is '0.7', write 1 (direct) or 0.5 (indirect)",
    ),
    "both shares": (
        {"muscles": [MUSCLE_HEADER, "split_squat,soleus,1", "split_squat,soleus,0.5"]},
        "split_squat: soleus stands twice, choose direct or indirect",
    ),
    "alias to nothing": (
        {"aliases": [ALIAS_HEADER, "My squat,chair_squat"]},
        "alias 'My squat' leads to 'chair_squat', which is no exercise",
    ),
    "alias of a name": (
        {"aliases": [ALIAS_HEADER, "Calf raise,split_squat"]},
        "'Calf raise' leads to calf_raise and to split_squat",
    ),
    "alias twice": (
        {"aliases": [ALIAS_HEADER, "My squat,split_squat", "my squat,split_squat"]},
        "alias 'my squat' stands twice",
    ),
    "a hill off the earth": ({"hills": ["hill,lat,lon", "Dam,91,14"]}, "Dam: lat is '91', write a number up to 90"),
    "a hill with a comma in its place": (
        {"hills": ["hill;lat;lon", "Dam;46,05;14"]},
        "Dam: lat is '46,05', write a number up to 90",
    ),
    "a hill on no day": (
        {"hills": ["date,charges", "5.3.2026,yes"]},
        "hills.csv, 5.3.2026: date is no day, write it as 2026-03-05",
    ),
    "a hill on a day that is none": (
        {"hills": ["date,charges", "2026-02-30,yes"]},
        "hills.csv, 2026-02-30: date is no day",
    ),
    "a hill at no time": (
        {"hills": ["date,from,to,charges", "2026-03-05,6 pm,,yes"]},
        "hills.csv, 2026-03-05: from is '6 pm', write a time as 18:05, or all",
    ),
    "a hill that ends before it begins": (
        {"hills": ["date,from,to,charges", "2026-03-05,18:05,17:40,yes"]},
        "hills.csv, 2026-03-05: it ends at 17:40, before it begins at 18:05; over midnight, write a row for each day",
    ),
    "neither yes nor no": (
        {"hills": ["date,charges", "2026-03-05,maybe"]},
        "hills.csv, 2026-03-05: charges is 'maybe', write yes or no",
    ),
    "nothing of a day": (
        {"hills": ["hill,date,charges", ",2026-03-05,"]},
        "hills.csv, 2026-03-05: it says nothing, write yes or no in charges, or the name of a hill",
    ),
    "a day and a place": (
        {"hills": ["hill,lat,lon,date", "Dam,46,14,2026-03-05"]},
        "hills.csv, 2026-03-05: a day and a place, write two rows: one names the place, one speaks of the day",
    ),
    "a word of no day": (
        {"hills": ["hill,lat,lon,date,charges", "Dam,46,14,,no"]},
        "Dam: charges is 'no', but of which day? Write its date",
    ),
    "a hill without a name": ({"hills": ["hill,lat,lon", ",46.05,14"]}, "the hill at 46.05, 14 has no name"),
}


@pytest.mark.parametrize("case", CONTRADICTIONS)
def test_a_contradiction_is_named_with_what_to_write(tmp_path, case):
    tables, words = CONTRADICTIONS[case]
    path = folder(tmp_path, **{name: "\n".join(lines) for name, lines in tables.items()})
    with pytest.raises(CatalogError) as raised:
        load_catalog(path)
    assert words in str(raised.value)


@pytest.mark.parametrize("case", ["muscle", "share", "family", "easier"])
def test_the_message_is_whole(tmp_path, case):
    tables, words = CONTRADICTIONS[case]
    path = folder(tmp_path, **{name: "\n".join(lines) for name, lines in tables.items()})
    with pytest.raises(CatalogError) as raised:
        load_catalog(path)
    where, told = str(raised.value).split(": ", 1)
    assert where.endswith(path.name)
    assert told == f"1 to mend: {words}"


def test_all_contradictions_are_told_at_once(tmp_path):
    lines = [MUSCLE_HEADER, "chair_squat,soleus,1", "split_squat,soleus,2", "bridge,calf,1"]
    with pytest.raises(CatalogError) as raised:
        load_catalog(folder(tmp_path, muscles="\n".join(lines)))
    for words in ("3 to mend", "'chair_squat'", "share of soleus is '2'", "'calf' is no muscle"):
        assert words in str(raised.value)


UNREADABLE = {
    "a zero byte": (row(name="Skater\0squat"), "name 'Skater\\x00squat' holds an unseen character."),
    "a turned direction": (row(cue="Low\u202ehgih."), "cue 'Low\\u202ehgih.' holds an unseen character."),
    "a name of 3,000 letters": (row(name="a" * 3000), f"name {'a' * 57 + '...'!r} has 3,000 characters."),
    "a number of 400 digits": (
        row(contacts_per_s="9" * 400),
        f"contacts_per_s {'9' * 57 + '...'!r} has 400 characters.",
    ),
    "an endless text": (row(how_to="a" * 20_001), f"how_to {'a' * 57 + '...'!r} has 20,001 characters."),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_a_cell_that_no_log_may_hold_is_named_by_its_line(tmp_path, case):
    line, words = UNREADABLE[case]
    with pytest.raises(CatalogError) as raised:
        load_catalog(folder(tmp_path, exercises=f"{HEADER}\n{row(exercise_id='fine', name='Fine')}\n{line}"))
    assert str(raised.value).startswith(f"exercises.csv:3: {words} Fix: ")
    assert str(raised.value).isprintable()


def test_names_are_told_as_those_of_a_log(tmp_path):
    own = load_catalog(
        folder(tmp_path, aliases="alias,exercise_id\n Heel\u00a0 thing ,calf_raise\nCafe\u0301,calf_raise")
    )
    assert own.aliases["alias"].tolist()[-2:] == ["Heel thing", "Caf\u00e9"]


def test_columns_of_the_user_are_left_alone(tmp_path):
    own = load_catalog(folder(tmp_path, aliases=f"alias,exercise_id,why\nHeel thing,calf_raise,{'a' * 3000}"))
    assert own.find("heel thing") == "calf_raise"


def test_of_many_contradictions_the_first_are_told(tmp_path):
    lines = [ALIAS_HEADER, *(f"Squat of day {i},no_such" for i in range(2000))]
    with pytest.raises(CatalogError) as raised:
        load_catalog(folder(tmp_path, aliases="\n".join(lines)))
    assert "over 50 to mend: alias 'Squat of day 0' leads to 'no_such'" in str(raised.value)
    assert str(raised.value).endswith("; ... and more.")
    assert len(str(raised.value)) < 5000


@pytest.mark.parametrize("cells", [{"name": ""}, {"exercise_id": ""}])
def test_an_exercise_needs_an_id_and_a_name(tmp_path, cells):
    with pytest.raises(CatalogError):
        load_catalog(folder(tmp_path, exercises=f"{HEADER}\n{row(**cells)}"))


def test_an_empty_folder_is_told(tmp_path):
    with pytest.raises(CatalogError) as raised:
        load_catalog(tmp_path)
    told = "no CSV file here. Fix: give a folder with exercises.csv, muscles.csv, aliases.csv, postures.csv, ladders.csv, spacing.csv or hills.csv."
    assert str(raised.value).endswith(f"{tmp_path.name}: {told}")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (b"date,exercise\n2026-01-05,Squat\n", "missing-column"),
        (b"alias,exercise_id\nSentadilla b\xfalgara,split_squat\n", "encoding-error"),
        (b"PK\x03\x04 no text", "not-a-csv"),
    ],
)
def test_a_file_that_is_no_catalog_is_refused_with_its_reason(tmp_path, content, code):
    (tmp_path / "aliases.csv").write_bytes(content)
    with pytest.raises(LogError) as raised:
        load_catalog(tmp_path)
    assert raised.value.code == code
    assert str(raised.value).startswith("aliases.csv")


def test_a_row_of_the_wrong_width_is_named_by_its_line(tmp_path):
    with pytest.raises(CatalogError) as raised:
        load_catalog(folder(tmp_path, aliases="alias,exercise_id\nA,split_squat\nB,split_squat,1"))
    assert str(raised.value).startswith("aliases.csv:3: has 3 cells for 2 columns.")


def test_a_path_that_does_not_exist_is_told(tmp_path):
    with pytest.raises(AnalysisError) as raised:
        load_catalog(tmp_path / "nowhere")
    assert (
        str(raised.value) == "nowhere: cannot be read (No such file or directory). Fix: check the path and its rights."
    )


# What is somebody's own


def test_a_catalog_that_is_changed_is_nobody_elses(tmp_path):
    """Sets of the sample season by muscle: a caller who edits a table changes their own answer at most."""
    log = load_logs()
    before = weekly_volume(log.efforts, load_catalog())["sets"].sum()
    mine = load_catalog()
    mine.muscles.loc[mine.muscles["role"] == "set", "share"] = 0
    mine.exercises.loc[:, "family"] = "gym"
    assert weekly_volume(log.efforts, load_catalog())["sets"].sum() == before > 0
    assert weekly_volume(log.efforts, mine)["sets"].sum() == 0, "changed before it was first used"


def test_shares_of_ones_own_make_another_catalog():
    """Ten sets of the bridge at 1 and 0.5: ten for the glutes, five for the hamstrings, none for the rest."""
    ours = load_catalog()
    mine = ours.with_shares({"bridge": {"gluteus_maximus": 1, "hamstrings": 0.5}})
    efforts = efforts_of(line("2026-03-02", "bridge", sets=10, duration_s=30.0, rpe=8.0))
    assert sets_of(weekly_volume(efforts, mine)) == {"gluteus_maximus": 10, "hamstrings": 5}
    assert sets_of(weekly_volume(efforts, ours))["core"] == 5, "this one stays as it is"
    others = mine.muscles[mine.muscles["exercise_id"] != "bridge"].reset_index(drop=True)
    pd.testing.assert_frame_equal(others, ours.muscles[ours.muscles["exercise_id"] != "bridge"].reset_index(drop=True))
    assert mine.find("Glute bridge") == ours.find("Glute bridge")


@pytest.mark.parametrize(
    "shares, what",
    [
        ({"bridges": {"core": 1}}, "'bridges' is no exercise"),
        ({"bridge": {"glutes": 1}}, "bridge: 'glutes' is no muscle we know"),
        ({"bridge": {"core": 2}}, "bridge: the share of core is 2, not 0 to 1"),
        ({"bridge": {"core": float("nan")}}, "bridge: the share of core is nan, not 0 to 1"),
    ],
)
def test_shares_that_cannot_be_are_refused(shares, what):
    with pytest.raises(CatalogError, match=re.escape(what)):
        load_catalog().with_shares(shares)
