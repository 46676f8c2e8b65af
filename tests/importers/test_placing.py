"""What the rules of places are unsure of is asked once; the answer is an alias for ever."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from importers.models import ImportRun
from importers.models.places import PlaceAnswer
from importers.pipeline import start
from importers.place_answers.unsure import unsure
from importers.registries.slugs import Registry
from tests.desk import message_levels, person, signed_in
from tests.studies import study, write_lines
from trials.models import Trial, TrialEvent, TrialSite

pytestmark = pytest.mark.django_db
ODD = {"facility": "Shree Ganga Cancer Clinic", "city": "Mumbai", "state": "Maharashtra"}
NOWHERE = {"facility": "Research Site", "city": "Xyzpur", "state": "Assam"}


@pytest.fixture
def admin() -> Client:
    return signed_in(person(admin=True))


@pytest.fixture(autouse=True)
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The part of the worker is done by `press`."""
    monkeypatch.setattr("importers.tasks.carry_out.delay", lambda _: None)


def load(tmp_path: Path, *places: dict[str, str], number: str = "NCT99000001") -> None:
    record = study(number)
    module = record["protocolSection"]["contactsLocationsModule"]
    module["locations"] = [{"country": "India", "status": "RECRUITING"} | place for place in places]
    path = write_lines(tmp_path / f"{number}.jsonl", record)
    start.carry_out(start.queue(Registry.CTGOV, ImportRun.Source.FILES, origin=str(path)).pk)


def press(client: Client, address: str, **values: Any) -> list[str]:
    """Push a button, and let the worker do what follows."""
    page = client.post(f"/imports/places/{address}/", values, follow=True)
    for run in ImportRun.objects.filter(status="queued"):
        start.carry_out(run.pk)
    return message_levels(page)


def asked(kind: str) -> list[str]:
    return [question.text for question in unsure(kind)]


def hospitals() -> list[tuple[str, str, str]]:
    return list(TrialSite.objects.order_by("trial", "position").values_list("hospital", "city", "state"))


HOSPITAL = {"kind": "hospital", "text": ODD["facility"], "within": ["Mumbai", "Maharashtra"]}
CITY = {"kind": "city", "text": "Xyzpur", "within": ["Assam"]}


def test_only_what_is_unsure_is_asked(tmp_path: Path) -> None:
    sure = {"facility": "Tata Memorial Hospital", "city": "Mumbai", "state": "Maharashtra"}
    load(tmp_path, sure, ODD, NOWHERE)
    assert (asked("hospital"), asked("city")) == ([ODD["facility"]], ["Xyzpur"])


def test_generic_name_and_contradicted_city_are_asked_a_chain_without_branch_is_not(tmp_path: Path) -> None:
    state = {"state": "Maharashtra"}
    load(
        tmp_path,
        {"facility": "Kolhapur Cancer Hospital", "city": "Kolhapur"} | state,
        {"facility": "Bombay Hospital, Indore", "city": "Mumbai"} | state,
        {"facility": "Max Hospital", "city": "New Delhi", "state": "Delhi"},
    )
    assert asked("hospital") == ["Bombay Hospital, Indore", "Kolhapur Cancer Hospital"]
    assert hospitals()[2] == ("Max Hospital", "New Delhi", "Delhi")


def test_postal_code_city_and_address_that_disagree_are_asked_with_all_three(
    tmp_path: Path, admin: Client
) -> None:
    load(tmp_path, {"facility": "Udaharan Hospital", "city": "Jaipur", "state": "Rajasthan", "zip": "682001"})
    TrialSite.objects.update(address="12 Lake Road, Coimbatore")
    question = admin.get("/imports/places/?kind=hospital").context["asked"][0].question
    assert (question.cities, question.codes, question.addresses) == (
        ["Jaipur, Rajasthan"],
        ["682001"],
        ["12 Lake Road, Coimbatore"],
    )


