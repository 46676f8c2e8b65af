"""How long the database may work at one statement, and wait inside a transaction, for each part of the site.

Set on each connection as it is made: a pooler between may not take settings with the connection itself.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

OF_WEB = {"statement_timeout": "15s", "idle_in_transaction_session_timeout": "30s", "lock_timeout": "10s"}
"""A page that takes longer is of no use to its reader and keeps others waiting."""
OF_WORKER = {"statement_timeout": "15min", "idle_in_transaction_session_timeout": "15min"}
"""A whole registry may be compared in one statement; a transaction that hangs must end one day."""


def limit(limits: dict[str, str]) -> None:
    """From now on, every connection that this process makes has these limits."""

    def on_connection(connection: BaseDatabaseWrapper, **_: Any) -> None:
        with connection.cursor() as cursor:
            for name, value in limits.items():
                cursor.execute("SELECT set_config(%s, %s, false)", [name, value])

    connection_created.connect(on_connection, weak=False, dispatch_uid="statement-limits")
