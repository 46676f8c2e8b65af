"""The same trial in two registries: joined, undone, never against a person's word."""

from copy import deepcopy
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from importers.desk.links import DOUBTS
from importers.matching import merge
from importers.matching.rules import Objection
from importers.models import ImportRun
from importers.models.links import TrialLink
from importers.pipeline import start
from importers.registries.slugs import Registry
from tests.builders import make_trial, site
from tests.ctri_pages import page
from tests.desk import person, signed_in
from tests.importers.sweeps import sweep
from tests.state import catalogue_state
from tests.studies import study
from trials.catalogue.compose import refresh
from trials.choices import Status
from trials.models import Registration, Trial, TrialEvent

pytestmark = pytest.mark.django_db

NCT, CTRI = "NCT04999999", "CTRI/2023/03/050689"


def naming(number: str) -> dict[str, Any]:
    return {"secondary_ids": [{"value": number, "kind": "", "domain": ""}]}


def two(**ours: Any) -> None:
    """One trial in both registries; the CTRI record names the other."""
    make_trial(
        NCT,
        status=Status.COMPLETED,
        countries=["India"],
        sites=[site("Tata Memorial Hospital", city="Mumbai")],
    )
    make_trial(
        CTRI,
        registry=Registry.CTRI,
        countries=["India"],
        details=naming(NCT),
        sites=[site("Apollo Hospital", city="Chennai", state="Tamil Nadu")],
        **ours,
    )


def settle(*, registry: Registry = Registry.CTRI, changed: str = CTRI) -> None:
    merge.settle(registry, [changed], timezone.now(), 1)


def who_is_with_whom() -> list[list[str]]:
    return sorted(
        sorted(trial.registrations.values_list("registry_id", flat=True)) for trial in Trial.objects.all()
    )


@pytest.fixture
def admin(db: None) -> User:
    return person(admin=True)


@pytest.mark.parametrize(("registry", "changed"), [(Registry.CTRI, CTRI), (Registry.CTGOV, NCT)])
def test_stated_pair_becomes_one_trial_whoever_came_last(registry: Registry, changed: str) -> None:
    two()
    settle(registry=registry, changed=changed)
    trial = Trial.objects.get()
    assert (trial.primary_id, trial.registry_ids, trial.recruiting_in_india) == (NCT, [NCT, CTRI], True)
    assert (trial.cities, trial.open_cities) == (["chennai"], ["chennai"])  # CTRI alone says where in India
    assert sorted(trial.sites.values_list("city", "counted")) == [("Chennai", True), ("Mumbai", False)]
    linked = trial.events.filter(kind=TrialEvent.Kind.LINKED).order_by("after")
    assert list(linked.values_list("after", flat=True)) == [CTRI, NCT]


def test_settling_again_changes_nothing() -> None:
    two()
    settle()
    before = catalogue_state()
    settle()
    assert (catalogue_state(), TrialLink.objects.count()) == (before, 1)


def test_undo_gives_both_their_page_again_and_holds_for_ever(admin: User) -> None:
    two()
    before = {t.primary_id: (t.cities, t.status, t.registry_ids) for t in Trial.objects.all()}
    settle()
    merge.not_same(TrialLink.objects.get(), admin)
    settle()
    settle(registry=Registry.CTGOV, changed=NCT)
    assert {t.primary_id: (t.cities, t.status, t.registry_ids) for t in Trial.objects.all()} == before
    assert not TrialEvent.objects.filter(kind=TrialEvent.Kind.LINKED).exists()
    assert set(Trial.objects.values_list("sites__counted", flat=True)) == {True}


def test_person_may_change_their_mind(admin: User) -> None:
    two()
    settle()
    link = TrialLink.objects.get()
    merge.not_same(link, admin)
    merge.same(link, admin)
    assert who_is_with_whom() == [[CTRI, NCT]]


def test_two_ctri_numbers_of_one_trial_are_joined_and_one_may_leave(admin: User) -> None:
    two()
    settle()
    make_trial("CTRI/2024/01/000001", registry=Registry.CTRI, countries=["India"], details=naming(NCT))
    settle(changed="CTRI/2024/01/000001")
    assert len(who_is_with_whom()) == 1
    merge.not_same(TrialLink.objects.get(second_id=CTRI), admin)
    assert who_is_with_whom() == [[CTRI], ["CTRI/2024/01/000001", NCT]]


