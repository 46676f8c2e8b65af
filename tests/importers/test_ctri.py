"""The example pages, field by field, under the comparison rules of their expected.json."""

import base64
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from importers.places import locate
from importers.records import ParseError
from importers.registries.ctri import fingerprint, identify, parse
from trials.choices import Phase, Sex, Status, StudyType
from trials.record import SiteRecord, TrialRecord

PAGES = Path(__file__).parents[1] / "payloads" / "ctri"
EXPECTED: dict[str, Any] = json.loads((PAGES / "expected.json").read_text(encoding="utf-8"))["pages"]
RECORDS = sorted(name for name, page in EXPECTED.items() if "public_title" in page)
OTHER_SKIN = sorted(name for name in EXPECTED if name.startswith("s"))

STATUSES = {
    "Open to Recruitment": Status.RECRUITING,
    "Not Yet Recruiting": Status.NOT_YET_RECRUITING,
    "Closed to Recruitment of Participants": Status.ACTIVE_NOT_RECRUITING,
    "Suspended": Status.SUSPENDED,
    "Not Applicable": None,
    None: None,
}


def record_of(name: str) -> TrialRecord:
    return parse((PAGES / name).read_bytes())


def flat(value: Any) -> Any:
    """Expected and parsed values as they are compared: one space, nothing is None."""
    if isinstance(value, str):
        return " ".join(re.sub("[\ufffd\ud800-\udfff\uf000-\uf0ff]", "", value).split()) or None
    if isinstance(value, list | tuple):
        return [flat(item) for item in value]
    return value


@pytest.fixture(params=RECORDS)
def page(request: pytest.FixtureRequest) -> tuple[TrialRecord, dict[str, Any]]:
    return record_of(request.param), EXPECTED[request.param]


Page = tuple[TrialRecord, dict[str, Any]]


def test_identity_and_address_of_the_page(page: Page) -> None:
    record, gold = page
    assert record.registry_id == gold["ctri_number"]
    encoded = base64.b64encode(str(gold["trialid"]).encode()).decode()
    assert record.url == f"https://ctri.nic.in/Clinicaltrials/pmaindet2.php?EncHid={encoded}&Enc=&userName="


def test_registration(page: Page) -> None:
    record, gold = page
    modified = date.fromisoformat(gold["last_modified"]) if gold["last_modified"] else None
    assert (record.registered, record.prospective, record.last_updated) == (
        gold["registered_on"],
        gold["prospective"],
        modified,
    )


def test_titles_and_kind(page: Page) -> None:
    record, gold = page
    assert flat((record.title, record.official_title, record.acronym)) == flat(
        [gold["public_title"], gold["scientific_title"], gold["acronym"]]
    )
    assert flat(record.study_type_words) == flat(gold["type_of_study"])
    assert record.design.split("; ")[0] == gold["study_design"]
    kinds = {None: None, "Interventional": StudyType.INTERVENTIONAL, "Observational": StudyType.OBSERVATIONAL}
    assert record.study_type == kinds[gold["type_of_trial"]]


def test_secondary_ids(page: Page) -> None:
    record, gold = page
    assert flat([i.value for i in record.secondary_ids if i.kind != "NCT"]) == flat(gold["secondary_ids"])
    assert [i.value for i in record.secondary_ids if i.kind == "NCT"] == gold["nct_ids"]


def test_sponsor_countries_and_size(page: Page) -> None:
    record, gold = page
    assert flat((record.sponsor, record.countries)) == flat([gold["primary_sponsor"], gold["countries"]])
    assert (record.enrollment, record.enrollment_india) == (
        gold["sample_size_total"],
        gold["sample_size_india"],
    )


def test_sites_as_written(page: Page) -> None:
    record, gold = page
    keys = ("pi", "name", "address", "district_raw", "state_raw")
    written = [
        (s.investigator, s.facility, s.address.replace("\n", " "), s.city, s.state) for s in record.sites
    ]
    assert flat(written) == flat([[site[key] for key in keys] for site in gold["sites"]])


