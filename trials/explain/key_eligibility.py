"""Key eligibility in patients' words: what people most often fail on, as the registry states it.

`importers.classify.eligibility` decides the values: `allowed`, `excluded`, or a number as text, each with
the sentence that says so. Here they only get their words; nothing is concluded.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trials.choices import NUMBERS, Facet
from trials.explain.key_limits import can_join, cannot_join
from trials.record import StoredFacet

QUESTIONS = {
    Facet.PRIOR_CAR_T: _("Has the patient had CAR T treatment before?"),
    Facet.PRIOR_SAME_TARGET: _("Has the patient had another treatment against the same antigen?"),
    Facet.CNS_DISEASE: _("Is there cancer in the brain or the spinal cord?"),
    Facet.PRIOR_ALLO_SCT: _("Has the patient had a stem cell or bone marrow transplant from a donor?"),
    Facet.HEPATITIS_B_C: _("Does the patient have hepatitis B or C?"),
    Facet.HIV: _("Does the patient have HIV?"),
    Facet.AUTOIMMUNE_ACTIVE: _("Does the patient have an autoimmune disease?"),
    Facet.PREGNANCY: _("Is the patient pregnant or breastfeeding?"),
    Facet.MIN_PRIOR_LINES: _("Has the patient had this many different treatments for this disease: %s?"),
    Facet.ECOG_MAX: _("Is the patient's ECOG score %s or lower? (0 is fully active, 4 is always in bed)"),
}

LIMITED = {"allowed": can_join, "excluded": cannot_join}


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """One facet of one trial. `words` says it to people, `quote` is the registry's sentence.

    `is_limited`: the answer does not hold for everybody, and the words say for whom. `value` is `allowed`,
    `excluded` or a number as text; "" where nothing is stated.
    """

    facet: Facet
    question: str
    is_stated: bool
    words: str
    quote: str
    is_limited: bool = False
    value: str = ""

    @property
    def is_barred(self) -> bool:
        """Whether it keeps people out, some or all."""
        return self.value == "excluded"

    @property
    def name(self) -> str:
        return str(self.facet.label)


def key_points(eligibility: Mapping[str, StoredFacet]) -> list[KeyPoint]:
    """Every facet in a fixed order; one that is missing, or that nothing understands, is not stated."""
    return [key_point(facet, eligibility.get(facet)) for facet in Facet]


def number_words(facet: Facet, value: str) -> str:
    """A number with its direction: the lines of treatment are the fewest, the ECOG score is the highest."""
    if facet == Facet.ECOG_MAX:
        return gettext("0 to %s") % value if int(value) else "0"
    return gettext("at least %s") % value


def key_point(facet: Facet, stored: StoredFacet | None) -> KeyPoint:
    """One facet; None where no record has it."""
    stored, question = stored or {"value": "", "quote": ""}, str(QUESTIONS[facet])
    value, quote = stored.get("value", ""), stored.get("quote", "")
    if facet in NUMBERS and value.isdecimal():
        return KeyPoint(facet, question % value, True, number_words(facet, value), quote, value=value)
    if facet not in NUMBERS and value in LIMITED:
        limit = stored.get("limit", "")
        plain = {"allowed": gettext("allowed"), "excluded": gettext("not allowed")}
        words = LIMITED[value](limit) if limit else plain[value]
        return KeyPoint(facet, question, True, words, quote, bool(limit), value)
    return KeyPoint(facet, question, False, gettext("not stated"), "")
