import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from importers.records import ParseError
from importers.registries.ctgov import examine, fingerprint, identify, parse, parse_value, recognise
from importers.registries.slugs import Registry
from importers.text.jsontext import canonical
from tests.studies import study
from trials.choices import Phase, Sex, Status, StudyType
from trials.record import (
    Arm,
    Contact,
    Intervention,
    Outcome,
    PartialDate,
    SecondaryId,
    SiteRecord,
    TrialRecord,
)
from trials.results_record import ExpandedAccess, ResponsibleParty

FULL = Path(__file__).parents[1] / "payloads" / "ctgov" / "full.json"


def parsed(**modules: Any) -> TrialRecord:
    return parse(canonical(study(**modules)))


def refused(raw: bytes | dict[str, Any]) -> tuple[str, str, str]:
    with pytest.raises(ParseError) as caught:
        parse(raw if isinstance(raw, bytes) else canonical(raw))
    return caught.value.registry_id, caught.value.field, caught.value.value


def test_full_study_is_read_field_by_field() -> None:
    assert parse(FULL.read_bytes()) == TrialRecord(
        registry=Registry.CTGOV,
        registry_id="NCT99000101",
        url="https://clinicaltrials.gov/study/NCT99000101",
        title="CD19 CAR T Cells in Lymphoma",
        status=Status.SUSPENDED,
        last_updated=datetime.date(2026, 10, 15),
        aliases=("NCT99000100",),
        secondary_ids=(
            SecondaryId("EX-101", "ORG_STUDY_ID", "Example University"),
            SecondaryId("CTRI/2024/13/990101", "REGISTRY", "CTRI"),
            SecondaryId("2024-500000-00-00", "CTIS", ""),
        ),
        official_title="A Phase 1/2 Study of CD19 CAR T Cells in Relapsed Large B-cell Lymphoma",
        acronym="EXAMPLE",
        why_stopped="Waiting for a new batch of vector",
        study_type=StudyType.INTERVENTIONAL,
        design="Non randomized, sequential, open label",
        phases=(Phase.PHASE1, Phase.PHASE2),
        conditions=("Large B-cell Lymphoma", "DLBCL"),
        keywords=("CAR T",),
        mesh_ids=("D016403",),
        interventions=(Intervention("CD19 CAR T cells", "BIOLOGICAL", "One infusion", ("EX-CAR19",)),),
        arms=(Arm("Dose finding", "EXPERIMENTAL", "Rising doses", ("Biological: CD19 CAR T cells",)),),
        primary_purpose="TREATMENT",
        summary="The patient's own T cells are changed and given back.",
        description="Two parts:\n\n* finding the dose \\(\\>3 groups\\)\n* treating more people",
        eligibility="Inclusion Criteria:\n\n* Lymphoma\n\nExclusion Criteria:\n\n* Pregnancy",
        inclusion="* Lymphoma",
        exclusion="* Pregnancy",
        sex=Sex.FEMALE,
        min_age_years=0.5,
        max_age_years=70.0,
        min_age="6 Months",
        max_age="70 Years",
        healthy_volunteers=False,
        sponsor="Example University",
        sponsor_kind="OTHER",
        collaborators=("Example Cells",),
        enrollment=40,
        enrollment_is_actual=False,
        registered=PartialDate("2025-03-14"),
        start=PartialDate("2025-06"),
        primary_completion=PartialDate("2027-12-31"),
        completion=PartialDate("2029"),
        completion_is_actual=False,
        last_known_status=Status.RECRUITING,
        expanded_access=ExpandedAccess(offered=True, registry_id="NCT99000102", status=Status.AVAILABLE),
        responsible_party=ResponsibleParty("SPONSOR"),
        monitoring_committee=True,
        removed_countries=("France",),
        verified=PartialDate("2026-09"),
        countries=("India", "Turkey (Türkiye)"),
        sites=(
            SiteRecord(
                facility="Example Hospital",
                city="Mumbai",
                state="Maharashtra",
                postal_code="400 000",
                country="India",
                status=Status.RECRUITING,
                investigator="Dr Site Lead",
                contacts=(Contact("Site Desk", "CONTACT", phone="+91 00000 00001"),),
                latitude=19.07283,
                longitude=72.88261,
            ),
            SiteRecord(city="Ankara", country="Turkey (Türkiye)"),
        ),
        contacts=(Contact("Trial Desk", "CONTACT", "", "+91 00000 00000 ext. 7", "desk@example.org"),),
        officials=(Contact("Dr First Chair", "STUDY_CHAIR", "Example University"),),
        outcomes=(
            Outcome("Side effects", "28 days", primary=True),
            Outcome("Response", "3 months"),
            Outcome("Cells in blood", "1 year"),
        ),
        has_results=False,
    )


