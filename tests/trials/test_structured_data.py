"""What pages say in schema.org's words: types and properties that there are, what is known, always inert."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.builders import make_trial, site
from trials.browse.products import car_t_products
from trials.choices import Status
from trials.models import Trial

pytestmark = pytest.mark.django_db

NUMBER = "NCT00000001"
SITE = "http://127.0.0.1:8000"
THING = {"@id": "URL", "url": "URL", "name": "Text", "alternateName": "Text", "description": "Text"}
MEDICAL = THING | {"code": "MedicalCode", "sameAs": "URL", "study": "MedicalTrial"}
PLACE = THING | {"containedInPlace": "Country", "containsPlace": "Hospital", "address": "PostalAddress"}
SCHEMA: dict[str, dict[str, str]] = {
    "MedicalTrial": MEDICAL
    | {
        "status": "MedicalStudyStatus",
        "healthCondition": "MedicalCondition",
        "sponsor": "Organization",
        "studyLocation": "City AdministrativeArea",
    },
    "MedicalCondition": MEDICAL,
    "MedicalCode": {"codeValue": "Text", "codingSystem": "Text"},
    "Organization": THING,
    "City": PLACE,
    "AdministrativeArea": PLACE,
    "Country": PLACE,
    "Hospital": PLACE,
    "PostalAddress": {
        "streetAddress": "Text",
        "postalCode": "Text",
        "addressLocality": "Text",
        "addressRegion": "Text",
        "addressCountry": "Text",
    },
    "BreadcrumbList": {"itemListElement": "ListItem"},
    "ListItem": {"position": "Integer", "name": "Text", "item": "URL"},
    "WebSite": THING | {"inLanguage": "Text", "potentialAction": "SearchAction"},
    "SearchAction": {"target": "EntryPoint", "query-input": "Text"},
    "EntryPoint": {"urlTemplate": "Text"},
}
"""Of schema.org, the types used here: each property with the types that its values may have."""
STATUSES = ["ActiveNotRecruiting", "Completed", "EnrollingByInvitation", "NotYetRecruiting", "Recruiting"]
STATUSES += ["Suspended", "Terminated", "Withdrawn"]
HOSTILE = "</script><script>alert(1)</script><!-- \u2028\u2029 & \u202e ]]> \"'"


def graph(client: Client, path: str) -> list[dict[str, Any]]:
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', client.get(path).text, re.S)
    return [entity for block in blocks for entity in json.loads(block)["@graph"]]


def faults(entity: dict[str, Any]) -> Iterator[str]:
    known = SCHEMA[entity["@type"]]
    for name, value in entity.items():
        if name == "@type":
            continue
        if name not in known:
            yield f"{entity['@type']} has no {name}"
            continue
        for one in value if isinstance(value, list) else [value]:
            yield from _wrong(one, known[name], f"{entity['@type']}.{name}")


def _wrong(value: Any, expected: str, where: str) -> Iterator[str]:
    if isinstance(value, dict):
        if value["@type"] not in expected.split():
            yield f"{where}: {value['@type']}"
        yield from faults(value)
    elif expected == "MedicalStudyStatus":
        if value.removeprefix("https://schema.org/") not in STATUSES:
            yield f"{where}: {value}"
    elif expected == "URL":
        if not re.fullmatch(r"https?://\S+", value):
            yield f"{where}: {value}"
    elif not isinstance(value, int if expected == "Integer" else str) or not value:
        yield f"{where}: {value!r}"


def full_trial(**columns: Any) -> Trial:
    return make_trial(
        NUMBER,
        conditions=["lbcl", "mcl"],
        phases=["PHASE1", "PHASE2"],
        sponsor="Example Institute",
        sites=[
            site("Example Hospital"),
            site("Another Hospital", "Pune"),
            site("", "Boston", "", "United States"),
        ],
        **columns,
    )


@pytest.mark.parametrize("prefix", ["", "/hi"])
@pytest.mark.parametrize(
    ("path", "types"),
    [
        ("/", ["WebSite"]),
        (f"/trials/{NUMBER}/", ["MedicalTrial", "BreadcrumbList"]),
        ("/conditions/lbcl/", ["MedicalCondition", "BreadcrumbList"]),
        ("/sites/example-hospital-mumbai/", ["Hospital", "BreadcrumbList"]),
        (f"/products/{car_t_products()[0].slug}/", ["BreadcrumbList"]),
        ("/trials/", []),
    ],
)
def test_page_says_what_it_is_about(client: Client, path: str, types: list[str], prefix: str) -> None:
    full_trial()
    found = graph(client, prefix + path)
    assert [entity["@type"] for entity in found] == types
    assert [fault for entity in found for fault in faults(entity)] == []


def test_trial_is_told_whole(client: Client) -> None:
    full_trial()
    trial, way = graph(client, f"/trials/{NUMBER}/")
    assert trial["code"] == [
        {"@type": "MedicalCode", "codeValue": NUMBER, "codingSystem": "ClinicalTrials.gov"}
    ]
    assert trial["status"] == "https://schema.org/Recruiting"
    assert trial["sponsor"] == {"@type": "Organization", "name": "Example Institute"}
    assert [one["name"] for one in trial["healthCondition"]] == [
        "Diffuse large B-cell lymphoma / large B-cell lymphoma",
        "Mantle cell lymphoma",
    ]
    places = {city["name"]: [one["name"] for one in city["containsPlace"]] for city in trial["studyLocation"]}
    assert places == {"Mumbai": ["Example Hospital"], "Pune": ["Another Hospital"]}
    assert trial["description"].startswith("Phase 1 and 2")
    assert [step["item"] for step in way["itemListElement"]] == [
        f"{SITE}/",
        f"{SITE}/trials/",
        f"{SITE}/trials/{NUMBER}/",
    ]


@pytest.mark.parametrize("status", [Status.UNKNOWN, Status.AVAILABLE, Status.WITHHELD])
def test_status_without_a_word_of_its_own_is_left_out(client: Client, status: str) -> None:
    full_trial(status=status)
    assert [entity.get("status") for entity in graph(client, f"/trials/{NUMBER}/")] in ([None, None], [])


@pytest.mark.parametrize(
    "columns", [{"is_stale": True}, {"unreadable_since": timezone.now()}], ids=["stale", "unreadable"]
)
def test_word_that_does_not_hold_is_never_recruiting(client: Client, columns: dict[str, Any]) -> None:
    full_trial(**columns)
    assert "schema.org/Recruiting" not in client.get(f"/trials/{NUMBER}/").text


def test_invented_withdrawn_and_expanded_are_no_medical_trials(client: Client) -> None:
    full_trial(sample=True)
    assert [
        graph(client, path) for path in ("/", f"/trials/{NUMBER}/", "/sites/example-hospital-mumbai/")
    ] == [[], [], []]
    make_trial("NCT00000002", gone_at=timezone.now() - timedelta(days=3))
    make_trial("NCT00000003", role="expanded_access")
    Trial.objects.filter(sample=True).delete()
    for number in ("NCT00000002", "NCT00000003"):
        assert [one["@type"] for one in graph(client, f"/trials/{number}/")] == ["BreadcrumbList"]


@pytest.mark.parametrize("path", [f"/trials/{NUMBER}/", "/conditions/lbcl/", "/sites/{slug}/"])
def test_hostile_words_stay_in_their_block(client: Client, path: str) -> None:
    trial = make_trial(
        NUMBER,
        title=HOSTILE,
        official_title=HOSTILE,
        sponsor=HOSTILE,
        conditions=["lbcl"],
        sites=[site(HOSTILE[:200], address=HOSTILE, city="Pune")],
    )
    page = client.get(path.format(slug=trial.hospitals[0])).text
    block = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert [sign for sign in "<>&\u2028\u2029" if sign in block] == []
    assert [fault for entity in json.loads(block)["@graph"] for fault in faults(entity)] == []
    assert "<script>alert" not in page
