"""The client in Python, with a thread that receives."""
import argparse
import os
import socket
import sys
import threading
import unicodedata

parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=55555)
parser.add_argument("--nickname")
parser.add_argument("--unframed", action="store_true")
args = parser.parse_args()
end = b"" if args.unframed else b"\n"
BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
out = open(1, "w", encoding="utf-8", newline="\n", closefd=False)


def show(text):
    safe = (c if c == "\t" or (unicodedata.category(c) != "Cc" and c not in BIDI) else f"\\u{{{ord(c):x}}}" for c in text)
    print("".join(safe), file=out, flush=True)


def typed():
    line = sys.stdin.buffer.readline()
    return line.decode("utf-8", "replace").rstrip("\r\n") if line else None


nickname = args.nickname
if nickname is None:
    print("Choose your nickname: ", end="", file=out, flush=True)
    nickname = typed()
    if nickname is None:
        sys.exit(0)
show("WHEN YOU WANT TO CLOSE ENTER CLOSE123123")
try:
    room = socket.create_connection((args.host, args.port))
except OSError as error:
    sys.exit(f"client.py: cannot connect to {args.host}:{args.port}: {error}")
room.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
room.sendall(nickname.encode() + end)
leaving = threading.Event()
waiting = b""


def receive():
    """Shows one read; false at the end of the stream."""
    global waiting
    try:
        data = room.recv(4096)
    except OSError:
        data = b""
    if not data:
        return False
    waiting += data
    if args.unframed:
        for cut in range(4):
            try:
                waiting[: len(waiting) - cut].decode()
            except UnicodeDecodeError:
                continue
            break
        else:
            cut = 0
        text, waiting = waiting[: len(waiting) - cut], waiting[len(waiting) - cut :]
        if text:
            show(text.decode("utf-8", "replace"))
    else:
        *lines, waiting = waiting.split(b"\n")
        for line in lines:
            show(line.decode("utf-8", "replace").removesuffix("\r"))
    return True


def receive_all():
    while receive():
        pass
    if not leaving.is_set():
        show("The server closed the connection.")
        os._exit(0)


alive = receive()
receiver = threading.Thread(target=receive_all)
receiver.start()
while (line := typed()) is not None and line != "CLOSE123123":
    try:
        room.sendall(f"{nickname}: {line}".encode() + end)
    except OSError:
        break
leaving.set()
try:
    room.shutdown(socket.SHUT_WR)
except OSError:
    pass
receiver.join(0.5)
os._exit(0)
