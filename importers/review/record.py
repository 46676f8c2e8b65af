"""One registration as the review page shows it: its words, the deciding ones marked, and its form."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from importers.review.forms import ReviewForm
from importers.review.reasons import alike, reasons
from trials import vocabulary
from trials.catalogue.labels import ELIGIBILITY
from trials.choices import Facet
from trials.models import Registration
from trials.record import Arm, Intervention, StoredEvidence, StoredFacet, StoredRecord

Written = str | Intervention | Arm | Sequence[str | Intervention | Arm]
LONGEST = 20_000
"""Characters of one field shown; the raw copy holds it all."""
FIELDS: tuple[tuple[str, Promise, Callable[[StoredRecord], Written]], ...] = (
    ("title", _("Title"), lambda record: record.title),
    ("official_title", _("Official title"), lambda record: record.official_title),
    ("conditions", _("Conditions"), lambda record: record.conditions),
    ("keywords", _("Keywords"), lambda record: record.keywords),
    ("interventions", _("Interventions"), lambda record: record.interventions),
    ("arms", _("Arms"), lambda record: record.arms),
    ("summary", _("Summary"), lambda record: record.summary),
    ("inclusion", _("Who can join"), lambda record: record.inclusion),
    ("exclusion", _("Who cannot join"), lambda record: record.exclusion),
    (
        "eligibility",
        _("Eligibility, as written"),
        lambda record: "" if record.has_divided_criteria else record.eligibility,  # else the same text again
    ),
)
"""Each field as `Evidence.field` names it, its label, and where a record holds it."""


@dataclass(frozen=True, slots=True)
class FacetFields:
    """The two fields of one facet: its value, and the sentence."""

    value: BoundField
    quote: BoundField
    decided: bool


def shown(registration: Registration, form: ReviewForm) -> dict[str, Any]:
    """What the template needs besides the registration and the form."""
    chosen = set(form["conditions"].value() or [])
    corrected = registration.corrected
    return {
        "texts": list(_texts(registration)),
        "groups": _groups(chosen),
        "facets": [
            FacetFields(form[name], form[f"{name}_quote"], name in corrected.get(ELIGIBILITY, {}))
            for name in Facet.values
        ],
        "corrected": corrected,
        "reasons": reasons(registration),
        "alike": alike(registration),
    }


def _texts(registration: Registration) -> Iterator[tuple[str, SafeString]]:
    """Each field that says something, the words that decided marked in it."""
    quotes: dict[str, set[str]] = {}
    evidence: StoredEvidence
    for evidence in registration.evidence:
        quotes.setdefault(evidence["field"], set()).add(evidence["quote"])
    facets: dict[str, StoredFacet] = registration.eligibility
    criteria = {facet["quote"] for facet in facets.values()}
    for name, label, written in FIELDS:
        text = "\n".join(_lines(written(registration.record)))[:LONGEST]
        if text:
            deciding = (
                criteria if name in ("inclusion", "exclusion", "eligibility") else quotes.get(name, set())
            )
            yield str(label), marked(text, deciding)


def _lines(value: Written) -> Iterator[str]:
    """A field as lines of text: a list item by item, an intervention or arm with all it says of itself."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Intervention):
        yield from (value.name, value.kind, value.description, *value.other_names)
    elif isinstance(value, Arm):
        yield from (value.label, value.kind, value.description, *value.interventions)
    else:
        for item in value:
            yield " · ".join(_lines(item))


def marked(text: str, quotes: Iterable[str]) -> SafeString:
    """The text, escaped, with every occurrence of these words marked; the longest where they overlap."""
    words = sorted({quote for quote in quotes if quote}, key=len, reverse=True)
    if not words:
        return conditional_escape(text)
    parts = re.split("(" + "|".join(map(re.escape, words)) + ")", text)
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", part) if n % 2 else part,) for n, part in enumerate(parts))
    )


def _groups(chosen: set[str]) -> list[tuple[str, list[tuple[str, bool]], bool]]:
    """Every condition under its group, whether it is chosen, and whether the group holds a chosen one."""
    groups: dict[str, list[tuple[str, bool]]] = {}
    for slug, condition in vocabulary.conditions().items():
        groups.setdefault(condition.group, []).append((slug, slug in chosen))
    return [(group, slugs, any(is_chosen for _slug, is_chosen in slugs)) for group, slugs in groups.items()]
