#!/usr/bin/env bash
# The room beside its peers: the same load on each in turn, medians, a table
# and a chart in docs/room-load.md and docs/room-load.svg.
#
#   tests/load/compare.sh                   # about a quarter of an hour
#   tests/load/compare.sh --repeat 1 --only flood
#
# Peers that are not installed are left out. On Debian:
#   apt-get install golang-go nats-server ncat python3
set -euo pipefail
cd "$(dirname "$0")/../.."

peers=()
add() { peers+=(--peer "$1"); }
has() { command -v "$1" >/dev/null || { echo "left out: $2 ($1 is not installed)" >&2; return 1; }; }

# Ten thousand clients need ten thousand descriptors on each side.
ulimit -n "$(ulimit -Hn)"
target=${CARGO_TARGET_DIR:-target}
cargo build --quiet --release -p room-load -p lab3-scaled-server
add "this room=room=$target/release/lab3-scaled-server --port 0 --max-clients 11000"
has nats-server NATS && add "NATS=nats=nats-server -a 127.0.0.1 -p -1"
has ncat "ncat --chat" && add "ncat --chat=ncat=ncat -v -l --chat -m 900 127.0.0.1 {port}"
has python3 "the paper's design in Python" &&
    add "the paper's design, Python=room=python3 -u tests/load/peers/python_room.py"
CARGO_TARGET_DIR="$target/peers" cargo build --quiet --release \
    --manifest-path tests/load/peers/task-room/Cargo.toml
add "tasks, tokio=room=$target/peers/release/task-room"
if has go "the textbook's design in Go"; then
    go build -C tests/load/peers/go-room -o "$PWD/$target/peers/go-room" 2>/dev/null ||
        (cd tests/load/peers/go-room && go build -o "$OLDPWD/$target/peers/go-room" .)
    add "textbook, Go=room=$target/peers/go-room"
fi

exec "$target/release/room-load" compare "${peers[@]}" "$@"
