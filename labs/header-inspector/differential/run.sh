#!/usr/bin/env bash
# Compares the header inspector's JSON with what tshark finds in the same captures.
# For maintainers; `cargo test` does not need it. Installs tshark if it is not there.
#
#   labs/header-inspector/differential/run.sh                the generated captures
#   SEED=7 FRAMES=5000 …/run.sh                              other ones, or longer
#   labs/header-inspector/differential/run.sh a.pcap b.pcapng  the captures named
#
# The reasons in explained.py are for tshark 4.0; another version may differ elsewhere.
# Exit status 0: no difference that explained.py does not explain.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
links="ethernet sll sll2 null loop raw ipv4 ipv6 nflog"
formats="pcap pcap-nano pcapng"
orders="little big"

main() {
    . "$root/docs/book/tools.sh"
    command -v tshark >/dev/null || install_packages tshark
    (cd "$root" && cargo build --quiet --release -p header-inspector --bins --example generate)
    local target=${CARGO_TARGET_DIR:-$root/target}/release
    export INSPECTOR=$target/header-inspector
    generate=$target/examples/generate
    if [ $# -gt 0 ]; then
        python3 "$here/compare.py" "$@"
        return
    fi
    stage=$(mktemp -d)
    trap 'rm -rf "$stage"' EXIT
    write_captures
    python3 "$here/compare.py" "$stage"/* "$here"/../captures/*.pcapng
}

write_captures() {
    local seed=${SEED:-1} frames=${FRAMES:-500} link format order
    for link in $links; do
        for format in $formats; do
            for order in $orders; do
                seed=$((seed + 1))
                "$generate" --seed "$seed" --frames "$frames" --link "$link" \
                    --format "$format" --order "$order" >"$stage/$link-$order.$format"
            done
        done
    done
    "$generate" --seed "$seed" --frames $((frames * 4)) --shape sections >"$stage/sections.pcapng"
    for format in $formats; do
        "$generate" --seed "$seed" --frames "$frames" --shape conversations \
            --format "$format" >"$stage/conversations.$format"
    done
}

main "$@"
