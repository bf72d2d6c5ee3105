"""The differences from tshark that are right, each with its reason.

A rule is a function whose doc string is the reason; it is given one difference and
says whether that is its case. A difference that no rule knows fails the test.
"""

RULES = []


def rule(function):
    RULES.append(function)
    return function


def rule_for(difference):
    return next((known for known in RULES if known(difference)), None)


def has_problem(difference, *codes):
    ours = difference["ours"]
    return ours is not None and any(problem["code"] in codes for problem in ours["problems"])


@rule
def header_cut_short(difference):
    """Where a header is cut short tshark gives up, at the latest at the cut; the
    inspector shows every field that is there whole."""
    return difference["other"] in (None, False) and has_problem(difference, "header-cut")


@rule
def options_cut_short(difference):
    """tshark leaves out options that the capture cut; the inspector shows their bytes."""
    return difference["key"] == "options" and has_problem(difference, "options-cut")


@rule
def option_cut_in_the_middle(difference):
    """Of an option that ends beyond what is there tshark shows the numbers before the
    end; the inspector's value is null, for half a list would look like a whole one."""
    mine, other = difference["mine"], difference["other"]
    return (difference["key"] == "option_list" and other[:len(mine)] == mine
            and has_problem(difference, "options-cut", "data-offset-beyond"))


@rule
def data_offset_too_small(difference):
    """At a data offset below 5 tshark stops; the fixed fields are where they always
    are, so the inspector reads on, and says null only of what depends on it."""
    return has_problem(difference, "data-offset-small") and (
        difference["other"] is None or difference["key"] == "payload_len")


@rule
def quoted_in_an_icmp_error(difference):
    """Of a header that an ICMP error quotes tshark does not count the data nor verify
    the checksum; the inspector does, where all of it is quoted."""
    return (difference["other"] is None and difference["key"] in ("payload_len", "checksum_status")
            and difference["ours"]["in_icmp_error"])


@rule
def ip_length_beyond_the_packet(difference):
    """Where IP states more than there is, payload_len is what IP states (and a problem
    says so); tshark counts what is there."""
    return difference["key"] == "payload_len" and has_problem(difference, "ip-length-beyond")


@rule
def first_fragment(difference):
    """tshark does not count the data of a first fragment; payload_len is what this
    fragment holds of it."""
    return (difference["key"] == "payload_len" and difference["other"] is None
            and difference["ours"]["fragment"])


@rule
def less_there_than_ip_states(difference):
    """The checksum counts the length that IP states, and not all of that is there, so
    nobody can verify it; tshark sums up what is there."""
    ours = difference["ours"]
    if difference["key"] != "checksum_status" or difference["mine"] != "unverified":
        return False
    end = ours["offset"] + ours["data_offset"] * 4 + (ours["payload_len"] or 0)
    return end > ours["caplen"] or has_problem(difference, "ip-length-beyond")


@rule
def nflog_cut_short(difference):
    """tshark shows nothing of an NFLOG packet attribute that the capture cut; the
    inspector reads what there is of it."""
    return (difference["key"] == "header" and difference["other"] is False
            and "nflog" in difference["protocols"]
            and difference["ours"]["caplen"] < difference["ours"]["len"])


def last_of_routing_header(difference):
    """Tells whether segments are left, and dst is an address of the routing header."""
    network = difference["theirs"]["network"]
    left = network.get("ipv6.routing.segleft", {}).get("show")
    addresses = [field.get("show") for name, field in network.items()
                 if name.startswith("ipv6.routing.")]
    return left not in (None, "0") and difference["ours"]["dst"] in addresses


@rule
def final_destination(difference):
    """With segments left in a routing header the checksum counts the last address, so
    dst is that one (RFC 8200, section 8.1); tshark shows the next hop."""
    return difference["key"] == "dst" and last_of_routing_header(difference)


@rule
def final_destination_in_a_quotation(difference):
    """Inside an ICMP error tshark sums up the next hop instead of the last address."""
    return (difference["key"] == "checksum_status" and difference["mine"] in ("good", "partial")
            and difference["ours"]["in_icmp_error"] and last_of_routing_header(difference))


@rule
def no_acknowledgment(difference):
    """Without the ACK flag the field means nothing; tshark still counts it as 0."""
    return (difference["key"] == "rel_ack" and difference["mine"] is None
            and difference["ours"]["ack_flag"] == 0)


@rule
def window_in_a_reset(difference):
    """In the reset that refuses a SYN no scale was agreed on, so window_scaled is null;
    tshark repeats the field."""
    return (difference["key"] == "window_scaled" and difference["mine"] is None
            and difference["ours"]["rst"] == 1)
