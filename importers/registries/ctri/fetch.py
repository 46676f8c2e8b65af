"""Reading CTRI: one detail page at a time. Its search has a captcha and is never touched."""

import base64
from dataclasses import dataclass
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from django.conf import settings

from importers.http import ORDINARY, Access, RegistrySession, open_session
from importers.records import ParseError, TrialRecord
from importers.registries.ctri.record import parse
from importers.registry_errors import NotFound, Refused

NAME = "CTRI"
PAUSE = 3.0
"""Seconds between requests. Nothing is published about it; the server is slow and the government's."""
RECORD = "record"
NOT_YET = "invalid id"
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


def address(trial_id: int) -> str:
    """The page of a trialid, below the site's address."""
    encoded = base64.b64encode(str(trial_id).encode()).decode()
    return f"pmaindet2.php?EncHid={encoded}&Enc=&userName="


def other_address(trial_id: int) -> str:
    """The same record in CTRI's other layout. One may answer where the other does not."""
    return f"showallp.php?mid1={trial_id}&EncHid=&userName="


ADDRESSES = (address, other_address)


def fetch_page(session: RegistrySession, trial_id: int) -> bytes:
    """What CTRI answers for a trialid, whatever it is. Raises `RegistryError`."""
    return session.get_bytes(address(trial_id))


@dataclass(frozen=True, slots=True)
class Answer:
    """What CTRI said of a trialid. `kind` is `RECORD` or one of `NO_RECORD`.

    A record that says something we do not know is a record too: `record` is None then.
    """

    kind: str
    number: str = ""
    record: TrialRecord | None = None


def understand(raw: bytes) -> Answer:
    """What a page is, read once."""
    try:
        record = parse(raw)
    except ParseError as error:
        return Answer(error.field) if error.field in NO_RECORD else Answer(RECORD, error.registry_id)
    return Answer(RECORD, record.registry_id, record)
