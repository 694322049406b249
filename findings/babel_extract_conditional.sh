#!/bin/sh
# Assumed: where one of two texts is translated, gettext("one lies" if n == 1 else "they lie"), an extractor finds both, or
# says that it cannot.
# What happens: Babel puts the literals of a conditional argument together as if they stood side by side ("a" "b"), and gives
# one text that the program never asks for: "one liesthey lie". No message. Of gettext(names["key"]) it gives "key". Both real
# texts are missing from the catalog, so they stay untranslated whatever a translator does.
# Seen in Babel 2.18.0; `pybabel extract` reads Python by the same function.
# Why it matters: a verdict such as faster or slower is often written so, and is told in the wrong language without a word.
# Prints what is extracted and what is shown in German; exit code 1 when both texts are extracted.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check babel==2.18.0
cat > "$work/program.py" <<'PYTHON'
from gettext import gettext

def verdict(n):
    return gettext("one lies" if n == 1 else "they lie")
PYTHON
cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
import sys
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from gettext import GNUTranslations

texts = [text for _, text, _, _ in extract_from_file("python", "program.py")]
print("extracted:", texts)

german = Catalog("de")
for text in texts:  # a translator translates all that there is
    german.add(text, f"[{text}]")
packed = BytesIO()
write_mo(packed, german)
packed.seek(0)
print("shown:", GNUTranslations(packed).gettext("they lie"))
sys.exit(0 if texts == ["one liesthey lie"] else 1)
PYTHON
