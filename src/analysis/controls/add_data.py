"""The way in: files are chosen, or were dropped into the folder; each is looked at, taken in, and told."""

import html
from collections.abc import Iterable, Sequence
from pathlib import Path

import ipywidgets as widgets

from analysis.catalog import Catalog, load_catalog
from analysis.errors import AnalysisError
from analysis.language import said, to_say
from analysis.loading.accounting import in_short
from analysis.loading.inbox import LARGEST_UPLOAD_MIB, TAKEN_ENDINGS, Taken, dropped_files, take_in
from analysis.system.settings import load_settings, save_settings
from analysis.telling.export_steps import export_steps
from analysis.telling.headlines import loading_headline
from analysis.telling.shown import Sentences, Table

from .live import Panel, row_of

MOST_SHOWN = 20  # refused records of a file
REFUSED = {"line": to_say("line"), "message": to_say("what is wrong"), "fix": to_say("what to do")}
LARGE = to_say(
    "A log, a recording, or the zip of an export as it is. More than {n} MB: drop it into the list of files at the left, "
    "then press Take in dropped files."
)
NEXT = to_say(
    "Now run this notebook again (menu Run, Run All Cells); 01, 02 and 03 stand in the list of files at the left."
)


def add_data(folder: str | Path = ".", catalog: Catalog | None = None) -> widgets.Widget:
    """Buttons that take files into the folder of logs, and say of each what loaded and what was refused.

    Parameters
    ----------
    folder : path
        One's own folder, whose `training.toml` names the logs; by default the one of the notebook.
    catalog : Catalog, optional
        Finds exercises by the names in the files; by default ours.

    Returns
    -------
    Widget
        Buttons, and below them what was done.

    Examples
    --------
    >>> [control.description for control in add_data(folder, catalog).children[0].children]
    ['Choose files', 'Take in dropped files', 'weights in']
    """
    return _Inbox(Path(folder), catalog or load_catalog()).panel


class _Inbox:
    """The buttons, and what they did last."""

    def __init__(self, folder: Path, catalog: Catalog):
        self.folder, self.catalog = folder, catalog
        wide = widgets.Layout(width="auto")
        accept = ",".join(TAKEN_ENDINGS)
        self.upload = widgets.FileUpload(multiple=True, accept=accept, description=said("Choose files"), layout=wide)
        tip = said("Drop files of any size into the list of files at the left, then press this")
        self.look = widgets.Button(description=said("Take in dropped files"), tooltip=tip, layout=wide)
        units = [(said("as the file says"), ""), ("kg", "kg"), ("lb", "lb")]  # a menu shows None as nothing
        asked = load_settings(folder).unit or ""
        self.unit = widgets.Dropdown(options=units, value=asked, description=said("weights in"), layout=wide)
        self.said = widgets.HTML()
        large = html.escape(said(LARGE, n=LARGEST_UPLOAD_MIB))
        steps = widgets.HTML(f"<p>{large}</p>{export_steps().as_html()}")
        words = said("In JupyterLab buttons stand here that take in files.")
        self.panel = Panel([row_of([self.upload, self.look, self.unit]), self.said, steps], words)
        self.upload.observe(self._uploaded, "value")
        self.look.on_click(self._looked)
        self.unit.observe(self._told_unit, "value")

    def _uploaded(self, _=None) -> None:
        files = [(file["name"], bytes(file["content"])) for file in self.upload.value]
        if files:
            self._take(files)
            self.upload.value = ()

    def _looked(self, _=None) -> None:
        files = [(path.name, path) for path in dropped_files(self.folder)]
        if files:
            self._take(files)
        else:
            self._say(
                [said("No new file lies in the list of files at the left. Drop one there, or press Choose files.")]
            )

    def _told_unit(self, _=None) -> None:
        try:
            save_settings(self.folder, {"unit": self.unit.value or None})
        except AnalysisError as error:
            self._say([str(error)], "alert")

    def _take(self, files: Sequence[tuple[str, bytes | Path]]) -> None:
        self._say([said("Looking at {files} ...", files=", ".join(name for name, _ in files))])
        try:
            taken = take_in(self.folder, files, self.catalog)
        except Exception as error:  # noqa: BLE001 - whatever it is, the person at the button must see it
            self._say([said("Could not be taken in: {error}", error=error)], "alert")
            return
        after = _paragraphs([said(NEXT)]) if any(one.log for one in taken) else ""
        self.said.value = f'<div role="status">{"".join(map(_told, taken))}{after}</div>'

    def _say(self, sentences: list[str], role: str = "status") -> None:
        self.said.value = f'<div role="{role}">{_paragraphs(sentences)}</div>'


def _told(taken: Taken) -> str:
    """What became of a file, as HTML in which its own text is none."""
    if taken.log is None:
        return f"<p><b>{html.escape(said('Not taken.'))}</b> {html.escape(taken.why)}</p>"
    refused = in_short(taken.log.rejects)
    table = Table(refused.head(MOST_SHOWN), REFUSED).as_html() if len(refused) else ""
    left = len(refused) - MOST_SHOWN
    more = f"<p>{html.escape(said('and {n} more kinds.', n=left))}</p>" if left > 0 else ""
    lead, *rest = loading_headline(taken.log).sentences
    moved = to_say("Your log lies in {place} from now on: write into it there, and run 04 again.")
    lies = [said(moved, place=taken.moved)] if taken.moved else []
    return Sentences([said("{file} is in: {lead}", file=taken.name, lead=lead), *rest, *lies]).as_html() + table + more


def _paragraphs(sentences: Iterable[str]) -> str:
    return "".join(f"<p>{html.escape(sentence)}</p>" for sentence in sentences)
