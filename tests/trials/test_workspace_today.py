"""The page Today: each trial once with its hospitals under it, and as few questions for 500 as for 5."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.builders import make_trial, site
from tests.desk import signed_in
from tests.trials.test_workspace_doors import member
from trials.models import ErrorReport, Registration, Site, Trial
from trials.workspace import confirmations
from trials.workspace.rights import Role

pytestmark = pytest.mark.django_db

HOSPITALS = ("First Hospital", "Second Hospital", "Third Hospital")


def at_all() -> list[str]:
    make_trial("NCT00000001", sites=[site(name, "Mumbai") for name in HOSPITALS])
    make_trial("NCT00000002", sites=[site(HOSPITALS[0], "Mumbai")])
    return ["NCT00000001", "NCT00000002"]


def shown(user: User, address: str = "/workspace/") -> list[tuple[str, list[str]]]:
    trials = signed_in(user).get(address).context["trials"]
    return [(one.trial.primary_id, sorted(row.site.hospital for row in one.rows)) for one in trials]


def test_trial_with_several_hospitals_stands_once() -> None:
    at_all()
    editor = member("editor", Role.EDITOR)
    assert sorted(shown(editor)) == [
        ("NCT00000001", list(HOSPITALS)),
        ("NCT00000002", [HOSPITALS[0]]),
    ]
    assert signed_in(editor).get("/workspace/").context["needing"] == 2


def test_coordinator_sees_own_hospitals_alone() -> None:
    at_all()
    own = Site.objects.filter(hospital__in=HOSPITALS[1:])
    assert shown(member("asha", Role.COORDINATOR, *own)) == [("NCT00000001", list(HOSPITALS[1:]))]


def test_hospital_with_nothing_to_answer_is_left_out_until_all_are_asked_for() -> None:
    at_all()
    editor = member("editor", Role.EDITOR)
    registration = Registration.objects.get(registry_id="NCT00000001")
    confirmations.say(registration, Site.objects.get(hospital=HOSPITALS[0]), "open", editor)
    assert dict(shown(editor))["NCT00000001"] == list(HOSPITALS[1:])
    assert dict(shown(editor, "/workspace/?show=all"))["NCT00000001"] == list(HOSPITALS)


def test_what_is_due_comes_first_and_a_report_stands_once() -> None:
    at_all()
    ErrorReport.objects.create(
        trial=Trial.objects.get(primary_id="NCT00000002"), registry_id="NCT00000002", kind="status", text="x"
    )
    page = signed_in(member("editor", Role.EDITOR)).get("/workspace/")
    first, second = page.context["trials"]
    assert [(one.trial.primary_id, one.needs) for one in (first, second)] == [
        ("NCT00000002", ["question"]),
        ("NCT00000001", []),
    ]
    assert first.rows[0].own_needs == ["unconfirmed"]


def test_500_listings_cost_as_many_questions_as_five() -> None:
    editor = member("editor", Role.EDITOR)
    costs = []
    for number in (5, 495):
        for _ in range(number):
            make_trial(sites=[site(HOSPITALS[0], "Mumbai")])
        client = signed_in(editor)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get("/workspace/?show=all").status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert costs[0] <= 16


def test_coordinator_without_a_hospital_is_led_to_the_form(client: object) -> None:
    page = signed_in(member("asha", Role.COORDINATOR)).get("/workspace/").content.decode()
    assert page.count('href="/workspace/missing/"') == 2  # the menu, and the empty page


def test_old_confirmation_needs_an_answer_again() -> None:
    at_all()
    editor = member("editor", Role.EDITOR)
    registration = Registration.objects.get(registry_id="NCT00000002")
    confirmations.say(registration, Site.objects.get(hospital=HOSPITALS[0]), "open", editor)
    assert [number for number, _ in shown(editor)] == ["NCT00000001"]
    registration.trial.sites.update(confirmed_at=timezone.now() - timedelta(days=31))
    assert sorted(number for number, _ in shown(editor)) == ["NCT00000001", "NCT00000002"]
