"""Registry text and registry dates in templates."""

from datetime import date

from django import template
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from trials.criteria import registry_html

register = template.Library()


@register.filter
def registry_text(text: str) -> SafeString:
    """The registry's paragraphs and lists, escaped."""
    return registry_html(text)


@register.filter
def partial_date(written: str | None) -> str:
    """`2026`, `2026-05` or `2026-05-31` in words, as precise as the registry gives it."""
    parts = [int(part) for part in (written or "").split("-") if part]
    if not parts:
        return ""
    if len(parts) == 1:
        return str(parts[0])
    day = date(parts[0], parts[1], parts[2] if len(parts) == 3 else 1)
    return date_format(day, "DATE_FORMAT" if len(parts) == 3 else "YEAR_MONTH_FORMAT")
