# Everything here needs Python 3.11, pip, git and make; `make lock` alone also needs uv.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq

.DEFAULT_GOAL := help
.PHONY: help demo test gate lint format bench bench-test wheel lock clean

help: ## List the targets.
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1 \2/p' $(MAKEFILE_LIST) | sed 's/^\(make [a-z]*\) /\1	/'

# Made once, and again when the dependencies change. The lock is whole, so pip resolves nothing: its
# resolver may take a newer release for "coverage[toml]" than the one locked, and then find no hash.
$(STAMP): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "touchline needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1)." \
	    "Name another: make PYTHON=python3.11 ..." >&2; exit 1; }
	@echo "Installing touchline into .venv (once, about a minute)"
	@$(PYTHON) -m venv --clear .venv
	@$(PIP) install --require-hashes --no-deps -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@$(PIP) check
	@touch $@

demo: $(STAMP) ## Extract the events of a sample, from its recording: no key, no network.
	@$(BIN)/touchline extract samples/ascoli-carrera.txt --cassettes cassettes

# With their bytecode kept, the next run and each program that a test starts load in half the time.
test: export PYTHONDONTWRITEBYTECODE :=
test: $(STAMP) ## Run the whole suite, offline.
	$(BIN)/python -m pytest -n auto $(ARGS)

gate: $(STAMP) ## Hold the prompts against the recordings, and these against the blessed scores.
	@$(BIN)/touchline cassettes check cassettes tests/gold/*.json samples/*.txt $(ARGS)
	@$(BIN)/touchline eval tests/gold --cassettes cassettes --baseline tests/data/baseline.json \
	  --tolerance 0 --events none $(ARGS)

lint: $(STAMP) ## Check style, types and import arrows.
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP) ## Format the code and apply the safe fixes.
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(STAMP) ## Run the benchmarks.
	$(BIN)/python -m benchmarks $(ARGS)

bench-test: $(STAMP) ## Check that the benchmarks run; no figure is judged.
	$(BIN)/python -m pytest -m bench tests/test_benchmarks.py

wheel: $(STAMP) ## Build dist/: the sdist, and from it the wheel.
	@rm -rf dist
	$(BIN)/python -m build --no-isolation

lock: ## Resolve requirements.lock anew (needs uv). Releases of the last 8 days wait.
	@command -v uv >/dev/null || { echo "make lock needs uv: pip install uv" >&2; exit 1; }
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	  --exclude-newer "8 days" --custom-compile-command "make lock" --no-emit-index-url \
	  --upgrade --quiet --output-file requirements.lock

clean: ## Remove what the other targets made.
	rm -rf .venv dist .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
