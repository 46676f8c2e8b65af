"""What is left of people who signed in or tried to, erased when it is over (`trialfinder.retention`)."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connection


def erase_sessions(before: datetime) -> int:
    return Session.objects.filter(expire_date__lte=before).delete()[0]


def erase_addresses(before: datetime) -> int:
    """Of sessions that are no more: people may have signed out, or ended them on another device."""
    live = Session.objects.filter(expire_date__gt=before).values("session_key")
    erased: int = UserSession.objects.exclude(session_key__in=live).delete()[0]
    return erased


def erase_tries(before: datetime) -> int:
    """Django looks at what has expired only when somebody asks for it again, or when there is too much."""
    table = connection.ops.quote_name(caches["default"]._table)  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires <= %s", [before])  # noqa: S608
        return int(cursor.rowcount)
