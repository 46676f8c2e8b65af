"""Links from a page to itself in every language, and what a page may offer its reader."""

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info

from trials.models import RegistrySource
from trials.views.data_of import SourceFace
from trials.views.pieces import piece
from trials.views.query_strings import in_language

register = template.Library()


@dataclass(frozen=True, slots=True)
class Language:
    """A language the page can be read in, by its own name, and where."""

    code: str
    name: str
    address: str


@register.simple_tag(takes_context=True)
def may_be_kept(context: Context) -> bool:
    """Whether a browser may keep the page for a time without a network: not where a person has signed in."""
    request = context.get("request")
    return settings.OFFLINE and request is not None and settings.SESSION_COOKIE_NAME not in request.COOKIES


@register.simple_tag
def may_be_followed() -> bool:
    """Whether this site can send mail to who follows a page."""
    return bool(settings.FOLLOW_BY_MAIL)


@register.simple_tag
def same_on_all_pages(template: str) -> SafeString:
    """What depends on nothing but the language of the page."""
    return piece(template)


@register.simple_tag(takes_context=True)
def page_footer(context: Context) -> SafeString:
    """The foot of a page: nothing of its own but how fresh the data are."""
    catalogue = context["catalogue"]
    sources = tuple(SourceFace.of(source) for source in catalogue.sources)
    return piece("_footer.html", sources=sources, sample=catalogue.sample)


@register.simple_tag
def data_of(source: RegistrySource) -> SafeString:
    """From which day the data of a registry are, in a few words."""
    return piece("_data_of.html", source=SourceFace.of(source))


@register.simple_tag(takes_context=True)
def other_languages(context: Context) -> list[Language]:
    """The languages the page is not in; a switch keeps the page and the query."""
    return [
        Language(code, get_language_info(code)["name_local"], in_language(_address(context), code))
        for code, _name in settings.LANGUAGES
        if code != get_language()
    ]


def _address(context: Context) -> str:
    request = context.get("request")
    return request.get_full_path() if request else "/"
