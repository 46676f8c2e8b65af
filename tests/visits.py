"""Every public page and form as a visitor uses them, with words by which each trace of it is found again.

The addresses come from the URL resolver: a new page is visited too, or fails until `PARTS` names what its
address needs.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.db import DataError, connection
from django.test import Client
from django.urls import get_resolver, resolve

from tests.hostile.forms import FIXED, filled
from tests.hostile.outputs import Values, addresses_of, patterns
from trialfinder.kept_pages import PAGES
from trials.search.filters import FILTERS

WORD = "zqxlupus"
"""What a visitor writes, wherever people write."""
PIN = "816101"
ADDRESS = "203.0.113.77"
MAIL = FIXED["email"]
_MARKS = re.compile(rf"{WORD}|\b(?:{PIN}|{re.escape(ADDRESS)})\b|{MAIL.replace('@', '(?:@|%40)')}", re.I)
STAFF = ("admin:", "imports:", "workspace:", "mfa", "usersessions")
"""Beginnings of the names of pages that nobody sees without signing in."""
SENDER: Any = {
    "REMOTE_ADDR": ADDRESS,
    "HTTP_USER_AGENT": f"{WORD}-phone/1.0",
    "HTTP_REFERER": f"https://{WORD}.example/?q={WORD}",
    "HTTP_ACCEPT_LANGUAGE": f"en, {WORD}",
}


def marks_in(text: str) -> set[str]:
    """What of the visitor stands in a text."""
    return set(_MARKS.findall(text))


def visitor() -> Client:
    """One who does not see the errors of the server, and whose browser sends what browsers send."""
    return Client(raise_request_exception=False, **SENDER)


def public_addresses(known: Values) -> dict[str, str]:
    """One address of every public page by its name."""
    found = {}
    for name, names in patterns(get_resolver()):
        if not name.startswith(STAFF):
            found[name] = next(addresses_of(name, names, known))
    return found


def visit_everything(known: Values) -> dict[str, set[str]]:
    """Open every page, ask it everything, send its forms, and let it fail. The cookies that each page set."""
    cookies: dict[str, set[str]] = defaultdict(set)
    for name, address in public_addresses(known).items():
        for answer in _questions(visitor(), name, address):
            answer.getvalue()
            cookies[name] |= set(answer.cookies)
        with broken_database():
            visitor().get(address, {"q": WORD, "near": PIN}).getvalue()
    return dict(cookies)


def _questions(client: Client, name: str, address: str) -> Iterator[Any]:
    yield client.get(address)
    page = client.get(address, {"q": WORD})
    yield page
    names = {one.name for one in FILTERS} | {"trial", "hospital", "id", "disease", "text", "ref", "next"}
    yield client.get(address, dict.fromkeys(names, WORD))
    yield client.get(address, {"q": WORD, "near": PIN, "age": "97"})
    for parameter in sorted(PAGES.get(name, ())):
        yield client.get(address, {parameter: WORD})
    yield client.post(address, {"q": WORD})
    yield Client(enforce_csrf_checks=True, **SENDER).post(address, {"q": WORD})
    if page.get("Content-Type", "").startswith("text/html") and page.status_code == 200:
        for form in filled(page.content, f"{address}?q={WORD}", WORD):
            if not resolve(form.address.partition("?")[0]).view_name.startswith(STAFF):
                yield form.send(client)


@contextmanager
def broken_database() -> Iterator[None]:
    """Every statement fails with an error that quotes what was asked, as PostgreSQL's do."""

    def fail(*_: Any) -> None:
        raise DataError(f"invalid input: {WORD} near {PIN}")

    with connection.execute_wrapper(fail), patch("trialfinder.kept_pages.data_version", return_value="1-1-1"):
        yield
