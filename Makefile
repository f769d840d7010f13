# make: list the targets
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
DEMO := examples/skerrivald
DEMO_ZH := examples/jipu
BASE_ZH := Qwen2.5-Coder-0.5B-Instruct
# The cells that are not tuned; with "none,retrieved,oracle" the tuned ones too.
CELLS_ZH := none/zero-shot,none/few-shot,retrieved/zero-shot,retrieved/few-shot,oracle/zero-shot,oracle/few-shot
# A test process a core, each computing in one thread: threads of two that share the cores wait for each other.
PYTEST := PYTHONDONTWRITEBYTECODE= OMP_NUM_THREADS=1 $(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist loadscope --no-loadscope-reorder

.PHONY: help setup setup-dev demo demo-zh check test tests install-check lint format clean
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: $(READY) ## make .venv with everything that Assay needs (about 3 GB)

$(READY): requirements.lock pyproject.toml
	@echo "Setting up .venv: about 3 GB of packages, 2 to 5 minutes. Only this once."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --constraint requirements.lock "$$(grep ^torch== requirements.lock)"
	@$(BIN)/pip install --quiet --no-deps --requirement requirements.lock
	@$(BIN)/pip install --quiet --no-deps --editable .
	@touch $@

setup-dev: $(READY_DEV)

$(READY_DEV): $(READY) requirements-dev.lock
	@echo "Adding what the tests need."
	@$(BIN)/pip install --quiet --no-deps --requirement requirements-dev.lock
	@touch $@

demo: $(READY) ## run the nine cells on the example company, about 10 minutes on two cores
	@echo "The example company: 26 documents, 333 questions, nine cells. Stop it whenever you like: it goes on where it was."
	@$(BIN)/assay run $(DEMO)/documents $(DEMO)/questions.jsonl

demo-zh: $(READY) ## run six cells on a Chinese example company with a model of 0.5B, under 10 minutes on two cores
	@$(BIN)/assay models fetch $(BASE_ZH) multilingual-e5-small
	@echo "示例公司：20 份文档，241 道题。随时可以中断，再运行同一行即可继续。"
	@$(BIN)/assay run $(DEMO_ZH)/documents $(DEMO_ZH)/questions.jsonl --base $(BASE_ZH) --lang zh --cells $(CELLS_ZH)

lint: $(READY_DEV)
	@$(BIN)/ruff check . && $(BIN)/ruff format --check --quiet . && $(BIN)/mypy

tests: $(READY_DEV)
	@$(PYTEST) $(ONLY)

check: $(READY_DEV) ## lint, types and the tests that load no model, under two minutes
	@$(MAKE) --no-print-directory --jobs=2 lint tests ONLY='-m "not model"'

test: $(READY_DEV) ## lint, types and all tests, about 12 minutes on two cores
	@$(MAKE) --no-print-directory --jobs=2 lint tests

install-check: ## build the wheel, install it into a fresh environment, run a tiny grid there
	@PYTHON=$(PYTHON) .ci/install-check

format: $(READY_DEV) ## put the code into the house's form
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

clean: ## remove what was made here, not the models in the user's cache
	rm -rf $(VENV) .assay .mypy_cache .ruff_cache .pytest_cache
