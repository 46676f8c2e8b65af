"""Trying a connection for the desk: asked for by a person, done by a worker, kept with its time."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from importers.connection.report import whole
from importers.models import ImportRun
from importers.models.connection import ConnectionTry
from importers.runs import circuit_breaker


def is_read_now(registry: str) -> bool:
    """Whether an import asks the registry at this moment: a second connection would be impolite."""
    return ImportRun.objects.filter(
        registry=registry,
        status=ImportRun.Status.RUNNING,
        stage=ImportRun.Stage.FETCHING,
        source=ImportRun.Source.REGISTRY,
    ).exists()


@transaction.atomic
def ask_for(registry: str, user: User) -> bool:
    """Note that the connection is to be tried. False where that is noted already."""
    row, made = ConnectionTry.objects.select_for_update().get_or_create(
        pk=registry, defaults={"asked_at": timezone.now(), "asked_by": user}
    )
    if made:
        return True
    if row.is_waiting:
        return False
    row.asked_at, row.asked_by, row.started_at, row.finished_at = timezone.now(), user, None, None
    row.save()
    return True


def give_up(registry: str) -> None:
    """Nobody will do it: the queue does not answer."""
    ConnectionTry.objects.filter(pk=registry, started_at=None).update(finished_at=timezone.now())


def carry_out(registry: str) -> None:
    """Try the connection, once for each time it was asked for."""
    now = timezone.now()
    waiting = ConnectionTry.objects.filter(pk=registry, started_at=None, finished_at=None)
    if not waiting.update(started_at=now):
        return
    report = whole(registry, circuit_breaker.access(registry, lambda: None, most_retries=0))
    ConnectionTry.objects.filter(pk=registry, started_at=now).update(
        report=report.as_json(), finished_at=timezone.now()
    )
