"""What `/privacy/` says is true: nothing of a visitor stays but what they meant to send.

One visitor opens every public page, writes into every form and lets every page fail; then everything the
site keeps is searched for what they wrote and for where they came from.
"""

import base64
import io
import logging
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client, override_settings
from django.utils import timezone

from tests import takeaway, visits
from tests.builders import make_trial, site
from tests.hostile.outputs import Values
from tests.trials.following import follows
from tests.visits import marks_in
from trialfinder.backup import tables
from trialfinder.backup.make import make
from trials.browse.products import car_t_products
from trials.follow import links, sending

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

MEANT = {("trials_errorreport", "text"), ("trials_errorreport", "email"), ("trials_subscription", "about")}
"""Columns that hold a visitor's words: what they reported, and the search they asked us to follow."""
GREW = {"trials_errorreport", "trials_followlimit", "trials_followmail", "trials_subscription"}
"""Tables that a visitor's forms add rows to; `cache` counts their tries as well."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What one visit of everything left behind."""

    logged: str
    secrets: tuple[str, ...]
    folder: Path
    cookies: dict[str, set[str]]
    grew: set[str]


@pytest.fixture(scope="module")
def visit(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Visit]:
    """With pages kept and logs as the product writes them. Rolled back at the end."""
    folder, said = tmp_path_factory.mktemp("data"), io.StringIO()
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        override_settings(KEEP_PAGES=True, DATA_DIR=folder),
        redirect_stdout(said),
        redirect_stderr(said),
        pytest.MonkeyPatch.context() as patch,
    ):
        for handler in _handlers():
            patch.setattr(handler, "stream", said)
        known = _fill()
        before = _rows()
        cookies = visits.visit_everything(known)
        grew = {table for table, rows in _rows().items() if rows - before[table]}
        secrets = (str(known["token"][0]), str(known["key"][0]))
        yield Visit(said.getvalue(), secrets, folder, cookies, grew)
        transaction.set_rollback(True)


def _handlers() -> Iterator[Any]:
    """Those of the product's logging, wherever they hang."""
    for name in ("", "django", "gunicorn.error"):
        found = [one for one in logging.getLogger(name).handlers if one.name in ("console", "requests")]
        assert found, name
        yield from found


def _fill() -> Values:
    """A trial, a hospital and a follower; what stands for each part of an address."""
    takeaway.fill()
    trial = make_trial("NCT00000001", conditions=["lbcl"], sites=[site("Own Hospital", "Mumbai")])
    product = car_t_products()[0].slug
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SELECT set_config('trialfinder.counted', '', true)")
    return {
        "registry_id": [trial.primary_id],
        "slug": ["own-hospital-mumbai", "lbcl", product],
        "token": [links.token(follows("trial", trial.primary_id))],
        "key": ["cabc12-0123456789abcdef0123456789abcdef"],
        "uidb36": ["1"],
        "sitemap-file": ["pages"],
        "day": [timezone.localdate().isoformat()],
        "name": ["trials.csv.gz"],
    }


def _rows() -> dict[str, set[str]]:
    """All rows of every table as text; but those of the cache, which are looked at by themselves."""
    with connection.cursor() as cursor:
        found = {}
        for table in sorted(tables.existing(cursor) - {"cache"}):
            cursor.execute(f"SELECT t::text FROM {tables.quoted(table)} t")  # noqa: S608
            found[table] = {row for (row,) in cursor.fetchall()}
        return found


def _columns_with_marks() -> dict[tuple[str, str], set[str]]:
    """Every column of every table, as a backup writes them, in which a visitor's words stand."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(tables.existing(cursor)):
            name = tables.quoted(table)
            cursor.execute(f"SELECT j.key, j.value FROM {name} t, jsonb_each_text(to_jsonb(t)) j")  # noqa: S608
            for column, value in cursor.fetchall():
                if marks := marks_in(value or ""):
                    found[table, column] = marks
    return found


def test_tables_hold_only_what_the_visitor_meant_to_send(visit: Visit) -> None:
    assert (set(_columns_with_marks()), visit.grew) == (MEANT, GREW)


def test_a_backup_holds_what_was_meant_and_no_address_of_a_follower(
    visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def inside() -> Iterator[Any]:
        with connection.cursor() as cursor:
            yield cursor

    monkeypatch.setattr("trialfinder.backup.make._one_moment", inside)
    make(tmp_path / "a.backup")
    with zipfile.ZipFile(tmp_path / "a.backup") as file:
        found = {name: marks_in(file.read(name).decode()) for name in file.namelist()}
    assert {name: marks for name, marks in found.items() if marks} == {
        "tables/trials_errorreport": {visits.WORD, visits.MAIL},
        "tables/trials_subscription": {visits.WORD},
    }


def test_no_session_is_made_for_a_visitor(visit: Visit) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_session")
        assert cursor.fetchone() == (0,)


def test_counts_of_tries_hold_nothing_readable(visit: Visit) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cache")
        rows = [f"{key} {base64.b64decode(value)!r}" for key, value in cursor.fetchall()]
    memory = [repr(caches["memory"]._cache)]  # type: ignore[attr-defined]
    assert [row for row in (*rows, *memory) if marks_in(row)] == []


def test_logs_hold_nothing_of_the_visitor(visit: Visit) -> None:
    assert "Internal Server Error" in visit.logged
    assert [line for line in visit.logged.splitlines() if marks_in(line)] == []
    assert [secret for secret in visit.secrets if secret in visit.logged] == []


def test_files_hold_nothing_of_the_visitor(visit: Visit) -> None:
    files = [path for path in visit.folder.rglob("*") if path.is_file()]
    assert len(files) > 20  # pages were kept
    assert [path for path in files if marks_in(path.read_bytes().decode("latin-1"))] == []


def test_figures_hold_nothing_of_the_visitor(visit: Visit) -> None:
    figures = Client(REMOTE_ADDR="127.0.0.1").get("/metrics")
    assert (figures.status_code, marks_in(figures.content.decode())) == (200, set())


def test_only_forms_set_a_cookie(visit: Visit) -> None:
    with_a_form = {
        "account_login",
        "account_reset_password",
        "trials:follow",
        "trials:match",
        "trials:report",
    }
    assert {name: found for name, found in visit.cookies.items() if found} == {
        name: {"csrftoken"} for name in with_a_form
    }


def test_mails_go_to_the_visitor_alone(visit: Visit) -> None:
    assert sending.send_due(timezone.now()) == 1
    (one,) = mail.outbox
    assert (one.to, marks_in(str(one.subject))) == ([visits.MAIL], set())
