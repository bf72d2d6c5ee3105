#!/usr/bin/env bash
# Grades a small made class: every submission must get the verdict it deserves. Needs
# Linux and bubblewrap, which is installed where that is possible; where no sandbox can
# be built there is nothing to check, and that is said.
set -euo pipefail
cd "$(dirname "$0")/../.."

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
sandbox() {
    if [ "$(id -u)" = 0 ]; then bwrap --unshare-net --ro-bind / / true
    else bwrap --unshare-user --unshare-net --ro-bind / / true; fi
} 2> /dev/null

if ! command -v bwrap > /dev/null && command -v apt-get > /dev/null; then
    { as_root apt-get update -q && as_root apt-get install -qy bubblewrap; } || true
fi
if ! sandbox; then
    # Ubuntu keeps namespaces from programs that it does not know.
    as_root sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 2> /dev/null || true
fi
if ! sandbox; then
    echo "SKIPPED: bubblewrap cannot run here, so nothing is known of the grader." >&2
    exit 0
fi
cargo run --quiet --package made-class -- grade --size "${1:-10}"
