"""Registry text for pages: its lists become lists, anything else in it stays text.

Registries give markdown (ClinicalTrials.gov) or plain lines (CTRI). Raw HTML is shown as text; links
and images are not made, so a record cannot lead people anywhere.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

_MARKDOWN = (
    MarkdownIt("commonmark", {"html": False, "breaks": True})
    .disable(["link", "image", "autolink", "heading", "lheading", "code", "html_block", "html_inline"])
    .disable(["backticks", "fence", "reference", "hr", "blockquote"])
)
# "1)Adults" is a number in a list; "2.5 mg" is a dose and stays as it is.
_NUMBERED = re.compile(r"^([ \t]*)(\d{1,3})(?:\)|\.(?![\d.]))[ \t]*(?=\S)", re.M)
_BULLET = re.compile(r"^([ \t]*)(?:[•·●▪◦‣][ \t]*|–[ \t]+)(?=\S)", re.M)


_WORD = re.compile(r"\w{2}")
_HEADING = re.compile(r"\W*(?:(?:key|main|major)\s+)?(?:in|ex)clusion(?:\s+criteria)?\W*", re.I)


@dataclass(slots=True)
class _Item:
    text: str = ""
    below: list[str] = field(default_factory=list)


def registry_html(text: str) -> SafeString:
    """HTML of registry text: paragraphs and lists only, everything in it escaped."""
    html: str = _MARKDOWN.render(_lined(text))
    return mark_safe(html)  # noqa: S308 -- markdown-it escapes; html and links are off


def criterion_items(text: str) -> list[str]:
    """The criteria one by one as plain text: a list's items with what stands below them, else the lines."""
    items = [item for item in _items(_MARKDOWN.parse(_lined(text))) if item.text or item.below]
    if len(items) == 1 and len(items[0].below) > 1:  # the whole list hangs below its heading
        return items[0].below
    whole = [" ".join([item.text, "; ".join(item.below)]).strip() for item in items]
    return [one for one in whole if _WORD.search(one) and not _HEADING.fullmatch(one)]


def _items(tokens: list[Token]) -> Iterator[_Item]:
    depth, item = 0, _Item()
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
        elif token.type == "list_item_open" and depth == 1:
            yield item
            item = _Item()
        elif token.type == "inline" and depth > 1:
            item.below += _lines(token)
        elif token.type == "inline" and depth == 1:
            item.text = " ".join([item.text, *_lines(token)]).strip()
        elif token.type == "inline":
            yield item
            yield from map(_Item, _lines(token))
            item = _Item()
    yield item


def _lines(token: Token) -> list[str]:
    parts = (
        "\n" if child.type in ("softbreak", "hardbreak") else child.content for child in token.children or ()
    )
    return [line for part in "".join(parts).split("\n") if (line := " ".join(part.split()))]


def _lined(text: str) -> str:
    return _NUMBERED.sub(r"\1\2. ", _BULLET.sub(r"\1* ", text))
