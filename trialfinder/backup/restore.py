"""Puts a backup into a database: all of it, or nothing is changed.

One transaction empties the schema, makes the tables of the backup's release by its migrations, copies the
rows, counts and sums them again and migrates forward to this release. Until it commits the old state stands;
a kill or an error anywhere leaves it.
"""

import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.sql import emit_post_migrate_signal
from django.db import Error, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from trialfinder.backup import BackupError, archive, tables
from trialfinder.backup.archive import Manifest
from trialfinder.backup.make import fingerprint, kept_key

IN_USE = (
    "auth_user",
    "importers_importrun",
    "trials_registration",
    "trials_errorreport",
    "trials_subscription",
)
"""A database with a row in one of these is somebody's."""
SEALED = ("trials", "0027_sealed_second_factors")
"""In a backup since this migration the secrets of second factors are encrypted."""
WAIT = "10s"  # for others to let go of a table
_OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
# Besides tables: what migrations make by SQL of their own (0001_search_setup, 0023_data_version).
_LEFT_BEHIND = """
SELECT 'DROP FUNCTION ' || p.oid::regprocedure FROM pg_proc p
WHERE p.pronamespace = current_schema()::regnamespace AND NOT EXISTS (
    SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
)
UNION ALL
SELECT 'DROP TEXT SEARCH CONFIGURATION ' || quote_ident(cfgname) FROM pg_ts_config
WHERE cfgnamespace = current_schema()::regnamespace
"""


def check(path: Path, key: str = "") -> Manifest:
    """Read a backup whole and hold it against its manifest and this release. Raises `BackupError`."""
    with archive.reading(path, key) as source:
        return _fitting(source)


def restore(path: Path, key: str = "", replace: bool = False) -> list[str]:
    """Put a backup into the database, and return what the person should know besides. Raises `BackupError`.

    `replace`: what is there now is thrown away.
    """
    with archive.reading(path, key) as source:
        manifest = _fitting(source)
        secret = source.read(archive.SECRET_KEY) if archive.SECRET_KEY in source.namelist() else b""
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                tables.settle(cursor)
                cursor.execute(f"SET LOCAL lock_timeout = '{WAIT}'")
                _refuse_if_others_use_it(cursor)
                _make_room(cursor, replace)
                _fill(cursor, source, manifest)
                with _key_of(secret):
                    _bring_forward(cursor)
        except Error as error:
            raise BackupError(f"Nothing was changed: {str(error).strip() or type(error).__name__}") from error
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return [*_take_key(secret), *_about_key(manifest, secret)]


def _fitting(source: zipfile.ZipFile) -> Manifest:
    manifest = archive.checked(source)
    known = MigrationLoader(None).disk_migrations or {}
    if unknown := set(manifest.migrations) - set(known):
        first = ".".join(sorted(unknown)[0])
        raise BackupError(f"{archive.newer(manifest.version)} This one does not know {first}.")
    return manifest


def _refuse_if_others_use_it(cursor: CursorWrapper) -> None:
    cursor.execute(_OTHERS)
    if others := cursor.fetchone()[0]:
        raise BackupError(f"The database is in use by {others} other connections: stop the site first.")


def _make_room(cursor: CursorWrapper, replace: bool) -> None:
    """Empty the schema, unless that would throw away what nobody asked to throw away."""
    there = tables.existing(cursor)
    if not there:
        return
    loader = MigrationLoader(connection)
    if not set(loader.applied_migrations) <= set(loader.graph.nodes):
        raise BackupError(
            "The database belongs to a newer release than this one: restore into an empty database."
        )
    state = loader.project_state(list(loader.applied_migrations))
    ours = tables.of_state(state) | {tables.KEPT_BY_DJANGO, *tables.EMPTIED}
    if strange := there - ours:
        raise BackupError(
            f"The database also holds tables of something else ({', '.join(sorted(strange)[:5])}): "
            "restore into a database of its own."
        )
    used = [table for table in IN_USE if table in there and _has_rows(cursor, table)]
    if used and not replace:
        raise BackupError("The database is not empty. To throw away what is in it: --replace")
    _drop(cursor, there)


