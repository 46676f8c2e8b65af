"""The drill: a database with records and people's words is backed up, restored elsewhere, and goes on."""

import json
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from pytest_django import Settings

from tests.databases import Database, new_database
from tests.peoples_words import ID, people_spoke
from trialfinder.backup import BackupError, restore
from trialfinder.backup.make import kept_key, make
from trials.models import DataVersion

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
KEY = "k3y-of-a-site-which-is-long-enough-to-be-taken-1234567890"
COUNTED_ON = "trials_dataversion"  # restoring is a change that browsers must notice
KILLED = -9


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """Of a trial and everything that people can say of it."""
    people_spoke()
    path = tmp_path / "site.backup"
    call_command("backup", str(path), verbosity=0)
    return path


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Database]:
    with new_database("restored", tmp_path / "other site") as database:
        yield database


@pytest.fixture
def filled(backup: Path, tmp_path: Path) -> Iterator[Database]:
    """Where the site of the backup still stands."""
    with new_database("filled", tmp_path / "site", like_here=True) as database:
        yield database


def tables(path: Path) -> dict[str, Any]:
    with zipfile.ZipFile(path) as file:
        found: dict[str, Any] = json.loads(file.read("manifest.json"))["tables"]
    return {name: entry for name, entry in found.items() if name != COUNTED_ON}


def asks(database: Database, *paths: str) -> str:
    """What a site on this database answers, by one program: to start one takes seconds."""
    return database.shell(
        "from django.test import Client; "
        f"print(*(Client(headers={{'host': '127.0.0.1'}}).get(path).status_code for path in {paths}))"
    )


def test_restored_database_is_the_same_answers_pages_and_goes_on(
    backup: Path, empty: Database, tmp_path: Path
) -> None:
    began = time.monotonic()
    done = empty.manage("restore", str(backup))
    assert (done.returncode, done.stderr) == (0, "")
    print(f"restored in {time.monotonic() - began:.1f} s")
    again = tmp_path / "again.backup"
    assert empty.manage("backup", str(again)).returncode == 0
    assert tables(again) == tables(backup)
    assert asks(empty, "/trials/", f"/trials/{ID}/", "/hi/", "/sites/") == "200 200 200 200"
    newest = empty.query("SELECT max(id) FROM trials_site")[0][0]
    new = "Site.objects.create(slug='new', hospital='New', city='Pune')"
    made = empty.shell(f"from trials.models import Site; print({new}.pk)")
    assert int(made) == newest + 1
    number = empty.query("SELECT number FROM trials_dataversion")[0][0]
    assert number > DataVersion.objects.get().number


