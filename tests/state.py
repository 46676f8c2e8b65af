"""What the catalogue says, as one hash: two ways that lead to the same end have the same hash."""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, QuerySet

from trials.models import Registration, Trial, TrialSite

WHEN = {
    "fetched_at",
    "first_seen_at",
    "changed_at",
    "listed_at",
    "missing_since",
    "gone_at",
    "unreadable_since",
}
KEYS = {"id", "trial", "registration", "site", "search_vector"}
"""Numbers the database gives as it likes, and what follows from other columns."""


def catalogue_state() -> str:
    """SHA-256 over trials, registrations and sites, apart from when and under which number they came."""
    parts = [
        _rows(Trial.objects.order_by("primary_id")),
        _rows(Registration.objects.order_by("registry", "registry_id")),
        _rows(TrialSite.objects.order_by("registration__registry_id", "position")),
    ]
    return hashlib.sha256(json.dumps(parts, cls=DjangoJSONEncoder).encode()).hexdigest()


def _rows(rows: QuerySet[Any]) -> list[dict[str, Any]]:
    model: type[Model] = rows.model
    names = [field.name for field in model._meta.concrete_fields if field.name not in WHEN | KEYS]
    return [{name: getattr(row, name) for name in names} for row in rows]
