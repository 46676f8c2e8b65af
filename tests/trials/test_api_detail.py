"""What the answer of one trial says beside the object of the list."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.builders import make_trial, site
from trials.models import Registration, TrialSite

pytestmark = pytest.mark.django_db
CMC = ("CMC", "Vellore", "Tamil Nadu")
OF = {"registry": "ctgov", "id": "NCT00000001"}


def get() -> Any:
    return Client().get("/api/v1/trials/NCT00000001").json()


def test_criteria_are_each_registry_s_own_text() -> None:
    make_trial("NCT00000001", details={"inclusion": "Adults.", "exclusion": "HIV."})
    assert get()["criteria"] == [OF | {"text": "", "inclusion": "Adults.", "exclusion": "HIV."}]


def test_evidence_says_which_rule_and_that_people_go_before_it() -> None:
    make_trial("NCT00000001")
    found = {"axis": "targets", "label": "CD19", "rule": "r", "field": "title", "quote": "CD19 CAR"}
    Registration.objects.update(evidence=[found, found | {"axis": "role"}], corrected={"role": "follow_up"})
    assert get()["evidence"] == [
        OF | {"axis": "role", "label": "follow_up", "by": "people", "rule": "", "field": "", "quote": ""},
        OF | found | {"by": "rules"},
    ]


def test_a_place_says_how_sure_it_is() -> None:
    make_trial("NCT00000001", sites=[site(*CMC), site("Charité", "Berlin", "", country="Germany")])
    (place,) = get()["places"]
    assert (place["site"], place["open"], place["strength"], place["hospital_said"]) == (
        "cmc-vellore",
        True,
        "registry",
        None,
    )


@pytest.mark.parametrize(("days", "counts"), [(1, True), (91, False)])
def test_a_hospital_s_word_is_dated_and_counts_for_a_while(days: int, counts: bool) -> None:
    make_trial("NCT00000001", sites=[site(*CMC)])
    at = timezone.now() - timedelta(days=days)
    TrialSite.objects.update(confirmed="full", confirmed_at=at, is_open=not counts)
    (place,) = get()["places"]
    assert place["hospital_said"] == {"said": "full", "at": at.isoformat(), "counts": counts}
    assert place["strength"] == ("confirmed" if counts else "registry")


def test_posted_results_are_the_registry_s_numbers() -> None:
    group = {"id": "G1", "title": "CAR T"}
    counts = [{"group": "G1", "value": "28"}]
    flow = {"title": "Overall", "milestones": [{"kind": "STARTED", "counts": counts}]}
    row = {"title": "Month 6", "cells": [{"group": "G1", "value": "NA", "lower": "1.2"}]}
    main = {"title": "Response", "kind": "PRIMARY", "unit": "percent", "groups": [group], "rows": [row]}
    results = {"flow_groups": [group], "periods": [flow], "outcomes": [main, main | {"kind": "SECONDARY"}]}
    make_trial(
        "NCT00000001", details={"has_results": True, "results_posted": "2026-05-04", "results": results}
    )
    (answer,) = get()["results"]
    assert answer["posted"] == "2026-05-04"
    assert answer["participants"] == [
        {"period": "Overall", "group": "CAR T", "started": "28", "completed": ""}
    ]
    (outcome,) = answer["main_outcomes"]
    assert outcome["values"] == [
        {
            "group": "CAR T",
            "row": "Month 6",
            "category": "",
            "value": "NA",
            "spread": "",
            "lower": "1.2",
            "upper": "",
        }
    ]


def test_nobody_s_name_or_number_is_in_it() -> None:
    person = {"name": "Dr Asha Rao", "phone": "+91 98200 12345", "email": "asha@example.org"}
    make_trial("NCT00000001", sites=[site(*CMC)], details={"contacts": [person], "officials": [person]})
    TrialSite.objects.update(contacts=[person], investigator="Dr Asha Rao")
    text = Client().get("/api/v1/trials/NCT00000001").content.decode()
    assert [word for word in person.values() if word in text] == []


def test_one_trial_asks_four_times(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make_trial("NCT00000001", sites=[site(*CMC), site()])
    get()
    with django_assert_num_queries(4):
        get()
