#!/bin/sh
# Assumed: nbconvert's HTML export writes what its template says, and what a cell shows as HTML stands in the page as it was.
# What happens: the page is written, then read again whole by BeautifulSoup with Python's html.parser, given alt texts and
# tabindex, and written anew, whatever the template is and whether anything is missing. That parser knows no end tags that
# HTML lets one leave out: two paragraphs without theirs come out nested, so a browser sees two more,
# empty ones. And the second reading costs more than all the rest of the export once a cell shows much HTML or data.
# Seen with nbconvert 7.17.2, beautifulsoup4 4.14.3 and html5lib 1.1, which reads as browsers do, on Python 3.11.
# Why it matters: a page with a few interactive figures is megabytes, and its export takes seconds for nothing; who shows HTML
# of other tools shows another structure than theirs. An exporter of one's own can call TemplateExporter's method instead.
# Prints paragraphs and seconds; fails when the structure stays as it was, or the second reading costs less than the rest.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check nbconvert==7.17.2 beautifulsoup4==4.14.3 html5lib==1.1
"$folder/venv/bin/python" - <<'PY'
import time

import html5lib
from nbconvert import HTMLExporter, TemplateExporter
from nbformat.v4 import new_code_cell, new_notebook, new_output

SHORT = "<div id=shown><p>one<p>two<ul><li>a<li>b</ul></div>"  # valid: HTML closes p and li by itself


def notebook(shown: str):
    return new_notebook(cells=[new_code_cell("", outputs=[new_output("display_data", {"text/html": shown})])])


def paragraphs(page: str) -> list[str]:
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    return ["".join(p.itertext()).strip() for p in tree.find(".//div[@id='shown']").iter("p")]


exporter = HTMLExporter(template_name="basic")
exporter.register_filter("highlight_code", lambda source, **_: source)
exporter.register_filter("filter_data_type", lambda output: list(output))


def once(nb) -> str:
    return TemplateExporter.from_notebook_node(exporter, nb, exporter._init_resources(None))[0]


template, exported = once(notebook(SHORT)), HTMLExporter(template_name="basic").from_notebook_node(notebook(SHORT))[0]
print("paragraphs that the cell shows:   ", paragraphs(SHORT))
print("paragraphs as the template writes:", paragraphs(template))
print("paragraphs of the exported page:  ", paragraphs(exported))

rows = "".join(f"<tr><td>{i}</td><td>{i * i}</td></tr>" for i in range(20_000))
large = notebook(f"<div><table>{rows}</table></div>")


def seconds(make) -> float:
    began = time.process_time()
    make()
    return time.process_time() - began


one, both = (min(seconds(make) for _ in range(3)) for make in (lambda: once(large), lambda: HTMLExporter(template_name="basic").from_notebook_node(large)))
print(f"a table of 20,000 rows: {one:.2f} s as the template writes it, {both:.2f} s exported")
assert paragraphs(SHORT) == paragraphs(template) == ["one", "two"]
assert paragraphs(exported) != ["one", "two"]
assert both > 2 * one
PY
