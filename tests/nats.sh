#!/usr/bin/env bash
# Runs a command with LAB_BROKER set to a real nats-server on a free port of
# loopback, which is installed where that is possible:
#
#   tests/nats.sh cargo test -p lab8-solution
set -euo pipefail

if ! command -v nats-server >/dev/null; then
    if command -v apt-get >/dev/null; then
        sudo=$([ "$(id -u)" = 0 ] || echo sudo)
        $sudo apt-get update -qq
        $sudo apt-get install -y -qq nats-server >/dev/null
    fi
fi
if ! command -v nats-server >/dev/null; then
    echo "SKIPPED: nats-server cannot be installed here." >&2
    exit 0
fi

folder=$(mktemp -d)
nats-server -a 127.0.0.1 -p -1 --ports_file_dir "$folder" >"$folder/log" 2>&1 &
broker=$!
trap 'kill "$broker" 2>/dev/null; rm -rf "$folder"' EXIT
for _ in $(seq 100); do
    address=$(sed -n 's/.*Listening for client connections on //p' "$folder/log")
    [ -n "$address" ] && break
    sleep 0.1
done
if [ -z "$address" ]; then
    cat "$folder/log" >&2
    exit 1
fi
LAB_BROKER=$address "$@"
