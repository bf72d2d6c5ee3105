#!/usr/bin/env python3
"""Compares each TCP header that the inspector finds with the one tshark finds.

    inspector --view json ─┐
                           ├─ header by header, field by field ─▶ differences
    tshark -T pdml ────────┘                                        │
                                    explained.py: a reason, or not ─┘

PDML is tshark's form that keeps several TCP headers in a frame apart and gives
each one's place in the frame.
"""

import collections
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as xml

import explained

# Absolute and relative numbers both; nothing reassembled; checksums verified.
PREFERENCES = [
    "tcp.relative_sequence_numbers:TRUE",
    "tcp.check_checksum:TRUE",
    "tcp.desegment_tcp_streams:FALSE",
    "tcp.try_heuristic_first:FALSE",
    "tcp.no_subdissector_on_error:TRUE",
    "ip.defragment:FALSE",
    "ipv6.defragment:FALSE",
]

# Our key, tshark's field; both are whole numbers.
NUMBERS = [
    ("src_port", "tcp.srcport"),
    ("dst_port", "tcp.dstport"),
    ("window", "tcp.window_size_value"),
    ("checksum", "tcp.checksum"),
    ("urgent_pointer", "tcp.urgent_pointer"),
    ("payload_len", "tcp.len"),
]
FLAGS = [("ae", 8), ("cwr", 7), ("ece", 6), ("urg", 5), ("ack_flag", 4), ("psh", 3),
         ("rst", 2), ("syn", 1), ("fin", 0)]
# What depends on the frames before: compared where the capture is sound TCP.
HISTORY = [
    ("stream", "tcp.stream"),
    ("rel_seq", "tcp.seq"),
    ("rel_ack", "tcp.ack"),
    ("window_scaled", "tcp.window_size"),
]
# The options that both take apart, in the order of the wire.
OPTIONS = ("tcp.options.mss_val", "tcp.options.wscale.shift", "tcp.options.timestamp.tsval",
           "tcp.options.timestamp.tsecr", "tcp.options.sack_le", "tcp.options.sack_re")
STATUS = {"0": "bad", "1": "good", "2": "unverified"}

# Of each kind of difference.
MOST_SHOWN = 3


def main(paths):
    headers = 0
    unexplained = []
    reasons = collections.Counter()
    for path in paths:
        theirs = tshark(path)
        with_history = is_sound(path)
        for case in pairs(path, inspector(path), theirs):
            headers += 1
            for difference in differences(case, with_history):
                rule = explained.rule_for(difference)
                if rule is None:
                    unexplained.append(difference)
                else:
                    reasons[rule] += 1
    report(headers, unexplained, reasons)
    return 1 if unexplained or not headers else 0


def is_sound(path):
    """Other generated captures reuse ports at random."""
    name = os.path.basename(path)
    return name.startswith("conversations") or "/captures/" in path


def inspector(path):
    command = [os.environ["INSPECTOR"], "--view", "json", path]
    frames = collections.defaultdict(list)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        for line in process.stdout:
            # A number of seconds with nine decimals is more than a float can hold.
            header = json.loads(line, parse_float=str)
            frames[header["frame"]].append(header)
    if process.returncode:
        sys.exit(f"{path}: the inspector ended with status {process.returncode}")
    for headers in frames.values():
        headers.sort(key=lambda header: header["layer"])
    return frames


def tshark(path):
    command = ["tshark", "-n", "-r", path, "-T", "pdml"]
    for preference in PREFERENCES:
        command += ["-o", preference]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    frames = {}
    for _, packet in xml.iterparse(process.stdout):
        if packet.tag != "packet":
            continue
        number = int(packet.find("proto[@name='geninfo']/field[@name='num']").get("show"))
        protocols = [proto.get("name") for proto in packet.iter("proto")]
        frames[number] = (protocols, packet_headers(packet))
        packet.clear()
    process.wait()
    return frames


def packet_headers(packet):
    """The TCP headers of one frame, each with the protocols around it."""
    headers = []
    network = None
    for proto in packet.iter("proto"):
        if proto.get("name") in ("ip", "ipv6"):
            network = dict(fields_of(proto), pos=int(proto.get("pos")))
        if proto.get("name") == "tcp":
            headers.append({
                "fields": fields_of(proto),
                "options": [int(field.get("value"), 16) for field in proto.iter("field")
                            if field.get("name") in OPTIONS],
                "offset": int(proto.get("pos")),
                "network": network,
                "packet": fields_of(packet.find("proto[@name='frame']")),
            })
    return headers


def fields_of(proto):
    """The first field of each name; its attributes, whatever its depth."""
    fields = {}
    for field in proto.iter("field"):
        fields.setdefault(field.get("name"), field.attrib)
    return fields


def pairs(path, ours, theirs):
    """Matches the headers of each frame by their place in it."""
    for number in sorted(set(ours) | set(theirs)):
        our_headers = {header["offset"]: header for header in ours.get(number, [])}
        protocols, headers = theirs.get(number, ([], []))
        their_headers = {header["offset"]: header for header in headers}
        for offset in sorted(set(our_headers) | set(their_headers)):
            yield {
                "path": path, "frame": number, "offset": offset, "protocols": protocols,
                "ours": our_headers.get(offset), "theirs": their_headers.get(offset),
            }


