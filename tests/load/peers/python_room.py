"""A room of the paper's design, to be measured against: a thread for each
client, one list, and a broadcast that sends to one after another and waits for
each. What differs from the paper: its own words, an address to choose, and a
newline behind every notice, so that the load generator can tell lines apart.
"""

import socket
import sys
import threading

SENTINEL = b"CLOSE123123"

members = []
nicknames = []


def tell_everyone(message):
    for member in members:
        member.send(message)


def let_go(member):
    position = members.index(member)
    members.pop(position)
    member.close()
    nickname = nicknames.pop(position)
    tell_everyone(f"{nickname} left!\n".encode())
    print(f"{nickname} left!")


def listen_to(member):
    while True:
        try:
            message = member.recv(1024)
            if not message or message.strip() == SENTINEL:
                let_go(member)
                return
            tell_everyone(message)
        except OSError:
            let_go(member)
            return


def main():
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 0))
    listener.listen(128)
    host, port = listener.getsockname()
    print(f"Listening on {host}:{port}", flush=True)
    while True:
        member, address = listener.accept()
        print(f"Connected with {address}")
        nickname = member.recv(1024).decode().strip()
        nicknames.append(nickname)
        members.append(member)
        print(f"Nickname is {nickname}")
        tell_everyone(f"{nickname} joined!\n".encode())
        member.send(b"Connected to server!\n")
        threading.Thread(target=listen_to, args=(member,), daemon=True).start()


main()
