"""Who stays listed: a trial leaves only after its registry has denied it on two days, and comes back."""

import pytest
from django.test import Client

from importers.fake.server import FORBIDDEN, Fault
from importers.models import RecordChange
from tests.importers.sweeps import sweep
from tests.studies import aspirin, study
from trials.models import Registration, Trial, TrialEvent

pytestmark = pytest.mark.django_db

KEPT = [study(f"NCT990000{number:02}") for number in range(30)]
LOST = study("NCT99000099")
NOT_CAR_T = aspirin("NCT99000098")
EVERYTHING = [*KEPT, LOST, NOT_CAR_T]


def lost() -> Trial:
    return Trial.objects.get(primary_id="NCT99000099")


def events() -> list[str]:
    return list(TrialEvent.objects.filter(trial=lost()).order_by("id").values_list("kind", flat=True))


def test_trial_that_drops_out_of_the_question_is_followed_by_its_id() -> None:
    sweep(EVERYTHING)
    changed = study("NCT99000099", statusModule={"overallStatus": "COMPLETED"})
    run = sweep([*KEPT, NOT_CAR_T], day=1, unlisted=[changed])
    assert (run.status, run.seen, run.updated, run.withdrawn) == ("succeeded", 32, 1, 0)
    assert (lost().status, lost().published) == ("COMPLETED", True)


def test_trial_denied_once_stays_listed() -> None:
    sweep(EVERYTHING)
    run = sweep([*KEPT, NOT_CAR_T], day=1)
    assert (run.status, run.withdrawn, run.absent, lost().published) == (
        "succeeded",
        0,
        ["NCT99000099"],
        True,
    )
    assert run.changes.get().kind == RecordChange.Kind.MISSING


def test_trial_denied_twice_on_one_day_stays_listed() -> None:
    sweep(EVERYTHING)
    sweep([*KEPT, NOT_CAR_T], day=1)
    run = sweep([*KEPT, NOT_CAR_T], day=1, hours=9)
    assert (run.withdrawn, lost().published) == (0, True)


def test_trial_denied_on_two_days_leaves_the_search_and_keeps_its_page(client: Client) -> None:
    sweep(EVERYTHING)
    sweep([*KEPT, NOT_CAR_T], day=1)
    run = sweep([*KEPT, NOT_CAR_T], day=2)
    assert (run.status, run.withdrawn, lost().published, lost().gone) == ("succeeded", 1, False, True)
    assert (lost().recruiting_in_india, lost().open_cities, lost().status) == (False, [], "UNKNOWN")
    assert events() == ["listed", "withdrawn"]
    page = client.get("/trials/NCT99000099/")
    assert (page.status_code, page.context["trial"].gone) == (200, True)
    assert "no longer on ClinicalTrials.gov" in page.content.decode()
    assert client.get("/api/v1/trials", {"q": "NCT99000099"}).json()["count"] == 0
    assert client.get("/api/v1/trials/NCT99000099").json()["no_longer_on_registry"] is True


def test_trial_that_reappears_is_back_as_it_was() -> None:
    sweep(EVERYTHING)
    before = Trial.objects.values().get(primary_id="NCT99000099")
    for day in (1, 2):
        sweep([*KEPT, NOT_CAR_T], day=day)
    run = sweep(EVERYTHING, day=3)
    after = Trial.objects.values().get(primary_id="NCT99000099")
    when = {"listed_at": after["listed_at"], "fetched_at": after["fetched_at"]}
    assert (run.status, after) == ("succeeded", before | when)
    assert events() == ["listed", "withdrawn", "back"]


def test_gone_trial_that_answers_by_its_id_is_back() -> None:
    sweep(EVERYTHING)
    for day in (1, 2):
        sweep([*KEPT, NOT_CAR_T], day=day)
    sweep([*KEPT, NOT_CAR_T], day=3, unlisted=[LOST])
    assert lost().published


def test_missing_trial_that_answers_again_starts_from_the_beginning() -> None:
    sweep(EVERYTHING)
    sweep([*KEPT, NOT_CAR_T], day=1)
    sweep(EVERYTHING, day=2)
    run = sweep([*KEPT, NOT_CAR_T], day=3)
    assert (run.withdrawn, lost().published) == (0, True)


def test_excluded_study_that_drops_out_is_kept_and_not_asked_for() -> None:
    sweep(EVERYTHING)
    requests: list[str] = []
    for day in (1, 2, 3):
        sweep([*KEPT, LOST], day=day, requests=requests)
    assert not [request for request in requests if "NCT99000098" in request]
    assert Registration.objects.get(registry_id="NCT99000098").gone_at is None


@pytest.mark.parametrize("fault", [FORBIDDEN, Fault(status=503), Fault(silent=True)], ids=str)
def test_registry_that_does_not_answer_for_an_id_withdraws_nothing(
    fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importers.http.session.RETRIES", 1)
    sweep(EVERYTHING)
    sweep([*KEPT, NOT_CAR_T], day=1)
    run = sweep([*KEPT, NOT_CAR_T], day=2, faults=[fault] * 9, when="/studies/NCT")
    assert (run.status, run.withdrawn, lost().published) == ("failed", 0, True)


def test_broken_answer_for_an_id_is_a_problem_of_its_own() -> None:
    sweep(EVERYTHING)
    page = Fault(body=b"[]")
    run = sweep([*KEPT, NOT_CAR_T], day=1, faults=[page] * 9, when="/studies/NCT")
    assert (run.status, run.failed, run.absent, lost().published) == ("partial", 1, [], True)


def test_former_number_leads_to_the_present_trial(client: Client) -> None:
    sweep(EVERYTHING)
    joined = study("NCT99000100", identificationModule={"nctIdAliases": ["NCT99000099"]})
    joined["protocolSection"]["identificationModule"]["nctId"] = "NCT99000100"
    run = sweep([*KEPT, NOT_CAR_T], day=1, unlisted=[joined])
    assert (run.status, run.created, run.withdrawn, run.absent) == ("succeeded", 0, 0, [])
    assert client.get("/trials/NCT99000099/").headers["Location"] == "/trials/NCT99000100/"
    assert sweep([*KEPT, joined, NOT_CAR_T], day=2).unchanged == 32


def test_two_numbers_that_are_joined_become_one_trial() -> None:
    present = study("NCT99000100")
    sweep([*EVERYTHING, present])
    joined = study("NCT99000100", identificationModule={"nctIdAliases": ["NCT99000099"]})
    sweep([*KEPT, NOT_CAR_T, joined], day=1)
    trial = Trial.objects.get(primary_id="NCT99000100")
    assert trial.registry_ids == ["NCT99000100", "NCT99000099"]
    assert not Trial.objects.filter(primary_id="NCT99000099").exists()
    assert trial.events.filter(kind="listed").count() == 2
