"""The head of a page in templates: its words, its address, its preview and its structured data."""

from html import unescape
from typing import Any

from django import template
from django.conf import settings
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from trials.views.head.addresses import Addresses, addresses_of
from trials.views.head.structured_data import as_script
from trials.views.head.words import Words, shortened
from trials.views.previews.preview import Preview, of_website

register = template.Library()

LONGEST_TITLE = 90
"""Of a title as templates write it; `trials.views.head.words` keeps to less."""
LONGEST_DESCRIPTION = 160


class WordsNode(template.Node):
    """Renders the blocks of title and description once, for every tag that names them."""

    child_nodelists = ("title", "description")

    def __init__(self, title: NodeList, description: NodeList) -> None:
        self.title, self.description = title, description

    def render(self, context: Context) -> SafeString:
        """Nothing is written; `head` is set for the rest of the page."""
        context["head"] = Words(
            _plain(self.title.render(context), LONGEST_TITLE),
            _plain(self.description.render(context), LONGEST_DESCRIPTION),
        )
        return mark_safe("")


@register.tag
def words_of_head(parser: Parser, _token: Token) -> WordsNode:
    """`{% words_of_head %}` the title `{% described %}` the description `{% endwords_of_head %}`."""
    title = parser.parse(("described",))
    parser.delete_first_token()
    description = parser.parse(("endwords_of_head",))
    parser.delete_first_token()
    return WordsNode(title, description)


@register.simple_tag(takes_context=True)
def addresses(context: Context) -> Addresses:
    """What search engines learn about the page, the same in every language."""
    return addresses_of(context.get("request"))


@register.simple_tag(takes_context=True)
def page_preview(context: Context) -> Preview:
    """The page's own preview, else that of the site."""
    return context.get("preview") or of_website()


@register.simple_tag
def site_address(path: str) -> str:
    """The full address of a path, as messengers need it."""
    return f"{settings.SITE_URL}{path}"


@register.simple_tag(takes_context=True)
def json_ld(context: Context) -> SafeString:
    """What the page is about as schema.org's JSON-LD; nothing of invented records.

    A data block is never executed, so the content security policy's `script-src` leaves it alone.
    """
    entities: list[dict[str, Any]] = context.get("structured_data") or []
    if not entities or getattr(context.get("catalogue"), "sample", True):
        return mark_safe("")
    return format_html('<script type="application/ld+json">{}</script>', as_script(entities))


def _plain(rendered: str, longest: int) -> str:
    """The text of a block, not yet escaped, in one line."""
    return shortened(" ".join(unescape(rendered).split()), longest)
