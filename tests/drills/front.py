"""The first admin and a day at the proxy of docker-compose.yml: its names, its limits, its patience."""

import base64
import hmac
import json
import re
import select
import socket
import struct
import time
from collections.abc import Iterator
from functools import partial

import requests

from tests import proxy
from tests.drills import imports, registry
from tests.drills.folders import Folders
from tests.drills.outcome import Outcome, strike
from tests.drills.site import Site, running
from tests.drills.waiting import listens, promise, wait_for
from tests.workers import free_port

NAMES = ("trials.example.org", "www.example.org", "127.0.0.1")
PASSWORD = "a long enough phrase for a drill"  # noqa: S105
SLOW = 40
"""Connections that send a byte a second, more than the web part has threads."""
HEADER_SECONDS = 10
"""What docker/Caddyfile gives a header."""
MB = 2**20


def front(folders: Folders) -> Iterator[Outcome]:
    if not proxy.CADDY.exists():
        yield Outcome("the proxy", skipped="no Caddy for this kind of machine")
        return
    port, home = free_port(), folders.folder()
    home.mkdir()
    with (
        running(folders.filled(ALLOWED_HOSTS=",".join(NAMES))) as site,
        proxy.serving(NAMES, port, [site.port], home),
    ):
        wait_for(lambda: listens(port), "the proxy answers")
        site.address = f"http://127.0.0.1:{port}"
        for name in NAMES:
            answer = requests.get(site.address, headers={"Host": f"{name}:{port}"}, timeout=20)
            promise(answer.status_code == 200, f"{name} answers {answer.status_code}")
        yield Outcome(f"the proxy serves {len(NAMES)} names", len(NAMES))
        began = time.monotonic()
        admin = first_admin(site)
        yield Outcome("the first admin: password, app, desk", seconds=time.monotonic() - began)
        yield strike(site, "63 MB are uploaded and read", partial(upload, site, admin, 63, 200))
        yield strike(site, "65 MB are refused by the desk", partial(upload, site, admin, 65, 400))
        yield strike(site, "140 MB are refused by the proxy", partial(upload, site, admin, 140, 413))
        yield strike(
            site, f"{SLOW} slow headers", partial(slow, port, b"GET / HTTP/1.1\r\nHost: a\r\nX: ", True)
        )
        sending = b"POST /trials/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9999\r\n\r\n"
        yield strike(site, f"{SLOW} slow bodies", partial(slow, port, sending, False))


def first_admin(site: Site) -> requests.Session:
    """As docs/deploy says: `createsuperuser`, then a person signs in and sets the app up."""
    site.environment["DJANGO_SUPERUSER_PASSWORD"] = PASSWORD
    site.manage("createsuperuser", "--noinput", "--username", "first", "--email", "first@example.org")
    admin = requests.Session()
    login = f"{site.address}/accounts/login/"
    send(admin, login, {"login": "first@example.org", "password": PASSWORD})
    app = f"{site.address}/accounts/2fa/totp/activate/"
    [secret] = re.findall(r"secret=([A-Z2-7]+)", admin.get(app, timeout=20).text)[:1]
    send(admin, app, {"code": code_of(secret)})
    desk = admin.get(f"{site.address}/imports/", timeout=20)
    promise(desk.status_code == 200 and 'name="dropped"' in desk.text, "the desk does not let the admin in")
    return admin


def code_of(secret: str) -> str:
    """What an authenticator app shows now (RFC 6238)."""
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), "sha1")
    place = digest[-1] & 15
    return f"{(int.from_bytes(digest[place : place + 4], 'big') & 0x7FFFFFFF) % 10**6:06}"


def send(person: requests.Session, address: str, words: dict[str, str]) -> None:
    """Fill the form of a page."""
    token = token_of(person.get(address, timeout=20))
    person.post(address, words | {"csrfmiddlewaretoken": token}, timeout=20)


def token_of(page: requests.Response) -> str:
    return str(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[0])


def upload(site: Site, admin: requests.Session, megabytes: int, expected: int) -> None:
    """The records that are there already, with so many blanks that the file has this size."""
    records = json.dumps({"studies": registry.OLD}).encode()
    file = records[:-1] + b" " * (megabytes * MB - len(records)) + records[-1:]
    token = token_of(admin.get(f"{site.address}/imports/", timeout=20))
    answer = admin.post(
        f"{site.address}/imports/upload/",
        {"csrfmiddlewaretoken": token, "registry": "ctgov"},
        files={"dropped": ("studies.json", file)},
        timeout=120,
    )
    promise(answer.status_code == expected, f"{megabytes} MB: {answer.status_code} instead of {expected}")
    wait_for(lambda: imports.unfinished(site) == 0, "the upload is read")
    if expected == 200:
        [(status, seen)] = site.sql("SELECT status, seen FROM importers_importrun ORDER BY id DESC LIMIT 1")
        promise((status, seen) == ("succeeded", len(registry.OLD)), f"the upload: {status}, {seen} records")


def slow(port: int, beginning: bytes, is_header: bool) -> None:
    """Hold connections open while visitors come; those without a whole header must be closed in time."""
    held = [socket.create_connection(("127.0.0.1", port)) for _ in range(SLOW)]
    for one in held:
        one.sendall(beginning)
    ends = time.monotonic() + HEADER_SECONDS + 5
    closed: set[int] = set()
    while time.monotonic() < ends and len(closed) < SLOW:
        closed |= {one.fileno() for one in select.select(held, [], [], 0)[0]}
        for one in held:
            if one.fileno() not in closed:
                one.sendall(b"a")
        time.sleep(1)
    for one in held:
        one.close()
    promise(not is_header or len(closed) == SLOW, f"{SLOW - len(closed)} slow headers are still waited for")
