#!/bin/sh
# Run the tests of loader, store and house on each other interpreter from 3.11 to 3.14 that is here.
set -eu
cd "$(dirname "$0")/.."

# interpreter VERSION: one that runs, on the path or where pyenv keeps them; nothing where there is none.
interpreter() {
    for python in "python$1" "${PYENV_ROOT:-$HOME/.pyenv}/versions/$1".*/bin/python; do
        if "$python" -c "" 2>/dev/null; then
            echo "$python"
            return
        fi
    done
}

tests="tests/loading/test_logs.py tests/loading/test_store.py tests/formats/test_sheet.py tests/test_house.py"
own=$(.venv/bin/python -c 'import sys; print("%d.%d" % sys.version_info[:2])')
for version in 3.11 3.12 3.13 3.14; do
    python=$(interpreter "$version")
    echo "== $version: ${python:-not here}"
    if [ -n "$python" ] && [ "$version" != "$own" ]; then
        "$python" -m venv ".venv/$version"
        its=".venv/$version/bin/python"
        if PIP_CONSTRAINT=constraints.txt "$its" -m pip install --quiet --disable-pip-version-check --editable ".[test]"; then
            "$its" -m pytest --numprocesses auto --dist loadfile $tests
        else
            echo "== $version: what it needs is not to be had"
        fi
    fi
done
