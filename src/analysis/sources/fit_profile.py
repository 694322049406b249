"""What the FIT profile says of the messages we read: numbers, names, scales. Facts only; the reader is in fit.py."""

from typing import NamedTuple

EPOCH_S = 631_065_600  # FIT counts seconds from 1989-12-31 UTC; this is that moment in Unix time
SYSTEM_TIME_S = 0x1000_0000  # smaller times count from when the device was switched on
SEMICIRCLES = 2**31 / 180  # in a degree


class Base(NamedTuple):
    """How a value is stored: its numpy type without byte order, and the value that means none."""

    code: str
    invalid: int | None = None  # of floats: NaN


STRING = 7
BASES = {  # by the lower five bits of the base type
    0: Base("u1", 0xFF),  # enum
    1: Base("i1", 0x7F),
    2: Base("u1", 0xFF),
    3: Base("i2", 0x7FFF),
    4: Base("u2", 0xFFFF),
    5: Base("i4", 0x7FFF_FFFF),
    6: Base("u4", 0xFFFF_FFFF),
    STRING: Base("S"),
    8: Base("f4"),
    9: Base("f8"),
    10: Base("u1", 0),  # the types whose none is 0
    11: Base("u2", 0),
    12: Base("u4", 0),
    13: Base("u1", 0xFF),  # byte
    14: Base("i8", 2**63 - 1),
    15: Base("u8", 2**64 - 1),
    16: Base("u8", 0),
}


class Field(NamedTuple):
    """Our name of a field; its value is raw / scale - offset."""

    name: str
    scale: float = 1
    offset: float = 0
    text: bool = False


TIME = 253
ANY = {TIME: Field("time")}  # what every message may hold
FILE_ID, SPORT, SESSION, LAP, RECORD, EVENT, DEVICE_INFO = 0, 12, 18, 19, 20, 21, 23
WORKOUT_STEP, ACTIVITY, FIELD_DESCRIPTION, SET, EXERCISE_TITLE = 27, 34, 206, 225, 264
MESSAGES = {
    FILE_ID: {
        0: Field("kind"),
        1: Field("manufacturer"),
        2: Field("product"),
        8: Field("product_name", text=True),
    },
    SPORT: {0: Field("sport"), 1: Field("sub_sport")},
    SESSION: ANY
    | {
        2: Field("start"),
        5: Field("sport"),
        6: Field("sub_sport"),
        7: Field("elapsed_s", 1000),
        8: Field("timer_s", 1000),
        9: Field("distance_m", 100),
        16: Field("hr_mean_bpm"),
        17: Field("hr_max_bpm"),
        22: Field("ascent_m"),
        23: Field("descent_m"),
        59: Field("moving_s", 1000),
    },
    LAP: ANY
    | {
        2: Field("start"),
        7: Field("elapsed_s", 1000),
        8: Field("timer_s", 1000),
        9: Field("distance_m", 100),
        15: Field("hr_mean_bpm"),
        16: Field("hr_max_bpm"),
        21: Field("ascent_m"),
        22: Field("descent_m"),
        23: Field("intensity"),
        24: Field("trigger"),
        52: Field("moving_s", 1000),
        71: Field("step"),
    },
    RECORD: ANY
    | {
        0: Field("lat", SEMICIRCLES),
        1: Field("lon", SEMICIRCLES),
        2: Field("altitude_m", 5, 500),
        3: Field("hr_bpm"),
        4: Field("cadence"),
        5: Field("distance_m", 100),
        6: Field("speed_m_per_s", 1000),
        53: Field("fractional_cadence", 128),
        73: Field("enhanced_speed_m_per_s", 1000),
        78: Field("enhanced_altitude_m", 5, 500),
    },
    EVENT: ANY | {0: Field("event"), 1: Field("type")},
    DEVICE_INFO: {
        0: Field("index"),
        1: Field("type"),
        2: Field("manufacturer"),
        4: Field("product"),
        25: Field("source"),
        27: Field("product_name", text=True),
    },
    WORKOUT_STEP: {
        254: Field("index"),
        0: Field("title", text=True),
        7: Field("intensity"),
        10: Field("category"),
        11: Field("exercise"),
    },
    EXERCISE_TITLE: {0: Field("category"), 1: Field("exercise"), 2: Field("title", text=True)},
    ACTIVITY: ANY | {5: Field("local_time")},
    FIELD_DESCRIPTION: {
        0: Field("developer"),
        1: Field("number"),
        2: Field("base"),
        3: Field("name", text=True),
    },
    SET: {
        254: Field("written"),
        0: Field("duration_s", 1000),
        3: Field("reps"),
        4: Field("load_kg", 16),
        5: Field("kind"),
        6: Field("start"),
        7: Field("category"),
        8: Field("exercise"),
        11: Field("step"),
    },
}

