"""The design of the paper's server, in our own words: one thread for each client,
and each recv is taken for one message. Start it with: python3 docs/paper/server.py
"""

import socket
import sys
import threading

QUIT = b"CLOSE123123"

members = {}


def broadcast(message):
    for connection in list(members):
        try:
            connection.sendall(message)
        except OSError:
            pass


def serve(connection):
    try:
        while (message := connection.recv(1024)) and message != QUIT:
            broadcast(message)
    except OSError:
        pass
    left = f"{members.pop(connection)} left!"
    connection.close()
    broadcast(left.encode())
    print(left, flush=True)


def main():
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 55555
    with socket.create_server(("127.0.0.1", port)) as listener:
        print("Listening on {}:{}".format(*listener.getsockname()), flush=True)
        while True:
            connection, address = listener.accept()
            print(f"Connected with {address}", flush=True)
            # As in the paper, the next client waits until this one has a nickname.
            members[connection] = connection.recv(1024).decode(errors="replace")
            print(f"Nickname is {members[connection]}", flush=True)
            broadcast(f"{members[connection]} joined!".encode())
            connection.sendall(b"Connected to server!")
            threading.Thread(target=serve, args=(connection,), daemon=True).start()


main()
