"""The corpus of hostile files: made once, its cases, and what they are expected to end as."""

import importlib.util
import json
import sys
from pathlib import Path

HOSTILE = Path(__file__).parents[2] / "shared" / "hostile"


def make_corpus(out: Path) -> None:
    """Write all files of the corpus and its manifest."""
    maker = _maker()
    argv, sys.argv = sys.argv, ["make_corpus.py", str(out), "--columns", str(HOSTILE / "columns.json")]
    try:
        maker.main()
    finally:
        sys.argv = argv


def _maker():
    spec = importlib.util.spec_from_file_location("make_corpus", HOSTILE / "make_corpus.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cases(corpus: Path, *formats: str) -> list[dict]:
    """Of the manifest, the cases of some formats."""
    manifest = json.loads((corpus / "manifest.json").read_text())
    return [case for case in manifest if case["format"] in formats]
