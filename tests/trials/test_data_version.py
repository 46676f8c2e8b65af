"""The number grows with every change a public page could show, and with nothing else."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from tests.builders import make_trial
from trials.catalogue.data_version import data_version
from trials.models import DataVersion, RegistrySource, Trial

pytestmark = pytest.mark.django_db(transaction=True)


def number() -> int:
    return sum(DataVersion.objects.values_list("number", flat=True))


def test_a_transaction_counts_once_whatever_it_changes() -> None:
    make_trial("NCT00000009")
    before = number()
    with transaction.atomic():
        make_trial("NCT00000001")
        make_trial("NCT00000002")
    assert number() == before + 1


def test_one_that_is_rolled_back_counts_nothing() -> None:
    before = number()
    with transaction.atomic():
        make_trial("NCT00000001")
        transaction.set_rollback(True)
    assert number() == before


def test_writing_the_same_again_counts_nothing() -> None:
    make_trial("NCT00000001")
    before = number()
    Trial.objects.get().save()
    assert number() == before


@pytest.mark.parametrize(
    "change",
    [
        lambda: Trial.objects.update(title="Another"),
        lambda: Trial.objects.all().delete(),
        lambda: RegistrySource.objects.create(registry="ctgov"),
    ],
)
def test_changes_count(change: Callable[[], object]) -> None:
    make_trial("NCT00000001")
    before = number()
    change()
    assert number() > before


def test_progress_of_an_import_counts_nothing_and_its_end_does() -> None:
    source = RegistrySource.objects.create(registry="ctgov", importing_since=timezone.now())
    before = number()
    RegistrySource.objects.update(progress_done=20, last_tried_at=timezone.now())
    assert number() == before
    source.importing_since, source.last_good_at = None, timezone.now()
    source.save()
    assert number() == before + 1


def test_the_hour_is_part_of_it() -> None:
    with time_machine.travel(datetime(2026, 11, 29, 5, 29, tzinfo=UTC), tick=False):
        before = data_version()
        assert data_version() == before
    with time_machine.travel(datetime(2026, 11, 29, 5, 30, tzinfo=UTC), tick=False):
        assert data_version() != before