def test_sealed_backup_is_restored_with_its_key_alone(tmp_path: Path, empty: Database) -> None:
    people_spoke()
    path = tmp_path / "sealed.backup"
    make(path, KEY)
    assert b"Tata Memorial" not in path.read_bytes()
    assert "set BACKUP_KEY" in empty.manage("restore", str(path)).stderr
    assert "BACKUP_KEY is another one" in empty.manage("restore", str(path), BACKUP_KEY=KEY + "x").stderr
    assert empty.query("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]
    assert empty.manage("restore", str(path), BACKUP_KEY=KEY).returncode == 0
    assert empty.query("SELECT registry_id FROM trials_registration") == [(ID,)]


def test_database_in_use_is_replaced_only_when_asked(backup: Path, filled: Database) -> None:
    filled.query("UPDATE trials_registration SET title = 'changed since'")
    assert "--replace" in filled.manage("restore", str(backup)).stderr
    assert filled.query("SELECT title FROM trials_registration") == [("changed since",)]
    assert filled.manage("restore", str(backup), "--replace").returncode == 0
    assert filled.query("SELECT title FROM trials_registration") == [(f"CAR T cells, trial {ID}",)]


def test_site_that_runs_is_not_restored_into(backup: Path) -> None:
    other = connection.copy()
    other.connect()
    try:
        with pytest.raises(CommandError, match="in use by 1 other connections: stop the site first"):
            call_command("restore", str(backup), "--replace")
    finally:
        other.close()


def test_tables_of_something_else_are_never_dropped(backup: Path, filled: Database) -> None:
    filled.query("CREATE TABLE billing (id int)")
    assert "tables of something else (billing)" in filled.manage("restore", str(backup), "--replace").stderr
    assert filled.query("SELECT count(*) FROM billing") == [(0,)]


@pytest.mark.parametrize("where", ["copy_in", "copy_out"])
def test_kill_in_the_middle_leaves_the_old_state(backup: Path, filled: Database, where: str) -> None:
    """`copy_in` fills tables, `copy_out` then counts them again: both before the one commit."""
    filled.query("UPDATE trials_registration SET title = 'the old state'")
    done = filled.manage(
        "shell", "-v0", "-c", _dying(where, f"restore.restore(Path({str(backup)!r}), '', True)")
    )
    assert done.returncode == KILLED
    assert filled.query("SELECT title FROM trials_registration") == [("the old state",)]
    assert asks(filled, f"/trials/{ID}/") == "200"


def test_kill_in_the_middle_of_a_backup_leaves_the_last_one(
    backup: Path, filled: Database, tmp_path: Path
) -> None:
    before = backup.read_bytes()
    code = _dying("copy_out", f"make.make(Path({str(backup)!r}))")
    assert filled.manage("shell", "-v0", "-c", code).returncode == KILLED
    assert backup.read_bytes() == before
    assert (tmp_path / "site.backup.part").exists()
    assert filled.manage("backup", str(backup)).returncode == 0
    assert sorted(path.name for path in tmp_path.glob("*.backup*")) == ["site.backup"]


def _dying(function: str, call: str) -> str:
    """A program that is killed when that function of `tables` is called for the twentieth time."""
    return (
        "import os, signal; from pathlib import Path\n"
        "from trialfinder.backup import make, restore, tables\n"
        f"whole, calls = tables.{function}, []\n"
        "def dying(*arguments):\n"
        "    calls.append(1)\n"
        "    if len(calls) == 20: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return whole(*arguments)\n"
        f"tables.{function} = dying\n"
        f"{call}\n"
    )


def test_rows_that_do_not_fit_change_nothing(
    backup: Path, filled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As of a release whose tables are others: the database's own words, after one sentence."""
    code = (
        "from trialfinder.backup import restore, tables; from pathlib import Path\n"
        "quoted = tables.quoted\n"
        "tables.quoted = lambda *names: quoted(*names).replace('hospital', 'hospitals')\n"
        f"restore.restore(Path({str(backup)!r}), '', True)"
    )
    done = filled.manage("shell", "-v0", "-c", code)
    assert "BackupError: Nothing was changed: column" in done.stderr
    assert filled.query("SELECT registry_id FROM trials_registration") == [(ID,)]


def test_tables_of_another_release_are_not_backed_up(tmp_path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('trials', '9999', now())")
        try:
            with pytest.raises(BackupError, match="not those of this release"):
                make(tmp_path / "a.backup")
        finally:
            cursor.execute("DELETE FROM django_migrations WHERE name = '9999'")
    assert list(tmp_path.glob("a.backup*")) == []


def test_key_that_the_site_made_goes_with_the_backup(tmp_path: Path) -> None:
    """Without it the addresses of followers and the second factors of staff could not be read."""
    with (
        new_database("first", tmp_path / "one", like_here=True) as one,
        new_database("second", tmp_path / "two") as two,
    ):
        for database in (one, two):
            database.environment |= {"SECRET_KEY": "", "FOLLOW_KEY": ""}
        one.shell("from tests.trials.following import follows; follows()")
        factor = "from allauth.mfa.totp.internal.auth import TOTP; TOTP"
        one.shell(f"from tests.desk import *; {factor}.activate(User.objects.create_user('asha'), SECRET)")
        path = str(tmp_path / "a.backup")
        assert one.manage("backup", path).returncode == 0
        done = two.manage("restore", path)
        assert "secret_key is now the one of the backup" in done.stdout
        assert "FOLLOW_KEY" not in done.stdout
        assert (two.folder / "secret_key").read_text() == (one.folder / "secret_key").read_text()
        valid = "Authenticator.objects.get().wrap().validate_code(code_of())"
        assert two.shell(f"from tests.desk import *; print({valid})") == "True"
        other = two.manage("restore", path, "--replace", FOLLOW_KEY="another")
        assert other.stdout.count("FOLLOW_KEY is another one") == 2


def test_migrations_of_a_restore_encrypt_with_the_key_that_is_taken(
    settings: Settings, tmp_path: Path
) -> None:
    settings.DATA_DIR, settings.FOLLOW_KEY = tmp_path, settings.SECRET_KEY
    keys = []
    for kept in ("another", settings.SECRET_KEY):
        kept_key().write_text(kept)
        with restore._key_of(b"that of the backup"):
            keys.append(settings.FOLLOW_KEY)
    assert keys == [settings.SECRET_KEY, "that of the backup"]
    assert settings.FOLLOW_KEY == settings.SECRET_KEY


def test_every_migration_runs_in_a_transaction() -> None:
    """A restore runs them all in one; see "Upgrade" in docs/operations.md."""
    migrations = MigrationLoader(None).disk_migrations
    assert migrations
    assert [key for key, migration in migrations.items() if not migration.atomic] == []


def test_check_reads_the_file_and_no_database(backup: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("restore", str(backup), "--check")
    assert capsys.readouterr().out.startswith("Whole: made ")
    assert set(restore.check(backup).tables) >= {"trials_listingedit", "importers_rawrecord"}
