# What a person types: make run, make test. Everything else stands behind these.
SHELL := /bin/bash
PY := .venv/bin/python
export PYTHONUTF8 := 1

.PHONY: setup run test lint bench faults messages assets screenshots clean
setup: .venv/.ready

.venv/.ready: requirements.lock pyproject.toml package-lock.json
	@tools/setup

run: setup
	@.venv/bin/thongquan run $(ARGS)

test: setup
	@tools/test

lint: setup
	@tools/lint

bench: setup
	@$(PY) -m benchmarks all

faults: setup
	@$(PY) -m benchmarks.faults $(ARGS)

messages: setup
	@$(PY) tools/messages.py compile

screenshots: setup
	@$(PY) tools/screenshots.py
