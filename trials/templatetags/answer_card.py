"""The answer card and the three strengths of what is known, in templates; links that keep the context."""

from collections.abc import Sequence
from urllib.parse import parse_qsl, quote

from django import template
from django.template.context import Context
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from trials.catalogue.certainty import certainty
from trials.display import months_ago
from trials.explain.first_call import what_to_say
from trials.views.situation import situation_of

register = template.Library()
register.filter(certainty)
register.filter(months_ago)


@register.simple_tag(takes_context=True)
def along(context: Context, mark: str = "?") -> SafeString:
    """What the visitor said of the patient, for the end of a link; `mark` is `&` where it has a query.

    Safe: the parameters are percent-encoded and the result escaped for HTML.
    """
    query = situation_of(context).query
    return conditional_escape(f"{mark}{query}") if query else mark_safe("")


@register.simple_tag(takes_context=True)
def along_fields(context: Context, *but: str) -> SafeString:
    """The same as hidden fields of a form; `but` are those the form asks for itself."""
    pairs = [(name, value) for name, value in parse_qsl(situation_of(context).query) if name not in but]
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)


@register.simple_tag(takes_context=True)
def first_call(context: Context, number: str) -> list[str]:
    """Three sentences to say on the phone about the trial of this number."""
    situation = situation_of(context)
    return what_to_say(number, situation.age, situation.conditions)


@register.filter
def as_message(sentences: Sequence[str]) -> str:
    """Sentences as the text of a message, ready for a link's query."""
    return quote(" ".join(sentences), safe="")
