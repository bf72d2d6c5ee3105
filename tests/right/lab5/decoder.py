"""Lab 5's decoder, written from the handout alone: bytes to TCP header fields."""

import argparse
import ipaddress
import struct
import sys

FLAGS = ["AE", "CWR", "ECE", "URG", "ACK", "PSH", "RST", "SYN", "FIN"]
LINE_ORDER = ["SYN", "FIN", "RST", "PSH", "ACK", "URG", "ECE", "CWR", "AE"]
NAMES = {0: "end of option list", 1: "no-operation"}
# The lengths that the RFCs allow for a kind; SACK has one to four blocks.
LENGTHS = {2: [4], 3: [3], 4: [2], 5: [10, 18, 26, 34], 8: [10]}


class Refused(Exception):
    """What is no header; the text goes to standard error."""


def parse_hex(line):
    """The bytes of a line; None if it has no digits."""
    digits = ""
    for column, byte in enumerate(line.split(b"#")[0], 1):
        character = chr(byte)
        if character in "0123456789abcdefABCDEF":
            digits += character
        elif not character.isspace():
            raise Refused(f'at column {column}: needed a hex digit, found "{character}"')
    if len(digits) % 2:
        raise Refused(f"needed two hex digits a byte, found {len(digits)} digits")
    return bytes.fromhex(digits) if digits else None


def header_of(segment):
    if len(segment) < 20:
        raise Refused(f"at byte 0: needed 20 bytes, found {len(segment)}")
    offset = segment[12] >> 4
    if offset < 5:
        raise Refused(f"at byte 12: needed a data offset of at least 5, found {offset}")
    if len(segment) < offset * 4:
        needed = f"needed {offset * 4} bytes for a data offset of {offset}"
        raise Refused(f"at byte 12: {needed}, found {len(segment)}")
    return segment[: offset * 4]


def flags_of(header):
    bits = int.from_bytes(header[12:14], "big")
    return [name for place, name in enumerate(FLAGS) if bits >> (8 - place) & 1]


def checksum_of(segment, source, destination):
    """What the field should hold."""
    zeroed = segment[:16] + b"\0\0" + segment[18:]
    pseudo = source.packed + destination.packed + struct.pack("!II", len(segment), 6)
    data = pseudo + zeroed + b"\0" * (len(segment) % 2)
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total > 0xFFFF:
        total = (total & 0xFFFF) + (total >> 16)
    return total ^ 0xFFFF


def options_of(header):
    """Pairs of kind and data; raises Refused after those that are whole."""
    at = 20
    while at < len(header):
        kind = header[at]
        if kind < 2:
            yield kind, b""
            if kind == 0:
                return
            at += 1
            continue
        if at + 1 == len(header):
            needed = "needed the length of an option"
            raise Refused(f"at byte {at + 1}: {needed}, found the end of the header")
        length = header[at + 1]
        if length < 2:
            needed = "needed an option length of at least 2"
            raise Refused(f"at byte {at + 1}: {needed}, found {length}")
        if at + length > len(header):
            found = len(header) - at
            raise Refused(f"at byte {at + 1}: needed {length} bytes for the option, found {found}")
        if length not in LENGTHS.get(kind, [length]):
            raise Refused(f"at byte {at + 1}: an option of kind {kind} cannot have length {length}")
        yield kind, header[at + 2 : at + length]
        at += length


def blocks_of(data):
    edges = struct.unpack(f"!{len(data) // 4}I", data)
    return list(zip(edges[::2], edges[1::2]))


def option_text(kind, data):
    if kind in NAMES:
        return NAMES[kind]
    if kind == 2:
        return f"maximum segment size: {int.from_bytes(data, 'big')}"
    if kind == 3:
        return f"window scale: {data[0]}"
    if kind == 4:
        return "SACK permitted"
    if kind == 5:
        return "SACK: " + " ".join(f"{left}-{right}" for left, right in blocks_of(data))
    if kind == 8:
        return "timestamps: {} {}".format(*struct.unpack("!II", data))
    return f"kind {kind}: {data.hex()}".rstrip()


def decode(number, segment, addresses, out):
    header = header_of(segment)
    source, destination, sequence, acknowledgment = struct.unpack("!HHII", header[:12])
    window, checksum, urgent = struct.unpack("!HHH", header[14:20])
    flags = flags_of(header)
    out.append(f"segment {number}: {len(segment)} bytes")
    out.append(f"source port: {source}")
    out.append(f"destination port: {destination}")
    out.append(f"sequence number: {sequence}")
    meaning = "" if "ACK" in flags else " (without meaning: ACK is not set)"
    out.append(f"acknowledgment number: {acknowledgment}{meaning}")
    out.append(f"data offset: {header[12] >> 4}")
    out.append(f"reserved: {header[12] >> 1 & 7:03b}")
    out.append(f"flags: {' '.join(flags) or 'none'}")
    out.append(f"window: {window}")
    meaning = "" if "URG" in flags else " (without meaning: URG is not set)"
    out.append(f"urgent pointer: {urgent}{meaning}")
    verdict = ""
    if addresses:
        right = checksum_of(segment, *addresses)
        verdict = " (good)" if right == checksum else f" (bad, should be {right:#06x})"
    out.append(f"checksum: {checksum:#06x}{verdict}")
    for kind, data in options_of(header):
        out.append(f"option: {option_text(kind, data)}")


