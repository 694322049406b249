"""Names as people and apps write them: the words of the training itself, names of two open lists, and guesses."""

import pytest

from analysis import load_catalog
from analysis.catalog.names import spellings

OF_THE_TRAINING = {  # what a runner writes for the nine, and for their forms
    "calf_raise": "calf raises on a step; calf-raises; calf raise (step); two-legged calf raises; heel lifts; heel raises on a "
    "step; calf raises off a step; Wadenheben",
    "one_leg_calf_raise": "calf raises on one leg; single leg calf raises on a step; calf raise (single leg); "
    "one-legged heel raises; einbeiniges Wadenheben",
    "one_legged_squat": "one-leg squats; 1-leg squats; single-legged squats; squats on one leg",
    "hamstring_push_up": "hamstring pushups; hamstring push-ups on a chair; hamstring push-ups on the ball; ham push-ups",
    "bench_step_up": "step-ups onto a bench; stepups; alternating step-ups; knee-high step-ups; step up (bench)",
    "loaded_step_up": "step-ups with a backpack; step ups with dumbbells",
    "bridge": "the bridge; bridge 30 s; bridge (30 s); 30-second bridge; static bridge; bridge holds",
    "glute_bridge": "glute-bridges",
    "one_leg_bridge": "one-legged bridges",
    "line_hop": "hopping over a line; hops over a line; hop back and forth over the line; line hops (both feet); jumping over a "
    "line",
    "one_leg_line_hop": "single-leg line hops",
    "step_hop": "hops onto a step; hopping onto a step; hop forward onto the step; hops onto a low box; alternating hops onto a "
    "step",
    "skipping": "skips; skip; skips forward; Hopserlauf",
    "hill_charge": "hill running; hill-repeats; uphill charges; hills; running up hill; running uphill; Bergintervalle",
    "hill_sprint": "sprints up the hill; uphill sprints",
}

OF_LISTS = """
    bench_press: Barbell Bench Press - Medium Grip; box_squat: Barbell Squat To A Bench; front_squat: Front Barbell Squat
    back_squat: Olympic Squat; loaded_reverse_lunge: Dumbbell Rear Lunge; loaded_split_squat: Split Squat with Dumbbells
    one_leg_box_squat: Single-Leg High Box Squat; sumo_squat: Plie Dumbbell Squat
    weighted_one_leg_romanian_deadlift: Kettlebell One-Legged Deadlift; good_morning: Stiff Leg Barbell Good Morning
    sliding_leg_curl: Platform Hamstring Slides; one_leg_leg_extension: Single-Leg Leg Extension
    glute_bridge: Butt Lift (Bridge); seated_calf_raise: Seated Machine Calf Raise; calf_raise: Calf Raises - With Bands
    standing_calf_raise_machine: Standing Machine Calf Raise; calf_press: Calf Press On The Leg Press Machine
    skipping: Fast Skipping; hurdle_hop: Front Cone Hops (or hurdle hops); box_jump: Box Jump (Multiple Response)
    back_extension: Hyperextensions (Back Extensions); side_bend: Barbell Side Bend; turkish_get_up: Kettlebell Turkish Get-Up (Squat style)
    kettlebell_swing: One-Arm Kettlebell Swings; kettlebell_snatch: One-Arm Kettlebell Snatch; hang_clean: Kettlebell Hang Clean
    incline_bench_press: Barbell Incline Bench Press - Medium Grip; machine_chest_press: Leverage Chest Press
    pec_deck: Machine Butterfly; machine_shoulder_press: Machine Shoulder (Military) Press; machine_row: Leverage Iso Row
    hammer_curl: Alternate Hammer Curl; dumbbell_curl: Dumbbell Alternate Bicep Curl; preacher_curl: Machine Preacher Curls
    triceps_pushdown: Triceps Pushdown - Rope Attachment; cable_curl: Standing Biceps Cable Curl
    reverse_curl: Reverse Barbell Curl; triceps_kickback: Tricep Dumbbell Kickback; skullcrusher: Dumbbell Skullcrusher
    seated_dip_machine: Machine Dips; dumbbell_bench_press: Dumbbell Bench Press with Neutral Grip
    inverted_row: Inverted Row with Straps; pullover: Straight-Arm Dumbbell Pullover; front_raise: Front Plate Raise
    lateral_raise: Seated Side Lateral Raise; shrug: Cable Shrugs; lat_pulldown: Underhand Cable Pulldowns
    upright_row: Upright Cable Row; wrist_extension: Seated Palms-Down Barbell Wrist Curl; ball_slam: Overhead Slam
    treadmill_run: Running, Treadmill; walk: Walking, Treadmill; cycling: Bicycling, Stationary; foam_rolling: Calves-SMR
    rowing_machine_cardio: Rowing, Stationary; stretching: Runner's Stretch; assisted_pull_up: Band Assisted Pull-Up
"""  # of free-exercise-db and exercemus, which apps take over