def test_answered_hospital_holds_at_once_and_wherever_it_is_written_again(
    tmp_path: Path, admin: Client
) -> None:
    load(tmp_path, ODD)
    assert press(admin, "answer", **HOSPITAL, hospital="tata memorial hospital") == ["success"]
    load(tmp_path, ODD | {"facility": "SHREE  GANGA Cancer Clinic"}, number="NCT99000002")
    tata = ("Tata Memorial Hospital", "Mumbai", "Maharashtra")
    assert (hospitals(), asked("hospital")) == ([tata, tata], [])
    assert Trial.objects.get(primary_id="NCT99000002").hospitals == ["tata-memorial-hospital-mumbai"]
    kinds = TrialEvent.objects.exclude(kind=TrialEvent.Kind.LISTED).values_list("kind", flat=True)
    assert list(kinds) == []


def test_text_may_name_no_hospital(tmp_path: Path, admin: Client) -> None:
    load(tmp_path, ODD)
    press(admin, "answer", **HOSPITAL, hospital="")
    assert hospitals() == [("", "Mumbai", "Maharashtra")]


def test_answered_city_brings_its_state_and_point(tmp_path: Path, admin: Client) -> None:
    load(tmp_path, NOWHERE)
    assert press(admin, "answer", **CITY, city="guwahati", state="Assam") == ["success"]
    row = TrialSite.objects.get()
    assert (row.city, row.state, row.latitude is not None) == ("Guwahati", "Assam", True)
    assert (row.written_city, row.place_rule) == ("Xyzpur", "city: answered; hospital: anonymous")
    assert asked("city") == []


def test_city_the_vocabulary_does_not_know_is_taken_as_answered(tmp_path: Path, admin: Client) -> None:
    load(tmp_path, NOWHERE)
    press(admin, "answer", **CITY, city="Xyzpur", state="Nagaland")
    assert (hospitals(), asked("city")) == ([("", "Xyzpur", "Nagaland")], [])


def test_answer_outlives_reading_all_copies_again_and_can_be_taken_back(
    tmp_path: Path, admin: Client
) -> None:
    load(tmp_path, ODD)
    before = hospitals()
    press(admin, "answer", **HOSPITAL, hospital="Tata Memorial Hospital")
    start.carry_out(start.queue(Registry.CTGOV, ImportRun.Source.REPARSE).pk)
    assert hospitals()[0][0] == "Tata Memorial Hospital"
    press(admin, str(PlaceAnswer.objects.get().pk))
    assert (hospitals(), asked("hospital")) == (before, [ODD["facility"]])


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "x"},
        {"text": "never written"},
        {"text": "\0" * 5000},
        {"within": []},
        {"hospital": "x" * 301},
        {"kind": "city", "state": "Atlantis"},
        {"kind": "city", "city": "", "state": "Assam"},
    ],
)
def test_what_is_no_answer_changes_nothing(tmp_path: Path, admin: Client, change: dict[str, Any]) -> None:
    load(tmp_path, ODD, NOWHERE)
    said = press(admin, "answer", **(HOSPITAL | {"hospital": "A", "city": "B"} | change))
    assert (said, PlaceAnswer.objects.count()) == (["error"], 0)


def test_page_suggests_hospitals_of_the_same_city(tmp_path: Path, admin: Client) -> None:
    load(tmp_path, ODD | {"facility": "Memorial Cancer Clinic"})
    page = admin.get("/imports/places/?kind=hospital")
    assert "Tata Memorial Hospital" in page.context["asked"][0].suggestions
    assert admin.get("/hi/imports/places/").status_code == 200


def test_only_admins_answer(tmp_path: Path) -> None:
    load(tmp_path, ODD)
    codes = [
        client.post("/imports/places/answer/", HOSPITAL).status_code
        for client in (Client(), signed_in(person()))
    ]
    assert (codes, PlaceAnswer.objects.count()) == ([302, 403], 0)
