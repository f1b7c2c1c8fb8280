# Every command anybody needs. README "Commands" says what each does.
.PHONY: setup run test lint bench bench-coach fuzz mutate figures lighthouse requirements

setup:
	@./scripts/setup

run: setup
	@.venv/bin/python scripts/run

test:
	@./scripts/setup dev
	@.venv/bin/python scripts/test

lint:
	@./scripts/setup dev
	@./scripts/lint

bench:
	@./scripts/setup dev
	@.venv/bin/python -m tests.benchmarks

bench-coach: setup
	@.venv/bin/python manage.py bench_coach

fuzz:
	@./scripts/setup dev
	@.venv/bin/python -m tests.fuzz
	@FILES_IN_ZIP=300 .venv/bin/python -m pytest -q tests/exchange/test_import_fuzzed.py
	@SCHEMATHESIS=$${CALLS:-200} .venv/bin/python -m pytest -q tests/api/test_schema.py

mutate:
	@./scripts/setup dev
	@.venv/bin/python scripts/mutate $(MODULES)

figures:
	@./scripts/setup dev
	@.venv/bin/python scripts/figures $(FIGURES)

lighthouse:
	@./scripts/setup dev
	@.venv/bin/python scripts/lighthouse

requirements:
	@./scripts/setup dev
	@./scripts/requirements
