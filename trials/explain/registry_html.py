"""Registry text for pages: its lists become lists, anything else in it stays text.

Registries give markdown (ClinicalTrials.gov) or plain lines (CTRI). Raw HTML is shown as text; links
and images are not made, so a record cannot lead people anywhere. Words of the glossary unfold where they
stand: `<details>` needs no script, no id and no room of its own, and is printed in full on paper. It may not
stand in a `<p>`, so a paragraph that holds one is a `<div>`; and not in emphasis, which is left alone.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from trials.vocabulary.folding import fold
from trials.vocabulary.glossary import Term, mentions
from trials.vocabulary.translated import in_language

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


@lru_cache(256)
def registry_html(text: str, language: str = "") -> SafeString:
    """HTML of registry text: paragraphs and lists only, everything in it escaped.

    With a language, the first mention of each glossary term explains it in that language.
    """
    tokens = _MARKDOWN.parse(with_plain_lists(text))
    if language:
        _explain(tokens, language)
    html: str = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return mark_safe(html)  # noqa: S308 -- markdown-it escapes; html and links are off


def _explain(tokens: Sequence[Token], language: str) -> None:
    """Puts explained terms into the paragraphs, each term once."""
    known: set[str] = set()
    for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if token.type == "inline" and token.children:
            token.children = list(_with_terms(token.children, language, known))
            if any(child.type == "term" for child in token.children):
                before.tag = after.tag = "div"
                before.attrSet("class", "paragraph")


def _with_terms(children: Sequence[Token], language: str, known: set[str]) -> Iterator[Token]:
    depth = 0
    for child in children:
        depth += child.nesting
        if child.type == "text" and depth == 0:
            yield from _parted(child.content, language, known)
        else:
            yield child


def _parted(text: str, language: str, known: set[str]) -> Iterator[Token]:
    """A text as tokens: the terms not met before, and what stands between them."""
    done = 0
    for mention in mentions(text):
        if mention.term.slug not in known:
            known.add(mention.term.slug)
            written = text[mention.start : mention.end]
            yield Token("text", "", 0, content=text[done : mention.start])
            yield Token("term", "", 0, content=written, meta=_note(mention.term, written, language))
            done = mention.end
    yield Token("text", "", 0, content=text[done:])


def _note(term: Term, written: str, language: str) -> dict[str, str]:
    """What the word means; its full name goes before where the text has another."""
    language = language if language in term.plain else "en"
    name, plain = in_language(term.terms, language), in_language(term.plain, language)
    same = fold(name).line == fold(written).line
    return {"language": language, "note": plain if same else f"{name}: {plain}"}


def _term_html(
    _renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType
) -> str:
    written, meta = escape(tokens[index].content), tokens[index].meta
    note = f'<span class="term-note" lang="{escape(meta["language"])}">({escape(meta["note"])})</span>'
    return f'<details class="term"><summary>{written}</summary> {note}</details>'


_MARKDOWN.add_render_rule("term", _term_html)
