#!/usr/bin/env bash
# Makes the zip that Gradescope takes as an autograder: the students' tree of some
# labs, which holds no solution, and the two scripts beside it.
#
#   docs/classroom/gradescope/make.sh 1,2 autograder.zip
set -euo pipefail

labs=${1:?needed the labs, such as 1,2}
zip=$(realpath -m "${2:?needed the name of the zip to make}")
here=$(cd "$(dirname "$0")" && pwd)
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT

cd "$here/../../.."
cargo course release --labs "$labs" --out "$made/course" --unproven --with-grader
cp "$here/setup.sh" "$here/run_autograder" "$made"
chmod +x "$made/setup.sh" "$made/run_autograder"
rm -f "$zip"
(cd "$made" && python3 -m zipfile -c "$zip" course setup.sh run_autograder)
echo "made $zip"
