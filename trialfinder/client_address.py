"""Who asks: the one place that decides from which network a request comes."""

from datetime import date
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac


def address(request: HttpRequest) -> IPv4Address | IPv6Address | None:
    """The address a request comes from; None where that cannot be read.

    On a public site the last address of X-Forwarded-For counts: the proxy in front wrote it, all before it is
    the client's own claim. Elsewhere it is the direct peer.
    """
    text = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None) and forwarded:
        text = str(forwarded).rsplit(",", 1)[-1].strip()
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def network(request: HttpRequest) -> str:
    """The IPv4 address or the /64 of IPv6 a request comes from; "" where that cannot be read.

    One household or telephone has a whole /64 (RFC 6177), so that a limit of single addresses would be none.
    """
    found = address(request)
    return str(ip_network((found, 32 if found.version == 4 else 64), strict=False)) if found else ""


def unreadable(request: HttpRequest, day: date | None = None) -> str:
    """The network in a form that names nobody: keyed, and another one every day."""
    salt = f"trialfinder.client_address {day or timezone.localdate()}"
    return salted_hmac(salt, network(request), algorithm="sha256").hexdigest()[:32]


def unreadable_key(key: str, prefix: str, version: int) -> str:
    """A cache's own name for a key: limits of tries to sign in are counted by internet address."""
    hashed = salted_hmac("trialfinder.client_address.key", key, algorithm="sha256").hexdigest()[:40]
    return f"{prefix}:{version}:{hashed}"
