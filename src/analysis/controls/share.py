"""A button that writes the page of a notebook, as `analysis report` makes it for others' eyes."""

import html
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from analysis.language import said
from analysis.system.settings import load_settings
from analysis.wording import fixed

from .live import Panel

PAGES_FOLDER = "pages"  # of a folder of one's own


def share_page(notebook: str, given: Mapping[str, Any], folder: str | Path = ".") -> widgets.Widget:
    """A button that writes the page of a notebook into `pages`: one file, without a network, as others may see it.

    Parameters
    ----------
    notebook : str
        Its name, or its number: 01.
    given : dict
        Parameter -> value, as they are in the notebook; what is no parameter of it is left out, so that it may be `globals()`.
    folder : path
        One's own folder; by default the one of the notebook.

    Returns
    -------
    Widget
        The button, and below it where the page lies.

    Examples
    --------
    >>> share_page("01", {"weeks": 8}).children[0].description
    'Share this page'
    """
    tip = said("Writes one file that others may see, without notes, file names and places")
    button = widgets.Button(description=said("Share this page"), tooltip=tip, layout=widgets.Layout(width="auto"))
    told = widgets.HTML()

    def write(_=None) -> None:
        button.disabled, told.value = True, f'<span role="status">{html.escape(said("Making the page ..."))}</span>'
        try:
            page = _written(notebook, given, Path(folder))
            size = max(page.stat().st_size / 1e6, 0.1)
            written = said(
                "{page} is written, {size} MB, in {folder}. Open it in a browser, or mail it.",
                page=f"{PAGES_FOLDER}/{page.name}",
                size=fixed(size, 1),
                folder=page.parent.parent,
            )
            told.value = f'<span role="status">{html.escape(written)}</span>'
        except Exception as error:  # noqa: BLE001 - whatever it is, the person at the button must see it
            told.value = f'<b role="alert">{html.escape(str(error))}</b>'
        finally:
            button.disabled = False

    button.on_click(write)
    words = said("In JupyterLab a button stands here that writes this page for others.")
    return Panel([button, told], words)


def _written(name: str, given: Mapping[str, Any], folder: Path) -> Path:
    """The page, made of the parameters that differ from what the notebook asks for by itself, and of the settings."""
    from analysis.pages.parameters import default_of, parameters_of
    from analysis.pages.report import find_notebooks, make_report

    (notebook,) = find_notebooks([name])
    told = {name: default_of(parameter) for name, parameter in parameters_of(notebook).items() if name != "shared"}
    own = {name: given[name] for name, default in told.items() if name in given and given[name] != default}
    settings = load_settings(folder).known_to(told).parameters
    (page,) = make_report([notebook], folder / PAGES_FOLDER, settings | own, progress=False)
    return page.html
