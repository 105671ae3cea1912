# Everything a newcomer or a maintainer runs. `make help` lists it.
#
# PYTHON: the interpreter that makes the virtual environment. QUIET: empty to see what the installers say.
PYTHON ?= python3
QUIET ?= -q
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PIP := $(BIN)/python -m pip --disable-pip-version-check $(QUIET)

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-all check accept bench docs editors clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY) ## make .venv with everything that the project needs

# The build backend is installed first and used as it stands, so that it too has the version that constraints.txt names.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'vbclang needs Python 3.11 or later: make PYTHON=python3.12 ...'; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@$(PIP) install -c constraints.txt hatchling editables
	@$(PIP) install -c constraints.txt --no-build-isolation -e '.[dev]'
	@touch $@

demo: $(READY) ## set up and settle a real programme: the main job, from nothing
	@$(BIN)/python examples/demo.py

test: $(READY) ## set up and run the quick tests
	@$(BIN)/python -m pytest -m 'not programs'

test-all: $(READY) ## run what needs other programs, and name what was skipped
	@$(BIN)/python -m pytest -m programs -rs

check: $(READY) ## lint, types and layout
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy --no-error-summary

accept: $(READY) ## write what the program now says into the golden cases; read the diff before you commit it
	@$(BIN)/python -m pytest -m 'not programs' --accept

bench: $(READY) ## measure the speed
	@$(BIN)/python benchmarks/run.py

docs: $(READY) ## write the generated pages of docs/
	@$(BIN)/python docs/generate.py

editors: $(READY) ## write the editors' grammars from the list of the language's words
	@$(BIN)/python editors/generate.py

clean: ## remove what the other targets made
	@rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .benchmarks editors/node_modules
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
