"""An executed notebook as one HTML page to share: no code, no network, no markup from the data."""

import base64
import gzip
import hashlib
import html
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import nh3
from markupsafe import Markup, escape
from nbconvert import HTMLExporter, TemplateExporter
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from analysis.dark import ON_DARK_SCREEN, dark_names, dark_rules
from analysis.language import LISTENER, said, said_in_markdown, to_say
from analysis.pages.plotly_js import plotly_js
from analysis.rules import AVERAGED_WEEKS
from analysis.units import as_shown, unit_of
from analysis.version import __version__
from analysis.wording import FACTS_TYPE, day, number

FOLDER = Path(__file__).parent
PLOT = "application/vnd.plotly.v1+json"
WIDGET = "application/vnd.jupyter.widget-view+json"

RECENT = timedelta(weeks=AVERAGED_WEEKS)
ROSTER_SUMS = {  # of a season -> the column of the roster
    "leg_sets": to_say("leg sets"),
    "hip_sets": to_say("hip sets"),
    "charges": to_say("hill repeats"),
    "run_km": to_say("running, km"),
}
PACKING = 6  # of gzip: 9 takes half as long again, for one part in 400
ROSTER_UNITS = {"run_km": "km"}  # of those that a reader may want in another, which their heading ends with
HOW_TO_READ = "## How to read this"  # the part that paper leaves out
HIDDEN = {"parameters", "injected-parameters", "remove-cell"}  # cells of controls were not run

