"""Key eligibility in patients' words: what people most often fail on, as the registry states it.

`importers.classify.eligibility` decides the values: `allowed`, `excluded`, `not_stated`, or a number as
text, each with the sentence that says so. Here they only get their words; nothing is concluded.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

NOT_STATED = "not_stated"


@dataclass(frozen=True, slots=True)
class Facet:
    """What is asked about. A question with `%s` is about a number."""

    slug: str
    name: Promise
    question: Promise


FACETS = (
    Facet("prior_car_t", _("CAR T treatment before"), _("Has the patient had CAR T treatment before?")),
    Facet(
        "prior_same_target",
        _("Treatment against the same antigen before"),
        _("Has the patient had another treatment against the same antigen?"),
    ),
    Facet(
        "cns_disease",
        _("Cancer in the brain or spinal fluid"),
        _("Is there cancer in the brain or the spinal fluid?"),
    ),
    Facet(
        "prior_allo_sct",
        _("Transplant from a donor before"),
        _("Has the patient had a stem cell or bone marrow transplant from a donor?"),
    ),
    Facet("hepatitis_b_c", _("Hepatitis B or C"), _("Does the patient have hepatitis B or C?")),
    Facet("hiv", _("HIV"), _("Does the patient have HIV?")),
    Facet(
        "autoimmune_active",
        _("Active autoimmune disease"),
        _("Does the patient have an active autoimmune disease?"),
    ),
    Facet("pregnancy", _("Pregnant or breastfeeding"), _("Is the patient pregnant or breastfeeding?")),
    Facet(
        "min_prior_lines",
        _("Earlier treatments needed, at least"),
        _("Has the patient had this many different treatments for this disease, or more: %s?"),
    ),
    Facet(
        "ecog_max",
        _("Highest ECOG score (0 active, 4 always in bed)"),
        _("Is the patient's ECOG score (0 is fully active, 4 is always in bed) this or lower: %s?"),
    ),
)


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """One facet of one trial. `words` says it to people, `quote` is the registry's sentence."""

    slug: str
    name: str
    question: str
    value: str
    words: str
    quote: str

    @property
    def is_stated(self) -> bool:
        return self.value != NOT_STATED


def key_points(eligibility: Mapping[str, Any]) -> list[KeyPoint]:
    """Every facet in a fixed order; one that is missing, or that nothing understands, is not stated."""
    return [_point(facet, eligibility.get(facet.slug) or {}) for facet in FACETS]


def _point(facet: Facet, told: Mapping[str, str]) -> KeyPoint:
    numeric = facet.slug in ("min_prior_lines", "ecog_max")
    written = str(told.get("value", ""))
    known = written.isdecimal() if numeric else written in ("allowed", "excluded")
    value = written if known else NOT_STATED
    words = {
        "allowed": gettext("allowed"),
        "excluded": gettext("not allowed"),
        NOT_STATED: gettext("not stated"),
    }
    question = str(facet.question) % value if numeric else str(facet.question)
    quote = str(told.get("quote", "")) if known else ""
    return KeyPoint(facet.slug, str(facet.name), question, value, words.get(value, value), quote)
