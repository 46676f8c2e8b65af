"""The proxy of docker-compose.yml with its own file, before a web part that tells what reached it."""

import http.client
import os
import socket
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from importers.desk import uploads
from tests.proxy import CADDY, FILE, serving
from tests.workers import free_port, wait_for

NAMES = ("trials.example.org", "www.example.org")
pytestmark = pytest.mark.skipif(not CADDY.exists(), reason="no Caddy for this kind of machine")


class Web(BaseHTTPRequestHandler):
    """Answers with the headers it was sent and how many bytes came."""

    def do_POST(self) -> None:
        left = int(self.headers.get("Content-Length", 0))
        while left:
            part = self.rfile.read(min(left, 2**16))
            if not part:  # the proxy took no more of it, and hung up
                return
            left -= len(part)
        told = f"{self.headers['Host']} {self.headers['X-Forwarded-Proto']} {self.headers['X-Forwarded-For']}"
        self.send_response(200)
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told.encode())

    do_GET = do_POST  # noqa: N815

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def web() -> Iterator[int]:
    """The port of the web part."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Web) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@contextmanager
def before(webs: Sequence[int], home: Path) -> Iterator[int]:
    """The port at which the proxy listens for both names."""
    port = free_port()
    with serving(NAMES, port, webs, home) as program:
        wait_for(lambda: program.poll() is not None or answers(port))
        yield port


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory, web: int) -> Iterator[int]:
    with before([web], tmp_path_factory.mktemp("caddy")) as port:
        yield port


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def send(port: int, host: str, path: str = "/", size: int = 0) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("POST", path, body=b"x" * size, headers={"Host": f"{host}:{port}"})
    answer = connection.getresponse()
    told = answer.read().decode()
    connection.close()
    return answer.status, told


@pytest.mark.parametrize("name", NAMES)
def test_every_name_of_the_site_is_served(proxy: int, name: str) -> None:
    assert send(proxy, name) == (200, f"{name}:{proxy} http 127.0.0.1")


def test_forwarded_address_is_the_one_the_proxy_saw(proxy: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", proxy, timeout=20)
    forged = {"Host": f"{NAMES[0]}:{proxy}", "X-Forwarded-For": "10.9.8.7", "X-Forwarded-Proto": "https"}
    connection.request("GET", "/", headers=forged)
    assert connection.getresponse().read().decode() == f"{NAMES[0]}:{proxy} http 127.0.0.1"
    connection.close()


def test_uploads_of_the_desk_pass_and_nothing_else_that_large(proxy: int) -> None:
    largest = uploads.MAX_ALL + 2**20  # and the form around it
    assert send(proxy, NAMES[0], "/imports/upload/", largest)[0] == 200
    assert send(proxy, NAMES[0], "/hi/imports/upload/", largest)[0] == 200
    assert send(proxy, NAMES[0], "/trials/", 2 * 2**20)[0] == 413


def test_web_part_that_is_away_costs_nobody_an_answer(tmp_path: Path, web: int) -> None:
    with before([free_port(), web], tmp_path) as port:
        assert [send(port, NAMES[0])[0] for _ in range(8)] == [200] * 8


def test_figures_for_monitoring_stay_inside(proxy: int) -> None:
    assert send(proxy, NAMES[0], "/metrics")[0] == 404


def test_file_is_as_caddy_would_format_it_and_valid() -> None:
    formatted = subprocess.run(
        [str(CADDY), "fmt", str(FILE)], capture_output=True, text=True, check=True
    ).stdout
    assert formatted == FILE.read_text()
    validate = [str(CADDY), "validate", "--adapter", "caddyfile", "--config", str(FILE)]
    addresses = {"SITE_ADDRESSES": " ".join(NAMES), "HOME": "/nonexistent"}
    assert (
        subprocess.run(validate, env=os.environ | addresses, capture_output=True, check=False).returncode == 0
    )
