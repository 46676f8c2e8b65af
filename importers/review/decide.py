"""A person's word on the labels of one registration: over the rules, through every import, until undone."""

import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from trials.catalogue.compose import refresh
from trials.catalogue.labels import AXES, ELIGIBILITY
from trials.models import LabelCorrection, Registration

Labels = Mapping[str, Any]
"""`{axis: value}`; a value of None gives the axis back to the rules."""


class LabelsChangedError(Exception):
    """The record or its labels changed since the person saw them."""


def version(registration: Registration) -> str:
    """What a person saw: the record's content, the rules' labels and people's decisions."""
    seen = [
        registration.content_hash,
        registration.corrected,
        *(getattr(registration, axis) for axis in AXES),
    ]
    return hashlib.sha256(msgspec.json.encode(seen, order="sorted")).hexdigest()[:16]


@transaction.atomic
def decide(registration_id: int, labels: Labels, *, seen: str, who: User, why: str = "") -> int:
    """Note what a person says and show it to the public; returns how many axes that changed.

    Of eligibility `labels` holds the facets decided now; those decided earlier stay. Raises
    `LabelsChangedError` where the record is no longer what the person saw (`seen` is its `version`).
    """
    registration = Registration.objects.select_for_update().get(pk=registration_id)
    if version(registration) != seen:
        raise LabelsChangedError
    changed = 0
    for axis, value in labels.items():
        after = _with_earlier_facets(registration, value) if axis == ELIGIBILITY else value
        changed += _set(registration, axis, after, who, why)
    _publish(registration)
    return changed


@transaction.atomic
def undo(correction: LabelCorrection, *, who: User) -> bool:
    """Bring back what one correction replaced. False where something else was decided since."""
    registration = Registration.objects.select_for_update().get(pk=correction.registration_id)
    if registration.corrected.get(correction.axis) != correction.after:
        return False
    _set(registration, correction.axis, correction.before, who, "")
    _publish(registration)
    return True


def _with_earlier_facets(
    registration: Registration, value: Mapping[str, Any] | None
) -> dict[str, Any] | None:
    return None if value is None else registration.corrected.get(ELIGIBILITY, {}) | value


def _set(registration: Registration, axis: str, after: Any, who: User, why: str) -> bool:
    before = registration.corrected.get(axis)
    if before == after:
        return False
    if after is None:
        del registration.corrected[axis]
    else:
        registration.corrected[axis] = after
    LabelCorrection.objects.create(
        registration=registration, axis=axis, before=before, after=after, why=why, by=who
    )
    return True


def _publish(registration: Registration) -> None:
    registration.save(update_fields=["corrected"])
    refresh([registration.trial_id], timezone.now())
