"""Every table on one page: columns, dtypes, units and allowed values.

The unit is in the column name. Numbers are float64, NaN = not logged, never 0. Shares and grades are
fractions (0.08); percent is for the eye only. A week is its Monday.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from .rules import TARGET_SETS

MUSCLES = {  # muscle group -> how a runner reads it; the order is that of every figure and table
    "gluteus_maximus": "Glutes (maximus)",
    "gluteus_medius": "Hip abductors (gluteus medius)",
    "hamstrings": "Hamstrings",
    "quadriceps": "Quadriceps",
    "adductors": "Adductors",
    "hip_flexors": "Hip flexors",
    "gastrocnemius": "Calf (gastrocnemius)",
    "soleus": "Deep calf (soleus)",
    "tibialis_anterior": "Shin (tibialis anterior)",
    "core": "Core (front and side)",
    "erector_spinae": "Lower back (erectors)",
    "chest": "Chest",
    "back": "Upper back",
    "shoulders": "Shoulders",
    "arms": "Arms",
}
PAIN_REGIONS = (  # where it hurt, as a log says it; before it may stand left or right
    *("foot", "ankle", "achilles", "calf", "shin", "knee", "front of thigh", "back of thigh", "groin", "hip"),
    *("buttock", "lower back", "trunk", "elsewhere"),
)
LEG_MUSCLES = tuple(MUSCLES)[:9]
HIP_MUSCLES = ("gluteus_maximus", "gluteus_medius", "adductors", "hip_flexors")  # of the legs, those around the hip
RUNNER_MUSCLES = tuple(MUSCLES)[:11]  # legs, hips and trunk: what a runner's page is about

MUSCLE = pd.CategoricalDtype(list(MUSCLES))
FAMILY = pd.CategoricalDtype(["calisthenics", "plyometrics", "hills", "gym", "running", "other"])
COMPARED_IN = pd.CategoricalDtype(
    ["contacts", "charges", "sets", "min", "km", "times"]
)  # of amounts, the first that both tell
COUNTS = pd.CategoricalDtype(["reps", "seconds", "contacts", "charges", "distance"])
LATERALITY = pd.CategoricalDtype(["both", "each", "alternating"])  # together; reps per side; in turn, reps in total
IMPACT = pd.CategoricalDtype(["low", "moderate", "high"], ordered=True)
ROLE = pd.CategoricalDtype(["set", "exposure"])
SIDE = pd.CategoricalDtype(["both", "left", "right"])
KIND = pd.CategoricalDtype(["normal", "warmup", "drop", "failure"])
ORIGIN = pd.CategoricalDtype(["typed", "lap", "detected"])
QUANTITY = pd.CategoricalDtype(
    ["", "reps", "reps to failure", "seconds", "one_rm_kg", "load_kg"]
)  # what progress is of
VERDICT = pd.CategoricalDtype(["", "stronger", "no change found", "held at the target", "weaker", "too few"])
SESSION_TYPE = pd.CategoricalDtype(["strength", "plyometrics", "hills", "run", "mixed", "test", "other"])
MODALITY = pd.CategoricalDtype(["strength", "plyometrics", "hills", "running", "mixed", "other"])  # in a runner's words
BANDS = {"none": "no set", "below": "below", "within": "within", "above": "above"}  # band -> in a table
BAND = pd.CategoricalDtype(list(BANDS), ordered=True)
CAUSES = {  # work that other work keeps its distance from -> in words
    "strength": "heavy strength",
    "moderate hops": "hops of moderate impact",
    "high hops": "hops of high impact",
    "hills": "hill repeats",
    "downhill": "a long way down",
    "fast run": "a fast run",
    "race": "a race",
    "long run": "a long run",
}

TEXT = pd.StringDtype("python", na_value=float("nan"))  # moved by reference: a million notes are never copied
WORD = "category"
DAY, NUMBER, WHOLE, TRUTH = (np.dtype(name) for name in ("datetime64[s]", "float64", "int64", "bool"))
PERHAPS = pd.BooleanDtype()  # true, false, or not known
MOMENT = np.dtype("datetime64[ms]")  # UTC, as devices write it
UTC_S, UTC_MS = (pd.DatetimeTZDtype(unit, "UTC") for unit in ("s", "ms"))

PLACE = {"athlete": WORD, "week": DAY, "date": DAY, "session_id": WORD}  # whose, when and in which session
LINES = {  # one row per line of work of a log or plan: what every format gives, and loading makes sessions and efforts of
    "file": WHOLE,  # place of its file among those of a path
    "line": WHOLE,  # of the file, where its record starts; the number of a record that is no line
    "day": DAY,  # of the session, by the clock of the runner
    "begin_s": NUMBER,  # of the session, since midnight
    "offset_s": NUMBER,  # of that clock to UTC; missing where the file says no zone
    "athlete": WORD,
    "session": WORD,
    "title": WORD,
    "session_type": SESSION_TYPE,
    "duration_min": NUMBER,  # of the session
    "session_rpe": NUMBER,
    "exercise": WORD,  # as it is written
    "kind": KIND,
    "sets": NUMBER,
    "side": SIDE,
    "reps": NUMBER,
    "load_kg": NUMBER,
    "duration_s": NUMBER,
    "distance_m": NUMBER,
    "ascent_m": NUMBER,
    "descent_m": NUMBER,  # metres of height lost
    "grade": NUMBER,
    "recovery_s": NUMBER,
    "hr_max_bpm": NUMBER,
    "rpe": NUMBER,  # of the set
    "pain": NUMBER,  # 0-10, while it was done
    "pain_region": WORD,  # where: one of PAIN_REGIONS, left or right before it where a side is told
    "route": WORD,
    "notes": TEXT,
}
ACTIVITY_LINES = LINES | {  # one row per line of work of a recorded or listed activity, which says more
    "sport": WORD,  # as the file says it
    "elapsed_s": NUMBER,  # of the activity, pauses included
    "hr_mean_bpm": NUMBER,
    "recording": TEXT,  # name of the file that a row of a list names
    "zone": WORD,  # how the offset is known: file, place, unknown
    "altitude_kind": WORD,
    "holds": WORD,  # what the recording holds, in words
    "hill_set": NUMBER,  # 1, 2, ... of its hill sets; 0 of the rest of it
    "start_s": NUMBER,  # of a charge, since the start of the recording
    "end_s": NUMBER,
    "foot_lat": NUMBER,  # degrees, of the hill set
    "foot_lon": NUMBER,
    "top_lat": NUMBER,
    "top_lon": NUMBER,
    "place_m": NUMBER,  # as REPEATS
    "recovery_m_per_s": NUMBER,
    "hr_60s_after_bpm": NUMBER,
    "origin": ORIGIN,
    "confidence": NUMBER,
}
POINTS = {  # one row per recorded moment as the device wrote it, before anything of it is doubted
    "time": MOMENT,
    "lat": NUMBER,  # degrees
    "lon": NUMBER,
    "altitude_m": NUMBER,
    "distance_m": NUMBER,  # since the start, as the device counted it
    "speed_m_per_s": NUMBER,
    "hr_bpm": NUMBER,
    "cadence_spm": NUMBER,  # steps of both feet
    "segment": WHOLE,  # 0, 1, ...: a new one after a pause that the file marks; -1 of what is recorded in a pause
}
LAP_MARKS = {  # one row per lap as the device wrote it
    "start": MOMENT,
    "end": MOMENT,
    "duration_s": NUMBER,  # timer
    "distance_m": NUMBER,
    "ascent_m": NUMBER,
    "trigger": TEXT,
    "intensity": TEXT,
}
SET_MARKS = {  # one row per set of a strength session as the device wrote it
    "start": MOMENT,
    "kind": TEXT,  # active, rest
    "duration_s": NUMBER,
    "reps": NUMBER,
    "load_kg": NUMBER,
    "exercise": TEXT,
}
SESSIONS = {  # one row per training session
    "session_id": WORD,
    "athlete": WORD,
    "date": DAY,  # local day of the start
    "week": DAY,  # its Monday
    "start": UTC_S,  # where the file says a zone; else missing
    "session_type": SESSION_TYPE,
    "title": TEXT,
    "duration_min": NUMBER,
    "rpe": NUMBER,  # of the whole session, 0-10 (Foster 2001)
    "distance_m": NUMBER,
    "ascent_m": NUMBER,
    "descent_m": NUMBER,  # metres of height lost
    "altitude_kind": WORD,  # of a recording: barometer, gps, virtual, unknown, none (altitude.ALTITUDE_KINDS)
    "hr_mean_bpm": NUMBER,
    "source": WORD,  # format of the file
}
EFFORTS = {  # one row per line of work: a set (or `sets` equal ones), a hill repeat, a drill
    "session_id": WORD,
    "athlete": WORD,
    "date": DAY,
    "week": DAY,
    "effort": WHOLE,  # 1..n in the session
    "exercise_id": WORD,  # missing = not in the catalog
    "exercise": WORD,  # the name as it was written
    "kind": KIND,
    "sets": NUMBER,  # a multiplicity: sets=3 means three equal lines
    "side": SIDE,
    "reps": NUMBER,  # per set, and per side where the exercise works one side
    "duration_s": NUMBER,
    "load_kg": NUMBER,  # external load; below 0 what helps, as in an assisted pull-up
    "distance_m": NUMBER,  # along the slope
    "ascent_m": NUMBER,
    "descent_m": NUMBER,  # metres of height lost
    "grade": NUMBER,  # rise over run
    "recovery_s": NUMBER,
    "recovery_m_per_s": NUMBER,  # on the way back, standing left out
    "hr_max_bpm": NUMBER,
    "hr_60s_after_bpm": NUMBER,  # missing where the next charge began sooner
    "rpe": NUMBER,  # of the set, 0-10
    "pain": NUMBER,  # 0-10, while it was done
    "pain_region": WORD,  # where: one of PAIN_REGIONS, left or right before it where a side is told
    "route": WORD,
    "notes": TEXT,
    "origin": ORIGIN,
    "confidence": NUMBER,  # 0-1; 1 for what was typed
}
PLANNED_LINES = {  # one row per line of work of a plan, as somebody reads it who is to do it
    "exercise": TEXT,
    "dose": TEXT,  # how much: 3 x 12, each leg
    "rest": TEXT,  # after a set
    "cue": TEXT,  # what to mind
    "note": TEXT,  # of the plan
}
NEXT_STEPS = {  # one row per exercise of the next sessions, in the order in which they are done
    "date": DAY,  # the first day that fits
    "ladder": TEXT,  # empty: on none
    "exercise_id": TEXT,  # that is asked for
    "rung": NUMBER,
    "sets": NUMBER,  # 0: nothing of it; of hills the charges
    "target": NUMBER,  # of a set, in what the exercise counts
    "rest_s": NUMBER,  # after a set
    "load_kg": NUMBER,
    "reason": TEXT,  # in a word: missed, more_reps, harder
    "why": TEXT,  # in a sentence
    "done": TEXT,  # the exercise_id that was done last
    "last": DAY,  # when
}
SAMPLES = {  # one row per recorded moment of an activity, in the order of the file
    "elapsed_s": NUMBER,  # since the start, pauses included
    "time": UTC_MS,
    "lat": NUMBER,  # degrees
    "lon": NUMBER,
    "altitude_m": NUMBER,
    "distance_m": NUMBER,  # since the start
    "speed_m_per_s": NUMBER,
    "hr_bpm": NUMBER,
    "cadence_spm": NUMBER,  # steps of both feet
    "moving": TRUTH,
}
LAPS = {  # one row per lap
    "lap": WHOLE,
    "start_s": NUMBER,
    "end_s": NUMBER,
    "duration_s": NUMBER,  # of the timer, where the device says it
    "distance_m": NUMBER,
    "ascent_m": NUMBER,
    "trigger": WORD,  # manual, distance, time, session_end, ...
    "intensity": WORD,  # active, rest, ...
}
ACTIVITY_SETS = {  # one row per set of a recorded strength session
    "set": WHOLE,
    "kind": WORD,  # active, rest
    "start_s": NUMBER,
    "duration_s": NUMBER,
    "reps": NUMBER,
    "load_kg": NUMBER,
    "exercise": TEXT,  # the device's name of it, empty where it knows none
}
REPEATS = {  # one row per hill repeat of an activity
    "set": WHOLE,  # 1 for the first hill of the run, 2 for the next
    "repeat": WHOLE,  # 1..n in its set
    "start_s": NUMBER,
    "end_s": NUMBER,
    "duration_s": NUMBER,
    "distance_m": NUMBER,
    "ascent_m": NUMBER,
    "grade": NUMBER,
    "vam_m_per_h": NUMBER,
    "gap_m_per_s": NUMBER,
    "recovery_s": NUMBER,
    "recovery_m_per_s": NUMBER,
    "hr_max_bpm": NUMBER,
    "hr_60s_after_bpm": NUMBER,
    "foot_lat": NUMBER,
    "foot_lon": NUMBER,
    "origin": ORIGIN,
    "confidence": NUMBER,
    "top_lat": NUMBER,  # foot and top are those of the set
    "top_lon": NUMBER,
    "place_m": NUMBER,  # how far its charges begin and end from there, the median
}
EXERCISES = {  # one row per exercise
    "exercise_id": TEXT,
    "name": TEXT,
    "family": FAMILY,
    "counts": COUNTS,
    "laterality": LATERALITY,
    "body_mass_fraction": NUMBER,  # share of body mass lifted in one repetition
    "contacts_per_rep": NUMBER,
    "contacts_per_s": NUMBER,  # for drills logged by time
    "rep_length_m": NUMBER,  # for drills logged by distance
    "impact": IMPACT,
    "equipment": TEXT,  # what is needed, spaces between; "chair|ball" = one of them; empty = nothing
    "easier": TEXT,  # exercise ids with spaces between
    "harder": TEXT,
    "how_to": TEXT,
    "cue": TEXT,
    "source": TEXT,  # where the muscle shares come from
}
MUSCLE_SHARES = {  # one row per exercise and muscle group it trains
    "exercise_id": TEXT,
    "muscle": MUSCLE,
    "share": NUMBER,  # 1 direct, 0.5 indirect
    "role": ROLE,  # only `set` feeds set counts
}
LADDERS = {  # one row per variant of a movement, the easier rungs first
    "ladder": TEXT,
    "rung": WHOLE,  # 0, 1, ...; those of one rung are as hard as each other
    "exercise_id": TEXT,
    "low": NUMBER,  # fewest and most of a set, in what the exercise counts, of the side that works
    "high": NUMBER,
    "step": NUMBER,  # so many more of a set, where it was done
    "big_step": NUMBER,  # and where it was easy
    "most_sets": NUMBER,  # of a session, before a harder rung
    "equipment": TEXT,  # as EXERCISES
    "note": TEXT,  # what tells the variant from its exercise; empty: as the exercise is done
    "ends": TEXT,  # of the first or last rung: why none lies beyond
}
SPACING = {  # one row per work and work that should not follow it too soon
    "before": TEXT,  # of CAUSES
    "after": TEXT,
    "muscles": TEXT,  # ids with spaces between, of which both must load one; empty: any
    "days": NUMBER,  # from the first day to the second, at least
    "wished_days": NUMBER,
    "weeks_since": NUMBER,  # without `before`, after which it is new to the legs
    "first_days": NUMBER,  # asked then, in place of `days`
    "same_day": TEXT,  # apart: not on one day; fine; remark: told, however it is; hours: as many lie between
    "hours": NUMBER,  # from the end of the first to the begin of the second, at least
    "wished_hours": NUMBER,
    "evidence": TEXT,  # fair: several studies agree; weak: a few small ones, or custom
    "source": TEXT,
}
ALIASES = {"alias": TEXT, "exercise_id": TEXT}  # one row per name that an app or a person writes
EXERCISES_TO_SHOW = {  # one row per exercise of a page, and per muscle below its target and exercise that trains it
    "muscle": MUSCLE,  # which is short of sets; missing: shown because it is in use
    "exercise_id": TEXT,
    "exercise": TEXT,
    "rung": WHOLE,  # how many easier ones lie below it
    "at_hand": TRUTH,  # whether what it needs is there
    "in_use": TRUTH,  # whether it is done or planned
}
POSTURES = {  # one row per exercise and position, in the order of the movement; angles as in `how_to.stick_figure`
    "exercise_id": TEXT,
    "position": NUMBER,  # from 1
    "caption": TEXT,  # what to see in it
    "trunk_deg": NUMBER,  # 0 upright, positive forward, -90 on the back
    "neck_deg": NUMBER,
    **{
        f"{joint}_{side}_deg": NUMBER  # 0 straight, positive flexed; of an ankle, the toes drawn up
        for joint in ("hip", "knee", "ankle", "shoulder", "elbow")
        for side in ("right", "left")
    },
    "stands_on": TEXT,  # the part of the body that is at x_cm, y_cm: toe_right
    "x_cm": NUMBER,  # to where the figure looks
    "y_cm": NUMBER,  # above the floor
    "prop": TEXT,  # step, bench, chair, line or slope; empty: the floor
    "prop_x_cm": NUMBER,  # where it begins
    "prop_height_cm": NUMBER,  # of a slope, its rise over 100 cm
    "moves": TEXT,  # the part of the body whose way from the position before is drawn as an arrow
    "arrow_x_cm": NUMBER,  # so far beside that way
    "arrow_y_cm": NUMBER,
}
HILLS = {  # one row per hill: its foot, and as far as they are known its top and ascent
    "hill": TEXT,
    "lat": NUMBER,
    "lon": NUMBER,
    "ascent_m": NUMBER,
    "top_lat": NUMBER,
    "top_lon": NUMBER,
}
HILL_WORDS = {  # one row per word of a runner on what was recorded on a day
    "hill": TEXT,  # its name; empty where nothing is said of it
    "athlete": TEXT,  # empty: whoever it is
    "date": DAY,
    "from": TEXT,  # clock times between which it holds
    "to": TEXT,
    "charges": TEXT,  # yes: these are charges; no: these are none; empty: only the name is told
}
LEFT_OUT = {  # one row per set of charges of a recording that do not count; what they come to stays in the run
    "session_id": WORD,
    "athlete": WORD,
    "date": DAY,
    "from": TEXT,  # clock times
    "to": TEXT,
    "charges": NUMBER,
    "ascent_m": NUMBER,  # of all of them
    "why": WORD,  # unsure, said (by the runner), typed (the rows of the log count)
}
WEEKLY_VOLUME = {  # one row per athlete, week and muscle group, weeks without training included
    "athlete": WORD,
    "week": DAY,
    "from_day": DAY,  # first and last day of the week inside the period
    "to_day": DAY,
    "muscle": MUSCLE,
    "sets": NUMBER,  # fractional, mean of the sides
    "sets_left": NUMBER,
    "sets_right": NUMBER,
    "sided_sets": NUMBER,  # of `sets`, those logged for one side
    "direct_sets": NUMBER,  # the two parts of `sets`
    "indirect_sets": NUMBER,
    "reps": NUMBER,  # per side, of the sets that train the muscle
    "hold_s": NUMBER,
    "days_trained": NUMBER,
    "last_trained": DAY,
    "days_exposed": NUMBER,  # days with hops, hills, runs or walks that load the muscle
    "days_exposed_left": NUMBER,  # of them, those that load its left
    "days_exposed_right": NUMBER,
}
MUSCLE_DAYS = {  # one row per athlete, day and muscle group that was trained or loaded; units are never added up
    "athlete": WORD,
    "week": DAY,
    "date": DAY,
    "muscle": MUSCLE,
    "sets": NUMBER,  # fractional, as WEEKLY_VOLUME; 0 where it was loaded without a set
    "low_contacts": NUMBER,  # of drills of this tier that load the muscle
    "moderate_contacts": NUMBER,
    "high_contacts": NUMBER,
    "charges": NUMBER,
    "ascent_m": NUMBER,  # of charges and runs, as far as it is logged
    "descent_m": NUMBER,
    "run_min": NUMBER,
    "loaded_by": WORD,  # beside sets, whether or not an amount of it is logged: hops, hills, runs and walks; empty: nothing
}
PAIN_DAYS = {  # one row per athlete, day, exercise and region with pain in the log
    "athlete": WORD,
    "week": DAY,
    "date": DAY,
    "exercise": WORD,  # its name in the catalog, else as it was written
    "region": WORD,  # empty where none is told
    "pain": NUMBER,  # highest, 0-10; 0: logged, and none
    "notes": TEXT,  # of those lines, as they were written
}
WEEKLY_SETS_BY_EXERCISE = {  # one row per athlete, week, muscle group and exercise that trained it
    "athlete": WORD,
    "week": DAY,
    "muscle": MUSCLE,
    "exercise": WORD,  # its name in the catalog
    "sets": NUMBER,  # fractional
}
COHORT_VOLUME = {  # one row per athlete, week and muscle group; `athlete` only where it is asked for
    name: WEEKLY_VOLUME[name]
    for name in (
        *("athlete", "week", "muscle", "sets", "sets_left", "sets_right", "sided_sets", "direct_sets"),
        *("indirect_sets", "reps", "hold_s"),
    )
}
RECENT_VOLUME = {  # one row per athlete and muscle group: the last whole weeks beside as many before them
    "athlete": WORD,
    "muscle": MUSCLE,
    "sets_per_week": NUMBER,  # mean of the weeks, those of rest included
    "sets_per_week_left": NUMBER,
    "sets_per_week_right": NUMBER,
    "sets_per_week_before": NUMBER,
    "sided_sets_per_week": NUMBER,  # of them, those logged for one side
    "last_trained": DAY,
    "weeks": WHOLE,  # how many are averaged
    "whole": TRUTH,  # whether they are whole weeks
    "since": DAY,  # the first of their days
    "until": DAY,  # the last of their days
    "band": BAND,
    "weeks_before": WHOLE,
    "change": NUMBER,  # sets a week
    "days_trained": NUMBER,  # of those weeks, with a set
    "days_exposed": NUMBER,  # of those weeks, with hops, hills, runs or walks that load the muscle
    "days_exposed_left": NUMBER,  # of them, those that load its left
    "days_exposed_right": NUMBER,
    "days_since": NUMBER,  # from the last set to the end of the period; missing = never in it
}
VOLUME_RATIOS = {  # one row per athlete: how the sets divide, as ratios of totals
    "athlete": WORD,
    "hamstrings_to_quadriceps": NUMBER,
    "calf_share": NUMBER,  # gastrocnemius and soleus of all leg muscles
    "left_sets": NUMBER,  # of legs
    "right_sets": NUMBER,
    "asymmetry": NUMBER,  # 0-1: what the smaller side lacks of the larger
    "weaker_side": TEXT,  # left, right, none
}
SEASON_WORDS = {  # what a season adds up to -> in a sentence
    "run_km": "km run",
    "run_min": "minutes of running",
    "ascent_m": "m climbed",
    "leg_sets": "sets for the legs",
    "hip_sets": "sets for the hips",
    "contacts": "foot contacts",
    "charges": "hill repeats",
}
SEASON_WEEKS = {  # one row per athlete and week, weeks of rest included as zeros
    "athlete": WORD,
    "week": DAY,
    "sessions": NUMBER,
    "run_km": NUMBER,  # of runs and hill sessions, as far as it is logged; missing where none says it
    "run_min": NUMBER,
    "ascent_m": NUMBER,  # of runs, hill sessions and charges
    "leg_sets": NUMBER,  # of exercises whose main muscle is of thigh, calf or shin; left and right once each are one
    "hip_sets": NUMBER,  # of exercises whose main muscle is one of HIP_MUSCLES; a set may be of both
    "contacts": NUMBER,  # of hops and jumps; missing where no line can be counted
    "charges": NUMBER,
}
VOLUME_LOAD = {  # one row per athlete, week and exercise with repetitions
    "athlete": WORD,
    "week": DAY,
    "exercise_id": WORD,
    "volume_load_kg": NUMBER,  # sets x reps x load, per side where it is logged so
}
FOOT_CONTACTS = {  # one row per session and impact tier with plyometrics
    **PLACE,
    "impact": IMPACT,
    "contacts": NUMBER,
    "one_leg_contacts": NUMBER,
    "two_leg_contacts": NUMBER,
    "uncounted": NUMBER,  # lines that name nothing to count them by
}
SESSION_CONTACTS = {  # one row per session with plyometrics, all tiers together
    **PLACE,
    "contacts": NUMBER,
    "one_leg_contacts": NUMBER,
    "two_leg_contacts": NUMBER,
    "uncounted": NUMBER,
    "range": TEXT,  # against the customary range: below, in, above, unknown
}
WEEKLY_CONTACTS = {  # one row per athlete, week and impact tier with plyometrics
    "athlete": WORD,
    "week": DAY,
    "impact": IMPACT,
    "contacts": NUMBER,
    "days": WHOLE,  # with some of them
}
HILL_CHARGES = {  # one row per hill charge, in order
    **PLACE,
    "hill": WORD,  # its route, or its length and grade
    "repeat": WHOLE,  # 1..n in the session
    "duration_s": NUMBER,
    "distance_m": NUMBER,
    "ascent_m": NUMBER,
    "grade": NUMBER,
    "vam_m_per_h": NUMBER,  # ascent over time
    "gap_m_per_s": NUMBER,  # grade-adjusted speed
    "gap_model": TEXT,  # strava, minetti
    "recovery_s": NUMBER,
    "recovery_m_per_s": NUMBER,  # while moving
    "hr_max_bpm": NUMBER,
    "hr_60s_after_bpm": NUMBER,
    "origin": ORIGIN,
    "confidence": NUMBER,
    "compared": TEXT,  # with others on its hill: time, VAM, or nothing
}
HILL_SESSIONS = {  # one row per session and hill
    **PLACE,
    "hill": WORD,
    "charges": WHOLE,
    "timed": WHOLE,  # of them, those with a time
    "distance_m": NUMBER,  # sums
    "ascent_m": NUMBER,
    "work_s": NUMBER,
    "grade": NUMBER,  # all the ascent over all the run
    "mean_s": NUMBER,
    "vam_m_per_h": NUMBER,  # of the sums
    "gap_m_per_s": NUMBER,  # means
    "recovery_s": NUMBER,
    "recovery_m_per_s": NUMBER,
    "hr_max_bpm": NUMBER,
    "hr_60s_after_bpm": NUMBER,  # mean
    "fade": NUMBER,  # later half over earlier half - 1
    "decrement": NUMBER,  # sum / (n x best) - 1 (Glaister 2008)
    "cv": NUMBER,  # standard deviation over mean
    "slope_s_per_charge": NUMBER,
    "charges_ok": TRUTH,  # whether the whole session is within the protocol
    "grade_ok": PERHAPS,
    "jog_ok": PERHAPS,
}
PROTOCOL = {  # one row per athlete and thing that the training asks of an exercise
    "athlete": WORD,
    "exercise_id": WORD,
    "exercise": WORD,
    "asked": TEXT,  # in words
    "sessions": WHOLE,  # with the exercise
    "kept": WHOLE,
    "not_kept": WHOLE,
    "not_told": WHOLE,  # by the log
}
HILL_PROGRESSION = {  # one row per athlete and hill
    "athlete": WORD,
    "hill": WORD,
    "compared": TEXT,  # time, VAM
    "sessions": WHOLE,  # that are compared
    "charges": WHOLE,
    "first": DAY,
    "last": DAY,
    "duration_s": NUMBER,  # median of the charges
    "first_s": NUMBER,  # the trend at either end
    "last_s": NUMBER,
    "first_vam_m_per_h": NUMBER,
    "last_vam_m_per_h": NUMBER,
    "change_per_week": NUMBER,  # -0.02 = 2 % less each week
    "low": NUMBER,  # its 95 % interval (Sen 1968)
    "high": NUMBER,
    "noise_s": NUMBER,  # what two session means differ by for no reason
    "noise_vam_m_per_h": NUMBER,
    "hr_sessions": WHOLE,  # of them, those that tell the highest heart rate of their charges
    "first_hr_max_bpm": NUMBER,  # its trend at either end, of three sessions or more
    "last_hr_max_bpm": NUMBER,
    "rpe_sessions": WHOLE,  # of them, those whose effort is told
    "first_rpe": NUMBER,
    "last_rpe": NUMBER,
    "verdict": TEXT,  # faster, slower, no change, too few
}
HILL_BESTS = {  # one row per athlete and hill of which charges are compared
    "athlete": WORD,
    "hill": WORD,
    "compared": TEXT,  # time, VAM
    "date": DAY,  # of the best charge, the first of equal ones
    "repeat": WHOLE,  # 1..n in its session
    "duration_s": NUMBER,
    "vam_m_per_h": NUMBER,
    "hr_max_bpm": NUMBER,
    "charges": WHOLE,  # that are compared
    "sessions": WHOLE,
    "distance_m": NUMBER,  # median of those charges
    "grade": NUMBER,
    "best_mean_day": DAY,  # of the session with the best mean of its charges
    "best_mean": NUMBER,  # in what is compared: s, or m/h
}
HILL_EVIDENCE = {  # one row per session with hill charges that count or are left out
    "athlete": WORD,
    "date": DAY,
    "session_id": WORD,
    "found": TEXT,  # by what the charges are known
    "charges": WHOLE,  # that count
    "why": TEXT,  # others are left out
    "left_out": NUMBER,  # how many
}
EXERCISE_SESSIONS = {  # one row per athlete, exercise, side and session
    "athlete": WORD,
    "date": DAY,
    "session_id": WORD,
    "exercise_id": WORD,
    "exercise": WORD,  # its name in the catalog
    "side": SIDE,  # left and right of what is done with each side
    "sided": TRUTH,  # whether the log names the side; else what it says of both is said of each
    "counts": COUNTS,  # the unit: that of the exercise, or reps for seconds and seconds for reps where only they are told
    "sets": NUMBER,
    "total": NUMBER,  # of all sets, in the unit
    "best": NUMBER,  # of the best set, in the unit
    "load_kg": NUMBER,  # of the best set, as it is logged
    "lifted_kg": NUMBER,  # in one of its repetitions, share of the body included; missing where that is not known
    "reserve_reps": NUMBER,  # repetitions left after the best set, by its effort; missing where that does not tell
    "one_rm_kg": NUMBER,  # the greatest to be lifted once, as the best set lets expect; missing after too many repetitions
    "easy": TRUTH,  # whether the best set is known to be too easy to tell how many were possible
    "rpe": NUMBER,  # highest of a set
    "contacts": NUMBER,  # of hops and jumps
    "pain": NUMBER,  # highest, 0-10
    "test": TRUTH,  # whether the session was a test
    "quantity": QUANTITY,  # empty where none says progress
    "at_load_kg": NUMBER,  # of repetitions and seconds: the load of all that are compared; missing without one
    "at_reps": NUMBER,  # of load_kg: the repetitions that it is reckoned for
    "value": NUMBER,  # what is compared from session to session, in the quantity; missing where this one cannot be
    "left_out": WORD,  # why it cannot be; empty where it can, or nothing is compared
}
EXERCISE_PROGRESSION = {  # one row per athlete, exercise and side
    "athlete": WORD,
    "exercise_id": WORD,
    "exercise": WORD,  # its name in the catalog
    "side": SIDE,
    "quantity": QUANTITY,
    "at_load_kg": NUMBER,
    "at_reps": NUMBER,
    "sessions": WHOLE,  # days that are compared
    "left_out": WHOLE,  # sessions that cannot be compared with them
    "first": DAY,  # of those compared
    "last": DAY,
    "first_value": NUMBER,  # the trend at either end, in the quantity
    "last_value": NUMBER,
    "change": NUMBER,  # from end to end
    "change_per_week": NUMBER,
    "low": NUMBER,  # its 95 % interval (Sen 1968)
    "high": NUMBER,
    "p": NUMBER,  # how often chance alone orders as many sessions so (Mann 1945, Kendall 1975)
    "typical_error": NUMBER,  # of one session
    "noise": NUMBER,  # what a change must come to
    "best": NUMBER,  # ever, of those compared
    "best_day": DAY,  # the first with it
    "idle_days": NUMBER,  # since the exercise was done last
    "break_days": NUMBER,  # of the last break, where few sessions followed it
    "verdict": VERDICT,  # empty without a quantity
    "remark": TEXT,  # a break, a standstill, less effort, sessions left out; empty without any
}
SIDE_DIFFERENCES = {  # one row per athlete and exercise whose sides the log names
    "athlete": WORD,
    "exercise_id": WORD,
    "exercise": WORD,  # its name in the catalog
    "quantity": QUANTITY,
    "sessions": WHOLE,  # in which both sides can be compared
    "last": DAY,
    "left": NUMBER,  # median of the bests of the last of them
    "right": NUMBER,
    "gap": NUMBER,  # 0-1: what the weaker side lacks of the other's best; the median of these sessions
    "weaker": SIDE,  # missing where neither is
    "weaker_in": WHOLE,  # of these sessions
    "gap_per_week": NUMBER,  # over all of them; below 0 the weaker side catches up
    "remarked": TRUTH,  # whether there are enough sessions, the gap is large and the weaker side the same
}
LADDER_STEPS = {  # one row per athlete, ladder, rung and exercise that was tried
    "athlete": WORD,
    "ladder": WORD,
    "rung": WHOLE,  # from 0
    "exercise_id": WORD,
    "exercise": WORD,  # its name in the catalog
    "sessions": WHOLE,
    "first": DAY,
    "reached": DAY,  # when its low target was met, on both sides; missing: not yet
    "best": NUMBER,  # of the weaker side, in the unit of the exercise
}
REFERENCE_VALUES = {  # one row per exercise of which a study measured people of that age and sex
    "exercise_id": TEXT,
    "exercise": TEXT,
    "quantity": TEXT,  # reps, seconds
    "low": NUMBER,  # missing where the study tells only the middle
    "middle": NUMBER,
    "high": NUMBER,
    "spread": TEXT,  # what they are of those people: median; mean, and one SD below and above
    "people": NUMBER,  # how many the study measured
    "protocol": TEXT,
    "source": TEXT,
}
WAY = {  # one row per recorded place of a run
    "elapsed_s": NUMBER,
    "east_m": NUMBER,  # of where it began
    "north_m": NUMBER,
    "set": WHOLE,  # of charges; 0 outside one
}
LOAD_WAYS = ("session_rpe_au", "set_rpe_au", "trimp_au")  # columns of SESSION_LOADS: of equal ones the first is used
SESSION_LOADS = {  # one row per session: what it loaded by each way, in units of its own (au), never added up or compared
    **PLACE,
    "session_rpe_au": NUMBER,  # effort of the whole session x minutes (Foster 2001)
    "set_rpe_au": NUMBER,  # mean effort of its working sets (Sweet 2004) x minutes
    "trimp_au": NUMBER,  # minutes, weighed by the share of the heart rate reserve (Banister 1991)
    "timed": TRUTH,  # whether its minutes are known
    "heart_rate": TRUTH,  # whether its mean heart rate is
}
DAY_LOADS = {  # one row per athlete and day, days of rest included as zeros
    "athlete": WORD,
    "week": DAY,
    "date": DAY,
    "load": NUMBER,  # by one way, in its units; missing where the day had sessions, and none has a load
    "way": pd.CategoricalDtype(
        LOAD_WAYS
    ),  # the same on all days of an athlete; missing where no session has a load by any
    "sessions": NUMBER,
    "unknown": NUMBER,  # of them, those without a load by this way
    "untimed": NUMBER,  # of these, those without minutes
    "with_heart_rate": NUMBER,  # of these, those of known minutes and heart rate, of which no TRIMP could be told
}
WEEK_LOAD = {  # one row per athlete and week
    "athlete": WORD,
    "week": DAY,
    "from_day": DAY,
    "to_day": DAY,
    "load": NUMBER,  # as DAY_LOADS, of the sessions that have one
    "way": pd.CategoricalDtype(LOAD_WAYS),
    "sessions": NUMBER,
    "unknown": NUMBER,
    "untimed": NUMBER,
    "with_heart_rate": NUMBER,
    "monotony": NUMBER,  # mean over population SD of the days (Foster 1998)
    "strain": NUMBER,  # load x monotony
}
RAMPED = {  # what of a session or week is compared with those before -> in words
    "low_contacts": "foot contacts of low impact",
    "moderate_contacts": "foot contacts of moderate impact",
    "high_contacts": "foot contacts of high impact",
    "one_leg_contacts": "foot contacts on one leg",
    "two_leg_contacts": "foot contacts on two legs",
    "charges": "hill repeats",
    "ascent_m": "m of ascent",
    "descent_m": "m of descent",
    "run_m": "m of running",
    "run_min": "minutes of running",
}
RAMPS = {  # one row per session, and per week, and measure that it has
    "athlete": WORD,
    "week": DAY,
    "date": DAY,  # of a week its Monday
    "session_id": WORD,  # missing of a week
    "span": TEXT,  # session, week
    "measure": pd.CategoricalDtype(list(RAMPED)),
    "amount": NUMBER,
    "before": NUMBER,  # the highest of the days before; missing: none, or the log does not reach back
    "n": WHOLE,  # sessions, or weeks, of those days that have some
    "over": NUMBER,  # 0.2 = 20 % more
    "told": TEXT,  # more: above by more than is worth a word; first: none in those days; empty: neither, or not known
}
MODALITY_WEEKS = {  # one row per athlete, week and kind of session that was in it
    "athlete": WORD,
    "week": DAY,
    "modality": MODALITY,
    "sessions": NUMBER,
    "minutes": NUMBER,
    "load": NUMBER,
    "untimed": NUMBER,  # sessions without minutes
}
SIDE_BY_SIDE = {"measure": TEXT, "planned": NUMBER, "done": NUMBER}  # one row per measure of week_balance
CONFLICTS = {  # one row per pair of days, and of kinds of training on them, that lie too near each other
    "athlete": WORD,
    "first": DAY,
    "second": DAY,  # the same day, where it is the order or the hours between
    "first_kind": TEXT,  # as MODALITY; empty of a row of hard days
    "second_kind": TEXT,
    "level": TEXT,  # conflict: less than the least that is asked; remark: less than is wished, or order not logged
    "what": TEXT,  # the muscles that both load, in words
    "first_by": TEXT,  # the exercises
    "second_by": TEXT,
    "gap_days": NUMBER,  # between the dates
    "asked_days": NUMBER,
    "rule": TEXT,  # in words, with its source
    "move": TEXT,  # the smallest that solves it within the week; empty where none does
}
ADHERENCE = {  # one row per athlete, day and planned exercise; and per exercise done and not planned
    "athlete": WORD,
    "date": DAY,  # the planned one; of an extra, when it was done
    "week": DAY,
    "exercise_id": WORD,
    "exercise": TEXT,  # its name in the catalog
    "family": WORD,
    "unit": COMPARED_IN,
    "planned": NUMBER,
    "done": NUMBER,  # of it, as far as it is known
    "dose": NUMBER,  # share of the planned dose that was done, 0-1, by the measure of it that most is missing of
    "dose_unit": TEXT,  # that measure: the unit, or what is in the sets: reps, s, m
    "status": TEXT,  # done, moved, substituted, partly, missed, to come, extra
    "moved_days": NUMBER,  # 1 = a day later
    "instead": TEXT,  # the exercise that stood for it
}
DOSE_WORDS = {  # kind of a dose -> in a sentence
    "sets": "sets",
    "contacts": "foot contacts",
    "charges": "hill repeats",
    "minutes": "running minutes",
}
DOSES = {  # one row per athlete, week and dose that is planned or was done
    "athlete": WORD,
    "week": DAY,
    "kind": pd.CategoricalDtype(list(DOSE_WORDS)),
    "what": TEXT,  # of sets the muscle group
    "planned": NUMBER,
    "done": NUMBER,
}
NOT_AS_PLANNED = {  # one row per planned item that was missed, done in part, moved or substituted
    **ADHERENCE,
    "became": TEXT,  # what became of it, in words
}
DOSE_ADHERENCE = {  # one row per athlete, week and kind of dose that is planned; `week` only where it is asked for
    "athlete": WORD,
    "week": DAY,
    "kind": DOSES["kind"],
    "planned": NUMBER,
    "done": NUMBER,
    "adherence": NUMBER,  # 0-1: of the planned, what was done
    "overshoot": NUMBER,  # what was done beyond it, over the planned
}
REPLANNED = {  # one row per session of a plan that is on another day than before, or left out
    "athlete": WORD,
    "session": TEXT,  # its title
    "was": DAY,
    "now": DAY,  # missing = left out
    "why": TEXT,
}
WEEK_CALENDAR = {  # one row per athlete, day and modality that is planned or was done
    "athlete": WORD,
    "week": DAY,
    "date": DAY,
    "modality": TEXT,  # strength, plyometrics, hills, running
    "planned": TRUTH,  # whether anything is
    "share": NUMBER,  # dose done of planned, 0-1; 1 where nothing is planned
    "words": TEXT,  # how much of each unit
    "short": TEXT,  # of the first unit: 9/12
    "unit": TEXT,  # which that is: sets
    "status": TEXT,  # the worst of ADHERENCE
    "clash": TEXT,  # what lies too near, and on which day
}
REJECTS = {  # one row per record that did not load (and, as warnings, per thing to look at)
    "file": TEXT,
    "member": TEXT,  # inside an archive
    "line": NUMBER,  # where the record starts; missing = the whole file
    "column": TEXT,
    "value": TEXT,
    "code": TEXT,
    "message": TEXT,
    "fix": TEXT,
    "raw": TEXT,  # the record as it stands in the file
    "athlete": TEXT,  # whose it is, as far as that is known
}
SESSION_COUNTS = {  # one row per athlete and kind of session
    "athlete": WORD,
    "session_type": SESSION_TYPE,
    "sessions": WHOLE,
    "first": DAY,
    "last": DAY,
}
UNMATCHED = {  # one row per name that the catalog does not know
    "exercise": TEXT,  # as it is written
    "efforts": WHOLE,  # lines of work
    "nearest": TEXT,  # names of the catalog that look like it
}
FILES = {"file": TEXT, "format": TEXT, "records_in": WHOLE, "loaded": WHOLE, "rejected": WHOLE}  # one row per file
FILES_BY_FORMAT = {  # one row per format
    "format": TEXT,
    "files": WHOLE,
    "records_in": WHOLE,
    "loaded": WHOLE,
    "rejected": WHOLE,
}
COLLECTED = {  # one row per athlete whose efforts were collected
    "athlete": TEXT,
    "sessions": WHOLE,
    "efforts": WHOLE,
    "rejected": WHOLE,
    "problem": TEXT,  # why there is no file of theirs
}

Days = TypeVar("Days", pd.Timestamp, pd.Series)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEK_DAYS = len(WEEKDAYS)
UNNAMED = "me"  # the athlete of a log that names nobody
NAMELESS_HILL = "a hill without name and length"  # its charges are compared with none


def band_of(sets_per_week: float, target: tuple[float, float] = TARGET_SETS) -> str:
    """Where a weekly number of sets stands to the target; both limits belong to it, 0 and NaN are `none`."""
    if not sets_per_week > 0:
        return "none"
    low, high = target
    return "below" if sets_per_week < low else "above" if sets_per_week > high else "within"


def monday_of(day: Days) -> Days:
    """The Monday of the week of a day, or of each of a Series of days."""
    weekday = day.dt.day_of_week if isinstance(day, pd.Series) else day.day_of_week
    return day - pd.to_timedelta(weekday, unit="D")


def conform(columns: pd.DataFrame | Mapping, table: Mapping[str, Any]) -> pd.DataFrame:
    """The columns of `table`, in its order and dtypes; what `columns` lacks is missing. Text that is missing is empty.

    columns: a frame, or columns by their names, of which a single value stands for all rows. Those that have their dtype
    are not copied.
    """
    if not isinstance(columns, pd.DataFrame) and any(map(np.isscalar, columns.values())):
        columns = pd.DataFrame(columns, copy=False)
    if isinstance(columns, pd.DataFrame):
        if (
            list(columns) == list(table)
            and list(columns.dtypes) == [*table.values()]
            and not _lacks_text(columns, table)
        ):
            return columns
        n, index = len(columns), columns.index
    else:
        n, index = len(next(iter(columns.values()), ())), None
        if not n:
            return _without_rows(tuple(table.items())).copy(deep=False)
    typed = {
        name: _typed(columns[name], dtype, index is not None) if name in columns else missing(n, dtype)
        for name, dtype in table.items()
    }
    return pd.DataFrame(typed, index=index, copy=False)


def _lacks_text(columns: pd.DataFrame, table: Mapping[str, Any]) -> bool:
    return any(dtype == TEXT and columns[name].isna().any() for name, dtype in table.items())


def missing(n: int, dtype: Any) -> Any:
    """A column of which nothing is known; numbers and text take no room."""
    if dtype == NUMBER:
        return np.broadcast_to(np.nan, n)
    if dtype == TEXT:
        return pd.array(np.broadcast_to(np.array("", object), n), dtype=TEXT, copy=False)
    dtype = pd.CategoricalDtype([]) if dtype is WORD else dtype
    return pd.array([0 if dtype == WHOLE else None], dtype=dtype).repeat(n)


def _typed(values, dtype, of_table):
    """The values in this dtype; a column of the table stays a Series, so that it is not copied."""
    dtype = _known_dtype(dtype)
    if isinstance(values, pd.Series):
        values = values if values.dtype == dtype else values.astype(dtype)
        values = values if of_table else values.array  # as its index says nothing here
    is_typed = hasattr(values, "dtype") and values.dtype == dtype  # None would equal float64
    typed = values if is_typed else pd.array(values, dtype=dtype)
    return typed.fillna("") if dtype == TEXT and typed.isna().any() else typed


@lru_cache(maxsize=64)
def _without_rows(table: tuple) -> pd.DataFrame:
    return pd.DataFrame({name: pd.array([], dtype=dtype) for name, dtype in table})


_known_dtype = lru_cache(pd.api.types.pandas_dtype)  # to look one up by its name takes longer than to use it
