"""What people decided, as rows of the benchmark: the forms of `labels_dev.csv`, `eligibility_dev.jsonl`."""

from collections.abc import Iterator, Mapping
from typing import Any

from importers.review.queue import decided
from trials.catalogue.labels import ELIGIBILITY
from trials.choices import Role
from trials.record import StoredFacet

COLUMNS = ("id", "role", "conditions", "targets", "cell_source")
NOT_SCORED = "?"
"""An axis no person decided. What the rules say is never in a row: they would be measured by themselves."""


def label_rows() -> Iterator[dict[str, str]]:
    """A row for every registration of which a person decided a label; sets are separated by `|`."""
    for registration in decided():
        corrected = registration.corrected
        if set(corrected) - {ELIGIBILITY}:
            bare = corrected.get("role") == Role.NOT_CAR_T  # nothing further is scored then
            yield {"id": registration.registry_id} | {
                axis: "" if bare and axis != "role" else _cell(corrected.get(axis)) for axis in COLUMNS[1:]
            }


def eligibility_rows() -> Iterator[dict[str, Any]]:
    """An object for every registration of which a person decided a facet of eligibility."""
    for registration in decided():
        if facets := registration.corrected.get(ELIGIBILITY):
            yield {"id": registration.registry_id, "facets": _noted(facets)}


def _cell(value: str | list[str] | None) -> str:
    if value is None:
        return NOT_SCORED
    return value if isinstance(value, str) else "|".join(value)


def _noted(facets: Mapping[str, StoredFacet]) -> dict[str, dict[str, object]]:
    return {name: facet | {"note": ""} for name, facet in facets.items()}
