"""Trials for tests of what people take away: a plain one, one with everything long, one that says nothing."""

from importers.registries.slugs import Registry
from tests.builders import make_trial, site
from trials.models import RegistrySource, Trial

CTRI_ID = "CTRI/2026/01/000001"
LONG_ID = "NCT00000009"
BARE_ID = "NCT00000003"
ELIGIBILITY = {
    "prior_car_t": {"value": "excluded", "quote": "No prior CAR T-cell therapy"},
    "hiv": {"value": "allowed", "quote": "Controlled HIV is allowed"},
    "hepatitis_b_c": {"value": "not_stated", "quote": ""},
    "min_prior_lines": {"value": "2", "quote": "At least two prior lines"},
}
CONTACT = {"name": "Dr Example", "role": "", "affiliation": "", "phone": "000 000", "email": "a@example.org"}
DETAILS = {
    "inclusion": "* Large B-cell lymphoma\n* CD19 seen on the cells",
    "exclusion": "1) Active infection\n2) Heart failure",
    "interventions": [{"name": "CD19 CAR T cells", "kind": "", "description": "Once.", "other_names": []}],
}


def plain_trial() -> Trial:
    """Recruits in Mumbai; states criteria, some key eligibility and a contact."""
    place = site("Example Hospital", "Mumbai", contacts=[CONTACT])
    return make_trial(
        CTRI_ID,
        registry=Registry.CTRI,
        title="CD19 CAR T cells for large B-cell lymphoma",
        conditions=["lbcl"],
        targets=["CD19"],
        phases=["PHASE1"],
        min_age_years=18,
        eligibility=ELIGIBILITY,
        details=DETAILS,
        sites=[place],
    )


def bare_trial() -> Trial:
    """Says next to nothing."""
    return make_trial(BARE_ID, phases=[], cell_source="not_stated", last_updated=None)


def long_trial() -> Trial:
    """Everything a record can hold, at a length that no paper holds."""
    sentence = "Histologically or cytologically confirmed and measurable disease of uncertain origin " * 6
    contacts = [{**CONTACT, "name": "Professor Doctor " + "Long " * 30, "email": "x" * 90 + "@example.org"}]
    listed = "\n".join(f"* {number} {sentence}" for number in range(80))
    long_sites = [
        site("Hospital with a Very Long Name and a Department, " * 2, city, contacts=contacts * 3)
        for city in CITIES
    ]
    return make_trial(
        LONG_ID,
        title="A long title of a trial " * 30,
        conditions=["lbcl", "b-all", "myeloma", "fl", "mcl", "cll"],
        targets=["CD19", "CD20", "CD22", "BCMA", "GPRC5D", "CD38", "CD70"] * 2,
        phases=["PHASE1", "PHASE2"],
        sponsor="The sponsor of the trial " * 20,
        eligibility={name: {"value": "excluded", "quote": sentence} for name in FACETS}
        | {name: {"value": "2", "quote": sentence} for name in ("min_prior_lines", "ecog_max")},
        details={
            "inclusion": listed,
            "exclusion": listed,
            "contacts": contacts * 5,
            "interventions": [{"name": "Product " * 40, "kind": "", "description": "", "other_names": []}]
            * 9,
        },
        sites=long_sites,
    )


CITIES = ("Mumbai", "Delhi", "Chennai", "Pune", "Kolkata", "Vellore")
FACETS = (
    "prior_car_t",
    "prior_same_target",
    "cns_disease",
    "prior_allo_sct",
    "hepatitis_b_c",
    "hiv",
    "autoimmune_active",
    "pregnancy",
)


def fill() -> None:
    """The three, and a registry that has been read."""
    RegistrySource.objects.create(registry=Registry.CTGOV)
    for make in (plain_trial, bare_trial, long_trial):
        make()
