# Everything one does here. `make` lists it.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python site/manage.py
TEMPLATES := site membership notices training_materials learning assessments evaluation movement search
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help
help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 20

# --- Using it ---------------------------------------------------------------------------------

.PHONY: run
run: setup ## set everything up and serve the site with its demo at http://localhost:8000 (ctrl-c stops)
	@$(MANAGE) serve --with-demo

.PHONY: dev
dev: setup ## like run, with code reloaded as it changes (no worker beside)
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) demo
	@DEBUG=1 $(MANAGE) runserver

.PHONY: demo
demo: setup ## load the demo content and people (again: changes nothing)
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) demo

.PHONY: worker
worker: setup ## run a task worker
	@$(MANAGE) worker

.PHONY: setup
setup: $(VENV)/.runtime ## virtual environment, packages, assets, catalogues
	@PYTHONPATH=site $(BIN)/python -m home.assets
	@PYTHONPATH=site $(BIN)/python -m home.catalogues

.PHONY: clean
clean: ## forget the demo database, uploads and caches (the virtual environment stays)
	rm -rf var test-results .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# --- Working on it ----------------------------------------------------------------------------

.PHONY: test
test: setup-dev ## run all tests (DATABASE_URL chooses the database; ARGS="-k quiz" narrows)
	@$(BIN)/pytest -n $${TEST_WORKERS:-2} --dist worksteal $(ARGS)

.PHONY: pictures
pictures: setup-dev ## take the pictures of docs/guides anew, where the browser tests go past them
	@PICTURES=docs/pictures $(BIN)/pytest -q -n 0 $$(grep -rl 'shoot("' tests/browser --include='test_*.py')

.PHONY: test-databases
test-databases: setup-dev ## run the migrations that the tests' databases are copied from (make test does, if nobody has)
	@DJANGO_SETTINGS_MODULE=config.settings.test PYTHONPATH=site:. $(BIN)/python -m tests.databases

.PHONY: test-next
test-next: ## run the tests on the newest Python and Django at hand, in .venv-next (ARGS narrows as in test)
	@newest=$$(compgen -c python3. | grep -xE 'python3\.[0-9]+' | sort -uVr | while read -r found; do \
		if $$found -c 'import ensurepip' 2> /dev/null; then echo $$found; break; fi; done); \
	$(MAKE) --no-print-directory VENV=.venv-next PYTHON=$${newest:-$(PYTHON)} .venv-next/.newest test

.PHONY: check
check: setup-dev ## everything a machine can check; quiet when all is well
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy --no-error-summary .
	@PYTHONPATH=site:. $(BIN)/lint-imports > var/contracts.log 2>&1 || { cat var/contracts.log; exit 1; }
	@$(BIN)/djlint $(TEMPLATES) --check --lint > var/templates.log 2>&1 || { cat var/templates.log; exit 1; }
	@$(MANAGE) check --fail-level WARNING > /dev/null
	@$(MANAGE) check_production
	@$(MANAGE) makemigrations --check --dry-run > var/migrations.log || { cat var/migrations.log; exit 1; }
	@$(MANAGE) check_catalogues
	@$(MANAGE) check_inventory

.PHONY: format
format: setup-dev ## put code, templates and catalogues into the house's form
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format --quiet .
	@$(BIN)/djlint $(TEMPLATES) --reformat --quiet || true
	@PYTHONPATH=site $(BIN)/python -m home.catalogues order

.PHONY: messages
messages: setup ## collect texts to translate into each app's catalogue (needs GNU gettext)
	@$(MANAGE) collect_messages

.PHONY: test-faults
test-faults: setup-dev ## test-production, then everything fails in turn under fifty learners; nothing acknowledged may be lost (ARGS=--short: each fault once)
	@$(BIN)/python -m tests.faults $(ARGS)

.PHONY: test-hostile
test-hostile: setup-dev ## crawl the demo as everybody with what nobody should send; no answer may be a 500 (ARGS="an giang" for some)
	@$(BIN)/python -m tests.hostile $(ARGS)

.PHONY: test-production
test-production: setup-dev ## follow the README's section on production but for apt-get, and walk (root on Debian; leaves nothing behind)
	@$(BIN)/python -m tests.production

