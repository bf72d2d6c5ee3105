"""What lab 6's sender and receiver share: segments, and the line protocol."""

import argparse
import struct
import sys


def checksum(data):
    total = sum(struct.unpack(f"!{(len(data) + 1) // 2}H", data + b"\0" * (len(data) % 2)))
    while total > 0xFFFF:
        total = (total & 0xFFFF) + (total >> 16)
    return total ^ 0xFFFF


def pack(sequence, ack, window, fin, payload):
    flags = (1 if fin else 0) | (0 if ack is None else 0x10)
    head = struct.pack("!HHIIBBHHH", 6000, 6000, sequence, ack or 0, 0x50, flags, window, 0, 0)
    right = checksum(head + payload)
    return head[:16] + struct.pack("!HH", right, 0) + payload


def unpack(data):
    """Sequence, ack, window, fin and payload; None for a damaged segment."""
    if len(data) < 20 or checksum(data) != 0 or data[12] != 0x50:
        return None
    _, _, sequence, ack, _, flags, window, _, _ = struct.unpack("!HHIIBBHHH", data[:20])
    return sequence, ack if flags & 0x10 else None, window, bool(flags & 1), data[20:]


def run(machine_of):
    """Reads events, and prints what the machine's generator yields."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--initial", type=int, default=1000)
    parser.add_argument("--simulated", action="store_true")
    machine = machine_of(parser.parse_args().initial)
    for line in sys.stdin:
        time, event, *rest = line.split()
        argument = bytes.fromhex(rest[0]) if rest else b""
        for action in machine.handle(int(time), event, argument):
            print(action)
        print(".", flush=True)