def differences(case, with_history):
    ours, theirs = case["ours"], case["theirs"]
    if ours is None or theirs is None:
        yield difference(case, "header", ours is not None, theirs is not None)
        return
    for key, mine, other in compared(ours, theirs, with_history):
        if mine != other:
            yield difference(case, key, mine, other)


def compared(ours, theirs, with_history):
    fields = theirs["fields"]
    for key, name in NUMBERS + (HISTORY if with_history else []):
        yield key, ours[key], number(fields, name)
    for key in ("seq", "ack"):
        yield key, ours[key], on_the_wire(fields, f"tcp.{key}")
    length = number(fields, "tcp.hdr_len")
    yield "data_offset", ours["data_offset"], None if length is None else length // 4
    flags = number(fields, "tcp.flags")
    yield "reserved", ours["reserved"], None if flags is None else flags >> 9
    for key, bit in FLAGS:
        yield key, ours[key], None if flags is None else flags >> bit & 1
    yield "options", ours["options"], fields.get("tcp.options", {}).get("value", "")
    yield "option_list", option_values(ours["option_list"]), theirs["options"]
    yield "checksum_status", ours["checksum_status"], status(theirs)
    yield from addresses(ours, theirs["network"])
    yield "time", seconds(ours["time"]), seconds(theirs["packet"]["frame.time_epoch"]["show"])
    yield "caplen", ours["caplen"], number(theirs["packet"], "frame.cap_len")
    yield "len", ours["len"], number(theirs["packet"], "frame.len")


def option_values(options):
    """All numbers in the options' values, in order."""
    values = []
    for option in options:
        value = option["value"]
        if isinstance(value, dict):
            values += value.values()
        elif isinstance(value, list):
            values += [edge for block in value for edge in block]
        elif isinstance(value, int) and not isinstance(value, bool):
            values.append(value)
    return values


def addresses(ours, network):
    prefix = "ip" if "ip.src" in network else "ipv6"
    yield "ip_version", ours["ip_version"], 4 if prefix == "ip" else 6
    for end in ("src", "dst"):
        yield end, ours[end], network.get(f"{prefix}.{end}", {}).get("show")


def number(fields, name):
    if name not in fields:
        return None
    return int(fields[name]["show"], 0)


def seconds(time):
    """Both tools' times to the nanosecond, whatever the number of decimals."""
    whole, _, fraction = str(time).partition(".")
    return f"{whole}.{fraction.ljust(9, '0')[:9]}"


def on_the_wire(fields, name):
    """The number as its bytes say it: tshark shows it relative to the first one."""
    return int(fields[name]["value"], 16) if name in fields else None


def segment_length(theirs):
    """By the IP length, or else by what tshark counted."""
    fields, network = theirs["fields"], theirs["network"]
    stated = number(network, "ip.len") or number(network, "ipv6.plen")
    if not stated:
        return number(fields, "tcp.hdr_len") + number(fields, "tcp.len")
    header = 0 if "ip.len" in network else 40
    return network["pos"] + header + stated - theirs["offset"]


def status(theirs):
    fields = theirs["fields"]
    if "tcp.checksum.status" not in fields:
        return None
    shown = fields["tcp.checksum.status"]["show"]
    name = STATUS.get(shown, shown)
    if name == "bad" and number(fields, "tcp.checksum") in pseudo_sums(theirs):
        return "partial"
    return name


def pseudo_sums(theirs):
    """What a partial checksum holds; tshark calls it bad, so it is summed here.

    A routing header may name another destination than the IPv6 header.
    """
    network = theirs["network"]
    prefix = "ip" if "ip.src" in network else "ipv6"
    source = network[f"{prefix}.src"]["value"]
    length = segment_length(theirs)
    destinations = [field for name, field in network.items()
                    if name == f"{prefix}.dst" or name.startswith("ipv6.routing.")]
    for field in destinations:
        if len(field.get("value", "")) == len(source):
            words = source + field["value"]
            total = 6 + length + sum(int(words[at:at + 4], 16) for at in range(0, len(words), 4))
            while total > 0xFFFF:
                total = (total >> 16) + (total & 0xFFFF)
            yield total


def difference(case, key, mine, other):
    return dict(case, key=key, mine=mine, other=other)


def report(headers, unexplained, reasons):
    shown = collections.Counter()
    for found in unexplained:
        kind = (found["key"], type(found["mine"]), type(found["other"]))
        shown[kind] += 1
        if shown[kind] <= MOST_SHOWN:
            print("{path} frame {frame} offset {offset}: "
                  "{key} is {mine!r}, tshark has {other!r}".format(**found))
    for (key, _, _), count in shown.most_common():
        print(f"{count:7} unexplained: {key}")
    for rule, count in reasons.most_common():
        print(f"{count:7} explained: {rule.__name__}: {' '.join(rule.__doc__.split())}")
    print(f"{headers} headers compared, {len(unexplained)} unexplained differences")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
