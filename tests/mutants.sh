#!/usr/bin/env bash
# Mutation testing, for maintainers: changes the solutions, the judgements of the
# harness and header-inspector's library in small ways and sees that the tests
# notice. What they need not notice is listed, with the reason, in
# .cargo/mutants.toml.
#
#   tests/mutants.sh              everything (hours)
#   tests/mutants.sh lab3         one part: lab1 ... lab4, harness, inspector
#   tests/mutants.sh lab3 --list  what would be changed
set -euo pipefail
cd "$(dirname "$0")/.."

if ! cargo mutants --version >/dev/null 2>&1; then
    cargo install cargo-mutants --locked
fi

# mutate PART PACKAGES TESTS [SECONDS]: each word of TESTS is a package whose tests
# must notice, within so many seconds.
mutate() {
    local part=$1 packages=$2 tests=$3 limit=${4:-120} words=()
    for package in $packages; do words+=(--package "$package"); done
    for package in $tests; do words+=(--test-package "$package"); done
    mkdir -p target/mutants
    cargo mutants --output "target/mutants/$part" --baseline skip --timeout "$limit" \
        "${words[@]}" "${@:5}" "${options[@]}"
}

# The harness is judged by its own trials. With little patience, and compiled as
# fast as may be, each run of them takes seconds. A loop that gathers for ever must
# not take the machine's memory.
trials() (
    ulimit -v 6000000 2>/dev/null || true
    LAB_PATIENCE=0.15 mutate harness "harness" "harness" 25 \
        --cargo-arg=--config=profile.dev.package.harness.opt-level=0
)

# header-inspector has some two thousand places to change. Nearly all are noticed by
# the checks that take half a second; what these leave is tried against all of them.
inspect() (
    ulimit -v 8000000 2>/dev/null || true
    export CARGO_PROFILE_DEV_DEBUG=0 INSTA_UPDATE=no INSTA_OUTPUT=none
    asked=("${options[@]}") slow=(properties:: bound long_line the_meter) found=0
    options=("${asked[@]}" -- --test all -- "${slow[@]/#/--skip=}")
    mutate inspector "header-inspector" "header-inspector" 30 || found=$?
    # 2 and 3: something was missed, or took too long. Listing ends here as well.
    [[ $found == [23] && " ${asked[*]} " != *" --list "* ]] || return "$found"
    options=("${asked[@]}" --iterate)
    mutate inspector "header-inspector" "header-inspector" 30
)

parts=()
while [[ $# -gt 0 && $1 != -* ]]; do parts+=("$1"); shift; done
options=("$@")
[[ ${#parts[@]} -gt 0 ]] || parts=(lab1 lab2 lab3 lab4 harness inspector)

status=0
for part in "${parts[@]}"; do
    case $part in
        lab1) mutate lab1 "lab1-solution-server" "lab1-solution" ;;
        lab2) mutate lab2 "lab2-solution-server lab2-solution-client" "lab2-solution" ;;
        lab3) mutate lab3 "lab3-solution-server" "lab3-solution" ;;
        lab3-scaled) mutate lab3-scaled "lab3-scaled-server" "lab3-scaled-server lab3-scaled session" ;;
        lab4) mutate lab4 "lab4-solution-client" "lab4-solution-client lab4-solution session" ;;
        harness) trials ;;
        inspector) inspect ;;
        *) echo "there is no part $part" >&2; exit 2 ;;
    esac || status=$?
done
exit "$status"
