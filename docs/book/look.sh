#!/usr/bin/env bash
# Looks at the built website with Chromium:
#
#   docs/book/look.sh                  # search, switch, phone width, links, order
#   docs/book/look.sh pictures [PAGE]  # pictures of every page, to look at
set -euo pipefail
cd "$(dirname "$0")"

. ./tools.sh
[ -d out/site ] || ./build.sh
need_browser
if [ "${1:-}" = pictures ]; then
  node browser/pictures.mjs out/site out/pictures "${@:2}"
  echo "the pictures are in docs/book/out/pictures"
else
  node browser/check.mjs out/site
fi
