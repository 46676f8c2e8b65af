"""A small catalogue for tests that open pages in a browser, and the elements of a page."""

from typing import Any

from lxml import html

from importers.registries.slugs import Registry
from tests.builders import make_trial, site
from trials.choices import Role, Status
from trials.models import RegistrySource

CRITERIA = {
    "inclusion": "* Large B-cell lymphoma\n* Two earlier treatments\n  * one with an anti-CD20 antibody",
    "exclusion": "1) Active infection\n2) Pregnancy",
    "interventions": [{"name": "CD19 CAR T cells", "kind": "", "description": "Once.", "other_names": []}],
    "contacts": [
        {
            "name": "Dr Example",
            "role": "",
            "affiliation": "",
            "phone": "022 1234567",
            "email": "a@example.org",
        }
    ],
}


def parsed(answer: Any) -> Any:
    """The elements of an answer's page, to ask with XPath."""
    return html.fromstring(answer.content)


def fill() -> None:
    """One trial of each kind a visitor meets; `CTRI/2026/01/000001` recruits in Mumbai."""
    RegistrySource.objects.create(registry=Registry.CTGOV)
    make_trial(
        "CTRI/2026/01/000001",
        registry=Registry.CTRI,
        title="CD19 CAR T cells for large B-cell lymphoma",
        conditions=["lbcl"],
        targets=["CD19"],
        phases=["PHASE1", "PHASE2"],
        details=CRITERIA,
        evidence=[{"axis": "role", "label": "gives_car_t", "rule": "r", "field": "title", "quote": "CAR T"}],
        sites=[site("Example Hospital", "Mumbai"), site("Other Hospital", "Pune", status=Status.COMPLETED)],
    )
    make_trial(
        "NCT00000001", conditions=["b-nhl"], sites=[site("Abroad", "Houston", "Texas", "United States")]
    )
    make_trial("NCT00000002", conditions=["lupus"], role=Role.EXPANDED_ACCESS, status=Status.AVAILABLE)
    for number in range(25):
        make_trial(f"NCT000001{number:02}", conditions=["myeloma"], status=Status.UNKNOWN)
