"""What a registration is labelled as: what the rules say, under what people decided.

Pure. `compose` and the pages ask here; no other module reads `Registration.corrected`.
"""

from typing import Any

from trials.models import Registration
from trials.record import StoredFacet

ELIGIBILITY = "eligibility"
AXES = ("role", "conditions", "targets", "cell_source", ELIGIBILITY)
"""What a person may decide, by the name of its column. Of `eligibility` single facets may be decided."""
NOT_STATED = "not_stated"


def label(registration: Registration, axis: str) -> Any:
    """The label that counts: a person's word before the rules'."""
    corrected = registration.corrected.get(axis)
    ruled = getattr(registration, axis)
    if axis == ELIGIBILITY:
        return ruled | {
            name: _with_limit(facet, ruled.get(name)) for name, facet in (corrected or {}).items()
        }
    return ruled if corrected is None else corrected


def _with_limit(corrected: StoredFacet, ruled: StoredFacet | None) -> StoredFacet:
    """A person decides value and sentence; where both are the rules' own, so is the limit."""
    if not ruled or (corrected["value"], corrected["quote"]) != (ruled["value"], ruled["quote"]):
        return corrected
    return {**corrected, "limit": ruled["limit"]} if ruled.get("limit") else corrected


def decided(registration: Registration, axis: str) -> dict[str, Any]:
    """What people decided: facets of eligibility by name, else the axis and its value; empty if nothing."""
    corrected = registration.corrected.get(axis)
    if axis == ELIGIBILITY:
        return corrected or {}
    return {} if corrected is None else {axis: corrected}


def undecided(registration: Registration) -> list[str]:
    """Axes that still wait for a person."""
    return [axis for axis in registration.undecided if axis not in registration.corrected]


def stated(registration: Registration) -> dict[str, StoredFacet]:
    """The facets of eligibility of which the record says something: by name."""
    facets: dict[str, StoredFacet] = label(registration, ELIGIBILITY)
    return {name: facet for name, facet in facets.items() if facet["value"] not in ("", NOT_STATED)}