# What prose and tables need, and nothing that loads, runs or leads away: of a link that leads off the page or to anything
# but a card of it, the words remain.
PROSE = "h1 h2 h3 h4 h5 h6 p br hr ul ol li dl dt dd blockquote pre code strong em b i sub sup del a span div"
TABLE_TAGS = "table caption colgroup col thead tbody tfoot tr th td details summary"
TAGS = set(f"{PROSE} {TABLE_TAGS}".split())
DRAWN = {"svg", "g", "path", "circle"}  # what a drawn figure is made of: lines and their looks
PAINT = set("fill fill-opacity opacity stroke stroke-width stroke-linecap stroke-linejoin transform".split())
ATTRIBUTES = {
    "*": {"class"},
    "a": {"href"},
    "div": {"id"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan", "data-value"},
    "details": {"open"},
    "svg": PAINT.union("role aria-label width height viewBox preserveAspectRatio".split()),
    "g": PAINT,
    "path": {"d", *PAINT},
    "circle": {"cx", "cy", "r", *PAINT},
}
CARD = re.compile(r"#?(?:card|for)-[\w.%-]+")  # the ids to which a link may lead; those of the page itself stay its own
CELL_VALUE = re.compile(r"-?\d+(?:\.\d+)?|\d{4}-\d\d-\d\d")  # of a cell, for scripts: a number or a day
NO_TAG = re.compile(rf"<(?!/?(?:{'|'.join(sorted(TAGS))})(?=[\s/>]))", flags=re.I)  # begins none of TAGS
OF_A_FIGURE = r"(?:(?!url\()[^<>\\])*>"  # attributes that refer to nothing, and the end of the tag
FIGURE = re.compile(
    rf'(<svg role="img" {OF_A_FIGURE}(?:<(?:g|path|circle) {OF_A_FIGURE}|</(?:g|path|circle)>)*</svg>)', flags=re.I
)

DARK_FIGURES = f"{ON_DARK_SCREEN} {{\n{dark_rules('.plot')}\n}}"


def render_page(notebook: NotebookNode, title: str, facts: dict | None = None) -> str:
    """The page of one executed notebook; plotly.js travels along, packed, when there is a figure to draw.

    facts: who, when and what, for the line at its head.
    """
    shown = _shown(notebook)
    drawn = any(PLOT in output.get("data", {}) for cell in shown.cells for output in cell.get("outputs", []))
    scripts, hashes = _scripts() if drawn else ({}, [])
    frame = _frame(title, hashes, facts) | scripts
    if drawn:
        frame["style"] += Markup(DARK_FIGURES)
    return PageExporter().from_notebook_node(shown, {"page": frame})[0]


def render_season(notebook: NotebookNode, title: str, facts: dict, pages: list, changes: list[str]) -> str:
    """The page of a season: the executed notebook, and in it what the pages beside it answer, each with a link.

    pages: of the same folder; html (its path), title, headline, facts. changes: since the last report, in sentences.
    """
    links = [
        {"number": page.html.stem[:2], "link": page.html.name, "title": page.title, "headline": page.headline}
        for page in pages
    ]
    reasons = [
        {"link": page.html.name, "text": reason[:1].upper() + reason[1:]}
        for page in pages
        for reason in page.facts.get("reasons", [])
    ]
    frame = _frame(title, facts=facts)
    style = (FOLDER / "season.css").read_text(encoding="utf-8")
    frame["style"] += Markup(style + dark_names(style))
    told = {"pages": {link["number"]: link for link in links}, "reasons": reasons, "changes": changes}
    exporter = PageExporter(template_file="season.html.j2")
    return exporter.from_notebook_node(_shown(notebook), {"page": frame | told})[0]


def linked(page: bytes, links: list[tuple[str, str]]) -> bytes:
    """A page with links to others at its end, in place of those it had. links: (address, title); itself has no address."""
    told = [
        f'<a href="{escape(to)}">{escape(title)}</a>' if to else f"<span>{escape(title)}</span>" for to, title in links
    ]
    before, _, rest = page.rpartition(b"<nav>")
    _, _, after = rest.partition(b"</nav>")
    return before + f"<nav>{''.join(told)}</nav>".encode() + after if before else page


def answered_by(cell: NotebookNode) -> str:
    """The number of the page to whose answer a cell is the picture, by its tag answer-NN; empty of other cells."""
    tags = cell.metadata.get("tags", []) if isinstance(cell, dict) else []
    return next((tag.removeprefix("answer-") for tag in tags if tag.startswith("answer-")), "")


def begins_part(cell: NotebookNode) -> bool:
    """Whether a part of a page begins here, by its heading."""
    return cell.cell_type == "markdown" and cell.source.startswith("## ")


def begins_notes(cell: NotebookNode) -> bool:
    """Whether that part tells how to read the others, which paper has no room for."""
    return begins_part(cell) and cell.source.startswith(HOW_TO_READ)


def render_contents(pages: list, folder: Path, lacking: dict[str, str] | None = None) -> str:
    """The index in `folder`: a card for each of `pages`; of several athletes first a roster, one row each.

    pages: of each notebook, athlete, title, headline, facts, html (its path). lacking: athlete -> why pages are missing.
    Those without pages come first, then those with most to look at.
    """
    lacking = lacking or {}
    athletes = list(dict.fromkeys([*(page.athlete for page in pages), *lacking]))
    roster = [_row(pages, name, lacking.get(name)) for name in athletes] if len(athletes) > 1 else []
    roster.sort(key=lambda row: (row["made"], -len(row["reasons"]), -row["missed"]))
    last = max((row["days"][-1] for row in roster if row["days"]), default=None)
    for row in roster:
        row["lately"] = sum(day > last - RECENT for day in row["days"]) if last and row["days"] else None
    order = [row["athlete"] for row in roster] or athletes
    links = {page.html: page.html.relative_to(folder).as_posix() for page in pages}
    seasons = {page.athlete: links[page.html] for page in pages if page.html.name == "index.html"}
    cards = [
        (name, own)
        for name in order
        if name not in seasons and (own := [page for page in pages if page.athlete == name])
    ]
    template = PageExporter().environment.get_template("contents.html.j2")
    return template.render(
        athletes=cards,
        roster=roster,
        links=links,
        seasons=seasons,
        last=last,
        sums=_headings(),
        weeks=AVERAGED_WEEKS,
        resources={"page": _frame(said("Training report"))},
    )


def _headings() -> dict[str, str]:
    told = {name: said(title) for name, title in ROSTER_SUMS.items()}
    return told | {name: told[name].removesuffix(unit) + unit_of(unit) for name, unit in ROSTER_UNITS.items()}


def _row(pages: list, athlete: str, lacks: str | None) -> dict:
    """An athlete in the roster: what a coach would look at, as the headlines of the pages tell it."""
    own = [page.facts for page in pages if page.athlete == athlete]
    told = {key: value for facts in own for key, value in facts.items()}
    unknown = [] if "missed" in told or not own else [said("not told without the page of plan and balance")]
    reasons = [*([lacks] if lacks else []), *unknown, *(reason for facts in own for reason in facts.get("reasons", []))]
    row = {"athlete": athlete, "made": bool(own), "reasons": reasons, "missed": told.get("missed", 0.0)}
    return row | _season_in_row(told.get("season"))


def _season_in_row(season) -> dict:
    """The days of a season (as far as they are kept) and its sums; empty where the page of the season was not made."""
    try:
        sums = {name: as_shown(float(season["sums"][name]), ROSTER_UNITS.get(name, "")) for name in ROSTER_SUMS}
        return {"days": [date.fromisoformat(day) for day in season["days"]], "sums": sums}
    except (KeyError, TypeError, ValueError):  # no such page, or one of an earlier version
        return {"days": [], "sums": {}}


def page_title(notebook: NotebookNode, otherwise: str) -> str:
    """The title in the notebook's metadata, else its first heading, else `otherwise`."""
    story = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    heading = re.search(r"^#+ +(.+?)[ #]*$", story, flags=re.M)
    return said(str(notebook.metadata.get("title") or (heading and _unmarked(heading[1])) or otherwise))


def page_headline(notebook: NotebookNode) -> str:
    """The first line that the first cell tagged `headline` says, as plain text; empty if there is none."""
    for cell in notebook.cells:
        if "headline" in cell.metadata.get("tags", []):
            lines = "\n".join(map(_words, cell.get("outputs", []))).strip().splitlines()
            return " ".join(lines[0].split()) if lines else ""
    return ""


def page_facts(notebook: NotebookNode) -> dict:
    """What the headline says, for a machine: the facts beside its words; empty if there are none."""
    outputs = (
        output
        for cell in notebook.cells
        if "headline" in cell.metadata.get("tags", [])
        for output in cell.get("outputs", [])
    )
    return next((dict(output.data[FACTS_TYPE]) for output in outputs if FACTS_TYPE in output.get("data", {})), {})


def clean_html(text: str) -> Markup:
    """Tags of prose, tables and drawn figures as they are, any other tag or comment as the text it was written in.

    The style sheet that pandas writes before a table is dropped.
    """
    unstyled = re.sub(r"^(\s*<div[^<>]*>)?\s*<style\b.*?</style\s*>", r"\1", str(text), count=1, flags=re.S)
    parts = FIGURE.split(unstyled)  # text, figure, text, ...
    parts[::2] = [NO_TAG.sub("&lt;", part) for part in parts[::2]]  # the cleaner would drop it
    kept = nh3.clean(
        "".join(parts),
        tags=TAGS | DRAWN,
        attributes=ATTRIBUTES,
        attribute_filter=_only_cards,
        url_schemes=set(),
        link_rel=None,
    )
    return Markup(kept)


def _only_cards(tag: str, attribute: str, value: str) -> str | None:
    """The value of an attribute, None where an id or a link is of anything but a card, or a value is none."""
    if attribute == "data-value":
        return value if CELL_VALUE.fullmatch(value) else None
    if attribute not in ("id", "href"):
        return value
    return value if CARD.fullmatch(value) and (attribute == "href") == value.startswith("#") else None


def caption(output: NotebookNode) -> str:
    """A figure in words: the text that came along with it, else its title."""
    words = _words(output)
    if words and not words.startswith("Figure("):
        return words
    title = output.data[PLOT].get("layout", {}).get("title") or {}
    text = title.get("text") if isinstance(title, dict) else title
    return re.sub(r"<[^<>]*>", " ", str(text or said("Figure")))


class PageExporter(HTMLExporter):
    """nbconvert with the templates of this folder, where all text is escaped unless it was cleaned."""

    def __init__(self, **settings):
        super().__init__(
            template_name=FOLDER.name,
            extra_template_basedirs=[str(FOLDER.parent)],
            exclude_anchor_links=True,
            default_preprocessors=[],  # of code, which no page shows, and of files beside it
            **settings,
        )
        self.environment.autoescape = True
        self.environment.globals |= {"said": said, "language": LISTENER.language}

    def from_notebook_node(self, nb: NotebookNode, resources: dict | None = None, **told: Any) -> tuple[Any, dict]:
        """As the templates write it: what nbconvert looks for afterwards is in no page of ours."""
        return TemplateExporter.from_notebook_node(self, nb, self._init_resources(resources), **told)

    def default_filters(self) -> Iterator[tuple]:
        yield from super().default_filters()
        own = {"clean_html": clean_html, "caption": caption, "answered_by": answered_by}
        yield from (
            own | {"begins_part": begins_part, "begins_notes": begins_notes, "day": day, "number": number}
        ).items()
        yield "said_in_markdown", said_in_markdown


def _shown(notebook: NotebookNode) -> NotebookNode:
    """A copy without the cells that are not for readers, and without controls, which need a kernel."""
    shown = NotebookNode(notebook, metadata={})
    cells = [
        NotebookNode(cell, outputs=[o for o in cell.get("outputs", []) if WIDGET not in o.get("data", {})])
        for cell in notebook.cells
        if not HIDDEN & set(cell.metadata.get("tags", []))
    ]
    shown.cells = _told_once(_answer_first(cells))
    return shown


def _answer_first(cells: list[NotebookNode]) -> list[NotebookNode]:
    """The answer directly below the title, before what the words in it mean."""
    answer = [cell for cell in cells if "headline" in cell.metadata.get("tags", [])]
    if not answer or not cells[0].source.startswith("# "):
        return cells
    title, _, prose = cells[0].source.partition("\n")
    rest = [cell for cell in cells[1:] if cell not in answer]
    return [NotebookNode(cells[0], source=title), *answer, new_markdown_cell(prose), *rest]


def _told_once(cells: list[NotebookNode]) -> list[NotebookNode]:
    """Without what stands in place of a picture or a table and was said before, and without parts that are left empty."""
    parts: list[list[NotebookNode]] = [[]]
    said_before: set[str] = set()
    for cell in cells:
        parts += [[]] if begins_part(cell) else []
        parts[-1].append(cell)
    kept = []
    for part in parts:
        left = [NotebookNode(cell, outputs=_new(cell.get("outputs", []), said_before)) for cell in part]
        if any(cell.outputs for cell in left) or not any(cell.get("outputs") for cell in part):
            kept += left
    return kept


def _new(outputs: list[NotebookNode], said_before: set[str]) -> list[NotebookNode]:
    """Outputs without lone sentences that were said before; those that are new are said from now on."""
    lone = {i: sentence for i, output in enumerate(outputs) if (sentence := _lone_sentence(output))}
    new = [output for i, output in enumerate(outputs) if lone.get(i) not in said_before]
    said_before.update(lone.values())
    return new


def _lone_sentence(output: NotebookNode) -> str:
    """The sentence of an output that is one paragraph and nothing else; else nothing."""
    data = output.get("data", {})
    found = re.fullmatch("<p>([^<]+)</p>", data.get("text/html", "")) if PLOT not in data else None
    return found[1] if found else ""


def _words(output: NotebookNode) -> str:
    """The plain text of an output; of a Markdown object, its source."""
    data = output.get("data", {})
    plain = data.get("text/plain", output.get("text", "") if output.get("name") == "stdout" else "")
    if plain.startswith("<IPython.core.display."):
        return _unmarked(data.get("text/markdown", ""))
    return plain


def _unmarked(markdown: str) -> str:
    return html.unescape(re.sub("[*`]", "", markdown))


def _frame(title: str, hashes: list[str] | tuple = (), facts: dict | None = None) -> dict:
    """What every page shares: title, style, maker and day, and the policy that lets only our scripts run."""
    tables = (FOLDER / "tables.js").read_text(encoding="utf-8")
    scripts = " ".join(f"'{name}'" for name in [*hashes, _hash(tables.encode())])
    loads = f"default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data: blob:"
    return {
        "title": title,
        "policy": f"{loads}; base-uri 'none'; form-action 'none'",
        "tables": Markup(tables),
        "style": Markup(_words_on_paper() + (FOLDER / "style.css").read_text(encoding="utf-8")),
        "maker": f"analysis {__version__}",
        "about": [facts[key] for key in ("who", "when", "what") if facts and facts.get(key)],
        "day": datetime.now(UTC).date().isoformat(),
    }


def _words_on_paper() -> str:
    """What a style sheet says on paper in place of what it leaves out, in the language of the reader."""
    words = {
        "others": said(" Others can be chosen on the page."),
        "how_to": said("What trains what, and how it is done, is told on the page."),
        "how_to_read": said("How to read this is told on the page."),
        "more": said(" More of it is on the page."),
    }
    return f":root {{ {' '.join(f'--{name}: {json.dumps(text, ensure_ascii=False)};' for name, text in words.items())} }}\n"


@cache
def _scripts() -> tuple[dict, list[str]]:
    """plotly.js packed (5 MB in 2) and the script that unpacks it and draws, with the hashes of both."""
    draw = (FOLDER / "draw.js").read_text(encoding="utf-8")
    plotly = plotly_js()
    packed = base64.b64encode(gzip.compress(plotly, PACKING, mtime=0)).decode()
    return {"draw": Markup(draw), "plotly": packed}, [_hash(draw.encode()), _hash(plotly)]


def _hash(script: bytes) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(script).digest()).decode()
