#!/usr/bin/env bash
# Builds the website, both books, into docs/book/out/site:
#
#   docs/book/build.sh            # then open docs/book/out/site/index.html
#
# Needs cargo alone: mdBook is built once into docs/book/out/tools (five minutes).
set -euo pipefail
cd "$(dirname "$0")"

. ./tools.sh
need_mdbook
build_books folded out/site
cp index.html out/site/index.html
touch out/site/.nojekyll
echo "the site is in docs/book/out/site"
