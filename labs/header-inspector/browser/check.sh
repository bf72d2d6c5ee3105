#!/usr/bin/env bash
# Opens the `html` view's pages in headless Chromium and uses them as a reader would.
# For maintainers; `cargo test` does not need it. Chromium and the library that drives
# it are installed as for the handouts' website, if they are not there.
#
#   labs/header-inspector/browser/check.sh            fails if something does not hold
#   labs/header-inspector/browser/check.sh pictures   and leaves screenshots and PDFs there
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
captures=$here/../captures
[ $# -eq 0 ] || mkdir -p "$1"
pictures=${1:+$(cd "$1" && pwd)}

cd "$root/docs/book"
. ./tools.sh
need_browser
cd "$root"
cargo build --quiet -p header-inspector --bins --example generate
target=${CARGO_TARGET_DIR:-$root/target}/debug
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT

page() { "$target/header-inspector" --view html "${@:2}" >"$stage/$1.html" 2>/dev/null; }

page paper-session "$captures/paper-session.pcapng"
page arabic --lang ar "$captures/arabic.pcapng"
page hostile "$("$here/hostile.sh")"
"$target/examples/generate" --frames 3000 --link raw >"$stage/odd.pcap"
page odd "$stage/odd.pcap"

node "$here/check.mjs" "$stage"
[ -z "$pictures" ] || node "$here/pictures.mjs" "$stage" "$pictures"
