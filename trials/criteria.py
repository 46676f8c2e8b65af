"""Registry text for pages: its lists become lists, anything else in it stays text.

Registries give markdown (ClinicalTrials.gov) or plain lines (CTRI). Raw HTML is shown as text; links
and images are not made, so a record cannot lead people anywhere.
"""

import re

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_MARKDOWN = (
    MarkdownIt("commonmark", {"html": False, "breaks": True})
    .disable(["link", "image", "autolink", "heading", "lheading", "code", "html_block", "html_inline"])
    .disable(["backticks", "fence", "reference", "hr", "blockquote"])
)


def with_plain_lists(text: str) -> str:
    """Registry text with its numbers and bullets as markdown writes them."""
    return _NUMBERED.sub(r"\1\2. ", _BULLET.sub(r"\1* ", text))


# "1)Adults" is a number in a list; "2.5 mg" is a dose and stays as it is.
_NUMBERED = re.compile(r"^([ \t]*)(\d{1,3})(?:\)|\.(?![\d.]))[ \t]*(?=\S)", re.M)
_BULLET = re.compile(r"^([ \t]*)(?:[•·●▪◦‣][ \t]*|–[ \t]+)(?=\S)", re.M)


def registry_html(text: str) -> SafeString:
    """HTML of registry text: paragraphs and lists only, everything in it escaped."""
    lined = _NUMBERED.sub(r"\1\2. ", _BULLET.sub(r"\1* ", text))
    html: str = _MARKDOWN.render(lined)
    return mark_safe(html)  # noqa: S308 -- markdown-it escapes; html and links are off