def test_sites_located(page: Page) -> None:
    record, gold = page
    accept = gold["accept"]
    for position, (site, truth) in enumerate(zip(record.sites, gold["sites"], strict=True)):
        place = locate(site)
        for key, value in (("city", place.city), ("state", place.state)):
            assert flat(value) in [truth[key], *accept.get(f"sites[{position}].{key}", [])]


def test_conditions(page: Page) -> None:
    record, gold = page
    assert flat(record.conditions) == flat([condition["text"] for condition in gold["conditions"]])
    assert list(record.icd10_codes) == [c["icd10"] for c in gold["conditions"] if c["icd10"]]
    assert record.healthy_volunteers == (False if gold["health_types"] else None)


def test_interventions(page: Page) -> None:
    record, gold = page
    given = [(i.kind, i.name, i.description) for i in record.interventions]
    assert flat(given) == flat([[i["type"], i["name"], i["details"]] for i in gold["interventions"]])


def test_eligibility(page: Page) -> None:
    record, gold = page
    assert flat((record.inclusion, record.exclusion)) == flat([gold["inclusion"], gold["exclusion"]])
    assert flat((record.min_age, record.max_age)) == flat([gold["age_min"], gold["age_max"]])
    assert record.min_age_years == pytest.approx(gold["age_min_years"], abs=1e-4)
    assert record.max_age_years == pytest.approx(gold["age_max_years"], abs=1e-4)
    assert record.sex == {"Both": Sex.ALL}[gold["gender"]]


def test_phase_and_status(page: Page) -> None:
    record, gold = page
    assert list(record.phases) == [Phase(phase) for phase in gold["phase"]["canonical"]]
    assert record.status_india == STATUSES[gold["status_india"]]
    assert record.status_global == STATUSES[gold["status_global"]]
    assert (record.status == Status.RECRUITING) == (gold["status_india"] == "Open to Recruitment")


@pytest.mark.parametrize("name", OTHER_SKIN)
def test_other_skin_says_what_is_expected(name: str) -> None:
    record, gold = record_of(name), EXPECTED[name]
    places = [{"city": place.city, "state": place.state} for place in map(locate, record.sites)]
    assert (record.registry_id, places, record.notices) == (gold["ctri_number"], gold["sites"], ())
    assert list(record.phases) == [Phase(phase) for phase in gold["phase"]["canonical"]]
    assert (record.min_age_years, record.max_age_years) == (gold["age_min_years"], gold["age_max_years"])


def test_page_names_itself_and_keeps_its_fingerprint(page: Page) -> None:
    record, gold = page
    name = next(name for name, other in EXPECTED.items() if other is gold)
    raw = (PAGES / name).read_bytes()
    assert identify(raw) == record.registry_id
    assert fingerprint(raw.replace(b"width=700", b"width=800")) == fingerprint(raw)
    assert fingerprint(raw.replace(b"Recruitment", b"Recruitement")) != fingerprint(raw)


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("f01_invalid_request_old.html", "invalid id"),
        ("f02_message_stub.html", "invalid id"),
        ("f05_security_code.html", "security code"),
        ("f07_truncated_in_sites.html", "truncated"),
    ],
)
def test_other_answers_are_recognised(name: str, answer: str) -> None:
    with pytest.raises(ParseError) as problem:
        record_of(name)
    assert problem.value.field == answer


@pytest.mark.parametrize(
    ("raw", "answer"),
    [
        (b"", "empty"),
        (b" \r\n ", "empty"),
        (b"%PDF-1.4", "not html"),
        (b'{"a": 1}', "not html"),
        (b"<html><script>location='login.php?id=1'</script></html>", "login"),
        (b"<html><body>Welcome</body></html>", "CTRI Number"),
        (b"<html><body><table><tr><td>Welc", "truncated"),
    ],
)
def test_answers_without_a_record_are_named(raw: bytes, answer: str) -> None:
    with pytest.raises(ParseError) as problem:
        parse(raw)
    assert problem.value.field == answer
    assert identify(raw) == ""


def test_site_of_study_keeps_contact_and_country() -> None:
    site = record_of("r01_2023_03_050689.html").sites[0]
    assert isinstance(site, SiteRecord)
    assert (site.country, site.contacts[0].phone, site.contacts[0].email) == (
        "India",
        "0000000000",
        "site1@example.org",
    )
