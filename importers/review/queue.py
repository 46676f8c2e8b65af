"""Which registrations a person may want to look at: those that wait, by role, and those decided."""

from django.db.models import CharField, F, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from trials.catalogue.labels import undecided
from trials.models import Registration

WAITING, DECIDED = "waiting", "decided"


def waiting() -> list[int]:
    """Primary keys of registrations that contradict themselves, newest first. Few: rules decide most."""
    rows = Registration.objects.exclude(undecided=[]).filter(gone_at=None).order_by("-changed_at", "pk")
    return [row.pk for row in rows.only("undecided", "corrected", "changed_at") if undecided(row)]


def decided() -> QuerySet[Registration]:
    """Registrations of which people decided something."""
    return Registration.objects.exclude(corrected={}).order_by("-changed_at", "pk")


def with_role(role: str) -> QuerySet[Registration]:
    """Registrations with this role, by a person's word or the rules'; newest first."""
    counted = Coalesce(KT("corrected__role"), F("role"), output_field=CharField())
    return (
        Registration.objects.annotate(decided_role=counted)
        .filter(decided_role=role)
        .order_by(F("last_updated").desc(nulls_last=True), "pk")
    )