def test_two_clinicaltrials_numbers_are_not_chained_by_rule() -> None:
    two()
    settle()
    make_trial("NCT05000000", countries=["India"], details=naming(CTRI))
    settle(registry=Registry.CTGOV, changed="NCT05000000")
    second = TrialLink.objects.get(first_id="NCT05000000")
    assert (second.state, second.doubts, len(who_is_with_whom())) == ("to_decide", ["chain"], 2)


def test_pair_is_stored_once_whichever_way_round() -> None:
    two()
    settle()
    link = TrialLink.objects.get()
    link.pk = None
    link.first_registry, link.second_registry = link.second_registry, link.first_registry
    link.first_id, link.second_id = link.second_id, link.first_id
    with pytest.raises(IntegrityError):
        link.save()


def test_site_that_ctri_does_not_know_counts_where_ctri_is_gone() -> None:
    two()
    settle()
    Registration.objects.filter(registry_id=CTRI).update(gone_at=timezone.now() - timedelta(days=1))
    refresh(Trial.objects.values_list("pk", flat=True), timezone.now())
    assert Trial.objects.get().cities == ["mumbai"]


def ctri_page(tmp_path: Path) -> ImportRun:
    (tmp_path / "page.html").write_bytes(page(CTRI))
    run = start.queue(Registry.CTRI, ImportRun.Source.FILES, origin=str(tmp_path))
    return start.carry_out(run.pk)


def test_sweep_joins_what_it_brings_and_is_not_held_for_it(tmp_path: Path) -> None:
    ctri_page(tmp_path)
    plain = study(NCT)
    naming_ctri = deepcopy(plain)
    naming_ctri["protocolSection"]["identificationModule"]["secondaryIdInfos"] = [{"id": CTRI}]
    sweep([plain])
    assert len(who_is_with_whom()) == 2
    assert [sweep([naming_ctri], day=1, dry_run=True).status, len(who_is_with_whom())] == ["succeeded", 2]
    assert [sweep([naming_ctri], day=2).status, TrialLink.objects.count()] == ["succeeded", 1]
    assert sweep([naming_ctri], day=3).status == "succeeded"


# What people see


def test_trial_page_names_both_numbers_and_where_they_disagree(client: Client) -> None:
    two()
    settle()
    assert client.get(f"/trials/{CTRI}/").headers["Location"] == f"/trials/{NCT}/"
    page = client.get(f"/trials/{NCT}/")
    assert [other.registry_id for other in page.context["others"]] == [CTRI]
    said = [disagreement.statements for disagreement in page.context["disagreements"]]
    assert [sorted(words for _, words in pairs) for pairs in said] == [["Completed", "Recruiting"]]
    assert [number in page.text for number in (NCT, CTRI, "Tata Memorial")] == [True, True, False]


def test_desk_shows_what_waits_and_takes_an_answer(admin: User) -> None:
    two(phases=["PHASE3"])
    Registration.objects.filter(registry_id=NCT).update(phases=["PHASE1"])
    settle()
    desk = signed_in(admin)
    shown = desk.get("/imports/links/")
    assert [p.doubts for p in shown.context["waiting_pairs"]] == [[DOUBTS[Objection.PHASE]]]
    link = TrialLink.objects.get()
    for said, together in (("", 2), ("same", 1), ("not_same", 2)):
        desk.post(f"/imports/links/{link.pk}/", {"answer": said})
        assert len(who_is_with_whom()) == together
    assert desk.get("/hi/imports/links/").status_code == 200


def test_only_admins_decide() -> None:
    two()
    settle()
    address = f"/imports/links/{TrialLink.objects.get().pk}/"
    visitor, staff, admin = Client(), signed_in(person()), signed_in(person(admin=True))
    answers = [who.post(address, {"answer": "not_same"}).status_code for who in (visitor, staff)]
    assert (answers, admin.get(address).status_code, len(who_is_with_whom())) == ([302, 403], 405, 1)
