"""What differs between two copies of a record, field by field, for people who look an import over."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from trials.models import TrialSite
from trials.record import StoredFacet

Field = dict[str, Any]
"""`{field, before, after}` as JSON holds it."""

LONGEST = 20_000
"""Characters of one text kept for the difference; the raw copies hold it all."""
DERIVED = {"evidence"}
"""Columns that follow from others and tell nothing more."""


def field_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Field]:
    """Columns that differ; those inside `details` each for itself."""
    for name in after:
        old, new = before.get(name), after[name]
        if old == new or name in DERIVED:
            continue
        if name == "details":
            yield from field_changes(old or {}, new)
        elif name == "eligibility" and isinstance(new, Mapping):
            yield from _facet_changes(old or {}, new)
        else:
            yield {"field": name, "before": _cut(old), "after": _cut(new)}


def _facet_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Field]:
    """Key eligibility, one facet at a time: its value, limit and sentence."""
    for name in after:
        old, new = _stated(before.get(name)), _stated(after[name])
        if old != new:
            yield {"field": f"facet: {name}", "before": old, "after": new}


def _stated(facet: StoredFacet | None) -> str:
    """The value, its limit and its sentence; "" where the record says nothing of it."""
    if not facet or not facet["quote"]:
        return ""
    limit = facet.get("limit", "")
    return f"{facet['value']} ({limit}): {facet['quote']}" if limit else f"{facet['value']}: {facet['quote']}"


def site_changes(old: Sequence[TrialSite], new: Sequence[TrialSite]) -> Iterator[Field]:
    """Sites that came, went, or now say something else about themselves."""
    before, after = _by_place(old), _by_place(new)
    for place in sorted(before.keys() | after.keys()):
        if before.get(place) != after.get(place):
            yield {"field": f"site: {place}", "before": before.get(place), "after": after.get(place)}


def _by_place(sites: Sequence[TrialSite]) -> dict[str, str]:
    """The status and contacts of each place; several rows of one place are joined."""
    places: dict[str, list[str]] = {}
    for site in sites:
        people = [contact.name for contact in site.people]
        words = ", ".join(filter(None, [site.status or "-", site.hospital, site.investigator, *people]))
        places.setdefault(str(site), []).append(words)
    return {place: "; ".join(words) for place, words in places.items()}


def _cut(value: Any) -> Any:
    """The value as JSON holds it, cut at a length people still read."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict | list) and len(written := json.dumps(value, ensure_ascii=False)) > LONGEST:
        return written[:LONGEST]
    return value[:LONGEST] if isinstance(value, str) else value
