# Needs Python 3.11 or newer, make and git; `make report YEAR=2018-19` fetches the rest.
# Every path is relative, so that a folder with spaces in its name works.

PY := .venv/bin/python
# The slow tests are neighbours, which share what they make; the idle half takes some over.
PYTEST_ARGS ?= -n 2 --dist worksteal

# The first Python that is new enough; only looked for when .venv has to be made.
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,$(shell \
	$(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))

PIP := $(PY) -m pip --quiet --disable-pip-version-check --no-input
INSTALL_LOCK := $(PIP) install --require-hashes --no-deps --only-binary :all: --requirement
INSTALL_SELF := $(PIP) install --no-build-isolation --no-deps --editable .

.PHONY: help report year-given test check formatted lint types format docs bench lock clean
.NOTPARALLEL:
.DELETE_ON_ERROR:

help:  ## show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | \
		while IFS='|' read -r target says; do printf '%-16s %s\n' "$$target" "$$says"; done

report: year-given .venv/runtime  ## build one year's report: make report YEAR=2018-19
	@$(PY) -m oscp_report build "$$YEAR"

year-given:
	@test -n "$$YEAR" || { \
		echo "error: no year was given" >&2; \
		echo "  fix: type, for example: make report YEAR=2018-19" >&2; exit 2; }

test: .venv/dev  ## run the tests
	@$(PY) -m pytest $(PYTEST_ARGS)

# The README and the generated files are held by the tests, which come last.
check: formatted lint types test  ## everything that must hold: format, lint, types, tests

formatted: .venv/dev
	@$(PY) -m ruff format --quiet --diff .

lint: .venv/dev
	@$(PY) -m ruff check .

types: .venv/dev
	@$(PY) -m mypy

format: .venv/dev  ## put the Python files in their one format
	@$(PY) -m ruff check --quiet --select I --fix .
	@$(PY) -m ruff format .

docs: .venv/dev  ## write the README's lists of commands and rules anew
	@$(PY) -m tests.readme

bench: .venv/dev  ## measure how long the commands, a site and the preview take
	@$(PY) tests/bench.py
	@$(PY) tests/bench_site.py
	@$(PY) -m tests.bench_preview

UV ?= uv
LOCK = $(UV) pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--no-annotate --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' \
	$(LOCK_ARGS) pyproject.toml

lock:  ## write the locks from pyproject.toml (needs uv; newest: make lock LOCK_ARGS=--upgrade)
	@command -v $(UV) >/dev/null || { echo "make lock needs uv: pip install uv" >&2; exit 2; }
	$(LOCK) --group build --output-file requirements.txt
	$(LOCK) --group build --group dev --constraint requirements.txt --output-file requirements-dev.txt

clean:  ## remove what can be made again: build/, .venv/ and caches
	@rm -rf build dist .venv .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find oscp_report tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Set-up. The stamps are older than what they were made from when that changes.

.venv/bin/python:
	@test -n "$(PYTHON)" || { \
		echo "error: no Python 3.11 or newer was found" >&2; \
		echo "  fix: install one, or name it: make PYTHON=/path/to/python3.12" >&2; exit 2; }
	@"$(PYTHON)" -I -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "error: $(PYTHON) is not Python 3.11 or newer" >&2; exit 2; }
	@"$(PYTHON)" -I oscp_report/native.py
	@"$(PYTHON)" -m venv --clear .venv

.venv/runtime: .venv/bin/python requirements.txt pyproject.toml
	@echo "setting up .venv (about 25 MB the first time)" >&2
	@$(INSTALL_LOCK) requirements.txt
	@$(INSTALL_SELF)
	@touch $@

.venv/dev: .venv/runtime requirements-dev.txt
	@echo "adding what the tests need (about 100 MB the first time)" >&2
	@$(INSTALL_LOCK) requirements-dev.txt
	@touch $@
