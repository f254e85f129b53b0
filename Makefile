# Two commands on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TODAY = $(shell date +%F)

.PHONY: demo test check corpus bench clean

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version). Try: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $(READY)

demo: $(READY)            ## solve the Mayo year and say what to open
	$(BIN)/scheduler solve examples/mayo/program.yaml -o out/mayo --replace

check: $(READY)           ## lint, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check               ## everything
	$(BIN)/python -m pytest -n 2 --dist loadfile

corpus: $(READY)          ## the full corpora: explanations, repairs, publishing killed at every step (hours)
	$(BIN)/python -m tests.corpus.explain
	$(BIN)/python -m tests.corpus.repair --seconds 600
	$(BIN)/python -m tests.corpus.publish_kills

bench: $(READY)           ## the corpus beside the obvious alternatives (hours; BENCH=--quick: the small ones), and its page
	$(BIN)/python -m pip install --quiet --editable '.[dev,bench]'
	$(BIN)/python -m benchmarks.run $(BENCH) -o benchmarks/results/$(TODAY).json
	$(BIN)/python -m benchmarks.run --curves -o benchmarks/results/$(TODAY).json
	$(BIN)/python -m benchmarks.profile -o benchmarks/results/$(TODAY).json
	$(BIN)/python -m benchmarks.page benchmarks/results/$(TODAY).json

clean:
	rm -rf $(VENV) out
