# The two commands a newcomer needs are `make build` and `make test`.
PYTHON ?= python3
VENV   ?= .venv
BIN     = $(VENV)/bin

.PHONY: build install test lint docs bench clean

build: install           ## install and run the main job on the seeds
	$(BIN)/kg build seeds/ -o outputs

test: install            ## run the tests
	$(BIN)/pytest

lint: install            ## style, types, import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: install            ## what is generated: the ontology's reference, its constants, the table of labels
	$(BIN)/python -m kg.vocab_generate
	$(BIN)/python tools/ontology_page.py
	$(BIN)/python tools/label_table.py

install: $(BIN)/.installed

$(BIN)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

clean:
	rm -rf outputs $(VENV)

bench: install          ## speed against peers; see benchmarks/README.md
	$(BIN)/python benchmarks/graph_engines.py outputs/graph.ttl
	$(BIN)/python benchmarks/export_memory.py
