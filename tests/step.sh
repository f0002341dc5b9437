#!/usr/bin/env bash
# tests/step.sh NAME COMMAND… : runs one step of the gate, says how long it took, and says which step failed.
set -uo pipefail

name=$1
shift
echo "── $name"
started=$SECONDS
"$@"
status=$?
if [ $status = 0 ]; then
  echo "── $name: $((SECONDS - started)) s"
else
  echo "── $name: FAILED after $((SECONDS - started)) s" >&2
fi
exit $status
