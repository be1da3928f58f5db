# On a fresh machine: `make demo` opens the app on fictional leagues, `make test` runs every test.
# Both need Python 3.11 or newer with its venv module, and nothing else.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
export PIP_CONSTRAINT := $(CURDIR)/constraints.txt

.PHONY: demo run test check bench screenshots film clean

demo: .venv/.app
	@$(BIN)/fantasy-tui demo

run: .venv/.app
	@$(BIN)/fantasy-tui

test: .venv/.dev
	$(BIN)/python -m pytest -n auto --dist loadgroup

check: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/.dev
	@$(BIN)/python -m benchmarks

screenshots: .venv/.dev
	@$(BIN)/python docs/screenshots.py

film: .venv/.dev
	@$(BIN)/python docs/film.py

clean:
	rm -rf .venv build dist

.venv/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit("fantasy_tui needs Python 3.11 or newer; this is %s. Set PYTHON=python3.x" % sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv .venv

.venv/.app: .venv/pyvenv.cfg pyproject.toml constraints.txt
	@echo "Installing (once) ..."
	@$(PIP) --editable .
	@touch $@

.venv/.dev: .venv/.app
	@echo "Installing what tests need (once) ..."
	@$(PIP) --editable '.[dev]'
	@touch $@
