"""The corpus of hostile files: its maker, its cases, and what they are expected to end as."""

import importlib.util
import json
import sys
from pathlib import Path

from collection import HOSTILE


def make_corpus(out: Path) -> None:
    """Write all files of the corpus and its manifest."""
    argv, sys.argv = sys.argv, ["make_corpus.py", str(out), "--columns", str(HOSTILE / "columns.json")]
    try:
        maker_of_corpus().main()
    finally:
        sys.argv = argv


def maker_of_corpus():
    """The module that makes the files and damages them, told the words of each app's columns."""
    spec = importlib.util.spec_from_file_location("make_corpus", HOSTILE / "make_corpus.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name, values in json.loads((HOSTILE / "columns.json").read_text(encoding="utf-8")).items():
        getattr(module, name).update(values)
    return module


def cases(corpus: Path, *formats: str) -> list[dict]:
    """Of the manifest, the cases of some formats."""
    manifest = json.loads((corpus / "manifest.json").read_text())
    return [case for case in manifest if case["format"] in formats]
