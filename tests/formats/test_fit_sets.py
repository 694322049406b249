"""Sets of a watch: each is called by its own name, and none by its category."""

import pytest
from fit_writer import ENUM, STRING, UINT8, UINT16, UINT32, FitWriter

from analysis.formats.recordings.fit import read_fit
from analysis.formats.recordings.fit_exercises import _vocabulary, exercise_name
from analysis.formats.recordings.recording import Recording

T0 = 1_100_000_000  # seconds of FIT
SQUAT, CALF_RAISE, PLANK, BANDED, UNKNOWN = 28, 1, 19, 37, 65534


def recorded(*sets: tuple, steps: tuple = (), titles: tuple = ()) -> Recording:
    """A file of these. set: category, exercise, step; step: index, category, exercise, title; title: ..., title."""
    writer = FitWriter()
    writer.define(0, 0, (0, ENUM), (1, UINT16), (2, UINT16))
    writer.data(0, 4, 1, 2697)
    writer.define(1, 27, (254, UINT16), (10, UINT16), (11, UINT16), (0, STRING, 24))
    writer.define(2, 264, (0, UINT16), (1, UINT16), (2, STRING, 24))
    writer.define(3, 225, (0, UINT32), (5, UINT8), (6, UINT32), (7, UINT16, 6), (8, UINT16, 6), (11, UINT16))
    for step in steps:
        writer.data(1, *step)
    for title in titles:
        writer.data(2, *title)
    for i, (category, exercise, step) in enumerate(sets):
        writer.data(3, 30_000, 1, T0 + 60 * i, category, exercise, step)
    [gym] = read_fit(writer.file(), "gym.fit")
    return gym


def named(*sets: tuple, **others) -> list[str]:
    """What the sets of a file are called."""
    return recorded(*sets, **others).sets["exercise"].tolist()


def vocabulary() -> list[tuple[int, str, int, str]]:
    """(category, its word, exercise, its word) of all that the installed SDK knows."""
    types = pytest.importorskip("garmin_fit_sdk.profile").Profile["types"]
    return [
        (category, word, number, name)
        for category, word in types["exercise_category"].items()
        for number, name in types.get(f"{word}_exercise_name", {}).items()
    ]


def words(name: str) -> str:
    return name.casefold().replace("_", " ")


# ------------------------------------------------------------------------------------------ the vocabulary
def test_every_name_of_the_sdk_is_read_as_itself():
    told = vocabulary()
    assert len(told) >= 1846
    for category, word, number, name in told:
        read = exercise_name(category, number)
        assert read.casefold().startswith(words(name)), (word, name)
        assert read == exercise_name(word.upper(), name.upper())  # as Garmin's site writes it


def test_names_of_one_spelling_are_one_exercise():
    """What two categories call alike is the same movement, or else says which of them it is."""
    by_name = {}
    for category, word, number, _ in vocabulary():
        by_name.setdefault(exercise_name(category, number), []).append(word)
    assert {name: found for name, found in by_name.items() if len(found) > 1} == {
        "Elliptical": ["cardio", "elliptical"],
        "Arm circles": ["lateral_raise", "warm_up"],
        "Bear crawl": ["plank", "warm_up"],
        "Bike": ["bike", "bike_outdoor"],
    }


@pytest.mark.parametrize(
    ("category", "exercise", "name"),
    [
        (28, 6, "Barbell back squat"),
        ("SQUAT", "BARBELL_BACK_SQUAT", "Barbell back squat"),
        ("calf_raise", "_3_WAY_CALF_RAISE", "3 way calf raise"),  # as languages write it that take no digit first
        (14, 30, "Wall slide"),
        (37, 42, "Squat (band)"),
        (28, 61, "Squat (bodyweight)"),
        (6, 33, "Leg extensions (crunch)"),
    ],
)
def test_an_exercise_is_called_by_its_own_words(category, exercise, name):
    assert exercise_name(category, exercise) == name


@pytest.mark.parametrize(
    ("category", "exercise", "name"),
    [
        (28, None, "Squat (unspecified)"),
        ("SQUAT", None, "Squat (unspecified)"),
        (28, 312, "Squat 312"),  # of a newer firmware
        ("SQUAT", "ZERCHER_BOX_SQUAT", "Zercher box squat (squat)"),
        (99, None, "Category 99 (unspecified)"),
        (99, 3, "Category 99 3"),
        ("NEW_KIND", "NEW_NAME", "New name (new kind)"),
        (65534, None, ""),
        ("UNKNOWN", None, ""),
        (None, None, ""),
        ("", "", ""),
    ],
)
def test_what_the_vocabulary_does_not_have_keeps_words_of_its_own(category, exercise, name):
    assert exercise_name(category, exercise) == name


