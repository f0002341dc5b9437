#!/usr/bin/env bash
# Checks the files that the document tests have painted, and checks the checkers on damaged ones.
set -euo pipefail
cd "$(dirname "$0")/../.."

samples="${CARGO_TARGET_DIR:-target}/pdf-samples"
.venv/bin/python tests/pdf/check.py "$samples"/*.pdf
.venv/bin/python tests/pdf/damage.py "$samples/cahier-projet.pdf" "$samples/bon.pdf"
