"""Makes a backup: every table as it was at one moment, while the site runs on."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from trialfinder.backup import BackupError, archive, tables
from trialfinder.backup.archive import Manifest
from trialfinder.version import code_version


def make(path: Path, key: str = "") -> Manifest:
    """Back up the database to a file, encrypted where a key is given. Raises `BackupError`."""
    with archive.writing(path, key) as target, _one_moment() as cursor:
        loader = _migrated()
        names = sorted(tables.of_state(loader.project_state()) - set(tables.EMPTIED))
        entries = {}
        for name in names:
            with target.open(archive.member(name), "w", force_zip64=True) as file:
                entries[name] = tables.copy_out(cursor, name, file)
        if (kept := kept_key()).exists() and kept.read_text() == settings.SECRET_KEY:
            target.writestr(archive.SECRET_KEY, settings.SECRET_KEY)
        manifest = Manifest(
            version=code_version(),
            made_at=timezone.now().isoformat(timespec="seconds"),
            migrations=sorted(loader.applied_migrations),
            follow_key=fingerprint(settings.FOLLOW_KEY),
            tables=entries,
        )
        target.writestr(archive.MANIFEST, manifest.to_json())
    return manifest


@contextmanager
def _one_moment() -> Iterator[CursorWrapper]:
    """All tables are read as they were when the first was."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        tables.settle(cursor)
        yield cursor


def _migrated() -> MigrationLoader:
    """The migrations, all of which the database must have been through: else another release is running."""
    loader = MigrationLoader(connection)
    if set(loader.applied_migrations) != set(loader.graph.nodes):
        raise BackupError(
            "The tables are not those of this release: back up with the release they belong to, "
            "or run `manage.py migrate` first."
        )
    return loader


def kept_key() -> Path:
    """Where a site without SECRET_KEY keeps the one it made (`environment.secret_key`)."""
    return Path(settings.DATA_DIR) / "secret_key"


def fingerprint(key: str) -> str:
    """Tells one long random key from another, and nothing else about it."""
    return hashlib.sha256(b"trialfinder backup" + key.encode()).hexdigest()[:16]
