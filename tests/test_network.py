"""Which modules may speak to others, and to whom. A new one is named here with its reason."""

import ast
from collections.abc import Iterator

import pytest

from tests.test_architecture import PRODUCT, ROOT, modules

SPEAKING = frozenset(
    (
        *("requests", "urllib3", "httpx", "aiohttp", "websockets", "paramiko", "http.client", "http.server"),
        *("urllib.request", "urllib.robotparser", "socket", "socketserver", "ssl", "asyncio", "ftplib"),
        *("smtplib", "imaplib", "poplib", "telnetlib", "xmlrpc", "redis", "kombu", "django.core.mail"),
    )
)
ERRORS = ("Error", "Exception", "Refused")
"""Ends of the names of errors: who catches one does not speak."""

MAY = {
    "importers/http/": "reads registries, at addresses that were checked",
    "importers/registries/ctri/fetch.py": "reads rules for robots that importers.http has fetched",
    "importers/registries/ctri/checks.py": "as above",
    "importers/fake/server.py": "stands in for a registry on loopback, for tests and trying out",
    "importers/desk/reports.py": "mails answers to those who reported something and left an address",
    "importers/runs/alerts.py": "mails admins when something is wrong",
    "trials/follow/letters.py": "mails to those who follow something",
    "trials/follow/sending.py": "as above",
    "trials/management/commands/reset_second_factor.py": "mails the owner of the account",
    "trials/workspace/digest.py": "mails coordinators",
    "trials/workspace/invitations.py": "mails who is invited",
    "trials/workspace/role_changes.py": "mails admins that another was made",
    "trialfinder/broker.py": "asks the site's own queue whether it answers",
    "trialfinder/embedded/postgres.py": "asks the site's own database, at a socket of this machine",
    "trialfinder/embedded/valkey.py": "starts the site's own queue, at a socket of this machine",
    "trialfinder/launch.py": "looks whether the port is free",
    "trialfinder/parts.py": "asks the web part of this machine whether it is well",
}
"""Files or folders by their paths, and why each speaks."""


def speaks(tree: ast.AST) -> bool:
    return any(name == module or name.startswith(f"{module}.") for name in _used(tree) for module in SPEAKING)


def _used(tree: ast.AST) -> Iterator[str]:
    """Full names of what is imported, without errors."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{one.name}" for one in node.names if not one.name.endswith(ERRORS))


def test_only_named_modules_speak_to_others() -> None:
    parsed = {
        str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8"))
        for folder in PRODUCT
        for path in modules(folder)
    }
    found = {path for path, tree in parsed.items() if speaks(tree)}
    named = {path: next((one for one in MAY if path.startswith(one)), path) for path in found}
    assert set(named.values()) == set(MAY)


@pytest.mark.parametrize(
    "line",
    [
        *("import requests", "import http.client", "from http import client", "from urllib import request"),
        *("from urllib.request import urlopen", "import socket as s", "from django.core import mail"),
        "from smtplib import SMTP, SMTPException",
    ],
)
def test_import_that_speaks_is_found(line: str) -> None:
    assert speaks(ast.parse(line))


@pytest.mark.parametrize(
    "line",
    ["from http import HTTPStatus", "from urllib.parse import quote", "from smtplib import SMTPException"],
)
def test_import_that_does_not_is_not(line: str) -> None:
    assert not speaks(ast.parse(line))
