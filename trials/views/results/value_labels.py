"""The words for the value of a filter, by the filter's name; hospitals are asked of the database."""

from collections.abc import Callable, Collection, Mapping

from trials.display import (
    cell_source_label,
    city_label,
    condition_label,
    phase_label,
    registry_label,
    state_label,
)
from trials.models import Site

LABELS: Mapping[str, Callable[[str], str]] = {
    "condition": condition_label,
    "phase": phase_label,
    "target": str,
    "product": str,
    "cell_source": cell_source_label,
    "state": state_label,
    "city": city_label,
    "registry": registry_label,
}


def hospital_names(slugs: Collection[str]) -> dict[str, str]:
    """Names of hospitals by slug, in one query; none where none are asked for."""
    return {site.slug: str(site) for site in Site.objects.filter(slug__in=slugs)} if slugs else {}
