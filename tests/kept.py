"""A catalogue of one trial whose pages are kept, for tests."""

from pathlib import Path

from django.db import connection
from django.utils import timezone

from tests.builders import make_trial, site
from trials.models import RegistrySource


def fill() -> None:
    """One trial at one hospital, of a registry that was read."""
    RegistrySource.objects.create(registry="ctgov", last_good_at=timezone.now())
    make_trial("NCT00000001", title="The first title", sites=[site("Own Hospital", "Mumbai")])
    commit()


def commit() -> None:
    """What the end of a transaction would do: count the version up."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SELECT set_config('trialfinder.counted', '', true)")


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
