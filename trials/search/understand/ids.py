"""The registry id in a question, in the registry's own spelling, or the address of a registry's page."""

from trials import registries
from trials.search.understand.question import Span


def find_id(text: str) -> tuple[str, Span | None]:
    """The text without the first registry id in it, and that id; of a page's address nothing else is left."""
    if page := registries.find_page(text):
        kind = "registry_id" if page.registry_id else "page"
        return "", Span(page.text, kind, (page.registry_id or page.url,))
    found = registries.find_id(text)
    if found is None:
        return text, None
    span = Span(text[found.start : found.end], "registry_id", (found.registry_id,))
    return text[: found.start] + " " + text[found.end :], span
