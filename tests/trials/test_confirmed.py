"""Whose word a status is, when it was given, and where a trial is open."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from importers.registries.slugs import Registry
from tests.builders import make_trial, site
from trials.catalogue.certainty import RegistryWord
from trials.catalogue.provenance import provenance
from trials.choices import Status
from trials.models import Trial

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 12)


def said(trial: Trial) -> RegistryWord:
    confirmed = provenance([trial])[trial.pk].word
    assert confirmed is not None
    return confirmed


def test_sponsors_verification_goes_before_the_last_change() -> None:
    trial = make_trial(last_updated=DAY, details={"verified": "2026-04"})
    assert said(trial) == RegistryWord("ctgov", "2026-04", DAY)


def test_registry_without_verification_tells_its_last_change() -> None:
    trial = make_trial(registry=Registry.CTRI, last_updated=DAY)
    assert said(trial) == RegistryWord("ctri", "", DAY)


def test_ctri_speaks_for_what_recruits_in_india() -> None:
    trial = make_trial("NCT00000001", last_updated=date(2026, 10, 1), sites=[site("A")])
    trial = make_trial(
        "CTRI/2026/01/000001", registry=Registry.CTRI, trial=trial, last_updated=DAY, sites=[site("A")]
    )
    assert (trial.recruiting_in_india, said(trial)) == (True, RegistryWord("ctri", "", DAY))


def test_record_that_does_not_recruit_never_dates_a_recruiting_status() -> None:
    trial = make_trial("NCT00000001", last_updated=DAY, sites=[site("A")])
    registry = Registry.CTRI
    trial = make_trial("CTRI/2026/01/000001", registry=registry, trial=trial, status=Status.COMPLETED)
    assert said(trial) == RegistryWord("ctgov", "", DAY)


@pytest.mark.parametrize(("days", "old"), [(30, False), (330, False), (400, True)])
def test_status_nobody_touched_for_a_year_is_old(days: int, old: bool) -> None:
    day = timezone.localdate() - timedelta(days=days)
    assert RegistryWord("ctgov", "", day).is_old is old
    assert RegistryWord("ctgov", day.isoformat()[:7], None).is_old is old


def test_status_without_any_date_is_old() -> None:
    assert RegistryWord("ctri", "", None).is_old is True


def test_open_sites_are_only_those_that_recruit_in_india() -> None:
    abroad = site("C", "Houston", "Texas", "United States")
    trial = make_trial(sites=[site("A", "Pune", status=Status.COMPLETED), site("B"), abroad])
    assert [row.site.hospital for row in provenance([trial])[trial.pk].open_sites] == ["B"]
