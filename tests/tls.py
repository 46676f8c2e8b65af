"""Authorities, certificates and a server on loopback that shows them, for tests of TLS."""

import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address
from pathlib import Path
from threading import Thread
from typing import Any, Self

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID

ISSUER_AT = "http://certificates.example.org/intermediate.crt"


def _common_name(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


@dataclass(frozen=True)
class Signed:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    def sign(
        self,
        name: str,
        *,
        authority: bool = True,
        host: str = "127.0.0.1",
        days: int = 30,
        issuer_at: str = "",
    ) -> "Signed":
        """A certificate below this one: of another authority, or of the server `host`."""
        key = ec.generate_private_key(ec.SECP256R1())
        return Signed(_certificate(name, key, self, authority, host, days, issuer_at), key)

    @classmethod
    def root(cls, name: str) -> Self:
        key = ec.generate_private_key(ec.SECP256R1())
        return cls(_certificate(name, key, None, True, "127.0.0.1", 30, ""), key)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    above: Signed | None,
    authority: bool,
    host: str,
    days: int,
    issuer_at: str,
) -> x509.Certificate:
    issuer = above.certificate.subject if above else _common_name(name)
    signing = above.key if above else key
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key())
    names = [x509.IPAddress(IPv4Address(host)) if host[0].isdigit() else x509.DNSName(host)]
    until = datetime.now(UTC) + timedelta(days=days)
    builder = (
        x509.CertificateBuilder(issuer, _common_name(name), key.public_key(), x509.random_serial_number())
        .not_valid_before(until - timedelta(days=60))
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(identifier, critical=False)
    )
    if authority:
        builder = builder.add_extension(_signs_certificates(), critical=True)
    else:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    if issuer_at:
        place = x509.UniformResourceIdentifier(issuer_at)
        access = x509.AccessDescription(AuthorityInformationAccessOID.CA_ISSUERS, place)
        builder = builder.add_extension(x509.AuthorityInformationAccess([access]), critical=False)
    return builder.sign(signing, SHA256())


def _signs_certificates() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )


class _Handler(BaseHTTPRequestHandler):
    server: "_Server"

    def do_GET(self) -> None:
        body = b'{"apiVersion": "2.0.5", "dataTimestamp": "2026-11-20T09:00:05"}'
        self.server.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """No noise."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    context: ssl.SSLContext
    asked: list[str]

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Shake hands in the thread of the request. A client that refuses us hangs up."""
        try:
            secure = self.context.wrap_socket(request, server_side=True)
        except OSError:
            request.close()
        else:
            super().process_request_thread(secure, client_address)


@contextmanager
def tls_server(own: Signed, folder: Path, sent: Sequence[Signed] = ()) -> Iterator[tuple[str, list[str]]]:
    """The address of a server that shows `own` and sends `sent` with it, and the paths it was asked for."""
    chain = folder / "server.pem"
    key = own.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    chain.write_bytes(key + own.pem + b"".join(signed.pem for signed in sent))
    server = _Server(("127.0.0.1", 0), _Handler)
    server.asked = []
    server.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.context.load_cert_chain(chain)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_port}", server.asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
