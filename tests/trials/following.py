"""Subscriptions and events for tests of following."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.builders import AT
from trials.follow.addresses import encrypted, hashed
from trials.models import Subscription, Trial, TrialEvent

ASHA = "asha@example.org"


def follows(what: str = "search", about: str = "", address: str = ASHA, **columns: Any) -> Subscription:
    """A confirmed subscription."""
    now = timezone.now()
    defaults: dict[str, Any] = {
        "language": "en",
        "pace": "at-once",
        "created_at": now,
        "confirmed_at": now,
        "consent_at": now,
        "consent_version": "test",
    }
    return Subscription.objects.create(
        what=what,
        about=about,
        address=encrypted(address),
        address_hash=hashed(address),
        **(defaults | columns),
    )


def event(trial: Trial, kind: str = TrialEvent.Kind.STATUS_CHANGED, **columns: Any) -> TrialEvent:
    """Something that happened to a trial."""
    return TrialEvent.objects.create(trial=trial, kind=kind, at=AT + timedelta(days=1), **columns)
