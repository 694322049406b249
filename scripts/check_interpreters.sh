#!/bin/sh
# Run the tests of loader, store and house on each other interpreter from 3.11 to 3.14 that is here.
set -eu
cd "$(dirname "$0")/.."
own=$(.venv/bin/python -c 'import sys; print("%d.%d" % sys.version_info[:2])')
for version in 3.11 3.12 3.13 3.14; do
    if [ "$version" = "$own" ]; then
        echo "== $version: by make test"
    elif ! command -v "python$version" >/dev/null 2>&1; then
        echo "== $version: not here"
    else
        echo "== $version"
        "python$version" -m venv ".venv/$version"
        PIP_CONSTRAINT=constraints.txt ".venv/$version/bin/python" -m pip install --quiet --disable-pip-version-check --editable ".[test]"
        ".venv/$version/bin/python" -m pytest --numprocesses auto --dist worksteal -m "not soak" tests/loading tests/formats tests/test_house.py
    fi
done
