"""Joining two registrations to one trial, and taking that back. Nothing of either record is lost."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from importers.matching.candidates import pairs
from importers.matching.rules import Objection, Side, Verdict
from importers.models.links import Key, TrialLink
from trials import registries
from trials.catalogue.compose import compose, refresh
from trials.models import Registration, Trial, TrialEvent, TrialSite

State = TrialLink.State


def settle(registry: str, changed: Iterable[str], at: datetime, run_id: int) -> None:
    """After an import: note new pairs, join what is certain, and join again what came back."""
    ids = list(changed)
    if not ids:
        return
    known = {frozenset((link.first, link.second)): link for link in TrialLink.objects.all()}
    for first, second, verdict in pairs(registry, ids):
        _note(known.get(frozenset((first.key, second.key))), first, second, verdict)
    of_these = TrialLink.objects.filter(
        Q(first_registry=registry, first_id__in=ids) | Q(second_registry=registry, second_id__in=ids),
        state=State.LINKED,
    )
    for link in of_these.order_by("pk"):
        _join_stored(link, at, run_id)


def same(link: TrialLink, who: Any) -> None:
    """A person says that both are one trial."""
    _decide(link, State.LINKED, who, lambda at: _join_stored(link, at, None))


def not_same(link: TrialLink, who: Any) -> None:
    """A person says that they are two trials: for ever, and both have their own page again."""
    _decide(link, State.NOT_SAME, who, lambda at: _part(link, at))


def _decide(link: TrialLink, state: str, who: Any, then: Any) -> None:
    with transaction.atomic():
        locked = TrialLink.objects.select_for_update().get(pk=link.pk)
        now = timezone.now()
        locked.state, locked.decided_by, locked.decided_at = state, who, now
        locked.save()
        then(now)


def _note(link: TrialLink | None, first: Side, second: Side, verdict: Verdict) -> None:
    """Store what was found; what a person decided, or what is joined already, stands."""
    if link and (link.state != State.TO_DECIDE or link.decided_at):
        return
    link = link or TrialLink(
        first_registry=first.registry,
        first_id=first.registry_id,
        second_registry=second.registry,
        second_id=second.registry_id,
    )
    doubts = [*verdict.doubts]
    if verdict.is_certain and _is_joined_elsewhere(first.key, second.key):
        doubts.append(Objection.CHAIN)
    certain = verdict.is_certain and not doubts
    link.state = State.LINKED if certain else State.TO_DECIDE
    link.method, link.evidence, link.doubts = verdict.method, verdict.evidence[:1000], doubts
    link.save()


def _is_joined_elsewhere(first: Key, second: Key) -> bool:
    """Two numbers of the leading registry in one trial are never joined by rule: that makes wrong chains."""
    return any(key[0] == first[0] and key != first for key in _hanging_together(second))


def _pair(link: TrialLink) -> tuple[Registration, Registration] | None:
    """Both records, that of the higher precedence first; None where one is not stored."""
    (registry, number), (other_registry, other_number) = link.first, link.second
    rows = Registration.objects.filter(
        Q(registry=registry, registry_id=number) | Q(registry=other_registry, registry_id=other_number)
    )
    found = sorted(
        rows.order_by("id").select_for_update(),
        key=registries.rank,
    )
    return (found[0], found[1]) if len(found) == 2 else None


def are_together(link: TrialLink) -> bool:
    """Whether both records stand in one trial."""
    pair = _pair(link)
    return pair is not None and pair[0].trial_id == pair[1].trial_id


def _join_stored(link: TrialLink, at: datetime, run_id: int | None) -> None:
    """Bring both to the trial of the first record. Nothing where one is not stored (yet)."""
    pair = _pair(link)
    if pair is None or pair[0].trial_id == pair[1].trial_id:
        return
    kept, left = pair[0].trial_id, pair[1].trial_id
    _move(Registration.objects.filter(trial_id=left), kept)
    TrialEvent.objects.filter(trial_id=left).update(trial_id=kept)
    Trial.objects.filter(pk=left).delete()
    for registration in pair:
        other = pair[1] if registration is pair[0] else pair[0]
        TrialEvent.objects.create(
            trial_id=kept,
            registration=registration,
            kind=TrialEvent.Kind.LINKED,
            at=at,
            after=other.registry_id,
            import_run=run_id,
        )
    refresh([kept], at)


def _part(link: TrialLink, at: datetime) -> None:
    """Give the second record, and what hangs on it alone, a trial of its own again."""
    pair = _pair(link)
    if pair is None or pair[0].trial_id != pair[1].trial_id:
        return
    old = pair[0].trial_id
    together = _hanging_together(_key(pair[1]))
    leaving = [row for row in Registration.objects.filter(trial_id=old) if _key(row) in together]
    if _key(pair[0]) in together:  # another link holds them together: that one has to be decided too
        return
    sites = list(TrialSite.objects.filter(registration__in=leaving).select_related("site"))
    fresh = Trial(**compose(leaving, sites), listed_at=min(r.first_seen_at for r in leaving))
    fresh.primary_id = f"new of {old}"[:40]  # until the old one has given the number free
    fresh.save()
    events = Q(registration=pair[0], after=pair[1].registry_id)
    events |= Q(registration=pair[1], after=pair[0].registry_id)
    TrialEvent.objects.filter(events, kind=TrialEvent.Kind.LINKED).delete()
    _move(Registration.objects.filter(pk__in=[r.pk for r in leaving]), fresh.pk)
    TrialEvent.objects.filter(trial_id=old, registration__in=leaving).update(trial_id=fresh.pk)
    refresh([old], at)
    refresh([fresh.pk], at)


def _move(registrations: Any, trial_id: int) -> None:
    TrialSite.objects.filter(registration__in=registrations).update(trial_id=trial_id)
    registrations.update(trial_id=trial_id)


def _key(registration: Registration) -> Key:
    return registration.registry, registration.registry_id


def _hanging_together(key: Key) -> set[Key]:
    """Every registration that linked pairs connect with this one."""
    links = [(link.first, link.second) for link in TrialLink.objects.filter(state=State.LINKED)]
    found, size = {key}, 0
    while size < len(found):
        size = len(found)
        for pair in links:
            if found.intersection(pair):
                found.update(pair)
    return found
