"""A measure told in sentences, with its evidence: how many, from when to when, and where there is too little."""

from .balance import plan_headline
from .hills import hill_headline
from .loading import loading_headline
from .protocol import protocol_headline
from .season import season_headline
from .session import session_headline
from .strength import strength_headline
from .volume import volume_headline

__all__ = [
    "hill_headline",
    "loading_headline",
    "plan_headline",
    "protocol_headline",
    "season_headline",
    "session_headline",
    "strength_headline",
    "volume_headline",
]
