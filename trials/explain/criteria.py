"""Eligibility criteria one by one, as plain text: what a check list asks and a sheet quotes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from trials.explain.registry_html import with_plain_lists

_LISTS = MarkdownIt("zero", {"breaks": True}).enable(["list", "newline", "escape", "emphasis"])
_HEADING = re.compile(r"\W*(?:(?:key|main|major)\s+)?(?:in|ex)clusion(?:\s+criteria)?\W*", re.I)
_WORD = re.compile(r"\w{2}")


@dataclass(slots=True)
class _Item:
    text: str = ""
    below: list[str] = field(default_factory=list)


def criterion_items(text: str) -> list[str]:
    """A list's items, each with what stands below it; outside lists the lines. Headings are left out."""
    items = [item for item in _items(_LISTS.parse(with_plain_lists(text))) if item.text or item.below]
    if len(items) == 1 and len(items[0].below) > 1:  # the whole list hangs below its heading
        return items[0].below
    whole = (" ".join([item.text, "; ".join(item.below)]).strip() for item in items)
    return [one for one in whole if _WORD.search(one) and not _HEADING.fullmatch(one)]


def _items(tokens: Sequence[Token]) -> Iterator[_Item]:
    depth, item = 0, _Item()
    for token in tokens:
        if token.type.endswith("_list_open") or token.type.endswith("_list_close"):
            depth += token.nesting
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
    children = token.children or []
    text = "".join("\n" if child.type.endswith("break") else child.content for child in children)
    return [line for part in text.split("\n") if (line := " ".join(part.split()))]
