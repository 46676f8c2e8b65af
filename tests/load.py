"""`python -m tests.load`: how long one visitor waits while others mean harm. Part of `make bench`.

A public site (DEBUG=0) as its parts serve it, and in front of it, for slow senders, the proxy of
docker-compose.yml. The visitor asks for pages that nobody keeps, one after another, and is measured for ten
seconds before and during each attack, so that what counts is a ratio of one run. All stays on loopback.
"""

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from statistics import quantiles
from urllib.parse import quote_plus

from importers.bench import outcome
from tests import proxy, served
from tests.workers import free_port, wait_for

SECONDS = 10.0
CONNECTIONS = 10
SLOW = 100
"""Senders of a byte now and then."""
WORST = "/trials/?q=" + quote_plus(("62 62leukemia or lymphoma" * 20)[:500])
"""The dearest address that `tests.fuzz.dearest` found in an hour: 2.5 times a usual search."""
HOST = "trials.example.org"
RECORDS = Path(__file__).resolve().parents[2] / "shared/registries/ctgov/cart_dev.jsonl.gz"
ROOT = Path(__file__).resolve().parents[1]
VISITOR = "198.51.100.7"
Waits = tuple[list[float], Counter[int]]


def main() -> int:
    port = free_port()
    served.prepare(
        port,
        DEBUG="0",
        SECRET_KEY="only-for-a-load-test-0123456789-abcdefghijklmnopqrstuvw",
        ALLOWED_HOSTS=HOST,
        SITE_URL=f"https://{HOST}",
    )
    from django.conf import settings

    from trialfinder.embedded import valkey

    if not RECORDS.exists():
        print("The records (../shared/registries) are not here: no load to measure.")
        return 0
    for words in (["import_trials", "ctgov", "--from", str(RECORDS)], ["collectstatic", "--noinput"]):
        subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, check=True, capture_output=True)
    with ExitStack() as stack:
        stack.callback(valkey.stop, settings.DATA_DIR)
        valkey.start(settings.DATA_DIR)  # where requests are counted
        _hostile(f"127.0.0.1:{port}")
        if proxy.CADDY.exists():
            _slow(port)
    return 0


def _hostile(address: str) -> None:
    """Without the proxy: what it would say of who asks is said by the test."""
    with served.site():
        _visit(address)  # what the first reader makes
        _compared("one network", address, lambda stop: _attack(address, stop, lambda _: "192.0.2.9"))
        _compared("ten networks", address, lambda stop: _attack(address, stop, "192.0.2.{}".format))


def _slow(port: int) -> None:
    """Through the proxy over http, which a public site would only send on to https."""
    os.environ["DEBUG"] = ""
    front = free_port()
    address = f"127.0.0.1:{front}"
    with (
        tempfile.TemporaryDirectory() as home,
        served.site(),
        proxy.serving([HOST], front, [port], Path(home)),
    ):
        wait_for(lambda: _listens(front))
        _visit(address)
        _compared("slow senders behind the proxy", address, lambda stop: _senders(address, stop))


def _compared(name: str, address: str, attack: Callable[[threading.Event], list[threading.Thread]]) -> None:
    idle, _ = _visit(address)
    stop = threading.Event()
    threads = attack(stop)
    for thread in threads:
        thread.start()
    busy, answers = _visit(address)
    stop.set()
    for thread in threads:
        thread.join()
    before, during = _p95(idle), _p95(busy)
    told = ", ".join(f"{number} x {status}" for status, number in sorted(answers.items()))
    said = (
        f"p95 of others {before * 1000:.0f} ms before, {during * 1000:.0f} ms during "
        f"({during / before:.1f} x); they got {told}"
    )
    print(f"{name}: {said}", flush=True)
    outcome.keep(name, said)


def _visit(address: str) -> Waits:
    """How long each page took in `SECONDS`, and which answers came; 0 is none."""
    waits, answers = [], Counter[int]()
    paths, end = _paths(), time.monotonic() + SECONDS
    while time.monotonic() < end:
        began = time.monotonic()
        answers[ask(address, next(paths), VISITOR)] += 1
        waits.append(time.monotonic() - began)
        time.sleep(0.05)
    return waits, answers


def _paths() -> Iterator[str]:
    for number in count():
        yield from (f"/trials/?age={number % 90}&q=lymphoma", f"/trials/?sex=female&age={number % 90}")


def ask(address: str, path: str, network: str) -> int:
    """The status; 0 where none came."""
    connection = http.client.HTTPConnection(address, timeout=30)
    headers = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": network}
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        return 0
    else:
        return answer.status
    finally:
        connection.close()


def _attack(address: str, stop: threading.Event, network: Callable[[int], str]) -> list[threading.Thread]:
    def go(number: int) -> None:
        while not stop.is_set():
            ask(address, WORST, network(number))

    return [threading.Thread(target=go, args=(number,), daemon=True) for number in range(CONNECTIONS)]


def _senders(address: str, stop: threading.Event) -> list[threading.Thread]:
    """Half of them never end their headers, half never end the body they promised."""

    def go(number: int) -> None:
        with socket.create_connection((address.split(":")[0], int(address.split(":")[1]))) as line:
            line.sendall(f"POST /trials/ HTTP/1.1\r\nHost: {HOST}\r\n".encode())
            if number % 2:
                line.sendall(b"Content-Length: 100000\r\n\r\n")
            while not stop.wait(0.5):
                try:
                    line.sendall(b"x" if number % 2 else b"X-A: b\r\n")
                except OSError:
                    return

    return [threading.Thread(target=go, args=(number,), daemon=True) for number in range(SLOW)]


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _p95(waits: list[float]) -> float:
    return quantiles(waits, n=20)[-1]


if __name__ == "__main__":
    sys.exit(main())
