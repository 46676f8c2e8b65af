"""`manage.py export_words FILE`: what people said, apart from registries, as JSON that outlives this program.

The form is described in `docs/operations.md`. Trials go by registry and number, hospitals by their slug,
people by the number of their account: no names of accounts and no passwords. Nothing of visitors: what they
report can hold anything, and what followers follow is theirs.
"""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, Model
from django.utils import timezone

from importers.models import PlaceAnswer, TrialLink
from trialfinder.version import code_version
from trials.models import (
    ErrorReport,
    Hiding,
    LabelCorrection,
    ListingEdit,
    ProductGiven,
    Remark,
    SiteAssignment,
    SiteConfirmation,
)
from trials.models.reports import OF_STAFF

FORMAT = 1
TRIAL = {"registry": F("registration__registry"), "registry_id": F("registration__registry_id")}
SITE = {"hospital": F("site__slug")}
BY = {"person": F("by_id")}
KINDS: dict[str, tuple[type[Model], tuple[str, ...], dict[str, F]]] = {
    "listing_edits": (
        ListingEdit,
        ("pk", "field", "value", "base", "state", "created_at", "submitted_at", "decided_at"),
        TRIAL | SITE | {"person": F("author_id"), "decided_by_person": F("decided_by_id")},
    ),
    "remarks": (
        Remark,
        ("edit_id", "text", "at", "answer", "state"),
        BY | {"answered_by_person": F("answered_by_id")},
    ),
    "confirmations": (SiteConfirmation, ("said", "at", "via", "undone_at"), TRIAL | SITE | BY),
    "products_given": (ProductGiven, ("product", "said", "phone", "email", "at", "undone_at"), SITE | BY),
    "hidings": (Hiding, ("hidden", "reason", "at"), TRIAL | BY),
    "label_corrections": (LabelCorrection, ("axis", "before", "after", "why", "at"), TRIAL | BY),
    "place_answers": (
        PlaceAnswer,
        ("kind", "text", "within", "written", "hospital", "city", "state", "at"),
        BY,
    ),
    "trial_links": (
        TrialLink,
        ("first_registry", "first_id", "second_registry", "second_id", "state", "evidence", "decided_at"),
        {"person": F("decided_by_id")},
    ),
    "hospitals_of_coordinators": (SiteAssignment, ("at",), SITE | {"person": F("user_id")}),
    "missing": (ErrorReport, ("registry_id", "kind", "text", "state", "created_at"), BY),
}
# Links made by a rule are nobody's words; of reports, coordinators' alone are exported.
ONLY: dict[str, dict[str, Any]] = {
    "trial_links": {"decided_at__isnull": False},
    "missing": {"kind__in": OF_STAFF},
}


class Command(BaseCommand):
    help = "Export what people said as one JSON file, without accounts, passwords or addresses of visitors."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        words = {kind: list(_rows(kind)) for kind in KINDS}
        head = {"format": FORMAT, "made_at": timezone.now(), "version": code_version()}
        path: Path = options["file"]
        part = path.with_name(f"{path.name}.part")
        try:
            part.touch(mode=0o600)
            part.write_text(json.dumps(head | words, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
            part.replace(path)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
        self.stdout.write(", ".join(f"{kind} {len(rows)}" for kind, rows in words.items()))


def _rows(kind: str) -> Iterator[dict[str, Any]]:
    """Those of a kind, oldest first."""
    model, columns, named = KINDS[kind]
    chosen = model._default_manager.filter(**ONLY.get(kind, {})).order_by("pk")
    yield from chosen.values(*columns, **named)
