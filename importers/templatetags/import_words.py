"""The words of an import for people: its state, its fields, what differs."""

import difflib
import re
from collections import Counter
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from importers.models import ImportRun
from importers.runs import guards
from trials.choices import Facet

register = template.Library()
Status = ImportRun.Status
MOST_WORDS = 4000
"""Texts longer than this are shown as a whole: comparing them word by word takes too long."""
STATUS_CLASSES = {
    Status.SUCCEEDED: "open",
    Status.PARTIAL: "wait",
    Status.HELD: "alert",
    Status.FAILED: "alert",
    Status.CANCELLED: "shut",
    Status.QUEUED: "shut",
    Status.RUNNING: "busy",
}
OUTCOMES = {
    "answered": _("answered"),
    "halved": _("asked again in two parts"),
    "refused": _("refused by the registry"),
    "too_many": _("finds too much, left out"),
}
"""What became of a question, by the words of `importers.registries.ctgov.Question`."""
FIELDS = {
    "title": _("Title"),
    "official_title": _("Official title"),
    "acronym": _("Acronym"),
    "summary": _("Summary"),
    "description": _("Description"),
    "status": _("Status"),
    "why_stopped": _("Why it stopped"),
    "phases": _("Phase"),
    "role": _("Role"),
    "conditions": _("Conditions"),
    "targets": _("Targets"),
    "products": _("Products"),
    "cell_source": _("Cell source"),
    "eligibility": _("Who can join"),
    "inclusion": _("Who can join"),
    "exclusion": _("Who cannot join"),
    "min_age_years": _("Lowest age"),
    "max_age_years": _("Highest age"),
    "min_age": _("Lowest age"),
    "max_age": _("Highest age"),
    "sex": _("Sex"),
    "sponsor": _("Sponsor"),
    "countries": _("Countries"),
    "last_updated": _("Last update"),
    "start": _("Start"),
    "primary_completion": _("Primary completion"),
    "completion": _("Completion"),
    "verified": _("Verified"),
    "enrollment": _("Participants"),
    "enrollment_reached": _("Participants who joined"),
    "duration_months": _("Planned length in months"),
    "interventions": _("Interventions"),
    "arms": _("Arms"),
    "outcomes": _("Outcomes"),
    "contacts": _("Contacts"),
    "officials": _("Officials"),
    "secondary_ids": _("Other numbers"),
    "aliases": _("Former numbers"),
}


@register.filter
def run_class(status: str) -> str:
    """The colour of a run's badge."""
    return STATUS_CLASSES[Status(status)]


@register.filter
def doubt_words(doubt: dict[str, Any]) -> str:
    """Why a run is held, in a sentence."""
    return guards.words(doubt["code"], doubt["values"])


@register.filter
def field_words(name: str) -> str:
    """A field of a record in words; an unnamed one by its own name."""
    kind, _sep, place = name.partition(": ")
    if place and kind == "site":
        return gettext("Site: %s") % place
    if place in Facet.values:
        return str(Facet(place).label)
    return str(FIELDS.get(name, name.replace("_", " ")))


@register.filter
def duration(seconds: float) -> str:
    """Wall time as people say it."""
    whole = round(seconds)
    if whole < 60:
        return ngettext("%d second", "%d seconds", whole) % whole
    if whole < 3600:
        return gettext("%(minutes)d min %(seconds)d s") % {"minutes": whole // 60, "seconds": whole % 60}
    return gettext("%(hours)d h %(minutes)d min") % {"hours": whole // 3600, "minutes": whole % 3600 // 60}


@register.filter
def plain(value: Any) -> str:
    """A JSON value on one line: lists and objects by their parts."""
    return _text(value)


@register.simple_tag
def difference(change: dict[str, Any]) -> SafeString:
    """A field before and after: texts word by word, lists item by item, all else as it is."""
    before, after = change["before"], change["after"]
    if isinstance(before, list) and isinstance(after, list):
        return _lists(before, after)
    old, new = _text(before), _text(after)
    if len(old.split()) > MOST_WORDS or len(new.split()) > MOST_WORDS or not (old and new):
        return _marked([("del", _shortened(old, 800)), ("ins", _shortened(new, 800))])
    return _words(old, new)


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(filter(None, map(_text, value.values())))
    if isinstance(value, list):
        return ", ".join(filter(None, map(_text, value)))
    return "" if value is None else str(value)


def _lists(before: list[Any], after: list[Any]) -> SafeString:
    old, new = (Counter(filter(None, map(_text, items))) for items in (before, after))
    marks = [("del", item) for item in (old - new).elements()]
    marks += [("ins", item) for item in (new - old).elements()]
    lines = format_html_join("", "<div>{}</div>", ((_marked([mark]),) for mark in marks))
    return lines or _marked([("", gettext("another order"))])


def _words(old: str, new: str) -> SafeString:
    """One text with what went struck out and what came underlined."""
    a, b = re.findall(r"\s+|\S+", old), re.findall(r"\s+|\S+", new)
    parts: list[tuple[str, str]] = []
    for kind, i, j, k, m in difflib.SequenceMatcher(None, a, b).get_opcodes():
        if kind == "equal":
            parts.append(("", _shortened("".join(a[i:j]))))
        else:
            parts += [("del", _shortened("".join(a[i:j]), 400)), ("ins", _shortened("".join(b[k:m]), 400))]
    return _marked(parts)


def _shortened(text: str, longest: int = 160) -> str:
    """The ends of a long stretch; the raw copies hold it all."""
    end = longest // 2
    return text if len(text) <= longest else f"{text[:end]} … {text[-end:]}"


def _marked(parts: list[tuple[str, str]]) -> SafeString:
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<{0}>{1}</{0}>", SafeString(tag), text) if tag else conditional_escape(text),)
            for tag, text in parts
            if text
        ),
    )


@register.filter
def outcome_words(outcome: str) -> str:
    """What became of a question of a sweep."""
    return str(OUTCOMES.get(outcome, outcome))