TRAINING = [(name, found) for found, names in OF_THE_TRAINING.items() for name in names.split("; ")]
LISTS = [tuple(pair.split(": ")[::-1]) for line in OF_LISTS.strip().splitlines() for pair in line.strip().split("; ")]


def test_the_lists_are_as_long_as_they_should_be():
    assert len(dict(TRAINING)) >= 54 and len(dict(LISTS)) >= 50


@pytest.mark.parametrize(("name", "found"), TRAINING + LISTS)
def test_what_people_write_is_known(catalog, name, found):
    assert catalog.find(name) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Step-ups", "stepup"),
        ("Single-legged squats", "one leg squat"),
        ("Squat (Barbell)", "barbell squats"),
        ("Hopping over the line", "Hopping over a line"),
        ("Lunges", "lunge"),
        ("Bench presses", "bench press"),
    ],
)
def test_another_way_of_writing_is_the_same_name(one, other):
    assert set(spellings(one)) & set(spellings(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A-skip", "Skip"),  # this A is no article
        ("Skip (A)", "Skip"),
        ("Knees to elbows", "Elbow to knee"),  # from one to another has an order
        ("Calf raise on a dumbbell", "Calf raise (dumbbell)"),
        ("Leg press", "Leg presses with one leg"),
        ("Two-leg bridge", "One-leg bridge"),
    ],
)
def test_another_exercise_is_not_only_written_another_way(one, other):
    assert not set(spellings(one)) & set(spellings(other))


def test_a_spelling_that_two_exercises_share_is_neither(tmp_path):
    (tmp_path / "aliases.csv").write_text("alias,exercise_id\nMy hops,line_hop\nMy hop,step_hop\n")
    own = load_catalog(tmp_path)
    assert (own.find("my hops"), own.find("my hop"), own.find("myhops")) == ("line_hop", "step_hop", None)


@pytest.mark.parametrize(
    ("name", "first", "never"),
    [
        ("hopping across a line", "Line hop", "Pullover machine"),
        ("jumps across the line", "Line hop", "Box jump-over"),
        ("run up the hill fast", "Hill charge", "Push-up"),
        ("bridge on a mat", "The bridge", "Side plank"),
        ("static bridges on the floor", "The bridge", "Side plank"),
        ("calf raises on the left leg", "Calf raise", "Calf press"),
        ("hammy push-ups", "Hamstring push-up", "Push press"),
        ("step ups on the garden bench", "Bench step-up", "Side plank"),
        ("squats one legged to a box", "One-leg box squat", "Leg press"),
        ("hops onto a very low step", "Step hop", "Chin-up"),
        ("Calf rase", "Calf raise", "Calf press"),  # slips of letters are seen too
        ("Copenhagn plnk", "Copenhagen plank", "Pelvic tilt"),
        ("burpes", "Burpee", "Bird dog"),
        ("glut bridge", "Glute bridge", "Bird dog"),
    ],
)
def test_guesses_look_at_words(catalog, name, first, never):
    near = catalog.nearest(name)
    assert catalog.find(name) is None
    assert first in near and never not in near and len(near) <= 3


@pytest.mark.parametrize("name", ["qqqqqqqqqq", "", "42", "on the", "\u4f53\u64cd", "Kreuzheben", "-", "x" * 5000])
def test_without_a_word_in_common_nothing_is_guessed(catalog, name):
    assert catalog.nearest(name) == [] and catalog.find(name) is None


def test_guesses_are_the_same_each_time_and_from_a_catalog_of_one(catalog, tmp_path):
    assert catalog.nearest("hops on the line") == load_catalog().nearest("hops on the line")
