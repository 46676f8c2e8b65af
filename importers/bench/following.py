"""How long it takes to find out who gets a mail: 5,000 subscriptions, 200 events. Nothing of it stays."""

import resource
from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle, islice, product
from pathlib import Path
from time import perf_counter
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from trials import vocabulary
from trials.choices import Role, Status
from trials.follow import collect, letters
from trials.follow.addresses import encrypted
from trials.models import FollowMail, Site, Subscription, Trial, TrialEvent

SUBSCRIPTIONS = 5_000
EVENTS = 200
LETTERS = 100
MOST_SECONDS = 10
MOST_MEGABYTES = 500


class _Undo(Exception):
    """Ends the transaction in which everything was invented."""


def report(_shared: Path) -> Iterator[str]:
    """Seconds, memory of the whole process and statements, with what they should be."""
    lines: list[str] = []
    with suppress(_Undo), transaction.atomic():
        lines += _measure()
        raise _Undo
    yield from lines


def _measure() -> Iterator[str]:
    _invent()
    statements = [0]

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements[0] += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        begin = perf_counter()
        mails = collect.collect(timezone.now())
        seconds = perf_counter() - begin
    searches = Subscription.objects.filter(what="search").values("about").distinct().count()
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield (
        f"follow: {SUBSCRIPTIONS} subscriptions ({searches} different searches), {EVENTS} events: "
        f"{mails} mails in {seconds:.1f} s (at most {MOST_SECONDS}), {statements[0]} statements, "
        f"{megabytes:.0f} MB (at most {MOST_MEGABYTES})"
    )
    begin = perf_counter()
    written = [letters.letter(mail) for mail in FollowMail.objects.select_related("subscription")[:LETTERS]]
    if written:
        yield f"follow: {1000 * (perf_counter() - begin) / len(written):.0f} ms to write a mail"


def _invent() -> None:
    """Trials of every disease, one event each; of 10 people 7 follow a search, 2 a trial, 1 a hospital."""
    now = timezone.now()
    Subscription.objects.all().delete()
    diseases = sorted(vocabulary.conditions())
    trials = Trial.objects.bulk_create(
        Trial(
            primary_id=f"NCT9{number:07}",
            registry_ids=[f"NCT9{number:07}"],
            title="CAR T cells",
            role=Role.GIVES_CAR_T,
            published=True,
            status=Status.RECRUITING,
            fetched_at=now,
            listed_at=now,
            conditions=[disease],
            answers_to=[disease],
        )
        for number, disease in enumerate(islice(cycle(diseases), EVENTS))
    )
    hospital = Site.objects.get_or_create(slug="bench", defaults={"hospital": "Bench", "city": "Pune"})[0]
    searches = [f"condition={disease}&age={age}" for disease, age in product(diseases, range(20, 80, 5))]
    about = zip(cycle(searches), cycle(trials), range(SUBSCRIPTIONS), strict=False)
    Subscription.objects.bulk_create(
        Subscription(
            what="search" if number % 10 < 7 else "trial" if number % 10 < 9 else "hospital",
            about=search if number % 10 < 7 else trial.primary_id if number % 10 < 9 else hospital.slug,
            language="en",
            pace="at-once",
            address=encrypted("bench@example.org"),
            address_hash=f"bench-{number}",
            created_at=now,
            confirmed_at=now,
            consent_at=now,
            consent_version="bench",
        )
        for search, trial, number in about
    )
    Subscription.objects.update(seen_event=collect.newest_event() or 0)
    TrialEvent.objects.bulk_create(
        TrialEvent(trial=trial, kind=TrialEvent.Kind.LISTED, at=now) for trial in trials
    )
