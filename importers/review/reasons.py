"""Why a registration waits for a person, in words, and how far the rule that decided reaches."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trials.catalogue.labels import undecided
from trials.models import Registration
from trials.record import StoredEvidence

REASONS: dict[str, Promise] = {
    "role/code-named-cells": _(
        "Cells under a code name are given. The record does not say that they are CAR T cells."
    ),
    "role/code-without-cells": _(
        "The product's code is also that of a CAR T product, or is written beside an antigen."
    ),
    "role/engineered-cells": _(
        "Gene-modified lymphocytes are given. The record does not name their receptor."
    ),
    "role/no-type-stated": _("The record states neither a study type nor a phase."),
    "role/named-in-summary": _("The text names CAR T cells, but no sentence says that the study gives them."),
    "role/cells-as-device": _("CAR T cells are registered as a device or a test."),
    "conditions/against-target": _("The antigen and the disease do not go together."),
}
"""By rule; every rule that leaves a label to a person has one (tests/importers/test_review.py)."""


@dataclass(frozen=True, slots=True)
class Alike:
    """One rule that decided a label of this registration, and how many other records it decided alike."""

    axis: str
    label: str
    rule: str
    others: int


def reasons(registration: Registration) -> list[Promise]:
    """Why it waits, a sentence for each axis that does."""
    waiting = undecided(registration)
    evidence: list[StoredEvidence] = registration.evidence
    rules = [one["rule"] for one in evidence if one["axis"] in waiting]
    return [REASONS[rule] for rule in dict.fromkeys(rules) if rule in REASONS]


def alike(registration: Registration) -> list[Alike]:
    """Each rule of this registration with the number of other current records it gave the same label."""
    evidence: list[StoredEvidence] = registration.evidence
    keys = list(dict.fromkeys((one["axis"], one["label"], one["rule"]) for one in evidence))
    if not keys:
        return []
    counts = {
        f"n{place}": Count("pk", filter=Q(evidence__contains=[{"axis": axis, "label": label, "rule": rule}]))
        for place, (axis, label, rule) in enumerate(keys)
    }
    others = Registration.objects.filter(gone_at=None).exclude(pk=registration.pk).aggregate(**counts)
    return [Alike(*key, others[f"n{place}"]) for place, key in enumerate(keys)]
