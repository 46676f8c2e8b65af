"""What must be set before a public site starts, beyond what `environment.py` refuses at once."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.db import connections

from trialfinder.environment import Mode

QUIET = {
    "log_min_messages": ("log", "fatal", "panic"),
    "log_min_error_statement": ("log", "fatal", "panic"),
    "log_min_duration_statement": ("-1",),
    "log_statement": ("none", "ddl"),
}
"""Settings of PostgreSQL, and the values with which it logs no statement that a visitor's words stand in."""


def mail(**_: Any) -> list[CheckMessage]:
    """A public site that sends mail must say whom it comes from: others refuse mail from `localhost`."""
    sends = not settings.EMAIL_BACKEND.endswith("console.EmailBackend")
    if settings.MODE is not Mode.PRODUCTION or not sends or settings.EMAIL_FROM:
        return []
    hint = "Set EMAIL_FROM, such as: CAR T trial finder <news@trials.example.org>"
    return [Error("EMAIL_URL is set and EMAIL_FROM is not.", hint=hint, id="trialfinder.E001")]


def statement_logs(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """A database server of one's own logs statements that fail, with what a visitor typed about an illness.

    Looked at by `manage.py migrate`, which each release begins with.
    """
    if settings.MODE is not Mode.PRODUCTION or not databases:
        return []
    with connections[databases[0]].cursor() as cursor:
        cursor.execute(
            "SELECT name, setting FROM pg_settings WHERE name = ANY(%s) ORDER BY name", [list(QUIET)]
        )
        loud = [name for name, value in cursor.fetchall() if value not in QUIET[name]]
    if not loud:
        return []
    said = f"PostgreSQL may log what visitors typed: {', '.join(loud)}."
    hint = "docs/deploy/README.md has the three statements that stop it."
    return [Warning(said, hint=hint, id="trialfinder.W001")]
