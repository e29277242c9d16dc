# Everything runs in .venv, which is made when it is first needed. Another Python: make test PYTHON=python3.13

READY := .venv/.ready
ifndef PYTHON
PYTHON := $(if $(and $(wildcard $(READY)-*),$(wildcard .venv/bin/python)),.venv/bin/python,python3)
endif
VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
ENOUGH := $(shell $(PYTHON) -c 'import sys; print(sys.version_info >= (3, 11))' 2>/dev/null)

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq install -c constraints.txt
# the same examples each time; plain `pytest` looks for new ones
PYTEST := $(BIN)/python -m pytest --hypothesis-profile=ci

.PHONY: help play test check lint bench clean
.DEFAULT_GOAL := help

help:
	@echo 'make play    play Kosovo 2007 (prints one whole game where there is no terminal)'
	@echo 'make test    every test and check; this is what has to pass'
	@echo 'make check   format, lint, types, seams and the fast tests, in less than a minute'
	@echo 'make bench   run the benchmarks'
	@echo 'make clean   remove .venv and everything else that make and Python have made'
	@echo 'Another Python: make test PYTHON=python3.13'

play: $(READY)-$(VERSION)
	@$(BIN)/brink play kosovo-2007

test: lint
	@$(PYTEST) -n auto --maxprocesses 8

check: lint
	@$(PYTEST) -m "not slow" -n 2

lint: $(READY)-$(VERSION)-dev
	@$(BIN)/ruff format --check --quiet . || { echo 'To format these files: $(BIN)/ruff format .'; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

bench: $(READY)-$(VERSION)
	@$(BIN)/python -m benchmarks

clean:
	rm -rf .venv build dist *.egg-info .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What the game needs. A .venv of another Python, or one that is broken, is made anew.
$(READY)-$(VERSION): pyproject.toml constraints.txt
	@[ "$(ENOUGH)" = True ] || { echo 'Brinkmanship needs Python 3.11 or newer, but $(PYTHON) is $(if $(VERSION),Python $(VERSION),not there). Name another one: make PYTHON=python3.12 $(MAKECMDGOALS)' >&2; exit 1; }
	@echo 'Setting up .venv with Python $(VERSION), once ...' >&2
	@rm -f $(READY)-*
	@[ "$$($(BIN)/python -c 'import pip, sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" = "$(VERSION)" ] \
		|| $(PYTHON) -m venv --clear .venv
	@$(PIP) -e .
	@touch $@

# What the tests and checks need besides.
$(READY)-$(VERSION)-dev: $(READY)-$(VERSION)
	@echo 'Adding what the tests need, once ...' >&2
	@$(PIP) -e '.[dev]'
	@touch $@
