# `make help` lists what there is to do. Everything is set up on the way, inside this folder.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 7860
REPORT ?=

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
BUNDLED := src/qa/reports/chengxi-2023.md
OWN := .report-index

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help chat test check format docs index encoder bench-retrieval bench-users regression-save screenshots \
	speed browser clean

help: ## Show this help
	@echo "make <target>:"
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  %-17s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo "e.g.  make chat    make chat REPORT=报告.txt    make chat PORT=8000    make test"

chat: .venv/.installed index/manifest.json ## Serve the page at http://127.0.0.1:7860 (REPORT=file: on your own report)
ifeq ($(strip $(REPORT)),)
	$(BIN)/qa serve --host $(HOST) --port $(PORT)
else
	$(BIN)/qa index '$(REPORT)' -o $(OWN)
	$(BIN)/qa serve --host $(HOST) --port $(PORT) --index $(OWN)
endif

test: .venv/.installed-dev index/manifest.json browser ## Set everything up, then run all that CI runs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest

check: .venv/.installed-dev ## The quick half of the tests: style, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/.installed-dev ## Format the code and mend what ruff can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: .venv/.installed ## Write docs/cli.md from the help texts
	$(BIN)/python docs/cli_help.py > docs/cli.md.new
	mv docs/cli.md.new docs/cli.md

index: .venv/.installed ## Build the index of the bundled report anew
	$(BIN)/qa index $(BUNDLED) -o index

encoder: .venv/.installed-train ## Train the bundled encoder anew; needs ../shared/corpora
	$(BIN)/python -m qa.training

bench-retrieval: .venv/.installed-dev ## Measure retrieval alone; needs ../shared
	$(BIN)/python -m qa.training.bench

bench-users: .venv/.installed-dev index/manifest.json ## Measure 50 users asking at once
	$(BIN)/python docs/bench_users.py

regression-save: .venv/.installed-dev ## Save the results on the question sets, for later runs to be compared with
	$(BIN)/python -m pytest tests/test_regression.py --save-results

screenshots: .venv/.installed-dev browser ## Take the pictures of the page that the README shows
	PYTHONPATH=src:tests $(BIN)/python -m browser.screenshot

speed: .venv/.installed-dev browser ## Measure how soon the page shows an answer
	PYTHONPATH=src:tests $(BIN)/python -m browser.speed

browser: ## Install Debian's chromium where it is missing and that is possible
	@if command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
		|| command -v google-chrome-stable >/dev/null || command -v google-chrome >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
		echo "Installing chromium for the browser tests"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
			apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null || true; \
	else echo "No chromium, and no right to install it: the browser tests will be skipped"; fi

clean: ## Remove the environment and all caches
	rm -rf .venv $(OWN) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

index/manifest.json: | .venv/.installed
	$(BIN)/qa index $(BUNDLED) -o index

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.installed: pyproject.toml constraints.txt | .venv/bin/python
	@echo "Installing; the first time takes some minutes"
	$(PIP) install -q -c constraints.txt -e .
	@touch $@

.venv/.installed-dev: pyproject.toml constraints.txt | .venv/bin/python
	@echo "Installing; the first time takes some minutes"
	$(PIP) install -q -c constraints.txt -e '.[dev]'
	@touch .venv/.installed $@

.venv/.installed-train: pyproject.toml constraints.txt | .venv/bin/python
	@echo "Installing; the first time takes some minutes"
	$(PIP) install -q -c constraints.txt -e '.[dev,train]'
	@touch .venv/.installed .venv/.installed-dev $@
