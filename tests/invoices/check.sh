#!/usr/bin/env bash
# Has an outside validator judge the examples of invoices, the good ones and the broken ones.
set -euo pipefail
cd "$(dirname "$0")/../.."

.venv/bin/python tests/invoices/check.py
