"""The same figures with controls, for JupyterLab; the only rooms that know ipywidgets."""

from .hills import explore_hills
from .live import live
from .plan import explore_plan
from .volume import explore_volume

__all__ = ["explore_hills", "explore_plan", "explore_volume", "live"]
