"""Which certificates of registries are trusted: the public authorities, and those of `REGISTRY_CA_BUNDLE`.

The bundle is for a server that leaves out its intermediate certificate, as CTRI's has done: every public
client of it that did not give up switched verification off. We never do. An intermediate certificate in the
bundle trusts nothing new: it only counts where it leads to an authority that is trusted anyway. A
self-signed one in the bundle is an authority from then on.
"""

import ssl
from collections.abc import Iterable
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from urllib3.util.ssl_ import create_urllib3_context

from importers.http.errors import Misconfigured

PARTIAL_CHAIN = ssl.VerifyFlags(ssl.VERIFY_X509_PARTIAL_CHAIN)
LARGEST = 4 * 1024 * 1024
"""Bytes of a bundle. All public authorities together take 300 kB."""
PEM_MARK = b"-----BEGIN CERTIFICATE-----"


def read_bundle(path: str) -> list[x509.Certificate]:
    """The certificates of a PEM file, or of a DER file with one. Raises `Misconfigured`; "" has none."""
    if not path:
        return []
    try:
        with Path(path).expanduser().open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise ValueError
        return _certificates(content)
    except OSError as error:
        raise Misconfigured(
            f"REGISTRY_CA_BUNDLE names {path!r}, which cannot be read ({error.strerror})."
        ) from None
    except ValueError:
        raise Misconfigured(
            f"REGISTRY_CA_BUNDLE names {path!r}, which is not a file of certificates in PEM format."
        ) from None


def _certificates(content: bytes) -> list[x509.Certificate]:
    if PEM_MARK in content:
        return x509.load_pem_x509_certificates(content)
    return [x509.load_der_x509_certificate(content)]


def context(extra: Iterable[x509.Certificate]) -> ssl.SSLContext:
    """What verifies a server; the public authorities are added to it by requests. Raises `Misconfigured`."""
    verifying = create_urllib3_context(cert_reqs=ssl.CERT_REQUIRED)
    verifying.verify_flags &= (
        ~PARTIAL_CHAIN
    )  # set from Python 3.13 on: an intermediate would be trusted as a root
    try:
        verifying.load_verify_locations(cadata=b"".join(cert.public_bytes(Encoding.DER) for cert in extra))
    except ssl.SSLError as error:
        raise Misconfigured(f"A certificate of REGISTRY_CA_BUNDLE cannot be used ({error.reason}).") from None
    return verifying
