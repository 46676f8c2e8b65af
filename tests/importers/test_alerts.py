"""What is told by e-mail, to whom, and only once."""

from datetime import timedelta
from io import StringIO
from smtplib import SMTPException
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from importers.fake.server import FORBIDDEN
from importers.models import AlertSent, ImportRun
from importers.registries.slugs import Registry
from importers.runs import alerts, circuit_breaker
from tests.importers.sweeps import sweep
from tests.studies import study
from trials.models import RegistrySource

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def operator(settings: Settings) -> None:
    settings.ALERT_EMAILS = ["operator@example.org"]


def ended(status: str, **columns: Any) -> ImportRun:
    now = timezone.now()
    return ImportRun.objects.create(
        registry=Registry.CTGOV, status=status, started_at=now, finished_at=now, **columns
    )


def subjects() -> list[str]:
    alerts.send_due()
    return [str(message.subject) for message in mail.outbox]


@pytest.mark.parametrize(
    ("status", "words"),
    [("held", "waits for you"), ("failed", "failed"), ("partial", "could not take 3 records")],
)
def test_run_that_needs_a_person_is_told_once(status: str, words: str) -> None:
    run = ended(status, failed=3)
    expected = [f"[trialfinder] ClinicalTrials.gov: import {run.pk} {words}"]
    assert (subjects(), subjects()) == (expected, expected)
    assert mail.outbox[0].to == ["operator@example.org"]


def test_day_of_failures_is_one_alert() -> None:
    for _ in range(3):
        ended("failed")
    assert len(subjects()) == 1


@pytest.mark.parametrize(
    "columns",
    [{"status": "succeeded"}, {"status": "cancelled"}, {"status": "failed", "dry_run": True}],
    ids=str,
)
def test_what_needs_nobody_is_not_told(columns: dict[str, Any]) -> None:
    ended(**columns)
    assert subjects() == []


def test_dropped_run_is_not_told_as_failed() -> None:
    ended("failed", doubts=[{"code": "nothing", "values": {}}])
    assert subjects() == []


def test_registry_without_a_good_import_is_told_every_day() -> None:
    RegistrySource.objects.create(registry=Registry.CTGOV, expected_by=timezone.now() - timedelta(minutes=1))
    late = ["[trialfinder] ClinicalTrials.gov: no good import for more than a day and a half"]
    assert (subjects(), subjects()) == (late, late)
    AlertSent.objects.update(key="late:ctgov:2026-01-01")
    assert subjects() == late * 2


def test_sweep_is_expected_within_36_hours() -> None:
    run = sweep([study()])
    source = RegistrySource.objects.get(registry=Registry.CTGOV)
    assert run.finished_at is not None
    assert source.expected_by == run.finished_at + timedelta(hours=36)


def test_registry_that_never_answered_is_late_too() -> None:
    sweep([], faults=[FORBIDDEN])
    source = RegistrySource.objects.get(registry=Registry.CTGOV)
    assert (source.last_good_at, source.is_late) == (None, True)  # the sweep was weeks ago


def test_alert_without_anybody_to_tell_is_sent_once_there_is(settings: Settings) -> None:
    settings.ALERT_EMAILS = []
    ended("held")
    nobody = subjects()
    settings.ALERT_EMAILS = ["operator@example.org"]
    assert (nobody, AlertSent.objects.count(), len(subjects())) == ([], 0, 1)


def test_another_kind_of_failure_on_the_same_day_is_told() -> None:
    for error in ("Page 7 is broken.", "Page 8 is broken.", "No answer."):
        ended("failed", error=error)
    assert len(subjects()) == 2


def test_alert_leads_to_its_run() -> None:
    run = ended("failed")
    subjects()
    assert f"/imports/{run.pk}/" in mail.outbox[0].body


def test_good_import_ends_old_alerts_and_is_told_once() -> None:
    ended("failed")
    source = RegistrySource.objects.create(registry=Registry.CTGOV)
    first = len(subjects())
    ended("succeeded")
    source.last_good_at = timezone.now()
    source.save()
    assert (first, len(subjects()), len(subjects()), list(alerts.due())) == (1, 2, 2, [])
    assert str(mail.outbox[1].subject) == "[trialfinder] ClinicalTrials.gov: all is well again"


def test_block_is_told() -> None:
    RegistrySource.objects.create(registry=Registry.CTGOV)
    before = subjects()
    circuit_breaker._write(Registry.CTGOV, blocked_until=timezone.now() + timedelta(hours=12))
    assert (before, subjects()) == ([], ["[trialfinder] ClinicalTrials.gov has blocked us"])


def test_mail_that_cannot_be_sent_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise SMTPException("no")

    ended("held")
    monkeypatch.setattr(alerts, "send_mail", refuse)
    assert subjects() == []
    monkeypatch.undo()
    mail.outbox.clear()
    assert len(subjects()) == 1


def test_superusers_are_told_where_settings_name_nobody(settings: Settings) -> None:
    settings.ALERT_EMAILS = []
    User.objects.create_superuser("asha", "asha@example.org", "x")
    User.objects.create_user("ravi", "ravi@example.org", "x", is_staff=True)
    ended("held")
    subjects()
    assert mail.outbox[0].to == ["asha@example.org"]


def test_command_says_what_is_wrong_and_exits_with_1() -> None:
    run = ended("held", error="Too few.")
    out = StringIO()
    with pytest.raises(CommandError) as stop:
        call_command("check_imports", stdout=out)
    assert (stop.value.returncode, len(mail.outbox)) == (1, 1)
    assert out.getvalue() == f"ClinicalTrials.gov: import {run.pk} waits for you\n  Too few.\n"


def test_command_says_that_all_is_well() -> None:
    out = StringIO()
    call_command("check_imports", stdout=out)
    assert (out.getvalue().count("\n"), mail.outbox) == (1, [])
