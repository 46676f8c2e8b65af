"""Registry text, registry dates and the reasons for our labels in templates."""

from collections.abc import Callable
from datetime import date

from django import template
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from trials.criteria import registry_html
from trials.templatetags.trial_words import cell_source_label, condition_label, role_label

register = template.Library()

AXES = {
    "role": _("Kind of study"),
    "conditions": _("Disease"),
    "targets": _("The CAR T cells look for"),
    "products": _("Product"),
    "cell_source": _("Made from"),
    "eligibility": _("Key eligibility"),
}
ANSWERS = {"allowed": _("can join"), "excluded": _("cannot join")}
LABELS: dict[str, Callable[[str], str]] = {
    "role": role_label,
    "conditions": condition_label,
    "targets": str,
    "products": str,
    "cell_source": cell_source_label,
    "eligibility": lambda value: str(ANSWERS.get(value, value)),
}


@register.filter
def registry_text(text: str) -> SafeString:
    """The registry's paragraphs and lists, escaped; glossary words are explained in the page's language."""
    return registry_html(text, get_language() or "en")


@register.filter
def partial_date(written: str | None) -> str:
    """`2026`, `2026-05` or `2026-05-31` in words, as precise as the registry gives it."""
    parts = [int(part) for part in (written or "").split("-") if part]
    if not parts:
        return ""
    if len(parts) == 1:
        return str(parts[0])
    day = date(parts[0], parts[1], parts[2] if len(parts) == 3 else 1)
    return date_format(day, "DATE_FORMAT" if len(parts) == 3 else "YEAR_MONTH_FORMAT")


@register.filter
def axis_words(axis: str) -> str:
    """What a label is about."""
    return str(AXES[axis])


@register.filter
def label_words(label: str, axis: str) -> str:
    """A label of `classify` in patients' words."""
    return LABELS[axis](label)


@register.filter
def contact_role(role: str) -> str:
    """`SUB_INVESTIGATOR` as words. ClinicalTrials.gov calls everybody else CONTACT: that says nothing."""
    return "" if role == "CONTACT" else role.replace("_", " ").capitalize()
