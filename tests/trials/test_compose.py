"""Whose word wins, and when a site counts as open."""

import pytest

from trials.choices import Status
from trials.compose import site_is_open
from trials.models import Registration, TrialSite

SITE_RULES = [
    # trial, site, status the registry states for India, open
    (Status.RECRUITING, Status.RECRUITING, None, True),
    (Status.RECRUITING, Status.NOT_YET_RECRUITING, None, False),
    (Status.RECRUITING, "", None, False),
    (Status.UNKNOWN, Status.RECRUITING, None, False),
    (Status.NOT_YET_RECRUITING, Status.RECRUITING, None, False),
    (Status.COMPLETED, "", Status.RECRUITING, False),
    (Status.RECRUITING, "", Status.RECRUITING, True),
    (Status.RECRUITING, Status.WITHDRAWN, Status.RECRUITING, False),
]


@pytest.mark.parametrize(("trial", "site", "india", "is_open"), SITE_RULES)
def test_site_is_open_only_where_the_registry_says_so(
    trial: str, site: str, india: str | None, is_open: bool
) -> None:
    registration = Registration(status=trial, details={"status_india": india})
    assert site_is_open(registration, TrialSite(country="India", status=site)) is is_open


def test_site_abroad_is_not_opened_by_the_status_for_india() -> None:
    registration = Registration(status=Status.RECRUITING, details={"status_india": Status.RECRUITING})
    assert not site_is_open(registration, TrialSite(country="Nepal", status=""))
