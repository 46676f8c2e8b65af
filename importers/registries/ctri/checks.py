"""The questions that show whether CTRI answers as imports need it."""

from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from importers.connection.check import Asking, Check
from importers.records import ParseError
from importers.registries.ctri import fetch
from importers.registries.ctri.record import parse
from importers.registry_errors import Refused

TRIAL_ID, NUMBER = 80740, "CTRI/2023/03/050689"
"""A CAR T trial whose page stored copies show under this trialid."""


def _robots(asking: Asking) -> RobotFileParser:
    return fetch.read_robots(asking.session)


def _allowed(rules: RobotFileParser, session_name: str, path: str) -> bool:
    return rules.can_fetch(session_name, f"{settings.CTRI_URL}/{path}")


def _forbidden(answer: RobotFileParser) -> list[str]:
    paths = [way(TRIAL_ID) for way in fetch.ADDRESSES]
    asked_as = settings.REGISTRY_USER_AGENT
    return [
        f"robots.txt of CTRI asks us not to read {path.partition('?')[0]}. It is obeyed: no page there is read."
        for path in paths
        if not _allowed(answer, asked_as, path)
    ]