ACTIVITY_FILE = 4
SETTINGS, WORKOUT = "settings of a device", "a planned workout"
FILES = {  # the other kinds of files, as one says them
    1: SETTINGS,
    2: SETTINGS,
    3: SETTINGS,
    5: WORKOUT,
    6: "a course",
    7: "a schedule",
    9: "a list of body weights",
    10: "a list of totals",
    11: "a list of goals",
    14: "a list of blood pressures",
    15: "a day's monitoring",
    20: "an activity summary",
    28: "a day's monitoring",
    32: "a day's monitoring",
    34: "a segment",
    35: "a list of segments",
}

TIMER, START, STOPS = 0, 0, (1, 4, 8, 9)  # the event of the timer, and its types
LOCAL_SOURCE, BAROMETER = 5, 4  # a sensor inside the device, and which one

SPORTS = {
    0: "generic",
    1: "running",
    2: "cycling",
    3: "transition",
    4: "fitness_equipment",
    5: "swimming",
    10: "training",
    11: "walking",
    12: "cross_country_skiing",
    13: "alpine_skiing",
    15: "rowing",
    16: "mountaineering",
    17: "hiking",
    18: "multisport",
    19: "paddling",
    21: "e_biking",
    30: "inline_skating",
    31: "rock_climbing",
    35: "snowshoeing",
    37: "stand_up_paddleboarding",
    47: "boxing",
    48: "floor_climbing",
    62: "hiit",
    84: "jump_rope",
    86: "mobility",
}
SUB_SPORTS = {
    0: "generic",
    1: "treadmill",
    2: "street",
    3: "trail",
    4: "track",
    6: "indoor_cycling",
    7: "road",
    8: "mountain",
    14: "indoor_rowing",
    15: "elliptical",
    16: "stair_climbing",
    17: "lap_swimming",
    18: "open_water",
    19: "flexibility_training",
    20: "strength_training",
    21: "warm_up",
    26: "cardio_training",
    27: "indoor_walking",
    30: "casual_walking",
    31: "speed_walking",
    37: "backcountry",
    43: "yoga",
    44: "pilates",
    45: "indoor_running",
    46: "gravel_cycling",
    58: "virtual_activity",
    59: "obstacle",
    67: "ultra",
    68: "indoor_climbing",
    69: "bouldering",
    70: "hiit",
    78: "triathlon",
    79: "duathlon",
    80: "brick",
    124: "rucking",
}
ON_FOOT = {"running", "walking", "hiking"}  # their cadence counts strides

TRIGGERS = dict(
    enumerate(
        "manual time distance position_start position_lap position_waypoint position_marked session_end "
        "fitness_equipment".split()
    )
)
INTENSITIES = dict(enumerate("active rest warmup cooldown recovery interval other".split()))
SET_KINDS = {0: "rest", 1: "active"}

GARMIN = 1
MAKERS = {
    GARMIN: "garmin",
    6: "srm",
    15: "dynastream",
    16: "timex",
    23: "suunto",
    32: "wahoo",
    70: "sigma",
    71: "tomtom",
    95: "stryd",
    123: "polar",
    258: "lezyne",
    260: "zwift",
    265: "strava",
    267: "bryton",
    289: "hammerhead",
    294: "coros",
    310: "decathlon",
    339: "zepp",
    348: "huawei",
}
WATCHES = {  # product numbers of Garmin
    717: "forerunner 405",
    1018: "forerunner 310xt",
    1124: "forerunner 110",
    1328: "forerunner 910xt",
    1345: "forerunner 610",
    1482: "forerunner 10",
    1551: "fenix",
    1623: "forerunner 620",
    1632: "forerunner 220",
    1765: "forerunner 920xt",
    1967: "fenix 2",
    2130: "forerunner 920xt",
    2050: "fenix 3",
    2148: "forerunner 25",
    2153: "forerunner 225",
    2156: "forerunner 630",
    2157: "forerunner 230",
    2158: "forerunner 735xt",
    2337: "vivoactive hr",
    2396: "forerunner 235",
    2413: "fenix 3 hr",
    2431: "forerunner 235",
    2503: "forerunner 35",
    2544: "fenix 5s",
    2604: "fenix 5x",
    2691: "forerunner 935",
    2697: "fenix 5",
    2700: "vivoactive 3",
    2886: "forerunner 645",
    2888: "forerunner 645 music",
    3076: "forerunner 245",
    3077: "forerunner 245 music",
    3110: "fenix 5 plus",
    3111: "fenix 5x plus",
    3113: "forerunner 945",
    3282: "forerunner 45",
    3288: "fenix 6s",
    3290: "fenix 6",
    3291: "fenix 6x",
    3589: "forerunner 745",
    3869: "forerunner 55",
    3888: "instinct 2",
    3905: "fenix 7s",
    3906: "fenix 7",
    3907: "fenix 7x",
    3990: "forerunner 255 music",
    3992: "forerunner 255",
    4024: "forerunner 955",
    4257: "forerunner 265",
    4258: "forerunner 265s",
    4315: "forerunner 965",
    4432: "forerunner 165",
    4536: "fenix 8",
    4565: "forerunner 970",
}
