#!/bin/sh
# Assumed: an error that is raised `from None` goes from a worker to its caller by itself, as it does between processes of
# concurrent.futures: pickle takes the class and the arguments of an exception, never the one that it came from.
#
# What happens: once `distributed` is imported, exceptions of the whole process are packed with their `__context__` too,
# which `from None` only hides (tblib's pickling support, which distributed installs). Where the first error was one of
# lxml, it holds a log of the parser that cannot be packed: a plain refusal ends in a TypeError, also between two
# processes that have nothing to do with dask, and only where somebody imported distributed before.
#
# Seen with distributed 2026.8.0 (tblib 3.2.2) and lxml 6.1.3 on Python 3.11.
# Why it matters: a damaged file among thousands is refused with its reason on one machine, and ends the whole run on a
# cluster. Take `__context__` from an error before it is handed on.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check distributed==2026.8.0 tblib==3.2.2 lxml==6.1.3
"$folder/venv/bin/python" - <<'PY'
import pickle

from lxml import etree


def refusal() -> Exception:
    try:
        try:
            etree.fromstring("<a><b></a>")
        except etree.XMLSyntaxError:
            raise ValueError("a.xml: is no XML") from None
    except ValueError as error:
        return error


def packed(error: Exception) -> str:
    try:
        return f"packed: {pickle.loads(pickle.dumps(error))!r}"
    except TypeError as why:
        return f"TypeError: {why}"


before = packed(refusal())
import distributed  # noqa: E402, F401

after, bare = packed(refusal()), refusal()
bare.__context__ = None
alone = packed(bare)
print(f"before the import:   {before}\nafter it:            {after}\nwithout its context: {alone}")
assert before == alone == "packed: ValueError('a.xml: is no XML')", "what is expected has changed"
assert after.startswith("TypeError: cannot pickle"), "the surprise is gone"
PY
