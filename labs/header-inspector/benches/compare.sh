#!/usr/bin/env bash
# Times the header inspector against tcpdump and tshark on one generated capture.
# For maintainers: Linux, with GNU time; tcpdump and tshark if they are installed.
#
#   labs/header-inspector/benches/compare.sh             a million segments
#   labs/header-inspector/benches/compare.sh 100000      fewer
#
# Two captures, because tcpdump looks through a list of all connections for each segment:
#   chats   some 20 segments a connection, 50,000 connections in a million segments
#   crowd   8 segments a connection, 125,000 connections
# Times are processor seconds, which other programs on the machine disturb least.
# The goals: `line` at least 12 times as fast as tcpdump, JSON at least half as fast
# as `line`, and memory that does not grow with the file.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
segments=${1:-1000000}

main() {
    . "$root/docs/book/tools.sh"
    [ -x /usr/bin/time ] || install_packages time
    (cd "$root" && cargo build --quiet --release -p header-inspector --bins --example generate)
    target=${CARGO_TARGET_DIR:-$root/target}/release
    stage=$(mktemp -d)
    trap 'rm -rf "$stage"' EXIT
    printf '%s segments; processor seconds and peak memory, the best of three runs\n' "$segments"
    compare chats 12
    compare crowd 1
}

compare() {
    local all=$stage/all.pcap tenth=$stage/tenth.pcap
    generate "$segments" "$2" >"$all"
    generate $((segments / 10)) "$2" >"$tenth"
    printf '\n%s, %s MB\n' "$1" "$(($(stat -c %s "$all") / 1000000))"
    seconds=()
    measure line "$target/header-inspector" --view line "$all"
    measure json "$target/header-inspector" --view json "$all"
    measure "line, a tenth" "$target/header-inspector" --view line "$tenth"
    if command -v tcpdump >/dev/null; then
        measure tcpdump tcpdump -nn -r "$all"
    fi
    if command -v tshark >/dev/null; then
        runs=1 measure tshark tshark -n -r "$all" -T fields -e frame.number -e ip.src \
            -e tcp.srcport -e ip.dst -e tcp.dstport -e tcp.seq -e tcp.ack -e tcp.flags \
            -e tcp.window_size -e tcp.len
    fi
    ratios
}

generate() {
    "$target/examples/generate" --shape conversations --frames "$1" --messages "$2"
}

declare -A seconds memory

# Keeps the best time: what is slower was disturbed by something else.
measure() {
    local name=$1 run took user system kilobytes
    shift
    seconds[$name]=999999
    for ((run = 0; run < ${runs:-3}; run++)); do
        /usr/bin/time -o "$stage/time" -f '%U %S %M' "$@" >/dev/null 2>"$stage/errors" ||
            { cat "$stage/errors" >&2; exit 1; }
        read -r user system kilobytes <"$stage/time"
        took=$(awk "BEGIN { print $user + $system }")
        if awk "BEGIN { exit !($took < ${seconds[$name]}) }"; then
            seconds[$name]=$took
            memory[$name]=$kilobytes
        fi
    done
    printf '  %-16s %8.2f s %9d kB\n' "$name" "${seconds[$name]}" "${memory[$name]}"
}

ratios() {
    if [ -n "${seconds[tcpdump]:-}" ]; then
        ratio "line is faster than tcpdump by" "${seconds[tcpdump]}" "${seconds[line]}" 12
    fi
    if [ -n "${seconds[tshark]:-}" ]; then
        ratio "line is faster than tshark by" "${seconds[tshark]}" "${seconds[line]}"
    fi
    ratio "json is as fast as line times" "${seconds[line]}" "${seconds[json]}" 0.5
    ratio "memory, all against a tenth" "${memory[line]}" "${memory["line, a tenth"]}"
}

ratio() {
    awk -v name="$1" -v a="$2" -v b="$3" -v goal="${4:-}" 'BEGIN {
        printf "  %-32s %6.2f%s\n", name, a / b, goal == "" ? "" : " (goal: at least " goal ")"
    }'
}

main "$@"
