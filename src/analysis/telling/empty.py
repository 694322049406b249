"""What stands where there is nothing to show: one sentence, which says why and what to do. Told by `said` where it is used."""

from analysis.language import to_say

NO_TRAINING = to_say(
    "No training in this period. "
    "To begin: the command analysis begin writes a first plan, and a log in which only numbers are left to write."
)
NO_LEG_SETS = to_say("No set for legs, hips or trunk in this period: log a strength exercise with its sets.")
NO_MUSCLE = to_say(
    "No set for {muscle} in this period: log an exercise that trains it, such as one of the cards of this notebook."
)
NO_HOPS = to_say(
    "No plyometrics were logged in this period: log hops or jumps with their repetitions, and contacts are counted."
)
NO_HILL = to_say(
    "No hill repeat in this period: log one as hill_charge with its seconds and the name of the hill, or record the run."
)
NO_HILL_TIMES = to_say(
    "No times were logged on this hill: log the seconds of each repeat, or put the recording of the run beside the log."
)
NO_CHARGE_TIMES = to_say(
    "No time was logged for these repeats: "
    "log the seconds of each repeat, or put the recording of the run beside the log."
)
NO_MEASURE = to_say(
    "No {measure} was logged for these repeats: the recording of a watch tells it, put it beside the log."
)
NO_FADE = to_say(
    "Fade needs {n} timed repeats in a session: "
    "log the seconds of each repeat, or put the recording of the run beside the log."
)
NO_RECORDING = to_say("No recording of a run is in this log: put the FIT, GPX or TCX file of a watch beside it.")
NOT_RECORDED = to_say("This session was not recorded: choose one that was, or put the file of a watch beside the log.")
NO_ALTITUDE = to_say(
    "The recording has no altitude: turn on barometer or GPS of the watch, or log the repeats by hand."
)
NO_POSITION = to_say("No recording with position is in this session: turn on GPS of the watch.")
NO_PLAN_YET = to_say(
    "There is no plan for these weeks: the command analysis begin writes one, and --plan names one of your own."
)
NONE_OF_THE_PLAN = to_say(
    "Nothing of what is planned was logged in these weeks: log a session, and it is held against the plan."
)
NO_RPE = to_say(
    "No session says both effort (RPE) and minutes: log rpe and duration_min of each, and its load is told."
)
NO_MINUTES = to_say("No session says how many minutes it took: log duration_min of each.")
NO_SETS_OF_WEEK = to_say("No sets for legs, hips or trunk were planned or done in this week.")
NO_WEEK = to_say(
    "Nothing was planned and nothing was done in this period. "
    "To begin: the command analysis begin writes a first plan, and a log in which only numbers are left to write."
)
NOTHING_IN_WEEK = to_say("Nothing was planned and nothing was done in this week.")
NO_BEST_SETS = to_say(
    "Nothing can be compared yet: log the repetitions, seconds or weights of each set of a strength exercise."
)
NO_BEST_SETS_OF = to_say("No repetitions, seconds or weights of {exercise} can be compared: log those of each set.")
NOTHING_MISSED = to_say("Nothing was missed, moved or done otherwise in these weeks.")
NONE_NEAR = to_say("No two days of these weeks are too near each other, done or planned, or nearer than is wished.")
NO_LADDER = to_say("No exercise of a ladder was done: log one that has easier and harder forms, such as a calf raise.")
NO_TEST = to_say("No test was logged: log a set that is done to the end, with session_type test.")
NO_TEST_OF = to_say("No test of {exercise} was logged: log a set that is done to the end, with session_type test.")
