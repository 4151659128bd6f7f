# Everything runs in .venv, which these targets make. Nothing else is installed by hand.
# Programs that tests run, and Debian's packages with them; tests whose program is missing are skipped and say so.
PROGRAMS := chromium:chromium nginx:nginx-light mariadbd:mariadb-server
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q

.PHONY: offer test quick programs lint types docs oldest bench conformance clean
.DELETE_ON_ERROR:

offer: $(VENV)/.build-ready  ## build the offers into dist/
	$(BIN)/packager build marketplace/starter/offer.yaml marketplace/mojaloop/offer.yaml marketplace/mojaloop-local/offer.yaml
	$(BIN)/packager build marketplace/mojaloop-stackhub/offer.yaml --profile azure-stack-hub

test: lint types $(VENV)/.helm-asked $(VENV)/.azurite-asked programs  ## everything a reviewer runs
	PATH="$$PATH:$(CURDIR)/$(VENV)/tools/path" PACKAGER_HELM=$$(ls $(CURDIR)/$(VENV)/tools/helm 2>/dev/null) \
	  $(BIN)/python -m pytest -q -n auto

quick: $(VENV)/.test-ready  ## the inner loop
	$(BIN)/ruff check packager tests docs benchmarks
	$(BIN)/python -m pytest -q -n auto -m "not slow" --hypothesis-profile quick

lint: $(VENV)/.test-ready
	$(BIN)/ruff check packager tests docs benchmarks
	$(BIN)/ruff format --check packager tests docs benchmarks

types: $(VENV)/.test-ready
	$(BIN)/mypy

programs:  ## install what is missing of PROGRAMS, where that is permitted
	@for one in $(PROGRAMS); do PATH="$$PATH:/usr/sbin" command -v $${one%:*} >/dev/null || missing="$$missing $${one#*:}"; done; \
	[ -z "$$missing" ] || { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] && \
	  { apt-get install -y -q $$missing || { apt-get update -q && apt-get install -y -q $$missing; }; } >/dev/null 2>&1; } || \
	  echo "not installed, so that some tests are skipped:$$missing"

$(VENV)/.azurite-asked: tests/fetch_azurite.py | $(VENV)/.test-ready
	@$(BIN)/python tests/fetch_azurite.py $(VENV)/tools/azurite
	@touch $@

$(VENV)/.helm-asked: tests/fetch_helm.py | $(VENV)/.test-ready
	@$(BIN)/python tests/fetch_helm.py $(VENV)/tools/helm $(VENV)/tools/path/kubectl
	@touch $@

docs: $(VENV)/.test-ready  ## write the generated pages anew
	$(BIN)/python -m packager.checks.registry
	$(BIN)/python docs/generate.py

oldest:  ## the tests with the oldest versions that pyproject.toml allows
	$(PYTHON) -m venv --clear $(VENV)-oldest
	$(VENV)-oldest/bin/python -m pip --disable-pip-version-check -q install -c constraints-oldest.txt -e . pytest pytest-xdist hypothesis
	$(VENV)-oldest/bin/python -m pytest -q -n auto

conformance: $(VENV)/.test-ready  ## profile arm-ttk beside recorded verdicts: CORPUS=folder
	$(BIN)/python tests/conformance.py "$(CORPUS)"

bench: $(VENV)/.test-ready  ## ratios of one run; see docs/explanation/speed.md; with CORPUS=folder beside arm-ttk, too
	$(BIN)/python benchmarks/run.py
	$(if $(CORPUS),$(BIN)/python benchmarks/armttk.py "$(CORPUS)")

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "packager needs Python 3.11 or newer; set PYTHON=/path/to/python3.11"; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] && apt-get update -q && apt-get install -y -q python3-venv; } || { \
	  echo "Python's venv module is missing; install it with: apt-get install python3-venv"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	@# Where the environment brings setuptools, its import hook slows every start; nothing here needs it.
	@$(PIP) uninstall -y setuptools >/dev/null 2>&1 || true

$(VENV)/.build-ready: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) install -c constraints.txt -e .
	@$(BIN)/python -m compileall -q packager
	@touch $@

$(VENV)/.test-ready: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) install -c constraints.txt -e '.[dev]'
	@$(BIN)/python -m compileall -q packager
	@touch $@ $(VENV)/.build-ready

clean:
	rm -rf $(VENV) $(VENV)-oldest dist
