"""The review pages of the desk: who may decide, what the form takes, what is refused."""

import json
from typing import Any

import pytest
from django.test import Client

from importers.classify import contradictions
from importers.classify.role import UNDECIDED_RULES
from importers.review.decide import version
from importers.review.reasons import REASONS, alike
from tests.builders import make_trial
from tests.desk import HOSTILE, message_levels, person, signed_in
from trials.models import LabelCorrection, Registration, Trial

pytestmark = pytest.mark.django_db

SENTENCE = "HIV infection"


@pytest.fixture
def registration() -> Registration:
    make_trial(
        "NCT00000001",
        title=f"CD19 CAR T {HOSTILE}",
        conditions=["aml"],
        targets=["CD19"],
        details={
            "exclusion": f"* {SENTENCE}\n* {HOSTILE}",
            "interventions": [{"name": HOSTILE, "other_names": []}],
        },
        evidence=[
            {"axis": "targets", "label": "CD19", "rule": "targets/named", "field": "title", "quote": "CD19"}
        ],
    )
    return Registration.objects.get()


def form(registration: Registration, **changed: Any) -> dict[str, Any]:
    labels = {"role": "gives_car_t", "conditions": ["aml"], "targets": "CD19", "cell_source": "autologous"}
    return labels | {"seen": version(registration)} | changed


def post(client: Client, registration: Registration, **changed: Any) -> Any:
    return client.post(f"/imports/review/{registration.pk}/save/", form(registration, **changed), follow=True)


def admin() -> Client:
    return signed_in(person(admin=True))


def test_page_marks_the_deciding_words_and_escapes_the_record(registration: Registration) -> None:
    page = admin().get(f"/imports/review/{registration.pk}/").content.decode()
    assert "<mark>CD19</mark> CAR T &lt;script&gt;" in page
    assert "targets/named" in page
    assert HOSTILE not in page


def test_saving_what_stands_there_decides_nothing(registration: Registration) -> None:
    assert message_levels(post(admin(), registration)) == ["success"]
    assert LabelCorrection.objects.count() == 0


def test_limit_of_a_facet_is_no_decision(registration: Registration) -> None:
    registration.eligibility = {"hiv": {"value": "excluded", "quote": SENTENCE, "limit": "active only"}}
    registration.save(update_fields=["eligibility"])
    assert message_levels(post(admin(), registration, hiv="excluded", hiv_quote=SENTENCE)) == ["success"]
    assert LabelCorrection.objects.count() == 0


def test_saved_label_counts_and_is_told_with_its_author(registration: Registration) -> None:
    answer = post(admin(), registration, conditions=["b-all", "cll"], targets="cd 19, bcma", why="Read it")
    assert message_levels(answer) == ["success"]
    assert (Trial.objects.get().conditions, Trial.objects.get().targets) == (
        ["b-all", "cll"],
        ["CD19", "BCMA"],
    )
    assert "Read it" in answer.content.decode()


def test_checked_labels_are_a_persons_word_also_where_the_rules_agree(registration: Registration) -> None:
    assert message_levels(post(admin(), registration, all_right="on")) == ["success"]
    registration.refresh_from_db()
    assert registration.corrected == {
        "role": "gives_car_t", "conditions": ["aml"], "targets": ["CD19"], "cell_source": "autologous",
    }  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"targets": "CD19, Nonsense"},
        {"role": "king"},
        {"conditions": ["nope"]},
        {"ecog_max": "9", "ecog_max_quote": SENTENCE},
        {"hiv": "excluded"},
        {"hiv": "excluded", "hiv_quote": "No such sentence"},
        {"seen": ""},
        {"why": "x" * 1001},
    ],
)
def test_wrong_entry_is_refused_and_nothing_noted(registration: Registration, wrong: dict[str, Any]) -> None:
    answer = post(admin(), registration, **wrong)
    assert (answer.status_code, LabelCorrection.objects.count()) == (400, 0)
    assert message_levels(answer) == ["error"]


def test_facet_needs_the_sentence_as_it_stands(registration: Registration) -> None:
    post(admin(), registration, hiv="excluded", hiv_quote=f" {SENTENCE} ")
    assert Trial.objects.get().eligibility == {"hiv": {"value": "excluded", "quote": SENTENCE}}


def test_entries_stand_where_somebody_was_faster(registration: Registration) -> None:
    client, old = admin(), form(registration, conditions=["b-all"])
    post(client, registration, conditions=["cll"])
    answer = client.post(f"/imports/review/{registration.pk}/save/", old)
    assert (answer.status_code, Trial.objects.get().conditions) == (409, ["cll"])
    assert '"b-all"\n' in answer.content.decode()
    assert answer.context["form"]["conditions"].value() == ["b-all"]


def test_axis_is_given_back_to_the_rules(registration: Registration) -> None:
    client = admin()
    post(client, registration, conditions=["b-all"])
    registration.refresh_from_db()
    post(client, registration, conditions=["b-all"], back=["conditions"])
    assert Trial.objects.get().conditions == ["aml"]


def test_staff_who_may_not_run_imports_look_only(registration: Registration) -> None:
    client = signed_in(person())
    assert client.get(f"/imports/review/{registration.pk}/").status_code == 200
    assert post(client, registration, conditions=["b-all"]).status_code == 403


def test_number_leads_to_its_record(registration: Registration) -> None:
    answer = admin().get("/imports/review/?find=nct00000001")
    assert answer["Location"] == f"/imports/review/{registration.pk}/"
    assert admin().get("/imports/review/?find=NCT1&kind=x&page=x").status_code == 200


def test_undo_button_undoes(registration: Registration) -> None:
    client = admin()
    post(client, registration, conditions=["b-all"])
    answer = client.post(f"/imports/review/undo/{LabelCorrection.objects.get().pk}/", follow=True)
    assert (message_levels(answer), Trial.objects.get().conditions) == (["success"], ["aml"])


def test_rows_come_as_files(registration: Registration) -> None:
    client = admin()
    post(client, registration, all_right="on", hiv="excluded", hiv_quote=SENTENCE)
    labels = client.get("/imports/review/labels.csv").content.decode().splitlines()
    assert labels == ["id,role,conditions,targets,cell_source", "NCT00000001,gives_car_t,aml,CD19,autologous"]
    assert json.loads(client.get("/imports/review/eligibility.jsonl").content) == {
        "id": "NCT00000001",
        "facets": {"hiv": {"value": "excluded", "quote": SENTENCE, "note": ""}},
    }


def test_page_says_how_many_other_records_the_same_rule_decided(registration: Registration) -> None:
    rule = {"axis": "role", "label": "gives_car_t", "rule": "role/given", "field": "title", "quote": "CAR"}
    other = rule | {"rule": "role/given-by-title"}
    for number, evidence in enumerate(([rule], [rule], [other])):
        make_trial(f"NCT9000010{number}", evidence=evidence)
    registration.evidence = [rule]
    assert [(one.rule, one.others) for one in alike(registration)] == [("role/given", 2)]


def test_page_says_why_a_record_waits(registration: Registration) -> None:
    why = {
        "axis": "role",
        "label": "not_car_t",
        "rule": "role/named-in-summary",
        "field": "summary",
        "quote": "",
    }
    Registration.objects.filter(pk=registration.pk).update(evidence=[why], undecided=["role"], corrected={})
    page = admin().get(f"/imports/review/{registration.pk}/").content.decode()
    assert page.count("no sentence says that the study gives them.") == 1


def test_every_rule_that_leaves_a_label_to_a_person_has_its_reason() -> None:
    assert {*UNDECIDED_RULES, contradictions.RULE} == set(REASONS)
