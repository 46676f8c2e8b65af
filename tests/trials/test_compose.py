"""Whose word wins, and when a site counts as open."""

import pytest

from trials.catalogue.compose import site_is_open
from trials.choices import Status
from trials.models import Registration, TrialSite

SITE_RULES = [
    # trial, site, open
    (Status.RECRUITING, Status.RECRUITING, True),
    (Status.RECRUITING, Status.NOT_YET_RECRUITING, False),
    (Status.RECRUITING, Status.WITHDRAWN, False),
    (Status.RECRUITING, "", False),
    (Status.UNKNOWN, Status.RECRUITING, False),
    (Status.NOT_YET_RECRUITING, Status.RECRUITING, False),
    (Status.COMPLETED, "", False),
]


@pytest.mark.parametrize(("trial", "site", "is_open"), SITE_RULES)
def test_site_is_open_only_where_the_registry_says_so(trial: str, site: str, is_open: bool) -> None:
    assert site_is_open(Registration(status=trial), TrialSite(country="India", status=site)) is is_open
