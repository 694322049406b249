"""What a runner's strength and hill training does: the names that notebooks use, and nothing else.

Each name is fetched from its room when it is first used, so that `import analysis` costs little more than pandas.
"""

from importlib import import_module

from .version import __version__ as __version__

_ROOMS = {
    "controls": ["explore_hills", "explore_plan", "explore_volume"],
    "telling.figures": [
        "plot_adherence",
        "plot_contacts",
        "plot_each_hill",
        "plot_each_muscle",
        "plot_each_session",
        "plot_each_week",
        "plot_each_week_muscles",
        "plot_fade",
        "plot_hill_map",
        "plot_hill_profile",
        "plot_hill_progress",
        "plot_leg_map",
        "plot_load",
        "plot_modalities",
        "plot_muscle_weeks",
        "plot_plan_muscles",
        "plot_protocol",
        "plot_session_charges",
        "plot_volume_weeks",
        "plot_week",
        "plot_what_if",
    ],
    "measures.adherence": ["not_as_planned", "plan_adherence"],
    "measures.balance": ["modality_weeks", "side_by_side", "target_gap", "week_balance"],
    "planning.calendar_file": ["save_calendar"],
    "planning.propose": ["Proposal", "propose_week"],
    "loading.plan": ["Plan", "load_plan", "save_plan"],
    "tracks.activity": ["Activity", "read_activities", "read_activity"],
    "measures.charges": ["charges_of_day", "hill_charges", "hill_sessions"],
    "measures.hill_evidence": ["hill_evidence"],
    "tracks.repeats.find": ["find_hill_repeats"],
    "loading.recorded": ["profile_of", "way_of"],
    "telling.headlines": ["hill_headline", "loading_headline", "plan_headline", "volume_headline"],
    "loading.log_and_plan": ["Season", "load_season"],
    "telling.shown": ["Sentences", "Table"],
    "measures.weekly_sets": [
        "most_changed",
        "recent_volume",
        "volume_load",
        "volume_ratios",
        "weekly_sets_by_exercise",
        "weekly_volume",
    ],
    "measures.cohort": ["cohort_volume"],
    "measures.contacts": ["foot_contacts", "session_contacts", "weekly_contacts"],
    "catalog": ["Catalog", "load_catalog", "unmatched_exercises"],
    "loading.accounting": ["files_by_format", "in_short"],
    "loading.load": ["load_logs"],
    "loading.sessions": ["session_counts"],
    "system.paths": ["SAMPLE_LOGS"],
    "measures.load": ["day_loads", "run_spikes", "week_load"],
    "measures.spacing": ["last_conflicts", "spacing_conflicts"],
    "measures.hill_progress": ["hill_progression", "main_hill"],
    "loading.efforts_files": ["collect_efforts", "save_efforts"],
    "measures.doses": ["dose_adherence", "plan_doses"],
    "measures.week_calendar": ["week_calendar"],
    "loading.log": ["Log"],
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}
__all__ = sorted(_ROOM_OF)


def __getattr__(name: str):
    if name not in _ROOM_OF:
        raise AttributeError(f"module 'analysis' has no attribute {name!r}")
    return getattr(import_module(f".{_ROOM_OF[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted(set(globals()) | set(__all__))
