# The commands a person types. The first one that needs it makes .venv with everything installed; set PYTHON to choose
# the interpreter (3.10 to 3.13).

PYTHON ?= python3
BIN := .venv/bin
SHARED := ../shared
OUT := out

.PHONY: extract test check format docs eval floors errors bench bench-batch soak train schema coverage dist fuzz clean

extract: .venv/.ready  ## print the record of the example article
	@$(BIN)/beritaextract extract docs/examples/siaran-pers.txt

test: .venv/.ready  ## run all tests
	$(BIN)/python -m pytest -n auto

check: .venv/.ready  ## lint, format and types
	$(BIN)/ruff check src tests models docs
	$(BIN)/ruff format --check src tests models docs
	$(BIN)/mypy

format: .venv/.ready  ## put the code into the house format
	$(BIN)/ruff check --fix src tests models docs
	$(BIN)/ruff format src tests models docs

docs: .venv/.ready  ## make the documentation in out/site, notebooks executed; out/site/index.html opens it
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --site-dir $(OUT)/site

eval: .venv/.ready  ## score the library on ../shared's annotated articles, where they are
	@$(BIN)/python models/evaluate.py --shared $(SHARED) --out $(OUT)

floors: .venv/.ready  ## raise the floors that eval holds to the scores; LOWER=1 lets those fall that the changelog names
	@$(BIN)/python models/evaluate.py --shared $(SHARED) --out $(OUT) --pin $(if $(LOWER),--lower-floors)

errors: .venv/.ready  ## list every error on ../shared's annotated articles, or of one with ID=…
	@$(BIN)/python models/evaluate.py --shared $(SHARED) --out $(OUT) --errors $(or $(ID),all)

bench: .venv/.ready  ## speed, memory and load time against a blank spaCy pipeline in the same run
	@$(BIN)/python tests/benchmarks/bench.py --shared $(SHARED)

soak: .venv/.ready  ## kill runs 50 times at random moments and see that every kind of output loses and doubles nothing
	@$(BIN)/python tests/benchmarks/soak.py --kills $(or $(KILLS),50)

bench-batch: .venv/.ready  ## convert: rate, speed-up of two workers over one, memory, seconds of parent and workers
	@$(BIN)/python tests/benchmarks/bench_batch.py --shared $(SHARED)

train: .venv/.ready  ## train the entity model on ../shared and write models/id_berita again (some ten minutes)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[train]'
	OMP_NUM_THREADS=1 $(BIN)/python models/entities.py $(SHARED) models/id_berita --cache $(OUT)/entities

schema: .venv/.ready  ## write the JSON Schema of the record again
	$(BIN)/beritaextract schema > docs/record.schema.json

coverage: .venv/.ready  ## which rules, table rows and lines of code never fire on ../shared's news
	@$(BIN)/python models/usage.py --shared $(SHARED)

dist: .venv/.ready  ## build wheel and sdist, install each into an empty environment and run the example with it
	rm -rf dist
	$(BIN)/python -m build --outdir dist .
	$(BIN)/python tests/smoke.py dist/*

fuzz: .venv/.ready  ## ten minutes of atheris on whatever reads text from outside (SECONDS=… for each of five targets)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'atheris>=2.3'
	@for target in text dates page rows tables; do $(BIN)/python tests/fuzz.py $$target --seconds $(or $(SECONDS),120) || exit 1; done

clean:
	rm -rf .venv $(OUT) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/.ready: pyproject.toml
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[all,dev]'
	@touch $@
