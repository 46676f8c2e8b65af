"""Servers whose certificates cannot be trusted, and what the words say about each."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import SHUT_WR, create_connection, socket
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from pytest_django import Settings

from importers.http.errors import Misconfigured, Untrusted
from importers.http.session import RegistrySession
from importers.pipeline import start
from importers.registries.slugs import Registry
from tests.tls import ISSUER_AT, Signed, tls_server

PREFIX = "Registry could not be reached: "
PUT = "put it, in PEM format, into the file that REGISTRY_CA_BUNDLE names."
MISSING = (
    f'{PREFIX}the server does not send the intermediate certificate of "Middle", which leads from its own '
    f"to a known authority. Fetch that from {ISSUER_AT} and {PUT}"
)
ROOT = Signed.root("Root")
MIDDLE = ROOT.sign("Middle")
SERVER = MIDDLE.sign("Server", authority=False, issuer_at=ISSUER_AT)
STRANGE_ROOT = Signed.root("Strange root")
STRANGE_MIDDLE = STRANGE_ROOT.sign("Strange middle")
STRANGE_SERVER = STRANGE_MIDDLE.sign("Server", authority=False, issuer_at=ISSUER_AT)


@pytest.fixture
def known_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`ROOT` is the public authority of these tests."""
    path = tmp_path / "public.pem"
    path.write_bytes(ROOT.pem)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(path))


pytestmark = pytest.mark.usefixtures("known_root")


def ask(url: str, bundle: Path | str = "", proxy: str = "") -> object:
    with RegistrySession(
        "Registry", url, min_interval=0, user_agent="t/1", ca_bundle=str(bundle), proxy=proxy
    ) as session:
        return session.get_json("version")


def failure(
    folder: Path, own: Signed, sent: tuple[Signed, ...] = (), bundle: Path | str = "", proxy: str = ""
) -> str:
    """Why the server's certificate is refused; that it was asked for nothing is checked."""
    with tls_server(own, folder, sent) as (url, asked):
        with pytest.raises(Untrusted) as caught:
            ask(url, bundle, proxy)
        assert asked == []
    return str(caught.value)


def bundle_of(folder: Path, *signed: Signed) -> Path:
    path = folder / "bundle.pem"
    path.write_bytes(b"".join(one.pem for one in signed))
    return path


def test_whole_chain_is_trusted(tmp_path: Path) -> None:
    with tls_server(SERVER, tmp_path, [MIDDLE]) as (url, asked):
        ask(url)
        assert asked == ["/version"]


def test_missing_intermediate_is_named_with_its_address(tmp_path: Path) -> None:
    assert failure(tmp_path, SERVER) == MISSING


@pytest.mark.parametrize("encoding", [Encoding.PEM, Encoding.DER])
def test_bundle_mends_a_missing_intermediate(tmp_path: Path, encoding: Encoding) -> None:
    bundle = tmp_path / "bundle"
    bundle.write_bytes(MIDDLE.certificate.public_bytes(encoding))
    with tls_server(SERVER, tmp_path) as (url, asked):
        ask(url, bundle)
        assert asked == ["/version"]


def test_another_bundle_does_not_mend_it(tmp_path: Path) -> None:
    assert failure(tmp_path, SERVER, bundle=bundle_of(tmp_path, STRANGE_ROOT)) == MISSING


def test_intermediate_in_the_bundle_is_no_authority(tmp_path: Path) -> None:
    """Whoever answers in the registry's place could name an address of an intermediate of their own."""
    bundle = bundle_of(tmp_path, STRANGE_MIDDLE)
    assert failure(tmp_path, STRANGE_SERVER, bundle=bundle) == (
        f'{PREFIX}its certificate goes back to "Strange root", an authority that this machine does not know. '
        f"A proxy or firewall that reads along may be answering instead. If you trust it, {PUT}"
    )


def test_root_in_the_bundle_is_an_authority(tmp_path: Path) -> None:
    with tls_server(STRANGE_SERVER, tmp_path, [STRANGE_MIDDLE]) as (url, asked):
        ask(url, bundle_of(tmp_path, STRANGE_ROOT))
        assert asked == ["/version"]


@pytest.mark.parametrize("sent", [(STRANGE_MIDDLE,), (STRANGE_MIDDLE, STRANGE_ROOT)])
def test_unknown_authority_is_named(tmp_path: Path, sent: tuple[Signed, ...]) -> None:
    assert failure(tmp_path, STRANGE_SERVER, sent) == (
        f'{PREFIX}its certificate goes back to "Strange root", an authority that this machine does not know. '
        f"A proxy or firewall that reads along may be answering instead. If you trust it, {PUT}"
    )


def test_unknown_authority_is_named_with_its_address(tmp_path: Path) -> None:
    middle = STRANGE_ROOT.sign("Strange middle", issuer_at=ISSUER_AT)
    server = middle.sign("Server", authority=False, issuer_at=ISSUER_AT)
    assert failure(tmp_path, server, (middle,)).startswith(
        f'{PREFIX}its certificate goes back to "Strange root", an authority that this machine does not know '
        f"(its certificate is at {ISSUER_AT})."
    )


