#!/usr/bin/env bash
# A PostgreSQL cluster for the tests alone: made in a fresh folder, never fsynced, thrown away.
#
#   tests/postgres.sh run COMMAND…   runs COMMAND with BEFFROI_TEST_POSTGRES set, then takes the cluster away
#   tests/postgres.sh start          prints the URL; the cluster stays until:
#   tests/postgres.sh stop URL
#
# PostgreSQL refuses to run as root: root hands it to the user postgres, or nobody.
set -euo pipefail

fail() { echo "tests/postgres.sh: $*" >&2; exit 1; }

# Distributions keep initdb out of PATH, and a `postgres` in PATH may be another program.
binaries() {
  local folder found="${BEFFROI_POSTGRES_BIN:-}"
  [ -z "$found" ] || { echo "$found"; return; }
  for folder in /usr/lib/postgresql/*/bin "$(pg_config --bindir 2>/dev/null || true)" /usr/pgsql-*/bin /opt/homebrew/opt/postgresql*/bin; do
    if [ -n "$folder" ] && [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ]; then
      found=$folder
    fi
  done
  [ -n "$found" ] || fail "PostgreSQL is missing: run make deps"
  echo "$found"
}

unprivileged() {
  if [ "$(id -u)" != 0 ]; then
    "$@"
  elif id -u postgres >/dev/null 2>&1; then
    (cd / && runuser -u postgres -- "$@")
  else
    (cd / && runuser -u nobody -- "$@")
  fi
}

free_port() {
  node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}

start() {
  local bin folder port
  bin=$(binaries)
  folder=$(mktemp -d "${TMPDIR:-/tmp}/beffroi-postgres.XXXXXX")
  if [ "$(id -u)" = 0 ]; then
    chown "$(id -u postgres 2>/dev/null || id -u nobody)" "$folder"
  fi
  unprivileged "$bin/initdb" --pgdata="$folder/data" --username=beffroi --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$folder.log" 2>&1 ||
    { cat "$folder.log" >&2; fail "initdb failed"; }
  port=$(free_port)
  unprivileged "$bin/pg_ctl" --pgdata="$folder/data" --log="$folder/server.log" --wait --timeout=60 start \
    --options="-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder -c max_connections=200 -c shared_buffers=128MB -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off" \
    >>"$folder.log" 2>&1 || { cat "$folder.log" "$folder/server.log" >&2 || true; fail "PostgreSQL did not start"; }
  mv "$folder.log" "$folder/initdb.log"
  # The port names the folder for `stop`.
  ln -s "$folder" "${TMPDIR:-/tmp}/beffroi-postgres-$port"
  echo "postgres://beffroi@127.0.0.1:$port/postgres"
}

stop() {
  local bin port link folder
  bin=$(binaries)
  port=${1##*:}
  port=${port%%/*}
  link="${TMPDIR:-/tmp}/beffroi-postgres-$port"
  folder=$(readlink "$link") || fail "no cluster of ours at $1"
  unprivileged "$bin/pg_ctl" --pgdata="$folder/data" --mode=immediate --silent stop || true
  rm -rf "$folder" "$link"
}

case "${1:-}" in
  bin) binaries ;;
  start) start ;;
  stop) stop "${2:?which URL}" ;;
  run)
    shift
    BEFFROI_TEST_POSTGRES=$(start)
    export BEFFROI_TEST_POSTGRES
    trap 'stop "$BEFFROI_TEST_POSTGRES"' EXIT
    trap 'exit 130' INT TERM
    "$@"
    ;;
  *) fail "bin, start, stop URL, or run COMMAND" ;;
esac
