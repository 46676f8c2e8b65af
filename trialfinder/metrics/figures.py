"""What stands in the database and the queue at the moment of asking. A handful of statements."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily, Metric

from importers.models import ImportProblem, ImportRun
from importers.runs import heartbeat
from trialfinder import broker
from trials import registries
from trials.models import FollowMail, RegistrySource, Trial

DAY = timedelta(days=1)


class Figures:
    """A collector as `prometheus_client` wants it."""

    def collect(self) -> Iterator[Metric]:
        yield _one("trialfinder_listed_trials", "Trials the public can find.", Trial.objects.listed().count())
        yield from _registries()
        yield _runs()
        problems = ImportProblem.objects.filter(minor=False, retried_in=None, run__created_at__gt=_ago(7))
        yield _one("trialfinder_import_problems", "Records of the last 7 days not taken.", problems.count())
        waiting = FollowMail.objects.filter(state=FollowMail.State.WAITING)
        yield _one("trialfinder_mails_waiting", "Mails to followers not sent yet.", waiting.count())
        seen = heartbeat.last_seen()
        yield _one(
            "trialfinder_worker_seen_timestamp_seconds", "Last sign of life of a worker.", _seconds(seen)
        )
        yield from _queue()


def _registries() -> Iterator[Metric]:
    known = RegistrySource.objects.in_bulk()
    read = GaugeMetricFamily(
        "trialfinder_registry_read_timestamp_seconds",
        "End of the last complete reading of the registry itself; 0: never.",
        labels=["registry"],
    )
    late = GaugeMetricFamily(
        "trialfinder_registry_late", "1 where a good reading should have come by now.", labels=["registry"]
    )
    for slug in registries.slugs():
        source = known.get(slug) or RegistrySource(registry=slug)
        read.add_metric([slug], _seconds(source.last_good_at))
        late.add_metric([slug], float(source.is_late))
    yield from (read, late)


def _runs() -> Metric:
    runs = GaugeMetricFamily(
        "trialfinder_import_runs", "Imports begun in the last 24 hours.", labels=["registry", "status"]
    )
    rows = ImportRun.objects.filter(created_at__gt=timezone.now() - DAY).values_list("registry", "status")
    for registry, status, number in rows.annotate(Count("id")).order_by("registry", "status"):
        runs.add_metric([registry, status], number)
    return runs


def _queue() -> Iterator[Metric]:
    """Nothing where the queue does not answer: a figure that is missing raises an alarm of its own."""
    depth = broker.depth(settings.CELERY_TASK_DEFAULT_QUEUE)
    yield _one("trialfinder_queue_up", "1 where the queue answers.", float(depth is not None))
    if depth is not None:
        yield _one("trialfinder_queue_tasks", "Tasks that no worker has taken yet.", depth)


def _one(name: str, about: str, value: float) -> Metric:
    return GaugeMetricFamily(name, about, value=value)


def _seconds(at: datetime | None) -> float:
    return at.timestamp() if at else 0.0


def _ago(days: int) -> datetime:
    return timezone.now() - days * DAY
