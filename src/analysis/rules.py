"""The numbers of the science, each of them once: what counts, what is customary, and what is worth a sentence.

Change one here, and every table, sentence and figure follows. Behind each stands its source, or that it is a choice.
Shares are fractions of 1. What only tunes an algorithm stands beside the algorithm.
"""

# ------------------------------------------------------------------------------------------ sets of a muscle
TARGET_SETS = (4.0, 8.0)  # fewest and most fractional sets of a muscle a week, for a runner with two strength sessions:
# a choice, not a law
GROWTH_SETS = 4.0  # a week from which on growth is seen, less for each further one (Schoenfeld 2017, Pelland 2025)
INDIRECT_SETS = 0.5  # what a set counts for a muscle that only helps ("fractional sets", Pelland et al. 2025)
WORKING_SETS = ("normal", "drop", "failure")  # kinds of sets that count: warm-ups do not, a convention
HOLD_S, HOLD_RPE = 20.0, 6.0  # a hold of this length in seconds and this effort of 10 is a whole set, a convention
SHORT_HOLD_SETS = 0.5  # what a shorter or easier hold counts, a convention
AVERAGED_WEEKS = 4  # whole weeks that an average is of where nobody asks for others, a choice
FEWEST_WEEKS = 4  # of which an average can be read without care, a choice
NOTICEABLE_SETS = 0.5  # change of weekly sets that is worth naming: less is one line of the log more or less
NOTICEABLE_ASYMMETRY = 0.1  # shortfall of one side that is worth naming; no limit of anything (Bishop 2018)
PAUSE_DAYS = 14  # without a set of a muscle that are worth naming, a choice

# ------------------------------------------------------------------------------------------ hops and jumps
CUSTOMARY_CONTACTS = (80, 100)  # foot contacts a session of a beginner (Potach & Chu, NSCA): a convention, not a limit
HEAVY_IMPACT = ("moderate", "high")  # tiers after which legs rest; low hops may be done daily (Engeroff et al. 2023)

# ------------------------------------------------------------------------------------------ hill charges
PROTOCOL_CHARGES = (5, 8)  # fewest and most of a session: what the training asks for
PROTOCOL_GRADE = (0.05, 0.10)  # rise over run: what the training asks for
JOG_M_PER_S = 1.8  # the way down is jogged from here on: people walk slower, and run from about 2 (Hreljac 1995)
PROTOCOL_HOLD_S = 30.0  # of a bridge: what the training asks for
PROTOCOL_REP_S = 4.0  # of a calf raise: less has no room for a few seconds at the top and a slow way down, a choice
FEWEST_TIMED = 3  # timed charges of a session that tell of fade: of two, one slip would be all there is
FEWEST_SESSIONS = 3  # on one hill, for a trend; its interval takes more (Sen 1968)
TREND_INTERVAL = 0.95  # confidence of the interval of a trend, a convention
SAME_HILL_LENGTH, SAME_HILL_GRADE = 0.15, 0.02  # so near in length and grade, hills without a name are one, a choice

