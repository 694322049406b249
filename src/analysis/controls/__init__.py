"""The same figures with controls, for JupyterLab; the only rooms that know ipywidgets."""

from .add_data import add_data
from .hills import explore_hills
from .live import live
from .log_session import log_a_session
from .plan import explore_plan
from .share import share_page
from .strength import explore_strength
from .volume import explore_volume

__all__ = [
    "add_data",
    "explore_hills",
    "explore_plan",
    "explore_strength",
    "explore_volume",
    "live",
    "log_a_session",
    "share_page",
]
