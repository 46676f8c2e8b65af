"""Which addresses are on the internet for everyone, and which only in the network of this machine."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

_NAT64 = ip_network("64:ff9b::/96")  # RFC 6052: an IPv4 address in its last 32 bits
_METADATA = ip_address("fd00:ec2::254")  # of a cloud's machines; that of IPv4 is link-local
_BY_NAME = ("localhost", "ip6-localhost")


def is_public(address: str) -> bool:
    """Whether an IP address belongs to nobody's private network, also where it stands for an IPv4 address."""
    found = _meant(address)
    return found.is_global and not found.is_multicast


def is_never_asked(address: str) -> bool:
    """Whether not even a setting may lead there: the machine's own metadata, or no single machine."""
    if address in _BY_NAME:
        return False
    found = _meant(address)
    return found.is_link_local or found.is_multicast or found.is_unspecified or found == _METADATA


def is_written_private(host: str) -> bool:
    """Whether a host, as written, says by itself that it is in a private network."""
    bare = host.strip("[]").lower()
    try:
        return bare in _BY_NAME or not is_public(bare)
    except ValueError:
        return False


def is_written_as_number(host: str) -> bool:
    """Whether a host is an IPv4 address in a spelling that hides it: 2130706433, 0x7f.1, 127.1."""
    last = host.rpartition(".")[2].lower()
    if not last.isdecimal() and not last.startswith("0x"):
        return False
    try:
        ip_address(host)
    except ValueError:
        return True
    return False


def _meant(address: str) -> IPv4Address | IPv6Address:
    found = ip_address(address.partition("%")[0])  # without the zone of a link-local address
    if isinstance(found, IPv6Address):
        if found in _NAT64:
            return IPv4Address(int(found) & 0xFFFF_FFFF)
        return found.ipv4_mapped or found.sixtofour or (found.teredo or [found])[-1]
    return found