# ------------------------------------------------------------------------------------------ progress of an exercise
BEST_SETS = (
    "normal",
    "failure",
)  # kinds of sets of which one can be the best: a drop set follows a tired one, a choice
LEFT_AT_RPE = {7.0: 3.0, 9.0: 1.0, 9.5: 0.0, 10.0: 0.0}  # effort of a set -> repetitions left, straight between
# (Zourdos 2016, Helms 2016)
HARD_RPE = {"reps": 7.0, "seconds": 8.0}  # a set of less effort tells nothing of how many were possible (Hackett 2017)
ONE_RM_FORMULA = "Epley"  # of the greatest load for one repetition, the same all along, a choice
ONE_RM_REPS = 10  # to failure, up to which it is reckoned (Reynolds 2006)
NEAR_REPS = 5  # within which of the usual ones a load is reckoned for these: so near, formulas agree (Nuzzo 2024)
TYPICAL_ERROR = {"reps": (2.0, 0.1), "seconds": (5.0, 0.15), "kg": (0.0, 0.05)}  # least one of a session's best,
# as an amount and as a share of the median: tests repeat so (Ross & Fontenot 2000, Juan-Recio 2022, Grgic 2020)
OWN_ERROR_SESSIONS, OWN_ERROR_TIMES = (
    6,
    2.0,
)  # from how many on, and from how many times the least on, the sessions tell
# their own error: the median of a few whole numbers is no sure one, a choice
FEWEST_BESTS, FEWEST_TREND_DAYS = 5, 14  # sessions, and days they span, that a trend takes: four may rise by chance
CHANCE = 0.05  # how often sessions without change may seem to rise or fall by their order alone, a convention
CHANGE_ERRORS = 2.0  # typical errors that a change comes to at least, a choice
FALSE_VERDICTS = 0.02  # of series without any change, that both rules together still call one, by simulation
HELD_SHARE = 0.8  # of bests that are one number, and nobody says how hard: a target was held, a choice
STILL_SESSIONS, STILL_DAYS = 5, 28  # without a new best that are worth naming, both of them, a choice
LONG_BREAK_DAYS = 84  # away, after which an exercise begins anew, a choice
LESS_EFFORT = 1.0  # of RPE, by which the same repetitions are easier, a choice
LAST_SESSIONS, MOST_OF_THEM = 5, 4  # that are looked at for effort and sides, and how many must agree, a choice
NOTICEABLE_GAP = 0.15  # of one side's best to the other's, that is worth naming; no limit of anything (Bishop 2018)

# ------------------------------------------------------------------------------------------ days and loads
HEAVY_SET_RPE = 7.0  # effort of a set of repetitions from which on it is heavy; so is one without effort: a choice
HARD_RUN_RPE = 7.0  # effort of a session from which on a run is fast, or a long one hard ("very hard", Foster 2001)
LONG_DOWNHILL_MIN, LONG_DESCENT_M = 10.0, 200.0  # of a session, from which on quadriceps are sore after it: a choice
RATED_SETS = 0.5  # share of the working sets of a session, from which on their mean effort is that of all, a choice
TRIMP_WEIGHTS = {
    "man": (0.64, 1.92),
    "woman": (0.86, 1.67),
}  # a and b of a x exp(b x share of the heart rate reserve), by
# which a minute weighs (Morton 1990; Banister 1991)
HARD_DAYS = 3  # in a row that are worth naming, a choice
LOOK_BACK_DAYS = 30  # of the longest run before (Frandsen et al. 2025), and by analogy of what else a session has
RAMP_SHARE = 0.1  # above the highest of those days, from which on it is told: of runs Frandsen et al. 2025
RAMP_LEAST = {"contacts": 10, "charges": 2, "m": 50, "min": 10}  # and more: a choice, not of metres run

# ------------------------------------------------------------------------------------------ plan and log
DONE_SHARE = 0.9  # of a planned dose, that counts as done: 43 minutes are those 45; a choice
MOVED_DAYS = 3  # from its day, that a planned item may be found at; a choice
LADDER_RUNGS = 2  # easier or harder, that one exercise may be and stand for another; a choice
NOTABLE_SHARE = 0.8  # of a planned dose: where less is done a coach may look; a choice
NOTABLE_BEYOND = 0.05  # of a planned dose, that is worth naming where so much more is done; a choice

