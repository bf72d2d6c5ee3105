"""Lab 6's sender in another shape: a list of segments in flight."""

from machine import pack, run, unpack

LARGEST = 1000


class Sender:
    def __init__(self, initial):
        self.initial = initial
        self.stream = b""
        self.closed = False
        self.oldest = self.next = 0  # counted from the initial number, without wrapping
        self.fin = None  # the number of FIN, once it was sent
        self.window = LARGEST
        self.flight = []  # pairs of start and end
        self.deadline = None
        self.timeout = 1000
        self.rtt = None
        self.measured = None

    def handle(self, time, event, argument):
        self.out = []
        if event == "write":
            self.stream += argument
        elif event == "close":
            self.closed = True
        elif event == "segment":
            self.acknowledge(time, unpack(argument))
        elif event == "alarm" and self.deadline is not None and time >= self.deadline:
            self.expire(time)
        while self.may_send(time):
            pass
        self.out.append("alarm off" if self.deadline is None else f"alarm {self.deadline}")
        if self.fin is not None and self.oldest == self.fin + 1:
            self.out.append("done")
        return self.out

    def may_send(self, time):
        """Sends one new segment; False if none may be sent."""
        unsent = len(self.stream) - self.next
        if self.fin is not None or (unsent == 0 and not self.closed):
            return False
        room = self.oldest + self.window - self.next
        if room <= 0:
            if not self.flight and self.deadline is None:
                self.deadline = time + self.timeout
            return False
        size = min(unsent, LARGEST, room)
        if size < LARGEST and size < unsent and self.flight:
            return False
        self.transmit_new(time, size)
        return True

    def transmit_new(self, time, size):
        start, end = self.next, self.next + size
        fin = self.closed and end == len(self.stream)
        if fin:
            self.fin = end
        self.next = end + fin
        self.flight.append((start, self.next))
        if self.measured is None:
            self.measured = (self.next, time)
        if self.deadline is None:
            self.deadline = time + self.timeout
        self.put(start, end, fin)

    def put(self, start, end, fin):
        number = (self.initial + start) % 2**32
        self.out.append(f"segment {pack(number, None, 0, fin, self.stream[start:end]).hex()}")

    def expire(self, time):
        self.measured = None
        self.timeout = min(2 * self.timeout, 60_000)
        self.deadline = time + self.timeout
        if not self.flight:
            self.transmit_new(time, min(1, len(self.stream) - self.next))
            self.measured = None
            return
        start, end = self.oldest, self.flight[0][1]
        fin = self.fin is not None and end == self.fin + 1
        self.put(start, end - fin, fin)

    def acknowledge(self, time, segment):
        if segment is None or segment[1] is None:
            return
        count = (segment[1] - self.initial - self.oldest) % 2**32
        if count > self.next - self.oldest:
            return
        if count == 0 and self.window == 0 and segment[2] > 0 and self.flight:
            # The probe was not accepted.
            self.next, self.flight, self.fin = self.oldest, [], None
            self.deadline = self.measured = None
        elif count == 0 and self.window == 0 and segment[2] > 0:
            self.deadline = None
        self.window = segment[2]
        if count == 0:
            return
        self.oldest += count
        self.flight = [(max(s, self.oldest), e) for s, e in self.flight if e > self.oldest]
        if self.measured and self.oldest >= self.measured[0]:
            self.learn(time - self.measured[1])
            self.measured = None
        self.deadline = time + self.timeout if self.flight else None

    def learn(self, sample):
        if self.rtt is None:
            self.rtt = sample, sample // 2
        else:
            smoothed, variation = self.rtt
            variation = (3 * variation + abs(smoothed - sample)) // 4
            self.rtt = (7 * smoothed + sample) // 8, variation
        self.timeout = min(max(self.rtt[0] + max(1, 4 * self.rtt[1]), 1000), 60_000)


run(Sender)
