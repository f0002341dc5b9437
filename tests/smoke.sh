#!/usr/bin/env bash
# tests/smoke.sh PROGRAM: starts the program in an empty folder, asks it for its pages, and stops it as a service manager would.
set -euo pipefail

program=$(realpath "${1:?which program}")
folder=$(mktemp -d "${TMPDIR:-/tmp}/beffroi-smoke.XXXXXX")
server=
trap 'if [ -n "$server" ]; then kill -KILL "$server" 2>/dev/null || true; fi; rm -rf "$folder"' EXIT
fail() { echo "smoke test: $*" >&2; tail -n 30 "$folder/log" >&2 || true; exit 1; }

port=$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
base=http://127.0.0.1:$port
cd "$folder"
BEFFROI_ADDR=127.0.0.1:$port BEFFROI_BASE_URL=$base BEFFROI_DATA_DIR=$folder/data DATABASE_URL=sqlite://$folder/data/beffroi.db \
  "$program" serve --demo >"$folder/log" 2>&1 &
server=$!

get() { node -e '
  fetch(process.argv[1], { signal: AbortSignal.timeout(5000) })
    .then(async (answer) => { console.log(await answer.text()); process.exit(answer.status === 200 ? 0 : 1); })
    .catch(() => process.exit(1));' "$base$1"; }

for _ in $(seq 300); do
  kill -0 "$server" 2>/dev/null || fail "the program stopped by itself"
  if get /readyz >/dev/null; then ready=yes; break; fi
  sleep 0.2
done
[ "${ready:-}" = yes ] || fail "/readyz did not answer 200 within a minute"
get /healthz >/dev/null || fail "/healthz did not answer 200"
page=$(get /) || fail "/ did not answer 200"
sheet=$(grep -oE '/actifs/beffroi-[0-9a-f]+\.css' <<<"$page" | head -n 1) || fail "/ names no style sheet under /actifs/"
get "$sheet" >/dev/null || fail "$sheet did not answer 200"

kill -TERM "$server"
status=0
wait "$server" || status=$?
server=
[ "$status" = 0 ] || fail "after SIGTERM the exit status was $status"
echo "smoke test: / /healthz /readyz $sheet answer, and SIGTERM ends it with status 0"