def _has_rows(cursor: CursorWrapper, table: str) -> bool:
    cursor.execute(f"SELECT EXISTS (SELECT FROM {tables.quoted(table)})")  # noqa: S608
    return bool(cursor.fetchone()[0])


def _drop(cursor: CursorWrapper, names: Iterable[str]) -> None:
    cursor.execute(f"DROP TABLE {tables.quoted(*names)} CASCADE")
    cursor.execute(_LEFT_BEHIND)
    for (statement,) in cursor.fetchall():
        cursor.execute(statement)


def _fill(cursor: CursorWrapper, source: zipfile.ZipFile, manifest: Manifest) -> None:
    """The tables of the backup's release, with its rows, summed again as the database gives them back."""
    _migrate(_last_of_each_app(manifest.migrations))
    tables.empty(cursor, tables.existing(cursor) - {tables.KEPT_BY_DJANGO})
    for name, entry in manifest.tables.items():
        with source.open(archive.member(name)) as file:
            tables.copy_in(cursor, name, entry, file)
    wrong = [name for name, entry in manifest.tables.items() if tables.copy_out(cursor, name) != entry]
    if wrong:
        raise BackupError(
            f"Nothing was changed: the database gives back other rows of {', '.join(sorted(wrong))}."
        )
    _settle_constraints()


def _bring_forward(cursor: CursorWrapper) -> None:
    """To this release, as `manage.py migrate` does; what browsers keep of the state before is out of date."""
    _migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)
    cursor.execute(
        "UPDATE trials_dataversion SET number = greatest(number + 1, extract(epoch FROM now())::bigint)"
    )


def _last_of_each_app(migrations: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those that no other one of the same app follows."""
    nodes = MigrationLoader(None).graph.node_map
    passed = {parent.key for key in migrations for parent in nodes[key].parents if parent.key[0] == key[0]}
    return [key for key in migrations if key not in passed]


def _migrate(targets: list[tuple[str, str]]) -> None:
    MigrationExecutor(connection, progress_callback=_after_each).migrate(targets)


def _after_each(action: str, *_: object) -> None:
    if action == "apply_success":
        _settle_constraints()


def _settle_constraints() -> None:
    """A table cannot be altered while deferred constraints and triggers of the transaction wait for it."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def _key_of(secret: bytes) -> Iterator[None]:
    """A migration that encrypts does so with the key with which the site will go on."""
    before = settings.FOLLOW_KEY
    if secret and before == settings.SECRET_KEY and _made_its_own_key():
        settings.FOLLOW_KEY = secret.decode()
    try:
        yield
    finally:
        settings.FOLLOW_KEY = before


def _made_its_own_key() -> bool:
    return kept_key().exists() and kept_key().read_text() == settings.SECRET_KEY


def _take_key(secret: bytes) -> list[str]:
    """Where both sites made their own key, this one goes on with that of the backup."""
    kept = kept_key()
    if not secret or secret.decode() == settings.SECRET_KEY:
        return []
    if not _made_its_own_key():
        return ["SECRET_KEY is set here, so the key in the backup was not taken."]
    fresh = kept.with_name("secret_key.restored")
    fresh.touch(mode=0o600)
    fresh.write_bytes(secret)
    fresh.replace(kept)
    return [f"{kept} is now the one of the backup."]


def _about_key(manifest: Manifest, secret: bytes) -> list[str]:
    """What FOLLOW_KEY encrypts, which a backup does not hold."""
    by_default = settings.FOLLOW_KEY == settings.SECRET_KEY
    taken = by_default and kept_key().exists() and kept_key().read_bytes() == secret
    same = manifest.follow_key == fingerprint(secret.decode() if taken else settings.FOLLOW_KEY)
    if same:
        return []
    lost = []
    if _holds(manifest, "trials_subscription"):
        lost.append("people who follow a search get no mail.")
    if _holds(manifest, "mfa_authenticator") and SEALED in manifest.migrations:
        lost.append("staff need a new second factor (manage.py reset_second_factor EMAIL).")
    return [f"FOLLOW_KEY is another one than when the backup was made: {words}" for words in lost]


def _holds(manifest: Manifest, table: str) -> bool:
    return table in manifest.tables and manifest.tables[table].rows > 0
