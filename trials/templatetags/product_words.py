"""Approvals in words, and `{% approved_in_india condition %}` for pages that lead on from nothing."""

from collections.abc import Mapping

from django import template
from django.template.context import Context
from django.utils.translation import gettext

from trials.browse.given import GivingHospital, nearest_giving
from trials.browse.products import InTrials, ProductApprovals, approved_in
from trials.choices import INDIA
from trials.display import in_page_language
from trials.views.situation import situation_of
from trials.vocabulary.approvals import APPROVED, REPORTED, Approval

register = template.Library()


@register.inclusion_tag("trials/_approved_in_india.html", takes_context=True)
def approved_in_india(context: Context, condition: str = "", *, nearest: bool = True) -> dict[str, object]:
    """Products approved in India, for one condition's slug or any: information, set apart from trials.

    Each with the nearest hospital that gives it where the visitor's place is known; one query then.
    """
    situation = situation_of(context)
    return {
        "approved": approved_in(INDIA, condition or None),
        "condition": condition,
        "situation": situation,
        "giving": nearest_giving(situation.near) if nearest else {},
    }


@register.filter
def of_product(giving: Mapping[str, GivingHospital] | None, known: ProductApprovals) -> GivingHospital | None:
    """The nearest hospital that gives this product."""
    return giving.get(known.product.name) if giving else None


@register.filter
def indication(approval: Approval) -> str:
    """What it is approved for, in plain words."""
    return in_page_language(approval.indications)


@register.simple_tag
def standing(known: ProductApprovals, in_trials: InTrials) -> str:
    """Whether a product is approved somewhere, or reported so, in a trial that runs, or both."""
    words = {
        (APPROVED, True): gettext("Approved, and in trials"),
        (APPROVED, False): gettext("Approved"),
        (REPORTED, True): gettext("Reported as approved, and in trials"),
        (REPORTED, False): gettext("Reported as approved"),
        ("", True): gettext("In trials"),
        ("", False): gettext("No running trial listed"),
    }
    return words[known.standing, in_trials.running > 0]
