"""Why a server's certificate was refused, in words that say what to do about it.

OpenSSL says "unable to get local issuer certificate" both where the server leaves out its intermediate
certificate and where its authority is unknown. So the certificates that the server sends are looked at over a
second connection. That connection verifies nothing, and carries nothing: it ends after the handshake.
"""

import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPException
from typing import Any

from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID
from urllib3.exceptions import HTTPError

from importers.http.destinations import NOWHERE, PrivateAddressError, tls_connection

TIMEOUT = 10.0
"""Seconds for each step of the second connection."""
LONGEST = 160
"""Characters of a name or address that a server may bring into a message."""
NAMES_SHOWN = 4
PUT = "put it, in PEM format, into the file that REGISTRY_CA_BUNDLE names"
UNREADABLE = (
    OSError,
    ValueError,
    HTTPException,
    HTTPError,
    PrivateAddressError,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)

# Numbers of OpenSSL, include/openssl/x509_vfy.h
NOT_YET_VALID, EXPIRED = 9, 10
SELF_SIGNED, SELF_SIGNED_AUTHORITY = 18, 19
ISSUER_MISSING = (2, 20, 21)
OTHER_NAME = (62, 64)


@dataclass(frozen=True, slots=True)
class Server:
    """Who is asked. `proxy` is host and port of an http proxy, `headers` what it wants to be sent.

    `private` are the hosts that may be in a private network.
    """

    host: str
    port: int
    private: frozenset[str] = NOWHERE
    proxy: tuple[str, int] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def explain(
    refused: ssl.SSLCertVerificationError, server: Server | None, extra: Sequence[x509.Certificate] = ()
) -> str:
    """Why the certificate was refused. Without a server to look at, or if it shows none, OpenSSL's words.

    `extra` are the certificates of REGISTRY_CA_BUNDLE.
    """
    plain = f"its certificate is not valid ({_clean(str(refused.verify_message))})"
    if server is None:
        return plain
    try:
        return _words(refused.verify_code, server.host, sent_by(server), extra) or plain
    except UNREADABLE:
        return plain


def sent_by(server: Server) -> list[x509.Certificate]:
    """The certificates that the server sends, its own first, as far as this Python shows them."""
    reading = ssl.create_default_context()
    reading.check_hostname = False
    reading.verify_mode = ssl.CERT_NONE
    host, port = server.proxy or (server.host, server.port)
    connection = tls_connection(server.private)(
        host, port, timeout=TIMEOUT, ssl_context=reading, cert_reqs=ssl.CERT_NONE, assert_hostname=False
    )
    if server.proxy:
        connection.set_tunnel(server.host, server.port, dict(server.headers))
    try:
        connection.connect()
        return [x509.load_der_x509_certificate(der) for der in _chain(connection.sock)]
    finally:
        connection.close()


def _chain(sock: Any) -> list[bytes]:
    """All in DER. Before Python 3.13 only an inner object has them; pip's truststore reads it too."""
    if hasattr(sock, "get_unverified_chain"):
        return list(sock.get_unverified_chain())
    inner = getattr(getattr(sock, "_sslobj", None), "get_unverified_chain", None)
    if inner is not None:
        return [ssl.PEM_cert_to_DER_cert(cert.public_bytes()) for cert in inner() or ()]
    own = sock.getpeercert(binary_form=True)
    return [own] if own else []


def _words(code: int, host: str, sent: list[x509.Certificate], extra: Sequence[x509.Certificate]) -> str:
    if not sent:
        return ""
    own, now = sent[0], datetime.now(UTC)
    if code in OTHER_NAME:
        return f"its certificate is for {_names(own)}, not for {host}"
    if code == EXPIRED:
        old = next((cert for cert in sent if cert.not_valid_after_utc < now), own)
        return (
            f"the certificate of {_name(old.subject)} expired on {old.not_valid_after_utc:%d %B %Y}"
            f" (the clock of this machine says {now:%d %B %Y})"
        )
    if code == NOT_YET_VALID:
        young = next((cert for cert in sent if cert.not_valid_before_utc > now), own)
        return (
            f"the certificate of {_name(young.subject)} is valid from "
            f"{young.not_valid_before_utc:%d %B %Y} on; the clock of this machine says {now:%d %B %Y}"
        )
    if code == SELF_SIGNED:
        return (
            f"it shows a certificate that it signed itself ({_name(own.subject)}). Nobody vouches for it: "
            f"a proxy or firewall may be answering instead. If it belongs there, {PUT}"
        )
    return _unknown_issuer(sent, extra) if code in (SELF_SIGNED_AUTHORITY, *ISSUER_MISSING) else ""


def _unknown_issuer(sent: list[x509.Certificate], extra: Sequence[x509.Certificate]) -> str:
    """Where the way from the server's own certificate to a known authority breaks off."""
    last = _last(sent[0], [*sent[1:], *extra])
    issuer, address = _name(last.issuer), _address(last)
    if last.subject == last.issuer or last is not sent[0]:
        found = f" (its certificate is at {address})" if address else ""
        return (
            f"its certificate goes back to {issuer}, an authority that this machine does not know{found}. "
            f"A proxy or firewall that reads along may be answering instead. If you trust it, {PUT}"
        )
    if not address:
        return (
            f"its certificate is issued by {issuer}, whose certificate the server does not send and "
            f"this machine does not know. It names no address of it: ask who runs the server, and {PUT}"
        )
    return (
        f"the server does not send the intermediate certificate of {issuer}, which leads from its own to "
        f"a known authority. Fetch that from {address} and {PUT}"
    )


def _last(cert: x509.Certificate, others: list[x509.Certificate]) -> x509.Certificate:
    """The end of the way up, by the names of the issuers."""
    while cert.subject != cert.issuer:
        above = next((other for other in others if other.subject == cert.issuer), None)
        if above is None:
            return cert
        others = [other for other in others if other is not above]
        cert = above
    return cert


def _address(cert: x509.Certificate) -> str:
    """Where the issuer's certificate can be fetched ("caIssuers"), "" where the certificate does not say."""
    try:
        access = cert.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    except x509.ExtensionNotFound:
        return ""
    places = [
        d.access_location for d in access if d.access_method == AuthorityInformationAccessOID.CA_ISSUERS
    ]
    addresses = [_clean(str(place.value)) for place in places]
    return next((address for address in addresses if address.startswith(("http://", "https://"))), "")


def _names(cert: x509.Certificate) -> str:
    """The host names a certificate is for."""
    try:
        value = cert.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        names = [_clean(str(name.value)) for name in value]
    except x509.ExtensionNotFound:
        names = []
    more = " and others" if len(names) > NAMES_SHOWN else ""
    return ", ".join(names[:NAMES_SHOWN]) + more if names else _name(cert.subject)


def _name(name: x509.Name) -> str:
    """The common name, else the whole name, in quotes."""
    common = [str(part.value) for part in name.get_attributes_for_oid(NameOID.COMMON_NAME)]
    return f'"{_clean(next(iter(common), name.rfc4514_string()))}"'


def _clean(text: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in text)[:LONGEST]
