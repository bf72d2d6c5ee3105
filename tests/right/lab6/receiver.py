"""Lab 6's receiver in another shape: early segments in a list, sorted by number."""

from machine import pack, run, unpack

WINDOW = 8000


class Receiver:
    def __init__(self, initial):
        self.initial = initial
        self.next = 0  # counted from the initial number, without wrapping
        self.early = {}
        self.fin = None

    def handle(self, _time, event, argument):
        segment = unpack(argument) if event == "segment" else None
        if segment is None:
            return
        sequence, _, _, fin, payload = segment
        distance = (sequence - self.initial - self.next) % 2**32
        if distance >= 2**31:
            distance -= 2**32
        start = self.next + distance
        end = start + len(payload)
        if fin and self.fin is None and self.next <= end <= self.next + WINDOW:
            self.fin = end
        for place, byte in enumerate(payload, start):
            within = self.next <= place < self.next + WINDOW
            if within and (self.fin is None or place < self.fin):
                self.early[place] = byte
        delivered = bytearray()
        while self.next in self.early and self.next != self.fin:
            delivered.append(self.early.pop(self.next))
            self.next += 1
        if delivered:
            yield f"deliver {delivered.hex()}"
        done = self.fin == self.next
        number = (self.initial + self.next + done) % 2**32
        yield f"segment {pack(0, number, WINDOW, False, b'').hex()}"
        if done:
            yield "done"


run(Receiver)
