#!/usr/bin/env bash
# Installs what the tests and the build need beyond Rust and Node, and nothing that is already there.
# Without the right to install, it says in one line what is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

declare -a missing=()
need() { # package, then how to see that it is there
  local package=$1
  shift
  "$@" >/dev/null 2>&1 || missing+=("$package")
}
has() { command -v "$1"; }
has_initdb() { tests/postgres.sh bin; }

need build-essential has cc
need chromium has "${BEFFROI_CHROMIUM:-chromium}"
need default-jre-headless has java
need poppler-utils has pdftotext
need postgresql has_initdb
need python3-venv python3 -c 'import ensurepip, venv'
need qpdf has qpdf

if [ ${#missing[@]} -gt 0 ]; then
  if ! command -v apt-get >/dev/null; then
    echo "make deps: missing, install them with your system's packages: ${missing[*]}" >&2
    exit 1
  fi
  declare -a as_root=()
  if [ "$(id -u)" != 0 ]; then
    sudo -n true 2>/dev/null || { echo "make deps: missing, run: sudo apt-get install ${missing[*]}" >&2; exit 1; }
    as_root=(sudo -n)
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt() { "${as_root[@]}" apt-get -o DPkg::Lock::Timeout=400 -o Acquire::Retries=3 -qq "$@" </dev/null; }
  # A package list may be old or absent: the first try is without asking, the second with a new one.
  apt install --yes --no-install-recommends "${missing[@]}" >/dev/null 2>&1 ||
    { apt update && apt install --yes --no-install-recommends "${missing[@]}" >/dev/null; }
fi

# The checkers of PDF and of invoices are Python packages; the tests say "skipped" where the folder is absent.
# The one of invoices needs lxml, which the PDF checkers bring.
requirements=(tests/pdf/requirements.txt tests/invoices/requirements.txt)
if ! cat "${requirements[@]}" | cmp -s - .venv/installed.txt; then
  rm -rf .venv
  python3 -m venv .venv
  pip() { .venv/bin/python -m pip install --quiet --disable-pip-version-check "$@"; }
  pip --requirement "${requirements[0]}"
  pip --no-deps --require-hashes --requirement "${requirements[1]}"
  cat "${requirements[@]}" >.venv/installed.txt
fi
