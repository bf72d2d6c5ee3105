#!/usr/bin/env bash
# Prints the PDFs into docs/book/out/pdf: each handout and the whole course, in both
# languages, for students (no hints, no answers) and for instructors (everything).
set -euo pipefail
cd "$(dirname "$0")"

. ./tools.sh
need_mdbook
need_browser
command -v pdftotext >/dev/null || install_packages poppler-utils
rm -rf out/pdf
for edition in student instructor; do
  build_books "$edition" "out/$edition"
  node browser/print.mjs "out/$edition" out/pdf "$edition"
done
node browser/check-pdf.mjs out/pdf

# The website, if it is built, offers the students' edition.
if [ -d out/site ]; then
  mkdir -p out/site/pdf
  cp out/pdf/*.student.pdf out/site/pdf/
  node browser/offer.mjs out/site
fi
echo "the PDFs are in docs/book/out/pdf"