def test_study_of_id_title_and_status_is_enough() -> None:
    least = {
        "protocolSection": {
            "identificationModule": {"nctId": "NCT99000001", "briefTitle": "T"},
            "statusModule": {"overallStatus": "WITHHELD"},
        }
    }
    assert parse(canonical(least)) == TrialRecord(
        registry=Registry.CTGOV,
        registry_id="NCT99000001",
        url="https://clinicaltrials.gov/study/NCT99000001",
        title="T",
        status=Status.WITHHELD,
    )


@pytest.mark.parametrize(
    ("design", "phases"),
    [
        ({}, ()),
        ({"phases": ["NA"]}, (Phase.NA,)),
        ({"phases": ["PHASE2", "PHASE3"]}, (Phase.PHASE2, Phase.PHASE3)),
    ],
)
def test_no_phase_is_not_phase_na(design: dict[str, Any], phases: tuple[Phase, ...]) -> None:
    raw = study()
    raw["protocolSection"]["designModule"] = design
    assert parse(canonical(raw)).phases == phases


@pytest.mark.parametrize(
    "status", ["AVAILABLE", "NO_LONGER_AVAILABLE", "TEMPORARILY_NOT_AVAILABLE", "APPROVED_FOR_MARKETING"]
)
def test_status_of_expanded_access_tells_the_study_type(status: str) -> None:
    raw = study(statusModule={"overallStatus": status})
    del raw["protocolSection"]["designModule"]
    assert parse(canonical(raw)).study_type == StudyType.EXPANDED_ACCESS


def test_other_study_types_are_never_guessed() -> None:
    raw = study()
    del raw["protocolSection"]["designModule"]
    assert parse(canonical(raw)).study_type is None


@pytest.mark.parametrize(
    ("written", "years"),
    [
        ("18 Years", 18),
        ("1 Year", 1),
        ("18 Months", 1.5),
        ("26 Weeks", 26 * 7 / 365.25),
        ("1 Day", 1 / 365.25),
        ("12 Hours", 0.5 / 365.25),
        ("15 Minutes", 15 / 1440 / 365.25),
        ("N/A", None),
    ],
)
def test_age_is_in_years(written: str, years: float | None) -> None:
    assert parsed(eligibilityModule={"minimumAge": written}).min_age_years == pytest.approx(years)


def test_enrollment_sentinel_is_not_a_number_of_people() -> None:
    assert parsed(designModule={"enrollmentInfo": {"count": 99999999}}).enrollment is None


def test_null_is_not_stated() -> None:
    assert parsed(eligibilityModule={"sex": None, "maximumAge": None}).sex is None


def test_investigator_with_a_phone_can_be_called() -> None:
    person = {"name": "Dr A", "role": "PRINCIPAL_INVESTIGATOR", "email": "a@example.org"}
    site = parsed(contactsLocationsModule={"locations": [{"city": "Pune", "contacts": [person]}]}).sites[0]
    assert (site.investigator, [contact.name for contact in site.contacts]) == ("Dr A", ["Dr A"])


def test_text_is_cleaned_of_what_no_database_holds() -> None:
    raw = canonical(study(descriptionModule={"briefSummary": "a\x00b\ud800 **c** \\<d\\> 🙂"}))
    assert parse(raw).summary == "ab **c** \\<d\\> 🙂"


