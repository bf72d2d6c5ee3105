#!/usr/bin/env bash
# Feeds the header inspector whatever bytes libFuzzer comes up with.
# For maintainers: needs a nightly toolchain; installs cargo-fuzz if it is not there.
#
#   labs/header-inspector/fuzz/run.sh           five minutes
#   labs/header-inspector/fuzz/run.sh 60        one
#
# What makes it fail is kept in fuzz/artifacts/ and printed with the command that
# repeats it; a mended one becomes a test in tests/.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
seconds=${1:-300}
# A frame may be that long; longer inputs only slow the search down.
longest=4096
formats="pcap pcap-nano pcapng"
links="ethernet sll sll2 null loop raw nflog"

command -v cargo-fuzz >/dev/null || cargo install cargo-fuzz --locked
(cd "$root" && cargo build --quiet --release -p header-inspector --example generate)
corpus=$here/corpus/everything
mkdir -p "$corpus"
cp "$here"/../captures/*.pcapng "$corpus/"
for format in $formats; do
    for link in $links; do
        "${CARGO_TARGET_DIR:-$root/target}/release/examples/generate" --frames 8 \
            --format "$format" --link "$link" >"$corpus/$link.$format"
    done
done
printf 'd383d903000000010000000250180200000000006869' >"$corpus/digits"
xxd "$here/../captures/refused.pcapng" >"$corpus/hexdump" 2>/dev/null || true

cd "$here/.."
cargo +nightly fuzz run everything -- -max_total_time="$seconds" -max_len="$longest" \
    -rss_limit_mb=1024 -timeout=10
