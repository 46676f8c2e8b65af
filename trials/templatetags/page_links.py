"""Links from a page to itself: in the other language, for browsers and search engines."""

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.template.context import Context
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info

register = template.Library()


@dataclass(frozen=True, slots=True)
class Language:
    """A language the page can be read in, by its own name, and where."""

    code: str
    name: str
    address: str


@register.simple_tag(takes_context=True)
def other_language(context: Context) -> Language:
    """The language the page is not in; the switch keeps the page and the query."""
    code = next(code for code, _name in settings.LANGUAGES if code != get_language())
    return Language(code, get_language_info(code)["name_local"], _address(context, code))


def _address(context: Context, code: str) -> str:
    request = context.get("request")
    return translate_url(request.get_full_path(), code) if request else "/"
