# `make run` and `make test` need Python 3.11 or newer, make and git; everything else they fetch or bring.
PYTHON ?= python3
VENV ?= .venv
IN_VENV := $(VENV)/bin/python
PIP := $(IN_VENV) -m pip install -qq --disable-pip-version-check --require-hashes --only-binary :all:
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))
STATIC_FILES := $(shell find trials importers trialfinder -path '*/static/*' -type f 2>/dev/null)
TEST_DATABASE_URL ?= postgres://postgres@127.0.0.1:5432/test
UV ?= uv
unexport PYTHONDONTWRITEBYTECODE # every program that a test starts would compile the whole site for itself

.PHONY: run web worker beat watch migrate import test test-browser test-services lighthouse pictures check format bench fuzz drill pins sbom audit ready

run: ready ## the site, everything it needs included
	@$(IN_VENV) -m trialfinder.launch

# One process each, for whoever runs them apart (docker-compose.yml does).
web worker beat watch: ready
	@$(IN_VENV) -m trialfinder.launch $@

migrate: ready
	@$(IN_VENV) manage.py migrate

import: migrate
	@$(IN_VENV) manage.py import_trials ctgov

# One process a core, each with a database server of its own.
test: $(VENV)/.installed-dev $(CATALOGUES)
	@$(IN_VENV) -m pytest -n auto --dist worksteal -m "not services and not browser"

test-browser: $(VENV)/.installed-dev $(CATALOGUES)
	@$(IN_VENV) -m pytest -n auto --dist worksteal -m browser

# Against servers on loopback; each address can be given: TEST_DATABASE_URL, TEST_REDIS_URL, TEST_AMQP_URL.
test-services: $(VENV)/.installed-dev $(CATALOGUES)
	@DATABASE_URL=$(TEST_DATABASE_URL) $(IN_VENV) -m pytest -m services

# Where Chromium and Node are: Lighthouse's four scores of the pages people come to, each of which must be 100.
lighthouse: ready $(VENV)/.installed-dev
	@$(IN_VENV) -m tests.lighthouse

# Where Chromium is: the two pictures of the README, from the sample records.
pictures: ready $(VENV)/.installed-dev
	@$(IN_VENV) -m tests.pictures

check: $(VENV)/.installed-dev
	$(IN_VENV) -m ruff format --check .
	$(IN_VENV) -m ruff check .
	$(IN_VENV) -m mypy .
	$(IN_VENV) -m djlint --check --quiet templates
	$(IN_VENV) -m djlint --lint --quiet templates
	$(IN_VENV) manage.py makemigrations --check
	DEBUG=0 ALLOWED_HOSTS=trials.example.org SECRET_KEY=$$($(IN_VENV) -c 'import secrets; print(secrets.token_urlsafe(50))') $(IN_VENV) manage.py check --deploy --fail-level WARNING
	$(VENV)/bin/lint-imports --no-cache
	$(IN_VENV) -m pytest --quiet tests/trialfinder/test_repository.py tests/test_architecture.py

format: $(VENV)/.installed-dev
	$(IN_VENV) -m ruff format .
	$(IN_VENV) -m ruff check --fix .
	$(IN_VENV) -m djlint --reformat --quiet templates

# In a data folder of its own; all that is measured stands in bench.json too. SCALE=600000: every public page and
# other ways to search with so many trials, and nothing else.
BENCH_DIR ?= $(CURDIR)/.data/bench$(addprefix -,$(SCALE))
BENCH_FROM ?= $(or $(wildcard ../shared/registries/ctgov/*.jsonl.gz),importers/sample/ctgov)
bench: export TRIALFINDER_DATA_DIR := $(BENCH_DIR)
bench: ready $(VENV)/.installed-dev
	@rm -f bench.json
	@$(IN_VENV) manage.py migrate --verbosity 0
	@for path in $(BENCH_FROM); do $(IN_VENV) manage.py import_trials ctgov --from $$path || exit; done
ifdef SCALE
	@$(IN_VENV) manage.py bench_scale --trials $(SCALE) --peers
else
	@$(IN_VENV) -m tests.at_rest
	@$(IN_VENV) -m tests.load
	@$(IN_VENV) -m tests.first_import
	@$(IN_VENV) manage.py bench_scale --trials 0 --peers
	@$(IN_VENV) manage.py bench --rows tests/benchmark $(if $(EXPLAIN),--explain) $(if $(CORRECTIONS),--corrections $(CORRECTIONS))
endif

# Strangers' bytes at every door that takes some, FUZZ_SECONDS at each; what breaks one is kept in tests/fuzz/corpus.
FUZZ_SECONDS ?= 400
fuzz: $(VENV)/.installed-dev
	@$(IN_VENV) -m tests.fuzz $(FUZZ_SECONDS) $(TARGETS)

# What the site stands while visitors are there (docs/operations.md); ONLY="kill power": some of them.
drill: ready $(VENV)/.installed-dev
	@$(IN_VENV) -m tests.drills $(ONLY)

# Only for whoever changes requirements*.in; uv comes with `pip install uv`.
pins:
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url -o requirements.txt requirements.in
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url -o requirements-dev.txt requirements-dev.in

# What a release is made of: CycloneDX, JSON.
sbom: $(VENV)/.installed-dev
	@$(IN_VENV) -m tests.supply.sbom > sbom.json.part && mv sbom.json.part sbom.json

# ADVISORIES=FOLDER of OSV files: what is known against the pins, without a network. Unset: which pins are behind.
audit: $(VENV)/.installed-dev
	@$(IN_VENV) -m tests.supply.audit $(ADVISORIES)

ready: $(VENV)/.installed $(CATALOGUES) staticfiles/staticfiles.json

$(VENV)/.installed: requirements.txt
	@$(PYTHON) trialfinder/preflight.py $(VENV)
	@echo "Installing what the site needs into $(VENV) (about a minute, only the first time) ..."
	@$(IN_VENV) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.txt
	@echo "Installing what tests and checks need ..."
	@$(PIP) -r requirements.txt -r requirements-dev.txt
	@touch $@

%.mo: %.po $(VENV)/.installed
	@$(IN_VENV) -m trialfinder.catalogues

staticfiles/staticfiles.json: $(VENV)/.installed $(STATIC_FILES)
	@$(IN_VENV) manage.py collectstatic --no-input --verbosity 0
	@touch $@