# ------------------------------------------------------------------------------------------ a proposed week
PLANNED_SETS_A_WEEK = 6.0  # fractional sets of a muscle that are aimed at: the middle of the target
MOST_SETS_A_WEEK = 12.0  # and that are not exceeded, a choice
MINUTES_A_DAY = (30, 0, 30, 0, 60, 0, 30)  # for training, Monday first; 0 is a day without a session; a choice
CONTACTS_A_WEEK = 200  # most foot contacts: two sessions at the upper end of what is customary
STRENGTH_DAYS, PLYOMETRIC_DAYS = (2, 3), (1, 2)  # fewest and most a week, a choice
HILL_SESSIONS_A_WEEK = 1  # a choice
START_MIN = {"plyometrics": 8.0, "strength": 8.0, "hills": 15.0}  # to warm up and set up; to reach the hill as well
SET_MIN = 1.4  # a set with its rest, of one side or of both at once: what the sample logs take
CHARGE_MIN = 3.0  # a minute up, two down
SESSION_SETS = {"plyometrics": (2, 3), "strength": (1, 4)}  # fewest and most of one exercise in one session, a choice
SET_REPS = {"both": 15, "each": 10, "alternating": 20}  # 6-15 RM, or 15-40 to failure (Iversen 2021); each leg ten
SET_HOPS = {"low": 20, "moderate": 10, "high": 6}  # repetitions by tier of impact: fewer the harder they land, a choice
SET_HOLD_S = max(30.0, HOLD_S)  # seconds of a hold, which counts as a whole set
SET_WALK_M = 20.0  # metres of walking on toes, or with weights; a choice
SESSION_RPE = {
    "plyometrics": 5.0,
    "strength": max(7.0, HOLD_RPE),
    "hills": 8.0,
}  # 3 repetitions left; hard, not all out

# ------------------------------------------------------------------------------------------ the next session
PAIN_LIMIT = 3.0  # of 10, from which on less is done: supervised patients went to 5 (Silbernagel 2007); a choice
BREAK_DAYS = (10, 14, 28)  # without an exercise, then it is as it was, of half the sets, a rung easier (Bosquet 2013)
LIGHT_AFTER_WEEKS = 6  # training weeks in a row before one of half the sets: as athletes do (Rogerson 2024)
LIGHT_SHARE = 0.67  # of the sets of the weeks before it, that a week has at most to have been a light one; a choice
FAR_SHARE = 0.7  # of what was asked, below which a set is far from it; a choice
STEP_RPE = (7.0, 8.0, 9.0)  # effort of 10: easy up to it, more is asked up to it, too hard above it
NEW_RUNG_SETS = 2  # most sets of the first session of a harder variant; a choice
LOAD_STEP = 0.05  # of a weight, that is added at a time (ACSM 2009: 2 to 10 %)
SMALLEST_PLATE_KG = 1.25  # and at least so much
FIRST_LOAD_KG = 5.0  # of an exercise with a weight, the first time; a choice
FIRST_CONTACTS = (20, 60)  # of somebody who never hopped, and who did; a choice
MOST_CONTACTS = {"new": 100, "some": 120, "used": 140}  # foot contacts of a session by level (Potach & Chu, NSCA)
CONTACTS_STEP = (10, 0.1)  # more a session, the larger of a number and a share; a choice
CONTACTS_TO_RISE = {"low": 60, "moderate": 90}  # twice as planned, before hops of the next tier; a choice
CONTACTS_OF_NEXT_TIER = 0.8  # of the contacts, in the first session of a higher tier; a choice
RAISED_DAYS = 7  # in which contacts or charges rise once; a choice
FADE_LIMITS = (0.1, 0.2)  # of the last charge against the first: as many again, one fewer; a choice
FEWEST_CHARGES = 4  # that are ever asked for; a choice
CHARGES_AFTER_MORE = 6  # when a charge gets longer or steeper; a choice
LONGER_S, STEEPER = 10.0, 0.01  # by so much, seconds or rise over run; a choice
LONGEST_CHARGE_S = 60.0  # from which on they get steeper, up to PROTOCOL_GRADE; a choice
UPHILL_WALK_MIN = 20.0  # in place of charges that hurt; a choice
LEVEL_MARKS = {"some": (12, 20, 0), "used": (20, 45, 8)}  # one-leg calf raises and seconds of a one-leg bridge on both
# sides, and weeks of strength work, that somebody of a level has done; a choice
