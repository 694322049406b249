# make report   the pages of the sample season, or of your own: make report LOGS=path PLAN=path OUT=folder
# make test     every test, the notebooks included
# make soak     all of the damage and the kills of which make test tries a tenth: make soak ONLY=gpx
# make lab      JupyterLab on copies of the notebooks: make lab LOGS=path PLAN=path OWN=folder
# make app      the same notebooks as pages with controls and without code, on this computer alone
# Each sets up its own .venv the first time; a second run installs nothing.

PYTHON ?= python3
LOGS ?=
PLAN ?=
OWN ?= analysis-notebooks
OUT ?= reports
ONLY ?=
PYTEST := .venv/bin/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder --durations 10
BIN := .venv/bin
READY := .venv/.ready

.PHONY: report test lab app notebooks sample lint docs bench soak dist-check interpreters

report: $(READY)
	$(BIN)/analysis report $(if $(LOGS),--logs "$(LOGS)") $(if $(PLAN),--plan "$(PLAN)") --out "$(OUT)"

test: $(READY)
	$(PYTEST)

soak: $(READY)
	RUNNER_SOAK=1 $(PYTEST) -m soak $(if $(ONLY),-k "$(ONLY)")

dist-check: $(READY)  # what a stranger installs works outside the repository
	PYTHON=$(BIN)/python sh scripts/check_dist.sh

interpreters: $(READY)
	sh scripts/check_interpreters.sh

lab: $(READY)  # on copies in OWN, made once; LOGS and PLAN are kept there in training.toml
	$(BIN)/analysis lab "$(OWN)" $(if $(LOGS),--logs "$(LOGS)") $(if $(PLAN),--plan "$(PLAN)")

app: $(READY)  # the same as pages without code, on this computer alone
	PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[app]"
	$(BIN)/analysis app "$(OWN)" $(if $(LOGS),--logs "$(LOGS)") $(if $(PLAN),--plan "$(PLAN)")

notebooks: $(READY)  # run the committed notebooks again and keep what is compared
	$(BIN)/python scripts/refresh_notebooks.py

sample: $(READY)  # make the sample logs and recordings again
	$(BIN)/python scripts/make_sample_logs.py
	$(BIN)/python scripts/make_sample_activities.py

lint: $(READY)
	$(BIN)/ruff check src tests scripts docs
	$(BIN)/ruff format --check src tests scripts docs
	$(BIN)/mypy

docs: $(READY)  # the documentation, in docs/_build; a link or a name that is not there fails it
	PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[docs]"
	$(BIN)/python -m sphinx --quiet --fail-on-warning --keep-going -b html docs docs/_build

# Speed beside other libraries, and beside the build of another work tree: make bench BEFORE=../other RUNNER_COLLECTION=files
bench: $(READY)  # hours, on a quiet machine
	PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[bench]"
	for run in imports.py "archive.py 1000 50 $(BEFORE)" volume.py efforts.py cohort.py growth.py figures.py kernel_memory.py \
	  "exponents.py 5 $(BEFORE)" "csv_log.py 3 $(BEFORE)" "reports.py 3 $(BEFORE)" "explore.py 12 $(BEFORE)" \
	  $(if $(RUNNER_COLLECTION),"read_fit.py $(RUNNER_COLLECTION)" "read_xml.py $(RUNNER_COLLECTION) 9 $(BEFORE)"); do \
	  printf '\n== %s\n' "$$run"; $(BIN)/python benchmarks/$$run || exit 1; done

# Pinned also while the package itself is built, hence PIP_CONSTRAINT.
$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[test]"
	@# axe-core looks at pages for those who cannot see them; without npm its tests are skipped, and say so.
	-npm install --silent --no-save --no-package-lock --prefix .venv axe-core@4.14.1
	touch $(READY)
