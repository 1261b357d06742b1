# The one interface of the project: make help
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
V := .venv/bin
STAMP := .venv/.installed
# read code is kept: without that every process of ours reads half a thousand files anew
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup run serve test check proof fmt pin migration screens

help: ## Show this help
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(STAMP): constraints.txt $(wildcard fairs/clauses/compiled/*.pyx fairs/clauses/compiled/*.pxd)
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
		{ echo "Campus Fairs needs Python 3.11, 3.12 or 3.13; say e.g. make PYTHON=python3.12 setup"; exit 1; }
	@test -x $(V)/python || $(PYTHON) -m venv .venv
	$(V)/python -m pip install --quiet --disable-pip-version-check --no-deps -r constraints.txt
	@$(V)/python deploy/compile.py
	@touch $@

setup: $(STAMP) ## Install everything into .venv, test parts included; runs nothing

run: $(STAMP) ## Try it: demo season, address and a sign-in per role (one command on a fresh machine)
	@exec $(V)/python -m fairs.serve --demo

serve: $(STAMP) ## Run it for real: the same without demo data (settings: docs/settings.md)
	@exec $(V)/python -m fairs.serve

test: $(STAMP) check ## Check and run all tests on SQLite, PostgreSQL and in a real browser
	@tests/needs.sh
	$(V)/python -m pytest -n 3 --dist load --maxschedchunk 1 -m "not proof"

proof: $(STAMP) ## The long fault tests, at full numbers
	@tests/needs.sh spreadsheet
	$(V)/python -m pytest -n 2 --dist worksteal -m proof

check: $(STAMP) ## Format, lint, types and the contracts between layers
	$(V)/ruff format --check .
	$(V)/ruff check .
	$(V)/mypy
	$(V)/lint-imports --config setup.cfg --no-logo

fmt: $(STAMP) ## Put the code into the house format
	$(V)/ruff format .
	$(V)/ruff check --fix .

pin: ## Renew constraints.txt from the direct dependencies in setup.cfg
	deploy/pin.sh $(PYTHON)

migration: $(STAMP) ## Write a migration from the models: make migration m="what it does"
	$(V)/flask --app wsgi db revision --autogenerate -m "$(m)"

screens: $(STAMP) ## Take the screenshots of docs/screens again
	$(V)/python docs/screens.py
