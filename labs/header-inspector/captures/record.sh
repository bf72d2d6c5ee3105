#!/usr/bin/env bash
# Records the captures of this folder afresh from the course's own programs.
# For maintainers, on Linux, as root: a scene plays in a network namespace of its
# own, so nothing else is on the wire and every port is the one it should be.
#
#   labs/header-inspector/captures/record.sh                 all of them
#   labs/header-inspector/captures/record.sh refused ipv6    only these
#
# ROOM, CHAT, ECHO and TALK name other programs to play with (lab 3's server, lab
# 4's client, lab 1's server and client).
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
all="paper-session handshake-data-close refused vanished arabic split split-letter
     slow-keyboard glued ipv6"
server_port=55555
# A wait is looked at twenty times a second and given up after ten seconds.
looks=200

main() {
    if [ "${1:-}" = --scene ]; then play "$2"; return; fi
    prepare
    for name in ${*:-$all}; do
        unshare --net "$0" --scene "$name"
    done
}

prepare() {
    [ "$(id -u)" = 0 ] || fail "recording needs root"
    . "$root/docs/book/tools.sh"
    for tool in tcpdump editcap ip unshare; do
        command -v "$tool" >/dev/null && continue
        install_packages tcpdump wireshark-common iproute2 util-linux
    done
    if [ -z "${ROOM:-}" ]; then
        (cd "$root" && cargo build --quiet -p lab1-solution-server -p lab1-client \
            -p lab3-solution-server -p lab4-solution-client)
    fi
    target=${CARGO_TARGET_DIR:-$root/target}/debug
    export ROOM=${ROOM:-$target/lab3-solution-server}
    export CHAT=${CHAT:-$target/lab4-solution-client}
    export ECHO=${ECHO:-$target/lab1-solution-server}
    export TALK=${TALK:-$target/lab1-client}
}

# Plays one scene with tcpdump listening, in the namespace made for it.
play() {
    stage=$(mktemp -d)
    started=()
    trap clear_the_stage EXIT
    ip link set lo up
    tcpdump -i lo -U --immediate-mode -w "$stage/pcap" 2>"$stage/tcpdump" &
    local tcpdump=$!
    started+=("$tcpdump")
    disown
    saw tcpdump "listening on lo"
    "scene_${1//-/_}"
    settled
    kill -INT "$tcpdump"
    gone "$tcpdump"
    # tcpdump writes pcap; in pcapng each file says how its times are to be read.
    editcap -F pcapng "$stage/pcap" "$here/$1.pcapng"
    printf '%s.pcapng: %s frames\n' "$1" "$(tcpdump -r "$stage/pcap" 2>/dev/null | wc -l)"
}

clear_the_stage() {
    kill -KILL "${started[@]}" 2>/dev/null || true
    rm -rf "$stage"
}

# --- The scenes -------------------------------------------------------------

# Figures 3 to 8 of the paper: two clients, "hi", "welcome", and the one leaves.
scene_paper_session() {
    room 127.0.0.1
    joins ehab 54146
    joins amal 54147
    saw ehab "amal joined!"
    types ehab "hi"
    saw amal "ehab: hi"
    types amal "welcome"
    saw ehab "amal: welcome"
    types ehab "CLOSE123123"
    saw amal "ehab left!"
}

scene_handshake_data_close() {
    starts server $ECHO --port "$server_port"
    saw server "Listening on"
    ephemeral_port 54146
    starts client $TALK --port "$server_port"
    types client "hello"
    saw client "hello"
    leaves client
    saw server "Disconnected from"
}

# Nobody listens: the answer to the SYN is a reset.
scene_refused() {
    ephemeral_port 54146
    starts ehab $CHAT --port "$server_port"
    types ehab ehab
    gone "${pid[ehab]}"
}

# A client is killed with a message unread, so its system resets the connection.
scene_vanished() {
    room 127.0.0.1
    joins ehab 54146
    joins amal 54147
    saw ehab "amal joined!"
    kill -STOP "${pid[ehab]}"
    types amal "are you there?"
    saw amal "amal: are you there?"
    kill -KILL "${pid[ehab]}"
    saw amal "ehab left!"
}

