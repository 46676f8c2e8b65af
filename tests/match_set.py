"""A hand-made set of trials for tests of the match: which group each is in for one person is plain to see."""

from django.utils import timezone

from importers.registries.slugs import Registry
from tests.builders import make_trial, site
from trials.choices import Status
from trials.record import StoredFacet

FITS, SILENT, LIMITED = "CTRI/2026/01/000001", "CTRI/2026/01/000002", "NCT00000011"
BARRED, OTHER_DISEASE, CLOSED = "NCT00000012", "NCT00000013", "NCT00000014"
ANSWERS = {
    "conditions": "lbcl",
    "age": "62",
    "sex": "female",
    "lines": "2",
    "ecog": "1",
    "prior_car_t": "no",
    "prior_same_target": "none",
    "prior_allo_sct": "no",
    "cns_disease": "no",
    "hepatitis_b_c": "no",
    "hiv": "yes",
}
GROUPS = {
    "nothing-against": [FITS],
    "ask": [SILENT, LIMITED],
    "against": [BARRED, OTHER_DISEASE],
}
"""What stands in which group for the person of `ANSWERS`, in the order of the page."""
QUOTE = "Known infection with HIV"


def fill() -> None:
    """Two open in India, three open abroad, one closed."""
    _trial(FITS, _hiv("allowed"), registry=Registry.CTRI, sites=[site("Example Hospital", "Mumbai")])
    _trial(SILENT, {}, registry=Registry.CTRI, sites=[site("Other Hospital", "Pune")])
    abroad = [site("Clinic", "Boston", "Massachusetts", "United States")]
    _trial(LIMITED, _hiv("excluded", "detectable only"), sites=abroad)
    _trial(BARRED, _hiv("excluded"), sites=abroad)
    _trial(OTHER_DISEASE, _hiv("allowed"), conditions=["myeloma"], sites=abroad)
    _trial(CLOSED, {}, sites=abroad, status=Status.COMPLETED)


def _hiv(value: str, limit: str = "") -> dict[str, StoredFacet]:
    return {"hiv": {"value": value, "quote": QUOTE, "limit": limit}}


def _trial(registry_id: str, eligibility: dict[str, StoredFacet], **columns: object) -> None:
    common = {
        "last_updated": timezone.localdate(),
        "conditions": ["lbcl"],
        "sex": "ALL",
        "min_age_years": 18,
        "max_age_years": 75,
    }
    make_trial(registry_id, eligibility=eligibility, **(common | columns))  # type: ignore[arg-type]