.PHONY: bench
bench: setup-dev ## measure requests per second and CPU per request on PostgreSQL (needs wrk and a PostgreSQL server)
	@$(BIN)/python -m tests.bench $(ARGS)

.PHONY: bench-evaluation
bench-evaluation: setup-dev ## measure scoring and figures of 1,000,000 people (SIZE=100000 for fewer; needs a PostgreSQL server)
	@$(BIN)/python -m tests.bench_evaluation

.PHONY: bench-sealing
bench-sealing: setup-dev ## take up, seal and verify 20,000 reviews, dossiers, decisions and titles (SIZE=5000 for fewer; needs a PostgreSQL server)
	@$(BIN)/python -m tests.bench_evaluation.conclusions

.PHONY: bench-search-scale
bench-search-scale: setup-dev ## search 100,000 documents on SQLite and PostgreSQL (SIZE=20000 for fewer, ONLY=sqlite for one)
	@$(BIN)/python -m tests.bench_search_scale

.PHONY: bench-search
bench-search: setup-dev ## how good the answers of the search are, for each engine (ARGS=--poor; needs a PostgreSQL server)
	@$(BIN)/python -m tests.judged_search $(ARGS)

.PHONY: bench-import
bench-import: setup-dev ## import 10,000 GIFT questions on SQLite; fails above 60 s or 300 MB (SIZE=1000 for fewer)
	@$(BIN)/python -m tests.bench_import questions

.PHONY: bench-intake
bench-intake: setup-dev ## a table of 400,000 lines read, carried out and undone on SQLite, as csv and xlsx (SIZE=20000 for fewer)
	@$(BIN)/python -m tests.bench_import lines

.PHONY: bench-likeness
bench-likeness: setup-dev ## doubles found among 400,000 people on SQLite, how many and how fast (SIZE=20000 for fewer)
	@$(BIN)/python -m tests.bench_likeness

.PHONY: bench-roster
bench-roster: setup-dev ## a list of 400,000 people read, carried out, read again and undone (SIZE=20000 for fewer; needs a PostgreSQL server)
	@$(BIN)/python -m tests.bench_import roster

.PHONY: bench-province
bench-province: setup-dev ## 94 communes, 400,000 people, 300,000 dossiers: files taken, pages under load, doubles (SIZE=20000 for fewer)
	@$(BIN)/python -m tests.bench_province

.PHONY: bench-outbox
bench-outbox: setup-dev ## 400,000 letters queued and sent, killed three times, pages meanwhile (SIZE=10000 for fewer; needs a PostgreSQL server)
	@$(BIN)/python -m tests.bench_outbox

.PHONY: bench-year
bench-year: setup-dev ## a year of notices of 1,000 people on SQLite: one digest a week each, every last day told (SIZE=200 for fewer)
	@SIZE=$${SIZE:-1000} $(BIN)/pytest -q -n 0 --durations=3 tests/notices/test_year.py

.PHONY: bench-records
bench-records: setup-dev ## measure statements per second and filtered reads over 1,000,000 (SIZE=100000 for fewer; needs wrk and a PostgreSQL server)
	@$(BIN)/python -m tests.bench_records

.PHONY: requirements
requirements: setup-dev ## pin requirements*.txt anew, with hashes, from requirements*.in
	@for name in requirements requirements-dev requirements-node; do \
		$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate --generate-hashes \
			--upgrade $$name.in -o $$name.txt; \
	done

.PHONY: ci
ci: ## what runs before anything lands
	@bash .ci/run

.PHONY: setup-dev
setup-dev: $(VENV)/.development setup

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed.")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt | $(VENV)/bin/python
	@echo "Installing packages …"
	@$(BIN)/pip install --quiet --require-hashes --requirement requirements.txt
	@mkdir -p var && touch $@

$(VENV)/.development: requirements-dev.txt $(VENV)/.runtime
	@$(BIN)/pip install --quiet --require-hashes --requirement requirements-dev.txt
	@touch $@

$(VENV)/.newest: $(VENV)/.development
	@$(BIN)/pip install --quiet --upgrade Django
	@$(BIN)/python -c 'import django, sys; print("Python", sys.version.split()[0] + ", Django", django.get_version())'
	@touch $@