def packet_of(ip):
    """The addresses and the TCP segment of an IP packet, or None."""
    if len(ip) >= 20 and ip[0] >> 4 == 4:
        length, total = (ip[0] & 15) * 4, int.from_bytes(ip[2:4], "big")
        fragment = int.from_bytes(ip[6:8], "big") & 0x1FFF
        if length < 20 or total < length or ip[9] != 6 or fragment:
            return None
        addresses = ipaddress.ip_address(ip[12:16]), ipaddress.ip_address(ip[16:20])
        return addresses, ip[length:total]
    if len(ip) >= 40 and ip[0] >> 4 == 6 and ip[6] == 6:
        addresses = ipaddress.ip_address(ip[8:24]), ipaddress.ip_address(ip[24:40])
        return addresses, ip[40 : 40 + int.from_bytes(ip[4:6], "big")]
    return None


def ip_in(frame, link):
    if link == 0:
        return frame[4:]
    if link == 101:
        return frame
    if link == 1:
        at = 12
        while frame[at : at + 2] in (b"\x81\x00", b"\x88\xa8"):
            at += 4
        if frame[at : at + 2] in (b"\x08\x00", b"\x86\xdd"):
            return frame[at + 2 :]
    return b""


def short_option(kind, data):
    if kind == 2:
        return f"MSS {int.from_bytes(data, 'big')}"
    if kind == 3:
        return f"WScale {data[0]}"
    if kind == 4:
        return "SACK-Permitted"
    if kind == 5:
        return "SACK " + " ".join(f"{left} {right}" for left, right in blocks_of(data))
    if kind == 8:
        return "Timestamps {}/{}".format(*struct.unpack("!II", data))
    return f"Unknown {kind}"


def frame_line(number, time, addresses, segment):
    header = header_of(segment)
    source, destination, sequence, acknowledgment = struct.unpack("!HHII", header[:12])
    flags = flags_of(header)
    ends = []
    for address, port in zip(addresses, (source, destination)):
        ends.append(f"[{address}]:{port}" if address.version == 6 else f"{address}:{port}")
    words = [str(number), time, ends[0], ">", ends[1]]
    words += [name for name in LINE_ORDER if name in flags] + [f"seq {sequence}"]
    if "ACK" in flags:
        words.append(f"ack {acknowledgment}")
    words += [f"win {int.from_bytes(header[14:16], 'big')}", f"len {len(segment) - len(header)}"]
    options = []
    try:
        options += [short_option(*option) for option in options_of(header) if option[0] > 1]
    except Refused:
        pass
    if options:
        words.append(f"[{', '.join(options)}]")
    return " ".join(words)


def read_capture(path, out):
    try:
        with open(path, "rb") as file:
            capture = file.read()
    except OSError as error:
        raise Refused(f"cannot read {path}: {error}") from error
    magics = {b"\xa1\xb2\xc3\xd4": (">", 6), b"\xd4\xc3\xb2\xa1": ("<", 6)}
    magics |= {b"\xa1\xb2\x3c\x4d": (">", 9), b"\x4d\x3c\xb2\xa1": ("<", 9)}
    if capture[:4] not in magics or len(capture) < 24:
        raise Refused(f"{path} is no pcap file")
    order, digits = magics[capture[:4]]
    (link,) = struct.unpack(f"{order}I", capture[20:24])
    at, number, first = 24, 0, None
    while at < len(capture):
        number += 1
        if at + 16 > len(capture):
            raise Refused(f"{path} is cut in the header of frame {number}")
        seconds, fraction, length, _ = struct.unpack(f"{order}IIII", capture[at : at + 16])
        frame = capture[at + 16 : at + 16 + length]
        if len(frame) < length:
            raise Refused(f"{path} is cut in frame {number}")
        at += 16 + length
        ticks = seconds * 10**digits + fraction
        first = ticks if first is None else first
        packet = packet_of(ip_in(frame, link & 0xFFFF))
        if packet:
            whole, part = divmod(ticks - first, 10**digits)
            try:
                out.append(frame_line(number, f"{whole}.{part:0{digits}}", *packet))
            except Refused:
                pass


def decode_lines(arguments, out):
    """How many segments were refused."""
    refused = number = 0
    for file in arguments.files or [None]:
        lines = sys.stdin.buffer if file is None else open(file, "rb")
        for line in lines:
            try:
                segment = parse_hex(line)
                if segment is None:
                    continue
                number += 1
                decode_line(number, segment, arguments, out)
            except Refused as error:
                if "hex" in str(error):
                    number += 1
                print(f"segment {number}: {error}", file=sys.stderr)
                refused += 1
    return refused


def decode_line(number, segment, arguments, out):
    addresses = None
    if arguments.source:
        addresses = arguments.source, arguments.destination
    if arguments.start == "ip":
        packet = packet_of(segment)
        if packet is None:
            raise Refused("at byte 0: needed an IP packet with TCP in it")
        addresses, segment = packet
    decode(number, segment, addresses, out)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="*")
    parser.add_argument("--source", type=ipaddress.ip_address)
    parser.add_argument("--destination", type=ipaddress.ip_address)
    parser.add_argument("--from", dest="start", choices=["tcp", "ip"], default="tcp")
    parser.add_argument("--pcap")
    arguments = parser.parse_args()
    out = []
    status = 0
    try:
        if arguments.pcap:
            read_capture(arguments.pcap, out)
        elif decode_lines(arguments, out):
            status = 1
    except Refused as error:
        print(error, file=sys.stderr)
        status = 1
    print("".join(f"{line}\n" for line in out), end="")
    return status


if __name__ == "__main__":
    sys.exit(main())
