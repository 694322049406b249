"""Show what a runner's strength and hill training does: the names that notebooks use, and nothing else.

`__init__.pyi` lists them. Each is fetched from its file when it is first used, so that `import analysis` costs little.
"""

from importlib import import_module

from .version import __version__ as __version__


def _front_door() -> dict[str, str]:
    """Return name -> the module it comes from, as the stub imports it."""
    with open(f"{__file__}i", encoding="utf-8") as stub:
        imports = [line.split() for line in stub if line.startswith("from .")]
    return {name: room.removeprefix(".") for _, room, _, name, *_ in imports}


_ROOM_OF = _front_door()
__all__ = sorted(_ROOM_OF)


def __getattr__(name: str) -> object:
    if name not in _ROOM_OF:
        raise AttributeError(f"module 'analysis' has no attribute {name!r}")
    return getattr(import_module(f".{_ROOM_OF[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted(set(globals()) | set(__all__))
