"""Headers of a public site, scored as the MDN HTTP Observatory would; nothing is asked outside.

Modifiers: its documentation (developer.mozilla.org/en-US/observatory/docs/tests_and_scoring) and
`src/grader/charts.js` of mdn/mdn-http-observatory. Bonuses count from 90 points on.
"""

import json
import os
import re
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

ROOT = Path(__file__).resolve().parents[2]
WANTED = 125
HALF_A_YEAR = 15_768_000
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
NAMES = (
    "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_HSTS_PRELOAD",
    "SECURE_SSL_REDIRECT",
)
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def production() -> dict[str, object]:
    """The settings of a public site, read by a process of its own."""
    told = "import json, trialfinder.settings as s; print(json.dumps({n: vars(s)[n] for n in %r}))"
    environment = {
        "DEBUG": "0",
        "ALLOWED_HOSTS": "trials.example.org",
        "SECRET_KEY": secrets.token_urlsafe(50),
    }
    done = subprocess.run(
        [sys.executable, "-c", told % (NAMES,)],
        cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    settings: dict[str, object] = json.loads(done.stdout)
    return settings


@pytest.fixture
def visitor(settings: Settings, production: dict[str, object]) -> Client:
    for name, value in production.items():
        setattr(settings, name, value)
    return Client()


def score(headers: dict[str, str]) -> int:
    """Of a page that sets no cookie, loads its scripts from its own origin and is redirected to HTTPS."""
    penalties, bonuses = 0, 0
    for modifier in (csp(headers), framing(headers), transport(headers), corp(headers), referrer(headers)):
        penalties += min(modifier, 0)
        bonuses += max(modifier, 0)
    if headers.get("X-Content-Type-Options") != "nosniff":
        penalties -= 5
    if headers.get("Access-Control-Allow-Origin") == "*":
        penalties -= 50
    if "Set-Cookie" in headers:
        penalties -= 20
    base = 100 + penalties
    return base + (bonuses if base >= 90 else 0)


def policy(headers: dict[str, str]) -> dict[str, list[str]]:
    directives = [
        part.split() for part in headers.get("Content-Security-Policy", "").split(";") if part.strip()
    ]
    return {name: values for name, *values in directives}


def csp(headers: dict[str, str]) -> int:
    found = policy(headers)
    words = {word for values in found.values() for word in values}
    if not found:
        return -25
    if words & {"'unsafe-inline'", "'unsafe-eval'", "data:", "http:", "https:", "*"}:
        return -20
    return 10 if found.get("default-src") == ["'none'"] else 5


def framing(headers: dict[str, str]) -> int:
    ancestors = policy(headers).get("frame-ancestors", ["*"])
    if "*" not in ancestors:
        return 5
    return 0 if headers.get("X-Frame-Options") in ("DENY", "SAMEORIGIN") else -20


def transport(headers: dict[str, str]) -> int:
    age = re.search(r"max-age=(\d+)", headers.get("Strict-Transport-Security", ""))
    return 0 if age and int(age[1]) >= HALF_A_YEAR else -20


def corp(headers: dict[str, str]) -> int:
    return 10 if headers.get("Cross-Origin-Resource-Policy") in ("same-origin", "same-site") else 0


def referrer(headers: dict[str, str]) -> int:
    return 5 if headers.get("Referrer-Policy") in PRIVATE else 0


@pytest.mark.parametrize("path", ["/", "/hi/", "/trials/", "/about/", "/accounts/login/", "/no-such-page/"])
def test_pages_of_a_public_site_score_well(visitor: Client, path: str) -> None:
    answer = visitor.get(path, secure=True)
    headers = {name: value for name, value in answer.headers.items() if name != "Set-Cookie"}
    assert score(headers) >= WANTED


def test_preloading_is_for_whoever_asks(visitor: Client) -> None:
    transport_word = visitor.get("/", secure=True).headers["Strict-Transport-Security"]
    assert transport_word == "max-age=31536000; includeSubDomains"


def test_plain_http_is_sent_to_https_on_the_same_host(visitor: Client) -> None:
    answer = visitor.get("/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "https://testserver/")


def test_unused_features_of_the_browser_are_off(visitor: Client) -> None:
    features = visitor.get("/", secure=True).headers["Permissions-Policy"].split(", ")
    assert {"camera=()", "geolocation=()", "microphone=()", "payment=()"} <= set(features)
