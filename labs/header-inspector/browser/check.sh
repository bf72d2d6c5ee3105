#!/usr/bin/env bash
# Opens the `html` view's pages in headless Chromium and uses them as a reader would.
# For maintainers; `cargo test` does not need it. Installs Chromium and playwright-core
# (which drives it) if they are not there.
#
#   labs/header-inspector/browser/check.sh            fails if something does not hold
#   labs/header-inspector/browser/check.sh pictures   and leaves screenshots and PDFs there
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
captures=$here/../captures

command -v chromium >/dev/null || apt-get install -y --no-install-recommends chromium
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
npm install --silent --no-audit --no-fund --prefix "$stage" playwright-core@1.65.1
(cd "$root" && cargo build --quiet -p header-inspector --bins --example generate)
target=${CARGO_TARGET_DIR:-$root/target}/debug

page() { "$target/header-inspector" --view html "${@:2}" >"$stage/$1.html"; }

page paper-session "$captures/paper-session.pcapng"
page arabic --lang ar "$captures/arabic.pcapng"
page refused "$captures/refused.pcapng"
page hostile "$("$here/hostile.sh")"
"$target/examples/generate" --frames 3000 --link raw >"$stage/odd.pcap"
page odd "$stage/odd.pcap"

[ $# -eq 0 ] || mkdir -p "$1"
cp "$here/check.mjs" "$stage/"
node "$stage/check.mjs" "$stage" "$(command -v chromium)" ${1:+"$(cd "$1" && pwd)"}
