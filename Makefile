# Everything runs in .venv, which is made when it is first needed. Another Python: make test PYTHON=python3.13

READY := .venv/.ready
ifndef PYTHON
PYTHON := $(if $(and $(wildcard $(READY)-*),$(realpath .venv/bin/python)),.venv/bin/python,python3)
endif
VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
ENOUGH := $(shell $(PYTHON) -c 'import sys; print(sys.version_info >= (3, 11))' 2>/dev/null)

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq install -c constraints.txt
# the same examples each time; plain `pytest` looks for new ones
PYTEST := $(BIN)/python -m pytest --hypothesis-profile=ci

# half as many again as there are processors, since tests of screens and processes wait a good part of their time
JOBS := $(shell $(PYTHON) -c 'import os; print(min(8, (os.cpu_count() or 2) * 3 // 2))' 2>/dev/null)

# the server that editors ask about YAML; tests/editor/fetch.py brings it
EDITOR := .venv/editor/node_modules/yaml-language-server/bin/yaml-language-server

.PHONY: help site wheel-test lowest play test check style types seams all-tests fast-tests editor-test fuzz coverage mutants \
	bench goldens cards pictures clean broken
.DEFAULT_GOAL := help

help:
	@echo 'make play    play the crisis over Kosovo 2007 in the terminal'
	@echo 'make test    every test and check; this is what has to pass'
	@echo 'make check   format, lint, types, seams and the fast tests, in less than a minute'
	@echo 'make fuzz MINUTES=60  try inputs that nobody wrote, for so many minutes; what breaks is kept in fuzz-failures/'
	@echo 'make coverage  say which branches of batch, expressions, rules and scenario no test goes through'
	@echo 'make mutants MUTANTS=engine.batch.storage.notes.*  change the code in many places; which changes does no test notice?'
	@echo 'make bench   run the benchmarks'
	@echo 'make editor-test  ask the real yaml-language-server about the format; needs Node'
	@echo 'make site    write the documents as a site into site/, which works without a network'
	@echo 'make goldens write golden games and the samples in the documents anew'
	@echo 'make cards   make the calibration cards of the bundled scenarios anew'
	@echo 'make pictures draw the pictures of the game anew (needs the library cairo)'
	@echo 'make wheel-test  build the wheel, and use it in a fresh environment'
	@echo 'make lowest  the fast tests on the lowest versions that pyproject.toml allows, in .venv-lowest'
	@echo 'make clean   remove .venv and everything else that make and Python have made'
	@echo 'Another Python: make test PYTHON=python3.13'

play: $(READY)-$(VERSION)
	@$(BIN)/brink play kosovo-2007

# Each of these says all that it has to say, even if one before it fails.
test: $(READY)-$(VERSION)-dev
	@$(MAKE) --no-print-directory --keep-going style types seams all-tests editor-test

check: $(READY)-$(VERSION)-dev
	@$(MAKE) --no-print-directory --keep-going style types seams fast-tests

style: $(READY)-$(VERSION)-dev
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet . || { echo 'Some files need: $(BIN)/ruff format .' >&2; exit 1; }

types: $(READY)-$(VERSION)-dev
	@$(BIN)/mypy

seams: $(READY)-$(VERSION)-dev
	@$(BIN)/lint-imports --no-logo

all-tests: $(READY)-$(VERSION)-dev
	@$(PYTEST) -m "not editor" -n $(JOBS) --dist worksteal

fast-tests: $(READY)-$(VERSION)-dev
	@$(PYTEST) -m "not slow and not editor" -n 2 --dist worksteal

# Where there is no Node or no network, nobody can ask the server, and the rest is tested all the same.
editor-test: $(READY)-$(VERSION)-dev
	@[ -e $(EDITOR) ] || $(BIN)/python -m tests.editor.fetch
	@if command -v node >/dev/null && [ -e $(EDITOR) ]; then $(PYTEST) -m editor tests/editor; fi

