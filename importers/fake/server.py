"""A registry on this machine that answers over HTTP, healthy or not.

The first requests meet the faults in order, then all is well; `itertools.repeat(fault)` never heals.
A `when` keeps faults for requests whose path or parameters hold that text.
"""

import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one answer. Without `body` it is the right answer that goes wrong."""

    status: int = 200
    body: bytes | None = None
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    silent: bool = False  # hang up without a word
    cut: bool = False  # hang up in the middle of the body
    reset: bool = False  # the same, with a reset
    trickle: float = 0.0  # seconds between single bytes
    wait: float = 0.0  # seconds before the first byte


WEB_PAGE = Fault(body=b"<!DOCTYPE html><title>One moment</title>", content_type="text/html")
FORBIDDEN = Fault(status=403, body=b"<html>Forbidden</html>", content_type="text/html")
FAULTS = {
    "blocked": FORBIDDEN,
    "busy": Fault(status=429, headers={"Retry-After": "2"}),
    "down": Fault(status=503),
    "web-page": WEB_PAGE,
    "cut": Fault(cut=True),
    "reset": Fault(reset=True),
    "slow": Fault(wait=1.0),
}
"""By the names people give them: `manage.py fake_registry --fault`."""


@dataclass(kw_only=True)
class FakeRegistry:
    """A registry that answers; what goes wrong, and what it was asked."""

    faults: Iterator[Fault] = field(default_factory=lambda: iter(()))
    when: str = ""  # faults meet only requests with this in their address
    requests: list[str] = field(default_factory=list)

    def respond(self, path: str, params: dict[str, str], user_agent: str) -> Fault:
        """The right answer."""
        raise NotImplementedError


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    catalogue: FakeRegistry

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what these tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else a body waits 40 ms for the acknowledgement of its headers

    def log_message(self, format: str, *args: object) -> None:
        """No noise."""

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        catalogue = self.server.catalogue
        catalogue.requests.append(self.path)
        fault = next(catalogue.faults, Fault()) if catalogue.when in self.path else Fault()
        time.sleep(fault.wait)
        if fault.silent or fault.body is not None or fault.status != 200:
            self._send(fault)
        else:
            right = catalogue.respond(
                url.path,
                dict(parse_qsl(url.query, keep_blank_values=True)),
                self.headers.get("User-Agent", ""),
            )
            self._send(replace(right, cut=fault.cut, reset=fault.reset, trickle=fault.trickle))

    def _send(self, fault: Fault) -> None:
        if fault.silent:
            self.close_connection = True
            return
        body = fault.body or b""
        self.send_response(fault.status)
        for name, value in fault.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", fault.content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if fault.cut or fault.reset:
            self.wfile.write(body[: len(body) // 2])
            self.wfile.flush()
            self.close_connection = True
        elif fault.trickle:
            for byte in body:
                self.wfile.write(bytes([byte]))
                time.sleep(fault.trickle)
        else:
            self.wfile.write(body)
        if fault.reset:  # no lingering: unsent data is discarded and the other side gets a reset
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()


@contextmanager
def serve(catalogue: FakeRegistry, port: int = 0, prefix: str = "") -> Iterator[str]:
    """The base URL of this registry."""
    server = _Server(("127.0.0.1", port), _Handler)
    server.catalogue = catalogue
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
