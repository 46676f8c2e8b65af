"""The words of the workspace: what a trial needs, what a hospital said and when."""

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trials.catalogue.own_words import own_contact
from trials.models import ProductAnswer, TrialSite
from trials.models.workspace import FRESH, HospitalAnswer, ListingEdit
from trials.workspace.forms import PART_LABELS
from trials.workspace.given import GivenRow
from trials.workspace.published import Listing

register = template.Library()
NEEDS = {
    "question": _("A visitor reported an error"),
    "registry_changed": _("The registry has changed since your words were written"),
    "unconfirmed": _("Not confirmed for 30 days"),
    "end_passed": _("The planned end has passed"),
}


@register.filter
def need_words(need: str) -> str:
    """Why a trial needs a coordinator."""
    return str(NEEDS[need])


@register.simple_tag
def word_of(site: TrialSite, now: datetime | None = None) -> str:
    """The hospital's last confirmation, its day, and whether it still counts."""
    now = now or timezone.now()
    if not site.confirmed or not site.confirmed_at:
        return gettext("Not yet confirmed by the hospital")
    words = {
        "said": HospitalAnswer(site.confirmed).label,
        "day": date_format(localtime(site.confirmed_at), "DATE_FORMAT"),
    }
    if now - site.confirmed_at >= FRESH:
        return gettext("The hospital said on %(day)s: %(said)s. That is too long ago to count.") % words
    if localtime(site.confirmed_at).date() == localtime(now).date():
        return gettext("Confirmed by the site today: %(said)s") % words
    return gettext("Confirmed by the site on %(day)s: %(said)s") % words


@register.simple_tag
def given_word(row: GivenRow) -> str:
    """What the hospital said last of an approved product, its day, and whether it still counts."""
    if row.word is None or row.word.said == ProductAnswer.NOT_SAID:
        return gettext("Your hospital has not said yet.")
    words = {
        "said": ProductAnswer(row.word.said).label,
        "day": date_format(localtime(row.word.at), "DATE_FORMAT"),
    }
    if row.is_old:
        return gettext("Said on %(day)s: %(said)s. That is too long ago to count. Say it again.") % words
    return gettext("Said on %(day)s: %(said)s.") % words


@register.filter
def parts(value: Any) -> list[tuple[str, str]]:
    """A value of a listing as lines: label and text; a value without parts has one line without a label."""
    if isinstance(value, dict):
        return [(str(label), value[name]) for name, label in PART_LABELS.items() if value.get(name)]
    return [("", value)] if value else []


@register.simple_tag
def site_words(listing: Listing, site: TrialSite) -> dict[str, Any]:
    """The hospital's own contact (as `_contacts.html` takes them), hours, languages and note."""
    texts = listing.at.get(site.site_id, {}) if listing and site.site_id else {}
    contact = texts.get(ListingEdit.Field.CONTACT, {})
    if not isinstance(contact, dict):
        return {}
    person = own_contact(contact)
    return {
        "contact": [person] if person else [],
        "hours": contact.get("hours", ""),
        "languages": contact.get("languages", ""),
        "note": texts.get(ListingEdit.Field.SITE_NOTE, ""),
    }


@register.simple_tag
def cost_words(listing: Listing, item: str) -> str:
    """What the hospital says of who pays for something; "" where it says nothing."""
    value = listing.pays.value if listing and listing.pays else {}
    return str(value.get(item, "")) if isinstance(value, dict) else ""
