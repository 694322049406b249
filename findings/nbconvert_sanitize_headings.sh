#!/bin/sh
# Assumed: `sanitize_html` of nbconvert's HTML export takes away what may do harm (scripts, handlers), and leaves the prose
# of a notebook as it was.
#
# What happens: a Markdown cell is made HTML first and cleaned then, by a list of tags that lacks p, h1 to h6, th, thead and
# tbody; a tag that is not on it is not dropped but printed. So the plainest notebook, a heading and a sentence, is read as
# `<h2>Files</h2>` and `<p>Two were read.</p>`, and so is each header of a pandas table. JupyterLab offers this export.
#
# Seen with nbconvert 7.17.2 (bleach 6.4.0) on Python 3.11.
# Why it matters: whoever exports for others with the careful choice sends a page of tags. Use that export without it on
# notebooks of your own, and clean what is shared by other means.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check nbconvert==7.17.2 bleach==6.4.0
"$folder/venv/bin/python" - <<'PY'
import re

from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

table = "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>"
shown = new_output("display_data", {"text/html": table, "text/plain": "a 1"})
notebook = new_notebook(cells=[new_markdown_cell("## Files\n\nTwo were read."), new_code_cell("1", outputs=[shown])])


def printed(sanitize_html: bool) -> set[str]:
    """Tags that a reader of the page sees as text."""
    page, _ = HTMLExporter(sanitize_html=sanitize_html).from_notebook_node(notebook)
    return set(re.findall(r"&lt;([a-z0-9]+)", page))


plain, sanitized = printed(False), printed(True)
print("printed as text without sanitize_html:", sorted(plain))
print("printed as text with sanitize_html:   ", sorted(sanitized))
assert not plain
assert sanitized == {"h2", "p", "th", "thead", "tbody"}
PY
