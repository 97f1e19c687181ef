# make run    starts the bot          make test   runs all tests
# make check  lints, types, layers, knowledge
# make bench  accuracy and speed      make lock   refreshes the locked dependencies

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps
COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --extra semantic \
	--generate-hashes --no-emit-index-url --no-annotate --no-config --custom-compile-command "make lock"
QUESTIONS ?= tests/questions/own.jsonl
OFF_TOPIC ?= tests/questions/off_topic.txt

.DEFAULT_GOAL := run
.PHONY: run test check bench lock prepare clean

run: $(VENV)/installed prepare
	$(BIN)/python run_bot.py

prepare: $(VENV)/installed
	$(BIN)/python run_bot.py prepare

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

check: $(VENV)/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python run_bot.py check

bench: $(VENV)/installed-dev prepare
	$(BIN)/python -m tests.benchmarks.accuracy $(QUESTIONS) $(OFF_TOPIC)
	$(BIN)/python -m tests.benchmarks.speed
	$(BIN)/python -m tests.benchmarks.journeys
	$(BIN)/python -m tests.benchmarks.taps
	$(BIN)/python -m tests.benchmarks.nudges
	NUDGED_STUDENTS=500 $(BIN)/python -m pytest --numprocesses 2 --dist loadfile \
		tests/scheduling/test_thirty_days_sqlite.py tests/scheduling/test_thirty_days_postgresql.py
	$(BIN)/python -m tests.benchmarks.telegram
	$(BIN)/python -m tests.benchmarks.pictures

lock: $(VENV)/installed-dev
	$(COMPILE) --upgrade --output-file requirements.lock
	$(COMPILE) --upgrade --group dev --output-file requirements-dev.lock

clean:
	rm -rf $(VENV) data/cache

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed.")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.lock | $(VENV)/bin/python
	$(INSTALL) -r requirements.lock
	touch $@

$(VENV)/installed-dev: requirements-dev.lock $(VENV)/installed
	$(INSTALL) -r requirements-dev.lock
	touch $@