# SEED=n does the same again; FUZZ=tests/scenario only the fuzzers there
MINUTES := 60
FUZZ := tests
fuzz: $(READY)-$(VERSION)-dev
	@$(BIN)/python -m tests.fuzz --minutes $(MINUTES) $(if $(SEED),--seed $(SEED)) $(FUZZ)

coverage: $(READY)-$(VERSION)-dev
	@$(PYTEST) -m "not editor" -n $(JOBS) --dist worksteal --cov --cov-report=term

# takes hours for all; what it makes stands in mutants/
MUTANTS :=
mutants: $(READY)-$(VERSION)-dev
	@$(PIP) 'mutmut>=3.8,<4'
	@$(BIN)/python -m mutmut run $(MUTANTS); $(BIN)/python -m mutmut results

bench: $(READY)-$(VERSION)
	@$(BIN)/python -m benchmarks

# A page that leads nowhere, or stands in no menu, is an error.
site: $(READY)-$(VERSION)-dev
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs --quiet build --strict
	@echo 'The site is in site/: open site/index.html'

goldens: $(READY)-$(VERSION)
	@$(BIN)/python -m tests.goldens
	@$(BIN)/python -m tests.tui.goldens

# A test says when one is stale: after a change to a scenario, its targets, the rules, or how cards are made.
CARD_RUNS := 500
cards: $(READY)-$(VERSION)
	@for name in $$($(BIN)/brink list --names); do \
		$(BIN)/brink backtest $$name --runs $(CARD_RUNS) --stances --overwrite --card docs/cards/$$name.md --card scenarios/$$name/card.json >/dev/null \
			|| exit 1; \
		echo "made: docs/cards/$$name.md"; \
	done

pictures: $(READY)-$(VERSION)-dev
	@$(PIP) -e '.[pictures]'
	@$(BIN)/python -m tests.pictures

wheel-test: $(READY)-$(VERSION)-dev
	@$(BIN)/python -m tests.installed.fresh $(PYTHON)

# What needs the exact versions of constraints.txt, pictures and goldens of screens and pages, is left out.
lowest: $(READY)-$(VERSION)-dev
	@$(BIN)/python -m tests.installed.lowest > .venv/lowest.txt
	@$(PYTHON) -m venv .venv-lowest
	@.venv-lowest/bin/pip --disable-pip-version-check -qq install -c .venv/lowest.txt -e '.[dev]'
	@.venv-lowest/bin/python -m pytest --hypothesis-profile=ci -n $(JOBS) -m 'not slow and not editor' $(LOWEST)

# rooms that the lowest versions are tried on: all that is read, run, stored, asked and told
LOWEST := tests/expressions tests/scenario tests/rules tests/play tests/batch tests/cli tests/library tests/report

clean:
	rm -rf .venv .venv-lowest build dist site *.egg-info .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What the game needs. A .venv of another Python, or one that is broken, is made anew.
$(READY)-$(VERSION): pyproject.toml constraints.txt $(if $(realpath $(BIN)/python),,broken)
	@[ "$(ENOUGH)" = True ] || { echo 'Brinkmanship needs Python 3.11 or newer, but $(PYTHON) is $(if $(VERSION),Python $(VERSION),not there). Name another one: make PYTHON=python3.12 $(MAKECMDGOALS)' >&2; exit 1; }
	@echo 'Setting up .venv with Python $(VERSION), once ...' >&2
	@rm -f $(READY)-*
	@[ "$$($(BIN)/python -c 'import pip, sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" = "$(VERSION)" ] \
		|| $(PYTHON) -m venv --clear .venv
	@$(PIP) -e '.[fast]' || $(PIP) -e .
	@$(BIN)/python -m engine.rules.machine.warm || true
	@touch $@

# What the tests and checks need besides.
$(READY)-$(VERSION)-dev: $(READY)-$(VERSION)
	@echo 'Adding what the tests need, once ...' >&2
	@$(PIP) -e '.[dev]'
	@touch $@
