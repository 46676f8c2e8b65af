"""What people's public words add to a trial's page: reviewed, or the contact a site gives of itself."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef

from trials.models import Registration
from trials.models.workspace import ListingEdit, summary_field
from trials.workspace.edits import Value

Field = ListingEdit.Field


@dataclass(frozen=True, slots=True)
class Listing:
    """`summary` is in `language`: the page's where it was written in it, else English. `at` is by site."""

    summary: ListingEdit | None = None
    language: str = "en"
    pays: ListingEdit | None = None
    at: dict[int, dict[str, Value]] = field(default_factory=dict)


def has_public_words() -> Exists:
    """Of a registration: whether `public_listing` has to be asked at all."""
    words = ListingEdit.objects.filter(registration=OuterRef("pk"), state=ListingEdit.State.PUBLISHED)
    return Exists(words)


def public_listing(registrations: Sequence[Registration], language: str) -> Listing:
    """One query, none without a registration. Of several the first that has a word on something counts."""
    if not registrations:
        return Listing(language="en")
    rank = {registration.pk: place for place, registration in enumerate(registrations)}
    edits = ListingEdit.objects.filter(registration__in=registrations, state=ListingEdit.State.PUBLISHED)
    general: dict[str, ListingEdit] = {}
    at: dict[int, dict[str, Any]] = {}
    for edit in sorted(edits, key=lambda edit: rank[edit.registration_id], reverse=True):
        if edit.site_id is None:
            general[edit.field] = edit
        else:
            at.setdefault(edit.site_id, {})[edit.field] = edit.value
    wanted = general.get(summary_field(language))
    summary = wanted or general.get(summary_field("en"))
    return Listing(summary, language if wanted else "en", general.get(Field.PAYS), at)
