"""The room of lab 3 in Python: one thread, non-blocking sockets, selectors."""
import argparse, selectors, socket, sys, time

LINE, BEHIND, GRACE, STALL = 4096, 4 << 20, 0.2, 1.0
parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=55555)
args = parser.parse_args()

class Client:
    def __init__(self, sock):
        self.sock, self.inbox, self.outbox = sock, b"", bytearray()
        self.name, self.unframed, self.skipping = None, False, False
        self.quiet_since = self.took_at = time.monotonic()
        self.closing = False

try:
    door = socket.create_server((args.host, args.port))
except OSError as error:
    sys.exit(f"room.py: cannot listen on {args.host}:{args.port}: {error}")
door.setblocking(False)
selector = selectors.DefaultSelector()
selector.register(door, selectors.EVENT_READ, None)
clients = {}
print(f"Listening on {args.host}:{door.getsockname()[1]}", flush=True)

def give(client, text):
    if not client.outbox: client.took_at = time.monotonic()
    client.outbox += text if client.unframed else text + b"\n"

def broadcast(text):
    for client in list(clients.values()): give(client, text)

def leave(client):
    if clients.get(client.name) is client:
        del clients[client.name]
        print(f"{client.name} left!", flush=True)
        broadcast(f"{client.name} left!".encode())
    drain(client)
    selector.unregister(client.sock); client.sock.close(); client.name = None; client.closing = True

def refuse(client, reason):
    give(client, b"Nickname refused: " + reason); drain(client)
    client.sock.shutdown(socket.SHUT_WR); client.refused = True

def nickname(client, name, unframed):
    try: name = name.decode()
    except UnicodeDecodeError: return refuse(client, b"not UTF-8")
    if not name.strip(): return refuse(client, b"empty")
    if len(name) > 32: return refuse(client, b"too long")
    if not all(c.isprintable() for c in name): return refuse(client, b"control characters")
    if name == "CLOSE123123": return refuse(client, b"the word that leaves")
    if name in clients: return refuse(client, b"taken")
    client.name, client.unframed, clients[name] = name, unframed, client
    print(f"Nickname is {name}", flush=True)
    broadcast(f"{name} joined!".encode()); give(client, b"Connected to server!")

def line(client, text):
    text = text.removesuffix(b"\r")
    if text == b"CLOSE123123": return leave(client)
    try: text.decode()
    except UnicodeDecodeError: return give(client, b"not UTF-8: not sent")
    mark = f"{client.name}: ".encode()
    broadcast(text if text.startswith(mark) else mark + text)

def read(client):
    try: data = client.sock.recv(65536)
    except BlockingIOError: return
    except OSError: data = b""
    if not data: return leave(client)
    if hasattr(client, "refused"): return
    client.quiet_since = time.monotonic()
    if client.unframed: return line(client, data)
    client.inbox += data
    while not client.closing and b"\n" in client.inbox and not hasattr(client, "refused"):
        text, client.inbox = client.inbox.split(b"\n", 1)
        if client.skipping: client.skipping = False
        elif client.name is None: nickname(client, text.removesuffix(b"\r"), False)
        elif len(text) > LINE: give(client, b"too long: not sent")
        else: line(client, text)
    if len(client.inbox) > LINE:
        if not client.skipping and client.name: give(client, b"too long: not sent")
        client.skipping, client.inbox = True, b""

def drain(client):
    try:
        while client.outbox:
            sent = client.sock.send(client.outbox[:65536]); del client.outbox[:sent]; client.took_at = time.monotonic()
    except OSError: pass

everybody = set()
while True:
    for key, _ in selector.select(0.05):
        if key.data is None:
            sock, address = door.accept(); sock.setblocking(False); sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            print(f"Connected with {address[0]}:{address[1]}", flush=True)
            client = Client(sock); everybody.add(client)
            selector.register(sock, selectors.EVENT_READ, client)
        else: read(key.data)
    now = time.monotonic()
    for client in list(everybody):
        if client.closing: everybody.discard(client); continue
        if client.outbox: drain(client)
        if client.name is None and client.inbox and not hasattr(client, "refused") and now - client.quiet_since > GRACE:
            name, client.inbox = client.inbox, b""; nickname(client, name, True)
        if client.outbox and (len(client.outbox) > BEHIND or now - client.took_at > STALL): leave(client)
