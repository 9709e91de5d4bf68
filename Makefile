# `make run` and `make test` are all a newcomer needs. Both set up ./.venv first.
PY ?= python3
BIN := .venv/bin
PYTHON := $(BIN)/python
COMPILE = $(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate \
	--python-version 3.11 --custom-compile-command "make lock"
WHO = $(PYTHON) -c 'import sys; print(sys.prefix, *sys.version_info[:2])'
STATIC := $(shell find static -type f 2>/dev/null)
MESSAGES := $(wildcard locale/*/LC_MESSAGES/django.po)

.PHONY: run setup test lint fmt test-sqlite test-postgres test-docker bench drill drill-short \
	messages lock system clean

run: setup build/static.stamp
	@exec $(PYTHON) manage.py serve

setup: .venv/run build/messages.stamp

# --- what is installed ------------------------------------------------------------------------
# A .venv that was moved, or whose Python went away or changed, is made anew.
$(shell [ "$$($(WHO) 2>&1)" = "$$(cat .venv/made 2>&1)" ] || \
	rm -f .venv/made .venv/run .venv/dev .venv/bench)

.venv/made: requirements-uv.txt
	@PY="$(PY)" sh bin/make-venv
	@$(WHO) >$@

.venv/run: requirements.txt requirements-uv.txt | .venv/made
	@sh bin/sync-venv run

.venv/dev: requirements-dev.txt requirements-uv.txt | .venv/made
	@sh bin/sync-venv dev

.venv/bench: requirements-bench.txt requirements-uv.txt | .venv/made
	@sh bin/sync-venv bench

build/messages.stamp: $(MESSAGES) | .venv/run
	@mkdir -p build
	@$(PYTHON) bin/compile_messages.py locale
	@touch $@

build/static.stamp: $(STATIC) requirements.txt studio/settings.py studio/lib/joined.py \
		studio/lib/collecting.py studio/lib/styles.py | .venv/run
	@mkdir -p build
	@echo "Collecting the static files (once)."
	@$(PYTHON) manage.py collectstatic --noinput --clear -v0
	@touch $@

system:
	@sh bin/install-system

# --- checks -----------------------------------------------------------------------------------
test: system .venv/dev build/messages.stamp lint test-sqlite test-postgres

lint: .venv/dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@git ls-files -z 'templates/*.html' | xargs -0 $(BIN)/djade --check --target-version 5.2
	@$(BIN)/lint-imports --config pyproject.toml
	@$(BIN)/mypy

# The browser tests run once, on SQLite; what touches the database runs on PostgreSQL too.
test-postgres: .venv/dev build/messages.stamp
	@$(PYTHON) -m tests.cluster $(PYTHON) -m pytest -q -n auto --dist worksteal -m "not browser and not drill and not docker"

test-sqlite: .venv/dev build/messages.stamp
	@$(PYTHON) -m pytest -q -n auto --dist worksteal -m "not drill and not docker"

# Drills kill processes and pull networks; the short form does each a few times.
drill: .venv/dev build/messages.stamp
	@STUDIO_DRILL=long $(PYTHON) -m pytest -q -m drill

drill-short: .venv/dev build/messages.stamp
	@STUDIO_DRILL=short $(PYTHON) -m pytest -q -m drill

# Builds the image and brings it up with PostgreSQL; skips with a sentence where no engine can run.
test-docker: .venv/dev build/messages.stamp
	@sh bin/install-docker
	@$(PYTHON) -m pytest -q -m docker tests/docker

fmt: .venv/dev
	@$(BIN)/ruff check --fix -q . ; $(BIN)/ruff format -q .
	@git ls-files -z "templates/*.html" | xargs -0 $(BIN)/djade --target-version 5.2 || true

bench: .venv/bench build/messages.stamp build/static.stamp
	@$(PYTHON) -m bench $(if $(POSTGRES),--postgres) $(ONLY)

messages: .venv/dev
	@$(PYTHON) bin/extract_messages.py

lock: | .venv/made
	@$(COMPILE) --upgrade pyproject.toml -o requirements.txt
	@$(COMPILE) --upgrade -c requirements.txt pyproject.toml --group dev -o requirements-dev.txt
	@$(COMPILE) --upgrade -c requirements-dev.txt pyproject.toml --group dev --group bench \
		-o requirements-bench.txt

clean:
	@rm -rf .venv build
