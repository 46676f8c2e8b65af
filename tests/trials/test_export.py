import json
from datetime import date
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from importers.registries.slugs import Registry
from tests.builders import make_trial, site, trial_row
from trials.catalogue.serialise import as_json, export, with_details
from trials.choices import Status
from trials.explain.key_limits import cannot_join
from trials.models import Trial

pytestmark = pytest.mark.django_db


def words(language: str) -> str:
    """What people read of the limit."""
    with override(language):
        return cannot_join("uncontrolled only")


def exported(*arguments: str) -> list[dict[str, object]]:
    out = StringIO()
    call_command("export_trials", *arguments, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_as_json_has_the_stable_names_and_values() -> None:
    trial = make_trial(
        "NCT00000001",
        title="CAR T for DLBCL",
        conditions=["lbcl"],
        targets=["CD19"],
        phases=["PHASE1", "PHASE2"],
        eligibility={"hiv": {"value": "excluded", "quote": "No HIV.", "limit": "uncontrolled only"}},
        min_age_years=18,
        sites=[site("Tata Memorial Hospital"), site(status="", country="France", city="Paris", state="")],
    )
    assert as_json(trial) == {
        "id": "NCT00000001",
        "registrations": [
            {
                "registry": "ctgov",
                "id": "NCT00000001",
                "url": "https://registry.example/NCT00000001",
                "status": "RECRUITING",
                "updated": "2026-10-01",
            }
        ],
        "title": "CAR T for DLBCL",
        "role": "gives_car_t",
        "conditions": ["lbcl"],
        "targets": ["CD19"],
        "cell_source": "autologous",
        "phases": ["PHASE1", "PHASE2"],
        "eligibility": {
            "hiv": {
                "value": "excluded",
                "limit": "uncontrolled only",
                "quote": "No HIV.",
                "words": {code: words(code) for code, _name in settings.LANGUAGES},
            }
        },
        "status": "RECRUITING",
        "recruiting_in_india": True,
        "min_age_years": 18.0,
        "max_age_years": None,
        "sites": [
            {
                "hospital": "Tata Memorial Hospital",
                "city": "Mumbai",
                "state": "Maharashtra",
                "country": "India",
                "status": "RECRUITING",
            },
            {"hospital": "Research Site", "city": "Paris", "state": "", "country": "France", "status": ""},
        ],
        "last_updated": "2026-10-01",
        "published": True,
    }


def test_as_json_of_two_registrations_gives_both_and_the_newest_date() -> None:
    trial = make_trial("NCT00000001")
    later = date(2026, 11, 2)
    make_trial("CTRI/2026/01/000001", registry=Registry.CTRI, trial=trial, last_updated=later)
    answer = as_json(with_details(Trial.objects.all()).get())
    assert [r["id"] for r in answer["registrations"]] == ["NCT00000001", "CTRI/2026/01/000001"]
    assert answer["last_updated"] == "2026-11-02"


def test_as_json_marks_sample_data() -> None:
    assert as_json(trial_row(sample=True))["sample"] is True


def test_export_gives_what_the_public_sees_and_all_gives_everything() -> None:
    trial_row("NCT00000001")
    trial_row("NCT00000002", published=False, status=Status.WITHHELD)
    assert [trial["id"] for trial in exported()] == ["NCT00000001"]
    assert [trial["id"] for trial in exported("--all")] == ["NCT00000001", "NCT00000002"]


def test_export_is_plain_ascii_lines_whatever_the_text() -> None:
    trial_row(title="रक्त\nकैंसर \u2028")
    assert [trial["title"] for trial in exported()] == ["रक्त\nकैंसर \u2028"]


def test_with_details_asks_thrice_whatever_the_number(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(5):
        make_trial(sites=[site("CMC", "Vellore", "Tamil Nadu"), site()])
    with django_assert_num_queries(3):
        assert len([as_json(trial) for trial in with_details(Trial.objects.listed())]) == 5


def test_export_of_nothing_is_nothing() -> None:
    assert list(export(everything=True)) == []
