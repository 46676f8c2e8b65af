"""Trials as FHIR R4. R4B, which the validator knows, changed nothing of the resources used here."""

from typing import Any

import pytest
from django.test import Client
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.researchstudy import ResearchStudy

from importers.registries.slugs import Registry
from tests.builders import make_trial, site, trial_row
from trials.choices import Phase, Status
from trials.models import Trial
from trials.open_data.fhir import codes
from trials.open_data.fhir.study import research_study
from trials.search.found import PAGE_SIZE

pytestmark = pytest.mark.django_db
R4_STATUSES = {
    *("active", "administratively-completed", "approved", "closed-to-accrual"),
    *("closed-to-accrual-and-intervention", "completed", "disapproved", "in-review"),
    *("temporarily-closed-to-accrual", "temporarily-closed-to-accrual-and-intervention", "withdrawn"),
}
DETAILS = {
    "inclusion": "* CD19 seen",
    "exclusion": "* Active infection",
    "mesh_ids": ["D016403"],
    "icd10_codes": ["C833"],
    "primary_purpose": "TREATMENT",
    "start": "2026-02",
    "completion": "2028",
    "interventions": [{"name": "CD19 CAR T cells"}],
    "arms": [{"label": "A", "kind": "EXPERIMENTAL", "description": "Once."}],
    "why_stopped": "Money",
}


def fetched(path: str, status: int = 200, **query: Any) -> Any:
    answer = Client().get(f"/api/v1/{path}", query)
    assert answer.status_code == status
    if status == 200:
        assert answer["Content-Type"] == "application/fhir+json"
    return answer.json()


def whole_trial() -> Trial:
    return make_trial(
        "CTRI/2026/01/000001",
        registry=Registry.CTRI,
        conditions=["lbcl"],
        targets=["CD19"],
        phases=["PHASE1", "PHASE2"],
        sex="FEMALE",
        min_age_years=18,
        sponsor="A sponsor",
        summary="What it is about.",
        countries=["India"],
        details=DETAILS,
        sites=[site("CMC", "Vellore", "Tamil Nadu", latitude=12.9, longitude=79.1), site(status="")],
    )


def test_study_holds_what_the_trial_states() -> None:
    whole_trial()
    found = fetched("trials/ctri-2026-01-000001/fhir")
    ResearchStudy.model_validate(found)
    assert (found["id"], found["status"]) == ("CTRI-2026-01-000001", "active")
    assert found["identifier"] == [{"system": "https://ctri.nic.in", "value": "CTRI/2026/01/000001"}]
    assert found["phase"]["coding"][0]["code"] == "phase-1-phase-2"
    assert [one["coding"][0]["code"] for one in found["condition"]] == ["lbcl", "D016403", "C83.3"]
    assert found["primaryPurposeType"]["coding"][0]["code"] == "treatment"
    assert found["period"] == {"start": "2026-02", "end": "2028"}
    assert found["reasonStopped"] == {"text": "Money"}
    assert found["arm"] == [{"name": "A", "type": {"text": "EXPERIMENTAL"}, "description": "Once."}]
    assert found["location"] == [{"text": "India"}]
    contained = {one["id"]: one for one in found["contained"]}
    assert set(contained) == {"who-can-join", "sponsor", "site-1", "site-2"}
    assert [one["reference"] for one in found["site"]] == ["#site-1", "#site-2"]
    assert contained["sponsor"]["name"] == "A sponsor"
    assert contained["site-1"]["position"] == {"longitude": 79.1, "latitude": 12.9}
    assert contained["site-1"]["extension"][0]["valueCode"] == "RECRUITING"
    assert "extension" not in contained["site-2"]
    assert "status" not in contained["site-1"]


def test_who_can_join_is_a_group_of_nobody_in_particular() -> None:
    whole_trial()
    (group,) = [
        one for one in fetched("trials/CTRI-2026-01-000001/fhir")["contained"] if one["id"] == "who-can-join"
    ]
    assert group["actual"] is False
    assert [(one["code"]["text"], one["exclude"]) for one in group["characteristic"]] == [
        ("Age", False),
        ("Sex", False),
        ("Inclusion criteria", False),
        ("Exclusion criteria", True),
    ]
    assert list(group["characteristic"][0]["valueRange"]) == ["low"]


