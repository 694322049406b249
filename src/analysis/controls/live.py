"""Where a figure stands below its controls.

An error in a control is shown beside it, for a callback's own error would be seen by nobody.
"""

import html
from collections.abc import Callable, Collection, Iterable, Sequence

import ipywidgets as widgets
from IPython.display import display

from analysis.dark import IMAGE_FILTER, IN_DARK_LAB, dark_rules
from analysis.language import said
from analysis.telling.figures.figure import Figure
from analysis.wording import TO_BEGIN

from .plot import Plot

# What a slider says, which is long where it is two days.
WHOLE_READOUT = ".widget-vbox .widget-hslider .widget-readout { max-width: none; }"
# Once on the page, the rules hold for each figure of it, and follow the theme of JupyterLab as it is changed; a figure of an
# earlier run is an image there until the mouse is over it.
STAGE_STYLE = f"<style>{WHOLE_READOUT} {dark_rules(f'{IN_DARK_LAB} .js-plotly-plot')}\n{IN_DARK_LAB} .plot-img {{ filter: {IMAGE_FILTER}; }}</style>"


def nothing_to_explore() -> widgets.Widget:
    """In place of controls, where nothing was logged."""
    nothing = said("There is no training in this period, so there is nothing to explore.")
    return widgets.Label(f"{nothing} {said(TO_BEGIN)}")


def menu_words(options: Iterable[str]) -> list[str] | list[tuple[str, str]]:
    """What a menu offers, in the language of the reader: (words, value) where the words are others."""
    named = [(said(option), option) for option in options]
    return named if any(words != option for words, option in named) else [option for _, option in named]


def offer(menu: widgets.Dropdown | widgets.ToggleButtons, options: Sequence[str]) -> None:
    """New options, the first of them chosen; a menu that was empty would choose none."""
    menu.options = options
    menu.value = options[0] if options else None


class Panel(widgets.VBox):
    """Controls that say in words what they are for, wherever they cannot be used."""

    def __init__(self, children: Sequence[widgets.Widget], words: str):
        self.words = words
        super().__init__(children)

    def _repr_mimebundle_(self, **kwargs) -> dict:
        return super()._repr_mimebundle_(**kwargs) | {"text/plain": self.words}


class Stage(Panel):
    """A sentence and a picture below what it is given; `show` puts on what a function makes."""

    def __init__(self, above: list[widgets.Widget]):
        self.picture, self.told = Plot(), widgets.HTML()
        style = widgets.HTML(STAGE_STYLE, layout=widgets.Layout(display="none"))
        super().__init__([*above, self.told, self.picture, style], said("Controls, which need a kernel."))

    def _ipython_display_(self) -> None:
        """Where there is no kernel, the figure as it was last."""
        display(self._repr_mimebundle_(), raw=True)
        self.picture.display_still()

    def show(self, make: Callable[[], Figure]) -> None:
        try:
            figure = make()
        except Exception as error:  # noqa: BLE001 - whatever it is, the person at the control must see it
            self.picture.show(None)
            self.told.value = f'<b role="alert">{html.escape(said("Could not draw: {error}", error=error))}</b>'
            return
        self.told.value = f'<span role="status">{html.escape(figure.alt)}</span>'
        self.picture.show(figure)  # without marks its words are all


def told_as_list(sentences: Iterable[str], role: str = "status") -> str:
    """Sentences as a list in HTML; text of them is never markup."""
    points = "".join(f"<li>{html.escape(sentence)}</li>" for sentence in sentences)
    return f'<ul role="{role}">{points}</ul>'


def row_of(controls: list[widgets.Widget]) -> widgets.HBox:
    return widgets.HBox(controls, layout=widgets.Layout(flex_flow="row wrap"))


def show_where_it_does_something(control: widgets.Widget, used: bool = True) -> None:
    """Hide a control on which the picture does not depend, or that has but one entry."""
    control.layout.display = None if used and len(getattr(control, "options", "any")) > 1 else "none"


def live(
    build: Callable[..., Figure],
    controls: dict[str, widgets.Widget],
    choices: Callable[[dict], None] | None = None,
    used: Callable[..., Collection[str]] | None = None,
) -> widgets.Widget:
    """The controls above the picture that `build` makes of their values; redrawn once at every change.

    choices: given a change, sets the menus that follow from it; what it sets is no change of its own. used: given the
    values, the names of the controls on which the picture depends; by default all.
    """
    stage = Stage([row_of(list(controls.values()))])
    following = False

    def redraw(change: dict | None = None) -> None:
        nonlocal following
        if following:
            return
        if choices and change:
            following = True
            try:
                choices(change)
            finally:
                following = False
        values = {name: control.value for name, control in controls.items()}
        names = used(**values) if used else controls
        for name, control in controls.items():
            show_where_it_does_something(control, name in names)
        stage.show(lambda: build(**values))

    for control in controls.values():
        control.observe(redraw, "value")
    redraw()
    return stage
