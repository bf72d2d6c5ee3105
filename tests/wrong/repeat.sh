#!/usr/bin/env bash
# Runs the checks of all solutions again and again, while the machine is kept
# busy in every way that makes checks fail by chance, and counts wrong verdicts.
#
#   tests/wrong/repeat.sh 50            50 runs of each lab in each way
#   tests/wrong/repeat.sh 50 lab3       one lab
#
# Ways: quiet; busy (two loops on every core); one (a single test thread); many
# (32 test threads); disk (writes that wait for the disk). What fails is kept in
# target/repeat/.
set -euo pipefail
cd "$(dirname "$0")/../.."

runs=${1:-10}
shift || true
labs=${*:-$(cd tests && ls lab*.rs | sed "s/\.rs$//")}
out=target/repeat
mkdir -p "$out"
loads=()

# Ends what was started here, by its number, however this script ends. Each
# load also ends by itself, should nobody be left to end it.
stop_loads() {
    for load in ${loads[@]+"${loads[@]}"}; do
        kill "$load" 2>/dev/null || true
        wait "$load" 2>/dev/null || true
    done
    loads=()
}
trap stop_loads EXIT

busy_loop() {
    local end=$((SECONDS + 1800))
    while ((SECONDS < end)); do :; done
}

slow_disk() {
    local end=$((SECONDS + 1800))
    while ((SECONDS < end)); do
        dd if=/dev/zero of="$out/disk" bs=1M count=64 conv=fsync 2>/dev/null
        sync "$out/disk" 2>/dev/null || true
    done
}

start_load() {
    case $1 in
        busy)
            for _ in $(seq $((2 * $(nproc 2>/dev/null || echo 2)))); do
                busy_loop & loads+=($!)
            done ;;
        disk) slow_disk & loads+=($!) ;;
    esac
}

threads_of() {
    case $1 in one) echo 1 ;; many) echo 32 ;; *) echo 8 ;; esac
}

# The test program of a lab's solution; the first run builds the solution itself.
test_program() {
    cargo test --no-run --package "$1-solution" --test "$1" 2>&1 |
        sed -n 's/.*(\(.*\))$/\1/p' | tail -n 1
}

wrong_in_all=0
printf '%-6s %-6s %6s %6s %10s\n' lab way runs wrong slowest
for lab in $labs; do
    program=$(test_program "$lab")
    # As cargo would: it tells the checks where cargo is.
    CARGO=$(command -v cargo) "$program" --quiet >/dev/null || true
    for way in quiet busy one many disk; do
        start_load "$way"
        wrong=0
        slowest=0
        for run in $(seq "$runs"); do
            log="$out/$lab-$way-$run.log"
            began=$(date +%s%N)
            if ! "$program" --test-threads="$(threads_of "$way")" >"$log" 2>&1; then
                wrong=$((wrong + 1))
            else
                rm -f "$log"
            fi
            took=$((($(date +%s%N) - began) / 1000000))
            ((took > slowest)) && slowest=$took
        done
        stop_loads
        wrong_in_all=$((wrong_in_all + wrong))
        printf '%-6s %-6s %6d %6d %7d ms\n' "$lab" "$way" "$runs" "$wrong" "$slowest"
    done
done
rm -f "$out/disk"
echo "wrong verdicts: $wrong_in_all"
exit $((wrong_in_all > 0))
