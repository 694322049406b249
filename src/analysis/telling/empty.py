"""What stands where there is nothing to show: one sentence, which says why and what to do."""

from analysis.wording import TO_BEGIN

_TIMES = "log the seconds of each repeat, or put the recording of the run beside the log"
NO_TRAINING = f"No training in this period. {TO_BEGIN}"
NO_LEG_SETS = "No set for legs, hips or trunk in this period: log a strength exercise with its sets."
NO_MUSCLE = "No set for {} in this period: log an exercise that trains it, such as one of the cards of this notebook."
NO_HOPS = (
    "No plyometrics were logged in this period: log hops or jumps with their repetitions, and contacts are counted."
)
NO_HILL = "No hill repeat in this period: log one as hill_charge with its seconds and the name of the hill, or record the run."
NO_HILL_TIMES = f"No times were logged on this hill: {_TIMES}."
NO_CHARGE_TIMES = f"No time was logged for these repeats: {_TIMES}."
NO_MEASURE = "No {measure} was logged for these repeats: the recording of a watch tells it, put it beside the log."
NO_FADE = f"Fade needs {{n}} timed repeats in a session: {_TIMES}."
NO_RECORDING = "No recording of a run is in this log: put the FIT, GPX or TCX file of a watch beside it."
NOT_RECORDED = "This session was not recorded: choose one that was, or put the file of a watch beside the log."
NO_ALTITUDE = "The recording has no altitude: turn on barometer or GPS of the watch, or log the repeats by hand."
NO_POSITION = "No recording with position is in this session: turn on GPS of the watch."
NO_PLAN_YET = (
    "There is no plan for these weeks: the command analysis begin writes one, and --plan names one of your own."
)
NONE_OF_THE_PLAN = (
    "Nothing of what is planned was logged in these weeks: log a session, and it is held against the plan."
)
NO_RPE = "No session says both effort (RPE) and minutes: log rpe and duration_min of each, and its load is told."
NO_MINUTES = "No session says how many minutes it took: log duration_min of each."
NO_SETS_OF_WEEK = "No sets for legs, hips or trunk were planned or done in this week."
NO_WEEK = f"Nothing was planned and nothing was done in this period. {TO_BEGIN}"
NOTHING_IN_WEEK = "Nothing was planned and nothing was done in this week."
NO_BEST_SETS = (
    "Nothing can be compared yet: log the repetitions, seconds or weights of each set of a strength exercise."
)
NO_BEST_SETS_OF = "No repetitions, seconds or weights of {} can be compared: log those of each set."
NOTHING_MISSED = "Nothing was missed, moved or done otherwise in these weeks."
NONE_NEAR = "No two days of these weeks are too near each other, done or planned, or nearer than is wished."
NO_LADDER = "No exercise of a ladder was done: log one that has easier and harder forms, such as a calf raise."
NO_TEST = "No test was logged: log a set that is done to the end, with session_type test."
NO_TEST_OF = "No test of {} was logged: log a set that is done to the end, with session_type test."
