# Two commands: `make` regenerates everything, `make test` checks everything.
# Each sets up .venv first if it is not there or the pins changed.

SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CORES ?= all
# The results folder that a config names.
results = $(shell sed -n 's/^results: *\([^[:space:]]*\).*/\1/p' $(1))
INSTALLED := $(VENV)/.installed

.PHONY: all quick paper report check test test-fast test-cluster lint schema lock setup \
	bench-training bench-exponents bench-overheads clean
.DEFAULT_GOAL := all

all: setup  ## the main job on config.yaml
	@echo "chaoslearn: running the workflow of config.yaml into $(call results,config.yaml)/"
	$(BIN)/snakemake --cores $(CORES) --report $(call results,config.yaml)/report.html --report-after-run

quick: setup  ## the same graph in minutes, into results/smoke/
	@echo "chaoslearn: running config/smoke.yaml into $(call results,config/smoke.yaml)/"
	$(BIN)/snakemake --cores $(CORES) --configfile config/smoke.yaml --report $(call results,config/smoke.yaml)/report.html --report-after-run

paper: setup  ## the published protocol, into results/paper/ (hours)
	@echo "chaoslearn: running config/paper.yaml into $(call results,config/paper.yaml)/"
	$(BIN)/snakemake --cores $(CORES) --configfile config/paper.yaml --report $(call results,config/paper.yaml)/report.html --report-after-run

report: setup  ## report.html from the results there are
	$(BIN)/snakemake --report $(call results,config.yaml)/report.html

check: setup  ## list the results that are not what code and config say now; remove unreadable ones
	$(BIN)/python -m chaoslearn.check

test: setup lint  ## every check and test, by two processes
	$(BIN)/pytest -n 2 --no-loadscope-reorder

test-fast: setup  ## without what is marked slow
	$(BIN)/pytest -m "not slow"

test-cluster: setup  ## the workflow on a real Slurm, which is installed, started and stopped (root)
	@if tests/cluster/slurm.sh install; then \
	    $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[cluster]' && \
	    $(BIN)/pytest -m cluster; \
	else \
	    echo "chaoslearn: SKIPPED test-cluster: no Slurm can be installed here (see above)"; \
	fi

lint: setup  ## style, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/snakefmt --check Snakefile workflow
	$(BIN)/mypy
	$(BIN)/snakemake --lint

schema: setup  ## regenerate workflow/schemas/config.schema.yaml
	$(BIN)/python -m chaoslearn.config > workflow/schemas/config.schema.yaml

bench-training: setup  ## time the training kernels against the step-by-step loop
	$(BIN)/python benchmarks/bench_training.py

bench-overheads: setup  ## time what is not training
	$(BIN)/python benchmarks/bench_overheads.py

bench-exponents: setup  ## time exponents and measures against their limits
	$(BIN)/python benchmarks/bench_exponents.py

lock: setup  ## write what is installed to envs/requirements.txt
	$(BIN)/pip freeze --exclude-editable | sed 's/+cpu$$//' > envs/requirements.txt

setup: $(INSTALLED)

$(INSTALLED): pyproject.toml envs/requirements.txt
	@echo "chaoslearn: setting up $(VENV) (about 2 minutes the first time)"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement envs/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $(INSTALLED)

clean:  ## remove everything made here but results
	rm -rf $(VENV) .snakemake .pytest_cache .mypy_cache .ruff_cache
