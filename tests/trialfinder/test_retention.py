"""Each row erases what it says, when it says; every table with something of a person has a row."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.utils import timezone, translation
from pytest_django import Settings

from tests.builders import make_trial, site
from tests.desk import person
from tests.trials.following import follows
from trialfinder import retention
from trialfinder.retention import ROWS
from trials import tasks
from trials.follow import limits
from trials.models import FollowMail, Registration, Site, StaffAct, Subscription, Suppression
from trials.models.follow import FollowLimit
from trials.models.reports import ErrorReport
from trials.models.workspace import ConfirmationLink, Invitation

pytestmark = pytest.mark.django_db

NOT_PERSONAL = {
    "auth_group": "names of roles",
    "auth_group_permissions": "as above",
    "auth_permission": "names of rights",
    "django_content_type": "names of tables",
    "django_migrations": "names of migrations",
    "trials_dataversion": "a number",
    "trials_registrysource": "when each registry was read",
    "trials_site": "hospitals",
    "importers_alertsent": "which alerts were mailed, by what they are about",
    "importers_citednumber": "numbers of trials",
    "importers_ctritarget": "numbers of pages",
    "importers_importproblem": "fields of records that could not be read",
    "importers_registryaccess": "when each registry is read",
    "importers_workerseen": "names of machines",
}
A_SECOND = timedelta(seconds=1)
Rows = Callable[[], int]


def unconfirmed(ended: datetime) -> Rows:
    follows(confirmed_at=None, created_at=ended)
    return Subscription.objects.count


def unanswered(ended: datetime) -> Rows:
    follows(asked_again_at=ended)
    return Subscription.objects.count


def mailed(ended: datetime) -> Rows:
    FollowMail.objects.create(
        subscription=follows(), kind="confirm", state="sent", made_at=ended, next_try=ended, message_id="1"
    )
    return FollowMail.objects.count


def suppressed(ended: datetime) -> Rows:
    Suppression.objects.create(address_hash="1", why="bounced", at=ended)
    return Suppression.objects.count


def asked_often(ended: datetime) -> Rows:
    limits.take("network:1", 1, ended, timedelta(0))
    return FollowLimit.objects.count


def reported(ended: datetime) -> Rows:
    report = ErrorReport.objects.create(kind="other", text="wrong", email="asha@example.org")
    ErrorReport.objects.filter(pk=report.pk).update(created_at=ended)
    return ErrorReport.objects.count


def address_reported(ended: datetime) -> Rows:
    reported(ended)
    return ErrorReport.objects.exclude(email="").count


def session(ended: datetime) -> Rows:
    Session.objects.create(session_key="a" * 32, expire_date=ended)
    return Session.objects.count


def session_address(ended: datetime) -> Rows:
    session(ended)
    UserSession.objects.create(session_key="a" * 32, user=person(), ip="203.0.113.7", user_agent="x")
    return lambda: int(UserSession.objects.count())


def tries(ended: datetime) -> Rows:
    caches["default"].set("tries", 1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cache SET expires = %s", [ended])
    return _tries


def _tries() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache")
        return int(cursor.fetchone()[0])


def invitation(ended: datetime) -> Rows:
    Invitation.objects.create(email="a@example.org", role="editor", secret_hash="1", expires_at=ended)
    return Invitation.objects.count


def link(ended: datetime) -> Rows:
    make_trial(sites=[site("Own Hospital")])
    about = {"registration": Registration.objects.get(), "site": Site.objects.get(), "user": person()}
    ConfirmationLink.objects.create(secret_hash="1", expires_at=ended, **about)
    return ConfirmationLink.objects.count


def act(ended: datetime) -> Rows:
    StaffAct.objects.create(name="a", act="b", at=ended)
    LogEntry.objects.create(user=person(), action_flag=1, action_time=ended)
    return lambda: StaffAct.objects.count() + LogEntry.objects.count()


@pytest.fixture
def backup_folder(settings: Settings, tmp_path: Path) -> Path:
    settings.BACKUP_DIR = tmp_path
    return tmp_path


ENDED: dict[str, Callable[[datetime], Rows]] = {
    "follow-unconfirmed": unconfirmed,
    "follow-unanswered": unanswered,
    "follow-mails": mailed,
    "follow-suppressed": suppressed,
    "follow-limits": asked_often,
    "report-address": address_reported,
    "report-words": reported,
    "sessions": session,
    "session-addresses": session_address,
    "tries": tries,
    "invitations": invitation,
    "links": link,
    "staff-acts": act,
}
"""What makes something that ended at a moment, by the row that erases it."""


def test_every_table_with_something_of_a_person_has_a_row() -> None:
    kept = {table for row in ROWS for table in row.tables}
    assert kept & set(NOT_PERSONAL) == set()
    assert set(connection.introspection.table_names()) == kept | set(NOT_PERSONAL)


def test_every_row_that_erases_is_tried_here() -> None:
    assert {row.key for row in ROWS if row.erase} == {*ENDED, "backups"}


@pytest.mark.parametrize("row", [row for row in ROWS if row.key in ENDED], ids=lambda row: row.key)
def test_row_erases_what_it_says_and_nothing_before(row: retention.Row) -> None:
    ended = timezone.now()
    left = ENDED[row.key](ended)
    made = left()
    row.carry_out(ended + row.after - A_SECOND)
    assert (made > 0, left()) == (True, made)
    assert (row.carry_out(ended + row.after) > 0, left()) == (True, 0)


def test_backups_go_after_six_weeks_but_for_the_newest(backup_folder: Path) -> None:
    names = [f"trialfinder-2026-0{month}-01.backup" for month in (5, 6, 7)]
    for name in (*names, "of-somebody-else.backup"):
        (backup_folder / name).touch()
    (row,) = [row for row in ROWS if row.key == "backups"]
    assert row.carry_out(datetime(2026, 6, 11, tzinfo=timezone.get_current_timezone())) == 0
    assert row.carry_out(datetime(2026, 11, 29, tzinfo=timezone.get_current_timezone())) == 2
    assert {path.name for path in backup_folder.iterdir()} == {names[2], "of-somebody-else.backup"}


def test_session_in_use_keeps_its_address() -> None:
    session_address(timezone.now() + timedelta(days=1))
    tasks.erase()
    assert UserSession.objects.count() == 1


def test_row_that_fails_keeps_no_other_from_erasing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_before: datetime) -> int:
        raise ValueError("asha@example.org")

    monkeypatch.setattr("trials.follow.wishes.erase_unconfirmed", fail)
    left = session(timezone.now() - A_SECOND)
    tasks.erase()
    assert (left(), [record.getMessage() for record in caplog.records]) == (
        0,
        ["Nothing was erased of follow-unconfirmed: ValueError"],
    )


@pytest.mark.parametrize("language", ["", "/hi"])
def test_page_about_privacy_shows_every_row(language: str) -> None:
    page = Client().get(f"{language}/privacy/")
    assert [row.key for row in ROWS if f'data-kept="{row.key}"' not in page.content.decode()] == []


def test_document_about_the_law_has_the_same_table() -> None:
    text = (Path(__file__).resolve().parents[2] / "docs/security/dpdp.md").read_text(encoding="utf-8")
    with translation.override("en"):
        rows = [f"| {row.key} | {row.what} | {row.how_long} | {row.why} |" for row in ROWS]
    assert "\n".join(rows) in text


def test_times_are_said_in_whole_units() -> None:
    found = {row.key: row.how_long for row in ROWS}
    with translation.override("en"):
        assert (found["follow-mails"], found["report-words"]) == ("30 days", "2 years")
        assert found["follow-unconfirmed"].startswith("48 hours, ")