scene_arabic() {
    room 127.0.0.1
    joins "إيهاب" 54146
    joins "أمل" 54147
    types "أمل" "مرحبا بكم"
    saw "إيهاب" "مرحبا بكم"
    types "إيهاب" "CLOSE123123"
    saw "أمل" "إيهاب left!"
}

# One message, two segments: TCP carries bytes, not messages.
scene_split() {
    by_hand
    sends 'ehab: wel'
    pause
    sends 'come\n'
    hears 'ehab: welcome'
    walks_away
}

# The same, cut in the middle of a letter: lam is the two bytes d9 84.
scene_split_letter() {
    by_hand
    sends 'ehab: \xd8\xa3\xd9\x87\xd9'
    pause
    sends '\x84\xd8\xa7\n'
    hears 'ehab: أهلا'
    walks_away
}

# A keyboard whose every key is sent at once: a segment for each letter.
scene_slow_keyboard() {
    by_hand
    for key in h i '\n'; do
        sends "$key"
        pause
    done
    hears 'ehab: hi'
    walks_away
}

# Two messages, one segment.
scene_glued() {
    by_hand
    sends 'ehab: one\nehab: two\n'
    hears 'ehab: one'
    hears 'ehab: two'
    walks_away
}

scene_ipv6() {
    room ::1
    joins ehab 54146 --host ::1
    types ehab "hi"
    saw ehab "ehab: hi"
    types ehab "CLOSE123123"
    saw server "ehab left!"
}

# --- What the scenes are made of --------------------------------------------

declare -A pid keyboard

# Starts a program whose keyboard is ours and whose screen is a file.
starts() {
    local who=$1
    shift
    mkfifo "$stage/$who.keyboard"
    "$@" <"$stage/$who.keyboard" >"$stage/$who" 2>&1 &
    pid[$who]=$!
    started+=("$!")
    # Else the shell would report it when it is killed.
    disown
    local fd
    exec {fd}>"$stage/$who.keyboard"
    keyboard[$who]=$fd
}

room() {
    starts server $ROOM --host "$1" --port "$server_port"
    saw server "Listening on"
}

# The client takes the port of the paper's figures: the system has no other.
joins() {
    ephemeral_port "$2"
    starts "$1" $CHAT --port "$server_port" "${@:3}"
    types "$1" "$1"
    saw "$1" "Connected to server!"
}

types() { printf '%s\n' "$2" >&"${keyboard[$1]}"; }

leaves() {
    local fd=${keyboard[$1]}
    exec {fd}>&-
}

# A person with bare hands, who decides what is written at once.
by_hand() {
    room 127.0.0.1
    ephemeral_port 54146
    exec {hand}<>"/dev/tcp/127.0.0.1/$server_port"
    sends 'ehab\n'
    hears 'Connected to server!'
}

# `env printf` writes all at once; the shell's own writes line by line.
sends() { env printf "$1" >&"$hand"; }

hears() {
    local line
    while read -r -t 10 -u "$hand" line; do
        [ "$line" = "$1" ] && return
    done
    fail "\"$1\" was not heard within 10 s"
}

walks_away() {
    exec {hand}>&-
    saw server "ehab left!"
}

pause() { sleep 0.3; }

ephemeral_port() { echo "$1 $1" >/proc/sys/net/ipv4/ip_local_port_range; }

saw() {
    for ((look = 0; look < looks; look++)); do
        grep -qF -- "$2" "$stage/$1" 2>/dev/null && return
        sleep 0.05
    done
    fail "$1 did not print \"$2\": $(cat "$stage/$1")"
}

# Waits until a process has ended.
gone() {
    for ((look = 0; look < looks; look++)); do
        kill -0 "$1" 2>/dev/null || return 0
        sleep 0.05
    done
    fail "process $1 did not end"
}

# Waits until the capture has stopped growing.
settled() {
    local before=-1 now
    for ((look = 0; look < looks; look++)); do
        now=$(stat -c %s "$stage/pcap")
        [ "$now" = "$before" ] && return
        before=$now
        sleep 0.3
    done
}

fail() {
    printf 'record.sh: %s\n' "$*" >&2
    exit 1
}

main "$@"