@pytest.mark.parametrize(
    ("modules", "field", "value"),
    [
        ({"statusModule": {"overallStatus": "OPEN"}}, "statusModule.overallStatus", "OPEN"),
        ({"statusModule": {"overallStatus": 7}}, "statusModule.overallStatus", "7"),
        ({"statusModule": {"overallStatus": None}}, "statusModule.overallStatus", "missing"),
        ({"designModule": {"phases": ["PHASE1", "PHASE5"]}}, "designModule.phases[1]", "PHASE5"),
        (
            {"statusModule": {"startDateStruct": {"date": "2026-02-30"}}},
            "statusModule.startDateStruct.date",
            "2026-02-30",
        ),
        (
            {"statusModule": {"lastUpdatePostDateStruct": {"date": "2026-13-01"}}},
            "statusModule.lastUpdatePostDateStruct.date",
            "2026-13-01",
        ),
        (
            {"contactsLocationsModule": {"locations": [{"status": "RECRUITING"}, {"status": "OPEN"}]}},
            "contactsLocationsModule.locations[1].status",
            "OPEN",
        ),
        ({"contactsLocationsModule": {"locations": "Pune"}}, "contactsLocationsModule.locations", "Pune"),
    ],
)
def test_what_decides_safety_is_refused_by_name(modules: dict[str, Any], field: str, value: str) -> None:
    assert refused(study(**modules)) == ("NCT99000001", f"protocolSection.{field}", value)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"<html>", ("", "record", "not JSON: Expecting value (line 1, column 1)")),
        (b"[]", ("", "record", "Expected `object`, got `array`")),
        (b"{}", ("", "protocolSection", "missing")),
        (
            b'{"protocolSection": {"identificationModule": {"nctId": "CTRI/1"}}}',
            ("", "protocolSection.identificationModule.nctId", "CTRI/1"),
        ),
    ],
)
def test_what_is_no_study_is_refused(raw: bytes, expected: tuple[str, str, str]) -> None:
    assert refused(raw) == expected


def test_title_is_needed() -> None:
    raw = study(identificationModule={"briefTitle": ""})
    assert refused(raw) == ("NCT99000001", "protocolSection.identificationModule.briefTitle", "missing")


def test_deep_nesting_is_refused() -> None:
    raw = b'{"protocolSection": {"identificationModule": {"nctId": "NCT99000001"}, "x": ' + b"[" * 900
    assert refused(raw + b"]" * 900 + b"}}")[:2] == ("NCT99000001", "record")


@pytest.mark.parametrize("raw", [b"", b"5", b"[]", b'{"protocolSection": 5}', b"\xff", b"[" * 100_000])
def test_identify_finds_no_id_where_there_is_none(raw: bytes) -> None:
    assert identify(raw) == ""


def test_fingerprint_ignores_order_and_the_date_of_the_release() -> None:
    old = json.loads(FULL.read_bytes())
    new = dict(reversed(json.loads(FULL.read_bytes()).items()))
    new["derivedSection"]["miscInfoModule"]["versionHolder"] = "2026-11-21"
    assert fingerprint(canonical(old)) == fingerprint(json.dumps(new, indent=1).encode())


def test_fingerprint_notices_a_derived_status() -> None:
    changed = study(statusModule={"overallStatus": "UNKNOWN"})
    assert fingerprint(canonical(study())) != fingerprint(canonical(changed))


def test_examined_once_is_the_same_as_read_thrice() -> None:
    raw = FULL.read_bytes()
    examined = examine(raw)
    assert (examined.registry_id, examined.content_hash) == (identify(raw), fingerprint(raw))
    assert parse_value(examined.value) == parse(raw)


def test_recognised_by_its_bytes_is_the_same_as_examined() -> None:
    full = json.loads(FULL.read_bytes())
    lone = study() | {"derivedSection": {"miscInfoModule": {"versionHolder": "2026-11-02"}}}
    for value in (full, lone, study()):
        examined = examine(canonical(value))
        assert recognise(canonical(value)) == (examined.registry_id, examined.content_hash)


def test_number_in_another_spelling_is_not_recognised() -> None:
    raw = json.dumps(json.loads(FULL.read_bytes()), indent=1).encode()
    assert recognise(raw)[1] != examine(raw).content_hash
    assert recognise(b"<html>")[0] == ""


def test_what_is_no_json_cannot_be_examined() -> None:
    with pytest.raises(ParseError, match="not JSON"):
        examine(b"<html>")
