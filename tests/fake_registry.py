"""A registry on this machine that speaks ClinicalTrials.gov's API v2, healthy or not.

    with fake_ctgov(studies, faults=[Fault(status=429, headers={"Retry-After": "2"})]) as url:

The first requests meet the faults in order, then all is well; `itertools.repeat(fault)` never heals.
A `when` keeps faults for requests whose path holds that text.
"""

import base64
import hashlib
import json
import socket
import struct
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from importers.registries.ctgov.schema import paths_read

PREFIX = "/api/v2"
Record = dict[str, Any]
STATUSES = ("RECRUITING", "COMPLETED", "UNKNOWN", "WITHHELD")


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
class Registry:
    """A registry that answers; what goes wrong, and what it was asked."""

    faults: Iterator[Fault] = field(default_factory=lambda: iter(()))
    when: str = ""  # faults meet only requests with this in their path
    requests: list[str] = field(default_factory=list)

    def respond(self, path: str, params: dict[str, str]) -> Fault:
        """The right answer."""
        raise NotImplementedError


@dataclass(kw_only=True)
class Catalogue(Registry):
    """What ClinicalTrials.gov holds, and how it pages."""

    records: Sequence[Record]
    total: int | None = None  # announced instead of the true one
    empty_page: int | None = None  # number of a page that comes empty while more follow
    overlap: int = 0  # studies at the head of each page that the page before had too
    token_loop: bool = False  # the second page leads to itself
    data_timestamp: str = "2026-11-20T09:00:05"
    moving: int = 0  # so many looks at the version find data made anew
    unlisted: Sequence[Record] = ()  # found by their id only
    renamed: str = ""  # a field that the description calls otherwise
    words: Sequence[str] = STATUSES

    def respond(self, path: str, params: dict[str, str]) -> Fault:
        status, value = self.answer(path, params)
        if status == 301:
            return Fault(301, headers={"Location": str(value)})
        if status != 200:
            return Fault(status, str(value).encode(), "text/plain")
        return Fault(body=json.dumps(value).encode())

    def answer(self, path: str, params: dict[str, str]) -> tuple[int, object]:
        """Status, and a JSON value or (text for) an error. A 301 gives the path it leads to."""
        if path == f"{PREFIX}/version":
            return 200, {"apiVersion": "2.0.5", "dataTimestamp": self.stamp()}
        if path == f"{PREFIX}/studies/metadata":
            return 200, self.fields()
        if path == f"{PREFIX}/studies/enums":
            return 200, [{"type": "Status", "pieces": [], "values": [{"value": word} for word in self.words]}]
        if path == f"{PREFIX}/studies":
            return self.page(params)
        if path.startswith(f"{PREFIX}/studies/"):
            return self.study(path.rsplit("/", 1)[1])
        return 404, "Not Found"

    def stamp(self) -> str:
        if not self.moving:
            return self.data_timestamp
        self.moving -= 1
        return f"{self.data_timestamp}.{self.moving}"

    def fields(self) -> list[dict[str, Any]]:
        """The description of the fields, `renamed` under another name."""
        top: dict[str, Any] = {"children": []}
        for path in paths_read():
            node = top
            for part in path.split("."):
                name = f"{part}New" if part == self.renamed else part
                known = {child["name"]: child for child in node["children"]}
                if name not in known:
                    known[name] = {"name": name, "piece": name, "sourceType": "TEXT", "type": "text"}
                    known[name]["children"] = []
                    node["children"].append(known[name])
                node = known[name]
            if path.endswith("overallStatus"):
                node["type"] = "Status"
        return list(top["children"])

    def study(self, nct_id: str) -> tuple[int, object]:
        for record in (*self.records, *self.unlisted):
            identity = record["protocolSection"]["identificationModule"]
            if identity["nctId"] == nct_id:
                return 200, record
            if nct_id in identity.get("nctIdAliases", ()):
                return 301, f"{PREFIX}/studies/{identity['nctId']}"
        return 404, f"NCT number {nct_id} not found"

    def page(self, params: dict[str, str]) -> tuple[int, object]:
        size = min(int(params.get("pageSize", "10")) or 10, 1000)
        sweep = _digest({k: v for k, v in params.items() if k not in ("pageToken", "pageSize", "countTotal")})
        number, start = 1, 0
        if token := params.get("pageToken"):
            number, start, same = _read_token(token)
            if same != sweep:
                return 400, "`pageToken` is not of this query"
        end = start if number == self.empty_page else start + size
        answer: dict[str, object] = {"studies": list(self.records[max(0, start - self.overlap) : end])}
        if params.get("countTotal") == "true" and number == 1:
            answer["totalCount"] = len(self.records) if self.total is None else self.total
        if self.token_loop:
            answer["nextPageToken"] = _token(2, size, sweep)
        elif end < len(self.records):
            answer["nextPageToken"] = _token(number + 1, end, sweep)
        return 200, answer


def _token(number: int, start: int, sweep: str) -> str:
    return base64.urlsafe_b64encode(json.dumps([number, start, sweep]).encode()).decode()


def _read_token(token: str) -> tuple[int, int, str]:
    """Number and start of the page, and which query it belongs to ("" for a token not of ours)."""
    try:
        number, start, sweep = json.loads(base64.urlsafe_b64decode(token))
    except ValueError:
        return 0, 0, ""
    return number, start, sweep


def _digest(params: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps(params, sort_keys=True).encode()).hexdigest()[:12]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    catalogue: Registry

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what these tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """No noise."""

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        catalogue = self.server.catalogue
        catalogue.requests.append(self.path)
        fault = next(catalogue.faults, Fault()) if catalogue.when in url.path else Fault()
        time.sleep(fault.wait)
        if fault.silent or fault.body is not None or fault.status != 200:
            self._send(fault)
        else:
            right = catalogue.respond(url.path, dict(parse_qsl(url.query)))
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
        if fault.reset:  # no lingering: what is not sent yet is thrown away, and the other side told so
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()


@contextmanager
def serve(catalogue: Registry, port: int = 0, prefix: str = PREFIX) -> Iterator[str]:
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


@contextmanager
def fake_ctgov(
    records: Sequence[Record] = (), *, faults: Iterable[Fault] = (), port: int = 0, **how: Any
) -> Iterator[str]:
    """The same from its parts; `how` are fields of `Catalogue`. What is asked is written to `requests`."""
    with serve(Catalogue(records=records, faults=iter(faults), **how), port) as url:
        yield url
