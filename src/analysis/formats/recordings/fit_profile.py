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
WORKOUT_STEP, ACTIVITY, HR, FIELD_DESCRIPTION, SET, EXERCISE_TITLE = 27, 34, 132, 206, 225, 264
HOLDERS = (RECORD, SESSION, LAP, SET)  # what makes a file an activity
HR_RATES, HR_EVENTS, HR_STEPS = 6, 9, 10  # fields of several values: heart rates, and when, whole or in 12 bits
SET_CATEGORY = 7  # of a watch that guesses, several
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
    HR: ANY | {0: Field("fraction", 32768), 1: Field("time256", 256)},
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
        SET_CATEGORY: Field("category"),
        8: Field("exercise"),
        11: Field("step"),
    },
}

ACTIVITY_FILE = 4
SETTINGS, WORKOUT = "settings of a device", "a planned workout"
NO_ACTIVITY = {  # the other kinds of files, as one says them
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

TIMER, TIMER_START, STOPS = 0, 0, (1, 4, 8, 9)  # the event of the timer, and its types
LOCAL_SOURCE, BAROMETER = 5, 4  # a sensor inside the device, and which one


def _words(pairs: str) -> dict[int, str]:
    """Number -> word, of `0:generic 1:running`."""
    return {int(number): word for number, _, word in (pair.partition(":") for pair in pairs.split())}


SPORTS = _words(
    "0:generic 1:running 2:cycling 3:transition 4:fitness_equipment 5:swimming 6:basketball 7:soccer 8:tennis "
    "9:american_football 10:training 11:walking 12:cross_country_skiing 13:alpine_skiing 14:snowboarding 15:rowing "
    "16:mountaineering 17:hiking 18:multisport 19:paddling 20:flying 21:e_biking 22:motorcycling 23:boating "
    "24:driving 25:golf 26:hang_gliding 27:horseback_riding 28:hunting 29:fishing 30:inline_skating 31:rock_climbing "
    "32:sailing 33:ice_skating 34:sky_diving 35:snowshoeing 36:snowmobiling 37:stand_up_paddleboarding 38:surfing "
    "39:wakeboarding 40:water_skiing 41:kayaking 42:rafting 43:windsurfing 44:kitesurfing 45:tactical 46:jumpmaster "
    "47:boxing 48:floor_climbing 49:baseball 53:diving 56:shooting 58:winter_sport 59:grinding 62:hiit "
    "63:video_gaming 64:racket 65:wheelchair_push_walk 66:wheelchair_push_run 67:meditation 68:para_sport "
    "69:disc_golf 70:team_sport 71:cricket 72:rugby 73:hockey 74:lacrosse 75:volleyball 76:water_tubing "
    "77:wakesurfing 78:water_sport 79:archery 80:mixed_martial_arts 81:motor_sports 82:snorkeling 83:dance "
    "84:jump_rope 85:pool_apnea 86:mobility 87:geocaching 88:canoeing"
)
SUB_SPORTS = _words(
    "0:generic 1:treadmill 2:street 3:trail 4:track 5:spin 6:indoor_cycling 7:road 8:mountain 9:downhill 10:recumbent "
    "11:cyclocross 12:hand_cycling 13:track_cycling 14:indoor_rowing 15:elliptical 16:stair_climbing 17:lap_swimming "
    "18:open_water 19:flexibility_training 20:strength_training 21:warm_up 22:match 23:exercise 24:challenge "
    "25:indoor_skiing 26:cardio_training 27:indoor_walking 28:e_bike_fitness 29:bmx 30:casual_walking "
    "31:speed_walking 32:bike_to_run_transition 33:run_to_bike_transition 34:swim_to_bike_transition 35:atv "
    "36:motocross 37:backcountry 38:resort 39:rc_drone 40:wingsuit 41:whitewater 42:skate_skiing 43:yoga 44:pilates "
    "45:indoor_running 46:gravel_cycling 47:e_bike_mountain 48:commuting 49:mixed_surface 50:navigate 51:track_me "
    "52:map 53:single_gas_diving 54:multi_gas_diving 55:gauge_diving 56:apnea_diving 57:apnea_hunting "
    "58:virtual_activity 59:obstacle 62:breathing 63:ccr_diving 65:sail_race 66:expedition 67:ultra "
    "68:indoor_climbing 69:bouldering 70:hiit 71:indoor_grinding 72:hunting_with_dogs 73:amrap 74:emom 75:tabata "
    "77:esport 78:triathlon 79:duathlon 80:brick 81:swim_run 82:adventure_race 83:trucker_workout 84:pickleball "
    "85:padel 86:indoor_wheelchair_walk 87:indoor_wheelchair_run 88:indoor_hand_cycling 90:field 91:ice 92:ultimate "
    "93:platform 94:squash 95:badminton 96:racquetball 97:table_tennis 98:overland 99:trolling_motor 110:fly_canopy "
    "111:fly_paraglide 112:fly_paramotor 113:fly_pressurized 114:fly_navigate 115:fly_timer 116:fly_altimeter "
    "117:fly_wx 118:fly_vfr 119:fly_ifr 121:dynamic_apnea 123:enduro 124:rucking 125:rally 126:pool_triathlon "
    "127:e_bike_enduro"
)
STRIDING = {"running", "walking", "hiking"}  # their cadence counts strides

TRIGGERS = dict(
    enumerate(
        "manual time distance position_start position_lap position_waypoint position_marked session_end "
        "fitness_equipment".split()
    )
)
INTENSITIES = dict(enumerate("active rest warmup cooldown recovery interval other".split()))
SET_KINDS = {0: "rest", 1: "active"}

GARMIN_ID = 1
MAKERS = {
    GARMIN_ID: "garmin",
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
