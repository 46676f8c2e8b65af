"""The questions that show whether CTRI answers as imports need it."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.robotparser import RobotFileParser

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from importers.http.errors import Refused
from importers.records import ParseError
from importers.registries.check import Check, CheckContext
from importers.registries.ctri import fetch
from importers.registries.ctri.record import parse
from trials.record import TrialRecord

TRIAL_ID, NUMBER = 80740, "CTRI/2023/03/050689"
"""A CAR T trial that stored copies of its page show under this trialid."""
ROBOTS = "robots"


@dataclass(frozen=True)
class Rules:
    """robots.txt, and under which name we read it."""

    robots: RobotFileParser
    user_agent: str

    def allow(self, name: str) -> bool:
        """`name` is one of `fetch.ADDRESSES`."""
        return self.robots.can_fetch(self.user_agent, f"{settings.CTRI_URL}/{fetch.address(TRIAL_ID, name)}")


def _robots(asking: CheckContext) -> Rules:
    return Rules(fetch.read_robots(asking.session), asking.session.user_agent)


def _allowed(rules: Rules) -> str:
    allowed = sum(map(rules.allow, fetch.ADDRESSES))
    return f"{allowed} of the {len(fetch.ADDRESSES)} addresses of a trial may be read."


def _forbidden(rules: Rules) -> list[str]:
    if any(map(rules.allow, fetch.ADDRESSES)):
        return []
    return ["CTRI asks robots not to read the pages of its trials. That is obeyed: none is read."]


def _page_at(name: str) -> Callable[[CheckContext], bytes]:
    def ask(asking: CheckContext) -> bytes:
        rules = asking.answers.get(ROBOTS)
        if rules is None:
            raise Refused("Not asked: where robots.txt cannot be read, no page is.")
        if not rules.allow(name):
            raise Refused("Not asked: robots.txt does not allow this address.")
        return asking.session.get_bytes(fetch.address(TRIAL_ID, name))

    return ask


def _read(raw: bytes) -> TrialRecord | ParseError:
    try:
        return parse(raw)
    except ParseError as error:
        return error


def _understood(raw: bytes) -> str:
    answer = fetch.understand(raw)
    if answer.record is None:
        return f"A record, {answer.number}" if answer.number else f"No record: {answer.kind}"
    sites = len(answer.record.sites)
    return f"{answer.number}, {answer.record.status.label}, places: {sites}, {answer.record.title!r}"


def _differs(raw: bytes) -> list[str]:
    found = _read(raw)
    if isinstance(found, ParseError) and found.field in fetch.NO_RECORD:
        return [f"CTRI sent no record of {NUMBER} here, but what we know as {found.field!r}."]
    if isinstance(found, ParseError):
        return [f"The page holds something the program does not know: {found.field}: {found.value!r}."]
    if found.registry_id != NUMBER:
        return [f"The page of trialid {TRIAL_ID} should be {NUMBER}, and is {found.registry_id}."]
    differs = [] if found.sites else ["No place of the trial could be read from its page."]
    unread = [
        f"The record is taken without {n.field}, which could not be read: {n.value!r}." for n in found.notices
    ]
    return differs + unread


CHECKS = (
    Check(ROBOTS, _("May its pages be read (robots.txt)?"), _robots, _allowed, _forbidden, fetch.root),
    Check("page", _("One known trial, at its usual address"), _page_at("pmaindet2"), _understood, _differs),
    Check(
        "other_page",
        _("The same trial, at the other address"),
        _page_at("showallp"),
        _understood,
        _differs,
    ),
)
