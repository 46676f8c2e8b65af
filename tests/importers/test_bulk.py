"""Rows that go in by COPY come out as they were."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from pytest_django import DjangoAssertNumQueries

from importers.load import bulk
from importers.models import RawRecord, RecordChange
from tests.builders import make_trial
from trials.models import Registration, Site, Trial, TrialEvent, TrialSite

pytestmark = pytest.mark.django_db

ODD = [
    "",
    " ",
    '"',
    'a "quoted" word',
    "comma, comma",
    "line\nend\r\nand\ttab",
    "back\\slash \\n \\N \\.",
    "\\.",
    "\\N",
    "NULL",
    "{curly}",
    "हिंदी 🧬 \u202e",
    "'; DROP TABLE trials_trial; --",
]
AT = datetime(2026, 11, 1, 6, 30, 15, 123456, tzinfo=UTC)


def registration(text: str, number: int) -> Registration:
    trial = make_trial()
    return Registration(
        trial=trial,
        registry="ctgov",
        registry_id=f"NCT7{number:07}",
        url="https://registry.example/",
        title=text,
        status="RECRUITING",
        role="gives_car_t",
        aliases=ODD,
        details={"text": text, "list": [text, None, 1.5, True]},
        min_age_years=0.5,
        last_updated=date(2026, 10, 1),
        content_hash="x",
        fetched_at=AT,
        first_seen_at=AT,
        changed_at=AT,
    )


def test_every_kind_of_value_comes_back() -> None:
    rows = [registration(text, number) for number, text in enumerate(ODD)]
    bulk.insert(rows)
    columns = [field.attname for field in Registration._meta.concrete_fields]
    stored = Registration.objects.in_bulk([row.pk for row in rows])
    for row in rows:
        assert [getattr(stored[row.pk], c) for c in columns] == [getattr(row, c) for c in columns]


def test_bytes_come_back() -> None:
    body = bytes(range(256))
    bulk.insert([RawRecord(registry="ctgov", registry_id="a", content_hash="b", body=body, fetched_at=AT)])
    assert bytes(RawRecord.objects.get().body) == body


def test_null_and_empty_are_two_things() -> None:
    registered = registration("x", 1)
    bulk.insert([registered])
    rows = [
        TrialSite(trial=registered.trial, registration=registered, position=1, latitude=None, country=""),
        TrialSite(trial=registered.trial, registration=registered, position=2, latitude=0.0, country="India"),
    ]
    bulk.insert(rows)
    told = TrialSite.objects.filter(registration=registered).order_by("position")
    assert list(told.values_list("latitude", "country")) == [(None, ""), (0.0, "India")]


def test_row_that_breaks_a_constraint_is_refused() -> None:
    rows = [Site(slug="same", hospital="A", city="B"), Site(slug="same", hospital="A", city="B")]
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert(rows)


def test_inserted_row_can_be_saved_again() -> None:
    row = registration("Title", 1)
    bulk.insert([row])
    row.title = "New title"
    row.save()
    assert Registration.objects.get(pk=row.pk).title == "New title"


@pytest.mark.parametrize("model", [Trial, Registration, TrialSite, TrialEvent, RawRecord, RecordChange])
def test_row_is_what_the_model_itself_makes(model: type[Model]) -> None:
    one, other = bulk.row(model), bulk.row(model)
    columns = [f.attname for f in model._meta.concrete_fields if not getattr(f, "generated", False)]
    assert [getattr(one, name) for name in columns] == [getattr(model(), name) for name in columns]
    shared = [
        n
        for n in columns
        if isinstance(getattr(one, n), list | dict) and getattr(one, n) is getattr(other, n)
    ]
    assert (shared, one._state.adding) == ([], True)


def test_tables_are_counted_anew() -> None:
    bulk.insert([Site(slug=str(number), hospital="A", city="B") for number in range(30)])
    bulk.count_anew((Site, ("id", "slug")))
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'trials_site'::regclass")
        assert cursor.fetchone() == (30,)


def test_nothing_to_insert_asks_the_database_nothing(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        bulk.insert([])
