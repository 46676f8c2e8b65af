"""Reading CTRI: one detail page at a time. Its search has a captcha and is never touched."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from django.conf import settings

from importers.http.access import ORDINARY, Access, open_session
from importers.http.errors import Blocked, NotFound, Refused, RegistryError
from importers.http.session import RegistrySession
from importers.records import ParseError
from importers.registries.ctri.record import parse
from trials.record import TrialRecord

NAME = "CTRI"
PAUSE = 3.0
"""Seconds between requests. Nothing is published about it; the server is slow and the government's."""
ADDRESSES = {
    "pmaindet2": "pmaindet2.php?EncHid={encoded}&Enc=&userName=",
    "showallp": "showallp.php?mid1={trial_id}&EncHid=&userName=",
}
"""The two addresses of one record. Where one asks for a security code or a login the other may answer."""
RECORD = "record"
NOT_YET = "invalid id"
UNSURE = "invalid id at one address, no answer at the other"
ABSENT = "no such address"
NO_RECORD = (NOT_YET, "login", "security code", "truncated", "empty", "not html")
"""What CTRI answers instead of a record, by the names of `page.ANSWERS` and of its errors."""


def session(access: Access = ORDINARY) -> RegistrySession:
    """Requests to the address, and at the pace, of the settings."""
    return open_session(NAME, settings.CTRI_URL, PAUSE, access)


def robots(access: Access = ORDINARY) -> RobotFileParser:
    """What robots.txt asks of us. Where there is none everything may be read.

    Raises `RegistryError` where it cannot be known: then nothing is read.
    """
    with root(access) as session:
        return read_robots(session)


def root(access: Access = ORDINARY) -> RegistrySession:
    """Requests to the top of CTRI's server, where robots.txt is."""
    parts = urlsplit(settings.CTRI_URL)
    return open_session(NAME, f"{parts.scheme}://{parts.netloc}", PAUSE, access)


def read_robots(session: RegistrySession) -> RobotFileParser:
    """The same, by a session of `root`."""
    rules = RobotFileParser()
    try:
        rules.parse(session.get_bytes("robots.txt").decode("utf-8", "replace").splitlines())
    except (NotFound, Refused):
        rules.parse([])
    return rules


def allowed(rules: RobotFileParser, session: RegistrySession) -> list[str]:
    """The names of the addresses that robots.txt lets us read."""
    found = ((name, f"{session.base_url}/{address(1, name)}") for name in ADDRESSES)
    return [name for name, url in found if rules.can_fetch(session.user_agent, url)]


def address(trial_id: int, name: str) -> str:
    """The page of a trialid at one of its `ADDRESSES`, below the site's address."""
    encoded = base64.b64encode(str(trial_id).encode()).decode()
    return ADDRESSES[name].format(encoded=encoded, trial_id=trial_id)


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """CTRI's answer for a trialid. `kind` is `RECORD`, one of `NO_RECORD`, or what went wrong in words.

    A record that says something we do not know is a record too: `record` is None then.
    """

    kind: str
    number: str = ""
    record: TrialRecord | None = None


def fetch_page(session: RegistrySession, trial_id: int, name: str) -> tuple[FetchedPage, bytes]:
    """What CTRI answers for a trialid at one address. Raises `Blocked`; every other failure is an answer."""
    try:
        raw = session.get_bytes(address(trial_id, name))
    except Blocked:
        raise
    except NotFound:
        return FetchedPage(ABSENT), b""
    except RegistryError as error:
        return FetchedPage(str(error)), b""
    return understand(raw), raw


def understand(raw: bytes) -> FetchedPage:
    """What a page is, read once. Without a CTRI number it is no record."""
    try:
        record = parse(raw)
    except ParseError as error:
        if not error.registry_id or error.field in NO_RECORD:
            return FetchedPage(error.field)
        return FetchedPage(RECORD, error.registry_id)
    return FetchedPage(RECORD, record.registry_id, record)


def together(answers: Sequence[FetchedPage]) -> FetchedPage:
    """What several addresses without a record say: "not registered" only where none says anything else.

    An address that CTRI no longer has says nothing.
    """
    present = [answer for answer in answers if answer.kind != ABSENT]
    kinds = {answer.kind for answer in present}
    if kinds == {NOT_YET}:
        return FetchedPage(NOT_YET)
    if NOT_YET in kinds:
        return FetchedPage(UNSURE)
    return (present or list(answers))[0]