@pytest.mark.parametrize("status", Status)
def test_only_a_recruiting_trial_is_active(status: Status) -> None:
    study = research_study(make_trial(status=status))
    ResearchStudy.model_validate(study)
    assert (study.get("status") == "active") == (status == Status.RECRUITING)
    assert study["extension"][0]["valueCode"] == status
    assert study.get("status", "active") in R4_STATUSES
    assert ("status" in study) != ("_status" in study)


def test_not_known_is_said_to_be_unknown() -> None:
    absent = research_study(make_trial(status=Status.UNKNOWN))["_status"]["extension"]
    assert absent == [{"url": codes.ABSENT, "valueCode": "unknown"}]


def test_a_stale_recruiting_trial_is_not_active() -> None:
    assert "status" not in research_study(make_trial(status=Status.RECRUITING, is_stale=True))


@pytest.mark.parametrize(
    ("phases", "code"),
    [(["EARLY_PHASE1"], "early-phase-1"), (["PHASE2", "PHASE3"], "phase-2-phase-3"), (["NA"], "n-a")],
)
def test_phases_are_of_the_official_list(phases: list[str], code: str) -> None:
    found = codes.phase(phases)
    assert found
    assert found["coding"][0]["code"] == code


def test_phases_without_a_code_are_words_and_none_is_nothing() -> None:
    assert codes.phase([Phase.PHASE1, Phase.PHASE3]) == {"text": "PHASE1/PHASE3"}
    assert codes.phase([]) is None


def test_an_almost_empty_and_a_hostile_record_are_valid() -> None:
    hostile = "<script>\x0b\u202e\u2028" + "x" * codes.LONGEST
    bare = make_trial(phases=[], url="")
    strange = make_trial(
        title=hostile,
        sponsor=hostile,
        details={"inclusion": hostile, "arms": [{"label": " "}, {"label": hostile}], "start": "soon"},
        sites=[site(facility="", hospital="", city="", state="", country="")],
    )
    studies = [ResearchStudy.model_validate(research_study(trial)) for trial in (bare, strange)]
    assert [study.title for study in studies] == [bare.title, strange.title]


def test_bundle_pages_through_a_search() -> None:
    for _ in range(PAGE_SIZE + 1):
        make_trial(conditions=["lbcl"])
    make_trial(conditions=["aml"])
    address, ids = "/api/v1/trials.fhir?condition=lbcl", []
    while address:
        bundle = Client().get(address).json()
        Bundle.model_validate(bundle)
        assert (bundle["type"], bundle["total"]) == ("searchset", PAGE_SIZE + 1)
        ids += [entry["resource"]["id"] for entry in bundle["entry"]]
        links = {link["relation"]: link["url"] for link in bundle["link"]}
        address = links.get("next", "")
    assert len(set(ids)) == len(ids) == PAGE_SIZE + 1
    assert links["self"] == "http://testserver/api/v1/trials.fhir?condition=lbcl&page=2"
    assert set(links) == {"self", "first", "last", "previous"}


def test_bundle_addresses_lead_to_the_study() -> None:
    whole_trial()
    (entry,) = fetched("trials.fhir")["entry"]
    assert Client().get(entry["fullUrl"]).json() == entry["resource"]


def test_bundle_of_nothing_has_no_entry() -> None:
    bundle = fetched("trials.fhir")
    Bundle.model_validate(bundle)
    assert (bundle["total"], "entry" in bundle) == (0, False)


def test_sample_records_and_unlisted_ones_are_not_given() -> None:
    trial_row("NCT99990001", sample=True)
    trial_row("NCT00000002", published=False)
    assert fetched("trials.fhir")["total"] == 0
    for number in ("NCT99990001", "NCT00000002", "NCT00000003", "%00"):
        fetched(f"trials/{number}/fhir", 404)


@pytest.mark.parametrize("query", [{"conditions": "x"}, {"condition": "x"}, {"page": "2"}])
def test_bundle_refuses_what_it_does_not_know(query: dict[str, str]) -> None:
    assert next(iter(query)) in str(fetched("trials.fhir", 400, **query))
