# `make run` and `make test` are all a newcomer needs. Both set up ./.venv first.
PY ?= python3
BIN := .venv/bin
PYTHON := $(BIN)/python
BIND ?= 127.0.0.1:8000
COMPILE = $(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate \
	--python-version 3.11 --custom-compile-command "make lock"
SYNC = $(BIN)/uv pip sync -q --require-hashes --python $(PYTHON)
STATIC := $(shell find static -type f 2>/dev/null)
MESSAGES := $(wildcard locale/*/LC_MESSAGES/django.po)

.PHONY: run setup test check lint fmt test-sqlite test-postgres bench drill drill-short \
	messages lock system clean

run: setup build/static.stamp
	@exec $(PYTHON) manage.py serve --bind $(BIND)

setup: .venv/run build/messages.stamp

# --- what is installed ------------------------------------------------------------------------
$(BIN)/uv: requirements-uv.txt
	@PY=$(PY) sh bin/make-venv
	@touch $@

# A venv that already has the test tools has all that running needs.
.venv/run: requirements.txt requirements-uv.txt | $(BIN)/uv
	@test -e .venv/dev || $(SYNC) requirements.txt requirements-uv.txt
	@touch $@

.venv/dev: requirements-dev.txt requirements-uv.txt | $(BIN)/uv
	@$(SYNC) requirements-dev.txt requirements-uv.txt
	@touch $@ .venv/run

.venv/bench: requirements-bench.txt requirements-uv.txt | $(BIN)/uv
	@$(SYNC) requirements-bench.txt requirements-uv.txt
	@touch $@ .venv/dev .venv/run

build/messages.stamp: $(MESSAGES) | .venv/run
	@mkdir -p build
	@$(PYTHON) bin/compile_messages.py locale
	@touch $@

build/static.stamp: $(STATIC) requirements.txt studio/settings.py | .venv/run
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
	@$(PYTHON) -m tests.cluster $(PYTHON) -m pytest -q -n auto -m "not browser and not drill"

test-sqlite: .venv/dev build/messages.stamp
	@$(PYTHON) -m pytest -q -n auto -m "not drill"

# Drills kill processes and pull networks; the short form does each a few times.
drill: .venv/dev build/messages.stamp
	@STUDIO_DRILL=long $(PYTHON) -m pytest -q -m drill

drill-short: .venv/dev build/messages.stamp
	@STUDIO_DRILL=short $(PYTHON) -m pytest -q -m drill

fmt: .venv/dev
	@$(BIN)/ruff check --fix -q . ; $(BIN)/ruff format -q .
	@git ls-files -z "templates/*.html" | xargs -0 $(BIN)/djade --target-version 5.2 || true

bench: .venv/bench build/messages.stamp build/static.stamp
	@$(PYTHON) -m bench

messages: .venv/dev
	@$(PYTHON) bin/extract_messages.py

lock: | $(BIN)/uv
	@$(COMPILE) --upgrade pyproject.toml -o requirements.txt
	@$(COMPILE) --upgrade -c requirements.txt pyproject.toml --group dev -o requirements-dev.txt
	@$(COMPILE) --upgrade -c requirements-dev.txt pyproject.toml --group dev --group bench \
		-o requirements-bench.txt

clean:
	@rm -rf .venv build
