"""Records of CTRI that nobody changed for two years: noted once, by imports and by the clock."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from importers.load.store import Arrival, load
from importers.records import Labels
from importers.registries.slugs import Registry
from trials.catalogue import ageing
from trials.choices import Role, Status
from trials.models import Registration, Site, Trial, TrialEvent
from trials.models.workspace import HospitalAnswer, SiteConfirmation
from trials.record import PartialDate, SiteRecord, TrialRecord

pytestmark = pytest.mark.django_db

BEFORE = datetime(2021, 11, 25, 6, tzinfo=UTC)
AFTER = datetime(2021, 11, 26, 6, tzinfo=UTC)
RECORD = TrialRecord(
    registry=Registry.CTRI,
    registry_id="CTRI/2018/13/000001",
    url="https://ctri.nic.in/Clinicaltrials/pmaindet2.php?EncHid=MQ==",
    title="CD19 CAR T Cells",
    status=Status.RECRUITING,
    last_updated=date(2019, 11, 26),
    start=PartialDate("2018-04-30"),
    duration_months=5,
    countries=("India",),
    sites=(
        SiteRecord(
            facility="Tata Memorial Hospital", city="Mumbai", country="India", status=Status.RECRUITING
        ),
    ),
)


def bring(at: datetime, **changes: object) -> None:
    record = replace(RECORD, **changes)  # type: ignore[arg-type]
    load([Arrival(record, Labels(role=Role.GIVES_CAR_T, conditions=("lbcl",)), "hash")], at=at)


def kinds() -> list[str]:
    return list(TrialEvent.objects.order_by("id").values_list("kind", flat=True))


def now_open() -> tuple[str, bool, list[str], list[bool]]:
    trial = Trial.objects.get()
    sites = [site.is_open for site in trial.sites.all()]
    return trial.status, trial.recruiting_in_india, trial.open_cities, sites


def test_record_arrives_stale() -> None:
    bring(AFTER)
    assert now_open() == (Status.UNKNOWN, False, [], [False])
    assert kinds() == ["listed"]


def test_clock_takes_the_word_away_once() -> None:
    bring(BEFORE)
    assert now_open() == (Status.RECRUITING, True, ["mumbai"], [True])
    assert ageing.settle(BEFORE) == 0
    assert ageing.settle(AFTER) == 1
    assert ageing.settle(AFTER) == 0
    assert now_open() == (Status.UNKNOWN, False, [], [False])
    assert kinds() == ["listed", "stale"]


def test_day_is_the_one_in_india() -> None:
    bring(BEFORE)
    assert ageing.settle(datetime(2021, 11, 25, 18, 29, tzinfo=UTC)) == 0
    assert ageing.settle(datetime(2021, 11, 25, 18, 31, tzinfo=UTC)) == 1


def test_import_on_the_day_notes_it_once_and_twice_changes_nothing() -> None:
    bring(BEFORE)
    bring(AFTER)
    bring(AFTER)
    assert kinds() == ["listed", "stale"]


def test_record_changed_again_speaks_again() -> None:
    bring(BEFORE)
    ageing.settle(AFTER)
    bring(AFTER, last_updated=date(2021, 11, 24))
    assert now_open() == (Status.RECRUITING, True, ["mumbai"], [True])
    assert kinds() == ["listed", "stale", "updated_again"]


def test_change_in_the_future_does_not_count() -> None:
    bring(AFTER, last_updated=date(2031, 1, 1), registered=PartialDate("2018-03-01"))
    assert now_open()[:2] == (Status.UNKNOWN, False)


def test_clock_that_was_wrong_heals() -> None:
    bring(BEFORE)
    ageing.settle(AFTER)
    ageing.settle(BEFORE)
    assert now_open() == (Status.RECRUITING, True, ["mumbai"], [True])


def test_hospital_outranks_the_silence() -> None:
    bring(BEFORE)
    registration, hospital = Registration.objects.get(), Site.objects.get()
    SiteConfirmation.objects.create(
        registration=registration, site=hospital, said=HospitalAnswer.OPEN, at=AFTER - timedelta(days=1)
    )
    ageing.settle(AFTER)
    assert now_open() == (Status.UNKNOWN, True, ["mumbai"], [True])


def test_clinicaltrials_gov_ages_its_records_itself() -> None:
    bring(AFTER, registry=Registry.CTGOV, registry_id="NCT99000001")
    assert now_open()[:2] == (Status.RECRUITING, True)


def test_nothing_due_costs_one_look(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    bring(BEFORE)
    with django_assert_max_num_queries(10):
        ageing.settle(BEFORE)


def test_page_card_and_export_say_the_same(client: Client) -> None:
    bring(AFTER)
    sentence = (
        "CTRI still says: Recruiting. Nothing changed there since 26 Nov 2019, and the "
        "trial was planned to end in 2018. Whether it takes patients now is not known."
    )
    pages = [client.get(path).content.decode() for path in ("/trials/CTRI/2018/13/000001/", "/trials/")]
    assert [page.count(sentence) for page in pages] == [1, 1]
    found = client.get("/api/v1/trials/CTRI/2018/13/000001").json()
    assert (found["status"], found["recruiting_in_india"]) == ("UNKNOWN", False)
    assert found["registry_unchanged_for_two_years"] is True