def test_a_title_is_taken_where_the_vocabulary_has_no_name():
    assert exercise_name(28, 312, "Box squat on one leg") == "Box squat on one leg"
    assert exercise_name(28, 6, "Langhantel-Kniebeuge") == "Barbell back squat"


# ------------------------------------------------------------------------------------------ the sets of a file
def test_the_vocabulary_is_read_only_for_sets():
    _vocabulary.cache_clear()
    run = FitWriter()
    run.define(0, 20, (253, UINT32), (3, UINT8))
    run.data(0, T0, 140)
    [told] = read_fit(run.file(), "run.fit")
    assert told.sets.empty
    assert _vocabulary.cache_info().currsize == 0


def test_a_set_is_called_by_its_first_guess_and_never_by_its_category():
    guesses = [SQUAT, PLANK, UNKNOWN], [47, None, None]
    alone = [SQUAT, UNKNOWN, UNKNOWN], [None, 3, None]
    unknown = [UNKNOWN] * 3, [None] * 3
    assert named((*guesses, None), (*alone, None), (*unknown, None), (None, None, None)) == [
        "Pistol squat",
        "Squat (unspecified)",
        "",
        "",
    ]


def test_guesses_of_a_watch_are_told():
    guessed = ([SQUAT, PLANK, UNKNOWN], [47, None, None], None), ([SQUAT, UNKNOWN], [None], None)
    chosen = ([SQUAT], [47], None), (SQUAT, 47, None)
    no_guess = ([UNKNOWN] * 3, [None], None), (None, None, None)
    told = recorded(*guessed, *chosen, *no_guess).remarks
    assert [(remark["code"], remark["message"]) for remark in told] == [
        ("guessed-exercise", "2 sets are named by the first of several guesses of the watch.")
    ]
    assert recorded(*chosen, *no_guess).remarks == []


def test_a_set_that_says_nothing_is_what_its_step_says():
    steps = (0, CALF_RAISE, 15, "left"), (1, UNKNOWN, None, " Copenhagen  plank "), (2, SQUAT, None, "")
    sets = (None, None, 0), (UNKNOWN, None, 1), (None, None, 2), (CALF_RAISE, None, 0)
    assert named(*sets, steps=steps) == [
        "Single leg standing calf raise",
        "Copenhagen plank",
        "Squat (unspecified)",
        "Single leg standing calf raise",
    ]


def test_a_set_of_another_category_takes_nothing_from_its_step():
    """The number of an exercise means something else in each category: 15 of the squats is one with raised heels."""
    steps = ((0, CALF_RAISE, 15, "Heel raise"),)
    assert named((SQUAT, None, 0), (SQUAT, 47, 0), (SQUAT, 312, 0), steps=steps) == [
        "Squat (unspecified)",
        "Pistol squat",
        "Squat 312",
    ]


def test_titles_of_the_file_name_what_the_vocabulary_does_not():
    titles = (
        (SQUAT, 312, "Zercher\u202e box squat"),
        (SQUAT, 47, "Pistole"),
        (SQUAT, None, "Squat"),
        (UNKNOWN, 5, "Own"),
    )
    assert named((SQUAT, 312, None), (SQUAT, 47, None), (SQUAT, None, None), (UNKNOWN, 5, None), titles=titles) == [
        "Zercher box squat",
        "Pistol squat",
        "Squat (unspecified)",
        "Own",
    ]


