# What a newcomer types. The work is done by cargo, by xtask/ (the files of the pages) and by the scripts in tests/.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.NOTPARALLEL:
.DEFAULT_GOAL := help

TARGET := $(abspath $(or $(CARGO_TARGET_DIR),target))
LOCKED := $(if $(CI),--locked)
STEP := tests/step.sh
WASM := wasm32-unknown-unknown
# xtask stays out of the workspace's commands: its features would make cargo compile half of the crates twice.
WORKSPACE := --workspace --exclude xtask --profile ci $(LOCKED)
XTASK := -p xtask --profile ci $(LOCKED)
FRONT := -p app --lib --target $(WASM) --no-default-features --features hydrate --profile wasm-release --target-dir $(TARGET)/front $(LOCKED)

.PHONY: help
help: ## Say what there is
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 10

# --- Run ---------------------------------------------------------------------------------------------------

.PHONY: run
run: ready ## Build what is missing and serve the demo on http://127.0.0.1:3000
	@# Side by side: each of the two ends with crates that only one core can compile.
	cargo xtask assets & assets=$$!
	cargo build --profile ci -p server $(LOCKED) || { kill $$assets; exit 1; }
	wait $$assets
	exec "$(TARGET)/ci/beffroi" serve --demo

.PHONY: dev
dev: ready ## Serve the demo, and build and start again at every change of a source
	@cargo xtask dev

.PHONY: build
build: ready ## Make target/release/beffroi and its files, and try them
	@$(STEP) "release program" cargo build --release -p server $(LOCKED)
	$(STEP) "release assets" cargo xtask assets --release
	$(STEP) "smoke test" node --test-reporter=spec tests/smoke.mjs "$(TARGET)/release/beffroi"

# --- Check -------------------------------------------------------------------------------------------------

.PHONY: test
test: ready fmt-check lint test-xtask assets test-rust test-pdf test-invoices test-browser ## Check everything

.PHONY: fmt
fmt: ## Format the sources
	@cargo fmt --all

.PHONY: fmt-check
fmt-check:
	@$(STEP) "format" cargo fmt --all --check

.PHONY: lint
lint: ready ## Lint, natively and for the browser
	@$(STEP) "lint" cargo clippy $(WORKSPACE) --all-targets --quiet -- -D warnings
	$(STEP) "lint xtask" cargo clippy $(XTASK) --all-targets --quiet -- -D warnings
	$(STEP) "lint for the browser" env -u LEPTOS_OUTPUT_NAME cargo clippy $(FRONT) --quiet -- -D warnings

.PHONY: assets
assets: ready
	@$(STEP) "assets" cargo xtask assets

# Unit, service (SQLite and PostgreSQL), HTTP and doc tests.
.PHONY: test-rust
test-rust: ready
	@$(STEP) "build the Rust tests" cargo test $(WORKSPACE) --no-run --quiet
	$(STEP) "Rust tests" tests/postgres.sh run cargo test $(WORKSPACE) --no-fail-fast -- --quiet

.PHONY: test-xtask
test-xtask: ready
	@$(STEP) "xtask tests" cargo test $(XTASK) -- --quiet

.PHONY: test-pdf
test-pdf:
	@if [ ! -x tests/pdf/check.sh ]; then echo "skipped: PDF checks (no tests/pdf/check.sh)"
	elif [ ! -x .venv/bin/python ]; then echo "skipped: PDF checks (no .venv: run make deps)"
	else $(STEP) "PDF checks" tests/pdf/check.sh
	fi

# The examples of the reader of invoices, judged by a validator that is not ours.
.PHONY: test-invoices
test-invoices:
	@if [ ! -x .venv/bin/python ]; then echo "skipped: invoice checks (no .venv: run make deps)"
	else $(STEP) "invoice checks" tests/invoices/check.sh
	fi

# Journeys in headless Chromium against the real program, with axe on each page and the HTML checker on all of them.
.PHONY: test-browser
test-browser: assets
	@$(STEP) "the program" cargo build --profile ci -p server $(LOCKED) --quiet
	$(STEP) "browser" env BEFFROI_BIN="$(TARGET)/ci/beffroi" node --test-reporter=spec tests/browser/all.mjs

.PHONY: soak
soak: ready ## Run the long counts in full (make test runs a twentieth)
	@$(STEP) "soak" env BEFFROI_SOAK=1 tests/postgres.sh run cargo test $(WORKSPACE) --no-fail-fast -- --quiet

.PHONY: bench
bench: build ## Print weights, CPU per request, start-up time and memory of the release program
	@env BEFFROI_BIN="$(TARGET)/release/beffroi" node tests/browser/bench.mjs

# --- Prepare -----------------------------------------------------------------------------------------------

.PHONY: deps
deps: tools-node ## Install what tests and build need, or say in one line what is missing
	@tests/deps.sh
	$(MAKE) --no-print-directory ready

# What `make run` needs: Rust, Node, a C compiler. The rest is fetched by their own package managers.
.PHONY: ready
ready: tools-node node_modules/.package-lock.json
	@command -v cargo >/dev/null || { echo "Rust is missing: see https://rustup.rs" >&2; exit 1; }
	command -v cc >/dev/null || { echo "A C compiler is missing: install your system's, e.g. build-essential" >&2; exit 1; }
	if [ ! -d "$$(rustc --print target-libdir --target $(WASM) 2>/dev/null)" ]; then
	  rustup target add $(WASM) || { echo "The Rust target $(WASM) is missing: rustup target add $(WASM)" >&2; exit 1; }
	fi

.PHONY: tools-node
tools-node:
	@node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null ||
	{ echo "Node 20.19 or newer is missing: see https://nodejs.org" >&2; exit 1; }

node_modules/.package-lock.json: package-lock.json .npmrc
	@npm ci --no-progress --loglevel=error
	touch $@

.PHONY: clean
clean: ## Take away everything that was built or installed here
	@rm -rf "$(TARGET)" node_modules .venv
