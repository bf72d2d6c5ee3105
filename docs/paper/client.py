"""The design of the paper's client, in our own words: it ends no message with a
newline, and prints each recv as one message. Start it with:
python3 docs/paper/client.py
"""

import socket
import sys
import threading

QUIT = "CLOSE123123"


def receive(connection):
    try:
        while message := connection.recv(1024):
            print(message.decode(errors="replace"), flush=True)
    except OSError:
        pass


def main():
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 55555
    nickname = input("Choose your nickname: ")
    print(f"WHEN YOU WANT TO CLOSE ENTER {QUIT}", flush=True)
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(nickname.encode())
        threading.Thread(target=receive, args=(connection,), daemon=True).start()
        for line in sys.stdin:
            text = line.rstrip("\n")
            if text == QUIT:
                break
            connection.sendall(f"{nickname}: {text}".encode())
        connection.shutdown(socket.SHUT_RDWR)


main()
