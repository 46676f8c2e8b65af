"""A site moves between the embedded PostgreSQL and a server of its own, by a backup, and back."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.databases import ROOT, Database, new_database
from tests.peoples_words import ID
from trialfinder.backup import restore
from trialfinder.backup.archive import TableEntry

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


def embedded(folder: Path, *words: str) -> None:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "trialfinder.settings",
        "DATABASE_URL": "",
        "TRIALFINDER_DATA_DIR": str(folder),
    }
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=environment, check=True)


def tables(path: Path) -> dict[str, TableEntry]:
    """What a backup holds, but the number that each restore counts up."""
    return {name: entry for name, entry in restore.check(path).tables.items() if name != "trials_dataversion"}


def external(database: Database, *words: str) -> None:
    done = database.manage(*words)
    assert (done.returncode, done.stderr) == (0, "")


def test_site_moves_to_an_external_server_and_back(tmp_path: Path) -> None:
    first, second, third = (tmp_path / f"{number}.backup" for number in range(3))
    embedded(tmp_path / "a", "migrate", "-v0")
    embedded(
        tmp_path / "a", "shell", "-v0", "-c", "from tests.peoples_words import people_spoke; people_spoke()"
    )
    embedded(tmp_path / "a", "backup", str(first))
    with new_database("moved", tmp_path / "b") as database:
        external(database, "restore", str(first))
        assert database.query("SELECT registry_id FROM trials_registration") == [(ID,)]
        external(database, "backup", str(second))
    embedded(tmp_path / "c", "restore", str(second))
    embedded(tmp_path / "c", "backup", str(third))
    assert tables(first) == tables(second) == tables(third)
