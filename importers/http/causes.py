"""Why a request failed, in plain words, and when it may be sent again."""

import ssl
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import requests
import urllib3
from cryptography import x509
from requests.utils import get_auth_from_url, get_environ_proxies, select_proxy

from importers.http.certificates import Server, explain

READ_SIZE = 64 * 1024
REASON_LENGTH = 200
"""Characters of a refusal's text that are shown to people."""
CAUSES: tuple[tuple[type[BaseException], str], ...] = (
    (urllib3.exceptions.NameResolutionError, "its address is not known (is there a network?)"),
    (requests.exceptions.ProxyError, "the proxy does not let us through"),
    (requests.exceptions.SSLError, "no secure connection came about"),
    (requests.exceptions.Timeout, "it does not answer in time"),
    (requests.exceptions.InvalidURL, "its address is not valid"),
    (requests.exceptions.MissingSchema, "its address is not valid"),
    (requests.exceptions.ConnectionError, "the connection was refused or broke off"),
)


def cause(error: requests.RequestException) -> str:
    """Why a request failed, in plain words."""
    inner = getattr(error.args[0], "reason", None) if error.args else None
    for kind, words in CAUSES:
        if isinstance(error, kind) or isinstance(inner, kind):
            return words
    return type(error).__name__


def refused_certificate(error: requests.RequestException) -> ssl.SSLCertVerificationError | None:
    """The message of the verification, where a certificate is the reason."""
    seen: BaseException | object | None = error
    for _ in range(8):  # requests, urllib3's MaxRetryError, its SSLError, ssl's own
        if isinstance(seen, ssl.SSLCertVerificationError) or seen is None:
            return seen
        args = getattr(seen, "args", ())
        seen = getattr(seen, "reason", None) or (args[0] if args else None)
    return None


def certificate_words(
    refused: ssl.SSLCertVerificationError,
    url: str,
    proxies: Mapping[str, str],
    extra: Sequence[x509.Certificate],
    private: frozenset[str],
) -> str:
    """Why the certificate of the server behind `url` was refused, and what to do."""
    return explain(refused, _server(url, proxies, private), extra)


def _server(url: str, proxies: Mapping[str, str], private: frozenset[str]) -> Server | None:
    """Who was asked, by the way requests takes; None for a proxy that is itself asked over TLS."""
    parts = urlsplit(url)
    way = select_proxy(url, {**get_environ_proxies(url), **proxies})
    host, port = parts.hostname or "", parts.port or 443
    if not way:
        return Server(host, port, private)
    proxy = urlsplit(way if "://" in way else f"http://{way}")
    if proxy.scheme != "http" or not proxy.hostname:
        return None
    user, password = get_auth_from_url(way)
    headers = urllib3.make_headers(proxy_basic_auth=f"{user}:{password}") if user else {}
    return Server(host, port, private, (proxy.hostname, proxy.port or 80), headers)


def refusal_text(response: requests.Response) -> str:
    """The start of an error's plain text, in one line; "" for anything else, such as a web page."""
    if not response.headers.get("Content-Type", "").lower().startswith("text/plain"):
        return ""
    try:
        text = response.raw.read1(READ_SIZE, decode_content=True).decode("utf-8", "replace")
    except urllib3.exceptions.HTTPError:
        return ""
    return "".join(letter if letter.isprintable() else " " for letter in text).strip()[:REASON_LENGTH]


def retry_after(written: str) -> float | None:
    """Seconds to wait, from either form of the header; None where it says nothing useful."""
    if written.strip().isdecimal():
        return float(written)
    try:
        return max(0.0, (parsedate_to_datetime(written) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None
