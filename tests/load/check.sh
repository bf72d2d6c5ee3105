#!/usr/bin/env bash
# A sample of what the room must stand, for CI: every scenario for two seconds,
# every fault once. (By hand: --churn-seconds 3600, and release builds.)
set -euo pipefail
cd "$(dirname "$0")/../.."

# A thousand clients need more descriptors than many a shell may open.
ulimit -n "$(ulimit -Hn)"
cargo build --quiet -p room-load -p lab3-scaled-server
built=${CARGO_TARGET_DIR:-target}/debug
server="$built/lab3-scaled-server --port 0 --max-clients 10000"
"$built/room-load" run --server "$server" --seconds 2 --rounds 3
"$built/room-load" faults --server "$server" --churn-seconds 3