def test_issuer_without_an_address_is_named(tmp_path: Path) -> None:
    server = MIDDLE.sign("Server", authority=False)
    assert failure(tmp_path, server) == (
        f'{PREFIX}its certificate is issued by "Middle", whose certificate the server does not send and '
        f"this machine does not know. It names no address of it: ask who runs the server, and {PUT}"
    )


def test_self_signed_certificate_is_recognised(tmp_path: Path) -> None:
    assert failure(tmp_path, Signed.root("Box")) == (
        f'{PREFIX}it shows a certificate that it signed itself ("Box"). Nobody vouches for it: a proxy or '
        f"firewall may be answering instead. If it belongs there, {PUT}"
    )


def test_expired_certificate_is_recognised(tmp_path: Path) -> None:
    server = ROOT.sign("Server", authority=False, days=-1)
    now = datetime.now(UTC)
    assert failure(tmp_path, server) == (
        f'{PREFIX}the certificate of "Server" expired on {now - timedelta(days=1):%d %B %Y} '
        f"(the clock of this machine says {now:%d %B %Y})."
    )


def test_certificate_of_tomorrow_is_recognised(tmp_path: Path) -> None:
    server = ROOT.sign("Server", authority=False, days=61)
    now = datetime.now(UTC)
    assert failure(tmp_path, server) == (
        f'{PREFIX}the certificate of "Server" is valid from {now + timedelta(days=1):%d %B %Y} on; '
        f"the clock of this machine says {now:%d %B %Y}."
    )


def test_certificate_for_another_host_is_recognised(tmp_path: Path) -> None:
    server = ROOT.sign("Server", authority=False, host="other.example.org")
    assert (
        failure(tmp_path, server) == f"{PREFIX}its certificate is for other.example.org, not for 127.0.0.1."
    )


def test_hostile_names_stay_on_their_line(tmp_path: Path) -> None:
    middle = ROOT.sign("A\n\x1b[31mB")
    server = middle.sign("Server", authority=False, issuer_at="file:///etc/passwd")
    assert failure(tmp_path, server).startswith(f'{PREFIX}its certificate is issued by "A??[31mB", whose')


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "which cannot be read (No such file or directory)."),
        (b"", "which is not a file of certificates in PEM format."),
        (b"-----BEGIN CERTIFICATE-----\nno\n", "which is not a file of certificates in PEM format."),
        (b"<html>", "which is not a file of certificates in PEM format."),
    ],
)
def test_broken_bundle_is_named_before_anything_is_sent(
    tmp_path: Path, content: bytes | None, words: str
) -> None:
    bundle = tmp_path / "bundle.pem"
    if content is not None:
        bundle.write_bytes(content)
    with tls_server(SERVER, tmp_path, [MIDDLE]) as (url, asked):
        with pytest.raises(Misconfigured) as caught:
            ask(url, bundle)
        assert (str(caught.value), asked) == (f"REGISTRY_CA_BUNDLE names {str(bundle)!r}, {words}", [])


def test_missing_file_of_public_authorities_is_no_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "none.pem"))
    with tls_server(SERVER, tmp_path, [MIDDLE]) as (url, _), pytest.raises(Misconfigured):
        ask(url)


@pytest.mark.django_db
def test_import_with_a_broken_bundle_fails_and_says_why(tmp_path: Path, settings: Settings) -> None:
    settings.REGISTRY_CA_BUNDLE = str(tmp_path / "none.pem")
    run = start.sweep(Registry.CTGOV)
    assert (run.status, run.requests, run.error) == (
        "failed",
        0,
        f"REGISTRY_CA_BUNDLE names {settings.REGISTRY_CA_BUNDLE!r}, "
        "which cannot be read (No such file or directory).",
    )


class Tunnel(BaseRequestHandler):
    """An http proxy that wants a password, and leads to one server."""

    def handle(self) -> None:
        asked = b""
        while b"\r\n\r\n" not in asked and (part := self.request.recv(4096)):
            asked += part
        if b"proxy-authorization: basic dtpw" not in asked.lower():  # u:p
            self.request.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")
            return
        host, port = asked.split()[1].decode().split(":")
        self.request.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        with create_connection((host, int(port))) as other:
            back = Thread(target=pump, args=(other, self.request))
            back.start()
            pump(self.request, other)
            back.join()


def pump(source: socket, target: socket) -> None:
    """Everything from one to the other, and the end of it."""
    with suppress(OSError):
        while part := source.recv(65536):
            target.sendall(part)
        target.shutdown(SHUT_WR)


def test_missing_intermediate_is_seen_through_a_proxy(tmp_path: Path) -> None:
    with ThreadingTCPServer(("127.0.0.1", 0), Tunnel) as proxy:
        Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.02}).start()
        way = f"http://u:p@127.0.0.1:{proxy.server_address[1]}"
        try:
            assert failure(tmp_path, SERVER, proxy=way) == MISSING
            with tls_server(SERVER, tmp_path) as (url, asked):
                ask(url, bundle_of(tmp_path, MIDDLE), way)
                assert asked == ["/version"]
        finally:
            proxy.shutdown()
