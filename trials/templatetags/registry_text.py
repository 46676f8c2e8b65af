"""Registry text, registry dates and the reasons for our labels in templates."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from trials import display
from trials.explain.registry_html import registry_html

register = template.Library()
for function in (display.partial_date, display.axis_words, display.label_words, display.contact_role):
    register.filter(function)


@register.filter
def registry_text(text: str) -> SafeString:
    """The registry's paragraphs and lists, escaped; glossary words are explained in the page's language."""
    return registry_html(text, get_language() or "en")
