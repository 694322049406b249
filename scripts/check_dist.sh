#!/bin/sh
# Build wheel and sdist, install each into an empty environment, and use it outside the repository.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
python=$(cd "$(dirname "$0")/.." && command -v "${PYTHON:-python3}")
case $python in /*) ;; *) python="$root/$python" ;; esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset PYTHONPATH
export PIP_CONSTRAINT="$root/constraints.txt" PIP_DISABLE_PIP_VERSION_CHECK=1

"$python" -m venv "$work/build"
"$work/build/bin/python" -m pip install --quiet hatchling
(cd "$root" && "$work/build/bin/python" -m hatchling build --directory "$work/dist" >/dev/null 2>&1)

# use KIND FILE: what a stranger does first with a file of the index.
use() {
    "$python" -m venv "$work/$1"
    PATH="$work/$1/bin:$PATH"
    python -m pip install --quiet --no-compile "$2"
    mkdir "$work/$1-user" && cd "$work/$1-user"
    printf 'date,exercise,reps\n2026-03-02,calf_raise,12\n' >log.csv
    analysis --version
    analysis check log.csv
    analysis report --logs log.csv --out pages --no-progress
    test -s pages/index.html
    python -c 'from pathlib import Path; from analysis.pages.copies import copy_notebooks; copy_notebooks(Path("own"), {})'
    jupyter execute --inplace own/01_muscle_volume.ipynb
    grep -q "application/vnd.plotly" own/01_muscle_volume.ipynb
    python -c 'import analysis; print(analysis.__file__)' | grep "$work/$1/"
}

for kind in whl tar.gz; do
    ( # no && here: it would let a command of `use` fail unseen
        use "$kind" "$work"/dist/*."$kind" >"$work/$kind.log" 2>&1
        echo ok >"$work/$kind.ok"
    ) &
done
wait || true
for kind in whl tar.gz; do
    echo "== $kind"
    cat "$work/$kind.log"
    test -e "$work/$kind.ok" || exit 1
done
