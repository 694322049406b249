"""A picture below controls: one node of the page on which each figure is drawn anew, and a still of it to fall back on.

The browser asks the kernel for plotly.js once a page. Where there is no kernel, the cell still holds the last picture that
stood for a while: it is an output of its own, which the node hides as soon as it has drawn.
"""

import base64
import html
import json
from pathlib import Path

from anywidget import AnyWidget
from IPython.display import display, update_display
from traitlets import Unicode

from analysis.dark import IMAGE_FILTER, IN_DARK_LAB
from analysis.language import said, to_say
from analysis.telling.figures.figure import CONFIG, SVG_MIME, Figure

SCRIPT, STILL = "plotly.js", "still"  # what a browser asks for
FOR_CONTROLS = to_say("The controls are there once the cell is run.")
DARK_STILL = f"<style>{IN_DARK_LAB} .{{still}} img {{{{ filter: {IMAGE_FILTER}; }}}}</style>"
# In place of the sentence in which JupyterLab says that the controls above it are no more.
NO_ERROR = "<style>.jp-OutputArea-child:has(> .jp-OutputArea-output.jupyter-widgets):has(+ * .{still}) {{ display: none }}</style>"


class Plot(AnyWidget):
    """A picture that follows what `show` is given."""

    _esm = (Path(__file__).parent / "plot.js").read_text(encoding="utf-8")
    figure = Unicode().tag(sync=True)  # as JSON, of none empty
    still = Unicode().tag(sync=True)  # the class of what is hidden once the figure is drawn

    def __init__(self) -> None:
        super().__init__()
        self.still = f"still-{self.model_id}"
        self.shown: Figure | None = None
        self.kept: Figure | None = None
        self.on_msg(self._asked)

    def show(self, figure: Figure | None) -> None:
        self.shown = figure
        self.figure = json.dumps(figure.plain() | {"config": CONFIG}) if figure and figure.data else ""

    def display_still(self) -> None:
        """An output of the cell, for whoever opens the notebook without a kernel."""
        self.kept = self.shown
        display(self._still(), raw=True, display_id=self.still)

    def _still(self) -> dict[str, str]:
        words, picture = self.shown.alt if self.shown else "", ""
        bundle: dict[str, str] = {}
        if self.shown and self.shown.data:
            bundle[SVG_MIME] = svg = self.shown.picture()
            source = f"data:{SVG_MIME};base64,{base64.b64encode(svg.encode()).decode()}"
            picture = f'<img src="{source}" alt="" style="max-width:100%">'
        told = f"{picture}<figcaption>{html.escape(words)} {html.escape(said(FOR_CONTROLS))}</figcaption>"
        figure = f'{NO_ERROR.format(still=self.still)}{DARK_STILL.format(still=self.still)}<figure class="{self.still}" style="margin:0">{told}</figure>'
        return bundle | {"text/html": figure, "text/plain": words}

    def _asked(self, _: AnyWidget, what: str, __: list) -> None:
        if what == SCRIPT:
            from analysis.pages.plotly_js import plotly_js

            self.send(SCRIPT, [plotly_js()])
        elif what == STILL and self.shown is not self.kept:
            self.kept = self.shown
            update_display(self._still(), raw=True, display_id=self.still)