# ------------------------------------------------------------------------------------------ in the catalog
RUNNERS = "calf_raise hip_raise lunge squat plyo leg_curl hip_stability".split()  # what a runner's watch offers
PAIRS = """
    1 0 calf_raise; 1 3 weighted_one_leg_calf_raise; 1 4 donkey_calf_raise; 1 7 seated_calf_raise; 1 8 tibialis_machine
    1 9 one_leg_bent_knee_calf_raise; 1 15 one_leg_calf_raise; 1 17 standing_calf_raise_barbell; 1 19 loaded_calf_raise
    10 0 barbell_glute_bridge; 10 1 barbell_hip_thrust; 10 11 glute_bridge; 10 12 barbell_glute_bridge
    10 17 hip_thrust; 10 19 bridge_with_squeeze; 10 24 marching_bridge; 10 30 one_leg_glute_bridge
    10 32 hamstring_push_up; 10 43 one_leg_ball_leg_curl; 10 44 clamshell
    11 1 dead_bug; 11 5 fire_hydrant; 11 11 lateral_band_walk; 11 17 donkey_kick; 11 21 side_lying_leg_raise
    11 27 cable_hip_abduction; 11 28 standing_hip_abduction; 11 34 stretching
    15 0 lying_leg_curl; 15 2 good_morning; 15 5 one_leg_sliding_leg_curl; 15 10 ball_leg_curl
    17 7 loaded_rear_foot_elevated_split_squat; 17 32 lunge; 17 33 loaded_lunge; 17 61 lateral_lunge
    17 71 lunge_jump; 17 77 loaded_walking_lunge; 17 82 loaded_reverse_lunge; 17 83 overhead_lunge; 17 86 curtsy_lunge
    20 0 lunge_jump; 20 2 loaded_squat_jump; 20 7 drop_jump; 20 13 box_jump; 20 25 ball_slam; 20 35 box_jump_over
    20 37 squat_jump
    28 0 leg_press; 28 6 back_squat; 28 8 front_squat; 28 20 wall_sit; 28 35 partial_one_leg_squat; 28 37 goblet_squat
    28 42 one_legged_squat; 28 44 overhead_squat; 28 47 pistol_squat; 28 48 pistol_squat; 28 51 plie_squat
    28 57 one_leg_box_squat; 28 61 bodyweight_squat; 28 62 loaded_squat; 28 66 bench_step_up; 28 69 plie_squat
    28 79 thruster; 28 89 squat_jack; 28 100 bodyweight_squat
    37 42 bodyweight_squat; 45 4 sled_push; 32 6 warm_up; 31 37 stretching; 33 0 cycling
"""  # a category, a number in it, and the movement that it is, each looked at by hand
NOT_IN_THE_CATALOG = """
    14 30 "Wall slide"; 5 70 "Swimming (Pilates)"; 6 33 "Leg extensions (crunch)"; 36 8 "Bridge (yoga)"
    36 10 "Chair (yoga)"; 32 3 "Sprint (run)"; 33 2 "Sprint (bike)"; 25 4 "Cable external rotation"
    49 13 "Lunge (suspension)"; 50 0 "Flip (tire)"; 22 15 "Diamond push up"; 22 38 "One arm push up"
"""


def listed(table: str) -> list[tuple[int, int, str]]:
    cells = [cell.split(maxsplit=2) for line in table.split("\n") for cell in line.split(";") if cell.strip()]
    return [(int(category), int(number), name.strip('"')) for category, number, name in cells]


@pytest.mark.parametrize(("category", "number", "exercise_id"), listed(PAIRS))
def test_a_name_is_the_movement_it_says(catalog, category, number, exercise_id):
    assert catalog.find(exercise_name(category, number)) == exercise_id


@pytest.mark.parametrize(("category", "number", "name"), listed(NOT_IN_THE_CATALOG))
def test_what_no_exercise_is_keeps_its_own_name(catalog, category, number, name):
    assert exercise_name(category, number) == name
    assert catalog.find(name) is None


def test_a_category_is_no_exercise(catalog):
    for category, word, _, _ in vocabulary():
        for name in (exercise_name(category), exercise_name(word.upper()), exercise_name(category, 9_999)):
            assert name and catalog.find(name) is None, name


@pytest.mark.parametrize("kind", RUNNERS)
def test_what_a_runners_watch_offers_is_in_the_catalog(catalog, kind):
    told = [(category, number) for category, word, number, _ in vocabulary() if word == kind]
    names = [exercise_name(*pair) for pair in told]
    assert [name for name in names if catalog.find(name) is None] == []


def found(catalog) -> dict[tuple[str, str], str | None]:
    """(word of a category, of an exercise) -> its exercise_id."""
    return {
        (word, name): catalog.find(exercise_name(category, number)) for category, word, number, name in vocabulary()
    }


def test_a_movement_with_weight_trains_all_that_it_trains_without(catalog):
    direct = catalog.muscles[catalog.muscles["share"] == 1].groupby("exercise_id")["muscle"].agg(set).to_dict()
    ids = found(catalog)
    pairs = [(ids[word, name], loaded) for (word, name) in ids if (loaded := ids.get((word, f"weighted_{name}")))]
    assert len(pairs) > 150
    for plain, loaded in pairs:
        assert plain is not None, loaded
        assert direct.get(plain, set()) <= direct.get(loaded, set()), (plain, loaded)


def test_a_movement_of_one_leg_is_done_with_each(catalog):
    laterality = catalog.exercises.set_index("exercise_id")["laterality"]
    raised = {
        "single_leg_decline_push_up",
        "releve_straight_leg_and_knee_bent_with_one_leg_variation",
    }  # of both arms, legs
    for (_, name), exercise_id in found(catalog).items():
        if exercise_id and ("single_leg" in name or "one_leg" in name) and name not in raised:
            assert laterality[exercise_id] == "each", name


def test_jumps_are_counted_by_their_contacts(catalog):
    family = catalog.exercises.set_index("exercise_id")["family"]
    for (word, name), exercise_id in found(catalog).items():
        if word in RUNNERS and "jump" in name:
            assert family[exercise_id] == "plyometrics", name
