"""Trials whose pages show everything a page can show, for tests in a browser."""

from typing import Any

from importers.load.store import Arrival, registration_columns
from importers.records import Labels
from importers.registries.ctgov import parse_value
from importers.registries.slugs import Registry
from tests.builders import AT, make_trial, site
from tests.result_studies import counts, measure, reference, with_results
from trials.catalogue.compose import refresh
from trials.choices import CellSource, Role, Status
from trials.models import LabelCorrection, Registration, RegistrySource, Trial, TrialEvent
from trials.models.reports import ErrorReport

FULL = "CTRI/2026/01/000001"
NUMBER = "NCT00000001"
"""Where the full trial stands: ClinicalTrials.gov goes first."""
DOCTOR = {
    "name": "Dr Example",
    "role": "Public query",
    "affiliation": "Example Institute",
    "phone": "+91 98200 12345 / 022-24177000",
    "email": "a.very.long.address.of.somebody@example-cancer-institute.org",
}
LONG = "* Adults with large B-cell lymphoma\n  * measured by PET\n" * 40
DETAILS = {
    "interventions": [{"name": "CD19 CAR T cells", "kind": "", "description": "Once.", "other_names": []}],
    "arms": [
        {"label": "All", "kind": "", "description": "Patients have leukapheresis.", "interventions": []}
    ],
    "outcomes": [{"measure": "Survival", "time_frame": "2 years", "primary": True}],
    "description": "Cells are given without lymphodepletion. Travel expenses are reimbursed.",
    "inclusion": LONG,
    "exclusion": "1) Active infection\n2) HIV",
    "min_age": "18 Years",
    "contacts": [DOCTOR],
    "registered": "2026-01-05",
    "prospective": True,
    "ethics_committees": [["Institutional Ethics Committee A", "Submittted/Under Review"]],
    "regulator_status": "Approved/Obtained",
    "funders": ["Intramural grant"],
    "verified": "2026-05",
    "secondary_ids": [{"value": "X-1", "kind": "", "domain": ""}],
}
FACETS = {
    "hiv": {"value": "excluded", "quote": "HIV"},
    "cns_disease": {"value": "allowed", "quote": "Disease of the brain is allowed."},
    "ecog_max": {"value": "2", "quote": "ECOG 0-2"},
}


def fill() -> None:
    """One full trial in both registries, one that says nothing, one that is gone, one sample."""
    RegistrySource.objects.create(registry=Registry.CTGOV)
    trial = make_trial(
        FULL,
        registry=Registry.CTRI,
        title="CD19 CAR T cells for large B-cell lymphoma",
        summary="Patients will be screened. " * 80,
        conditions=["lbcl"],
        targets=["CD19"],
        phases=["PHASE1", "PHASE2"],
        min_age_years=18,
        details=DETAILS,
        eligibility=FACETS,
        corrected={"targets": ["CD19"]},
        evidence=[{"axis": "role", "label": "gives_car_t", "rule": "r", "field": "title", "quote": "CAR T"}],
        sites=[site("Example Hospital", contacts=[DOCTOR]), site("Other", "Pune", status=Status.COMPLETED)],
    )
    LabelCorrection.objects.create(registration=Registration.objects.get(), axis="targets", after=["CD19"])
    abroad = [site("Abroad", "Houston", "Texas", "United States", contacts=[DOCTOR])]
    disagreeing = FACETS | {"hiv": {"value": "allowed", "quote": "HIV is allowed."}}
    make_trial(
        NUMBER, trial=trial, eligibility=disagreeing, phases=["PHASE1"], sites=abroad, details=_afterwards()
    )
    _happenings(trial)
    make_trial("NCT00000002", phases=[], cell_source=CellSource.IN_VIVO, status=Status.UNKNOWN)
    gone = make_trial("NCT00000003", role=Role.EXPANDED_ACCESS, details={"eligibility": "Adults."})
    gone.registrations.update(gone_at=AT)
    make_trial("NCT00000004", sample=True, cell_source=CellSource.ALLOGENEIC)
    refresh([trial.pk, gone.pk], AT)


def _afterwards() -> dict[str, Any]:
    """Results with short and long tables, papers of each kind, documents and links."""
    rows = [{"title": f"Week {n}", "categories": [{"measurements": counts("28", "1")}]} for n in range(9)]
    made = with_results(measure(), measure(classes=rows), measure(type="SECONDARY", classes=rows))
    kinds = ("RESULT", "DERIVED", "BACKGROUND", "OTHER")
    made["protocolSection"]["referencesModule"] = {
        "references": [reference(str(number), kind) for number, kind in enumerate(kinds)],
        "seeAlsoLinks": [{"label": "The team", "url": f"https://example.org/{'a' * 200}"}],
    }
    sharing = {"ipdSharing": "YES", "infoTypes": ["ICF"], "url": f"https://example.org/{'b' * 200}"}
    made["protocolSection"]["ipdSharingStatementModule"] = sharing
    large = {"largeDocs": [{"label": "Informed Consent Form", "filename": "ICF_000.pdf", "hasIcf": True}]}
    made["documentSection"] = {"largeDocumentModule": large}
    arrival = Arrival(parse_value(made), Labels(role=Role.GIVES_CAR_T), "hash")
    details: dict[str, Any] = registration_columns(arrival)["details"]
    kept = ("results", "has_results", "results_posted", "papers", "links", "documents", "data_sharing")
    return {name: details[name] for name in kept}


def _happenings(trial: Trial) -> None:
    registration = trial.registrations.first()
    for kind in TrialEvent.Kind:
        said = {
            "status_changed": ("NOT_YET_RECRUITING", "RECRUITING"),
            "phase_changed": ("PHASE1", "PHASE1, PHASE2"),
            "listed": ("", "RECRUITING"),
            "results_posted": ("", "2026-05-04"),
        }
        before, after = said.get(kind, ("", "Example Hospital, Mumbai, India"))
        trial.events.create(kind=kind, at=AT, registration=registration, before=before, after=after)


def fill_reports() -> None:
    """A report of each state, long words and all."""
    for state in ErrorReport.State:
        ErrorReport.objects.create(
            registry_id="NCT00000001",
            kind="contact",
            text="x" * 300 + " words\nand lines",
            email="a.very.long.address.of.somebody@example-cancer-institute.org",
            state=state,
            answer="Thank you.",
        )
