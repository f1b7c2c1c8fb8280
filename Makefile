# Every command anybody needs. README "Commands" says what each does.
.PHONY: setup run test lint bench requirements

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

requirements:
	@./scripts/setup dev
	@./scripts/requirements
