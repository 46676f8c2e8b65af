"""What stands for everything a public answer can say: where it is the same, the answer is."""

from django.db import connection
from django.utils import timezone

from trialfinder.version import edition
from trials.models import DataVersion

_NUMBER = f"SELECT number FROM {DataVersion._meta.db_table}"  # noqa: S608


def data_version() -> str:
    """`<number>-<edition>-<hour>`: of the stored data, of the code and its settings, and the hour in India.

    Read it before the data of an answer that is kept under it: data that change in between are then kept
    under an older version, which nobody asks for any more. The hour stands for all that only time changes,
    such as "3 days ago" or that a registry is late. One statement, without Django's making of it: it is asked
    before every page.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NUMBER)
        row = cursor.fetchone()
    return f"{row[0] if row else 0}-{edition()}-{timezone.localtime():%Y%m%d%H}"
