"""Trials and hospitals that coordinators miss become the desk's work."""

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from tests.builders import make_trial, site
from tests.desk import message_levels, signed_in
from tests.trials.test_workspace_doors import member
from trials.models import ErrorReport, Site
from trials.workspace import missing
from trials.workspace.rights import Rights, Role
from trials.workspace.todo import rows

pytestmark = pytest.mark.django_db

ADDRESS = "/workspace/missing/"


@pytest.fixture
def coordinator() -> User:
    make_trial("NCT00000001", sites=[site("Own Hospital", "Mumbai")])
    make_trial("NCT00000002", sites=[site("Other Hospital", "Pune")])
    return member("asha", Role.COORDINATOR, Site.objects.get(hospital="Own Hospital"))


@pytest.fixture
def client(coordinator: User) -> Client:
    return signed_in(coordinator)


def miss(client: Client, trial: str) -> list[str]:
    """Send the form of a trial; the levels of the messages that follow."""
    own = Site.objects.get(hospital="Own Hospital").pk
    return message_levels(
        client.post(ADDRESS, {"what": "trial", "trial": trial, "site": own, "note": "Since May"}, follow=True)
    )


def kept() -> list[tuple[str, str, str | None]]:
    reports = ErrorReport.objects.select_related("trial")
    return [(r.kind, r.registry_id, r.trial.primary_id if r.trial else None) for r in reports]


@pytest.mark.parametrize("written", ["ctri/2024/01/061234", "See CTRI/2024/01/061234, please"])
def test_unknown_number_is_kept_for_the_desk(client: Client, coordinator: User, written: str) -> None:
    assert miss(client, written) == ["success"]
    assert kept() == [("missing_trial", "CTRI/2024/01/061234", None)]
    report = ErrorReport.objects.get()
    assert (report.by, report.email) == (coordinator, "asha@example.org")
    assert report.text.splitlines()[-2:] == ["Own Hospital, Mumbai", "Since May"]


def test_title_without_a_number_is_kept(client: Client) -> None:
    miss(client, "CAR T cells in lymphoma")
    assert kept() == [("missing_trial", "", None)]


def test_known_number_without_the_hospital_is_said_at_once_and_kept(client: Client) -> None:
    assert miss(client, "nct00000002") == ["warning"]
    assert kept() == [("missing_trial", "NCT00000002", "NCT00000002")]


def test_known_number_with_the_hospital_is_said_at_once_and_not_kept(client: Client) -> None:
    own = Site.objects.get(hospital="Own Hospital").pk
    answer = client.post(ADDRESS, {"what": "trial", "trial": "NCT00000001", "site": own})
    assert (answer.status_code, answer.context["here"].primary_id, kept()) == (200, "NCT00000001", [])


def test_request_for_a_trial_is_no_question_from_the_public(client: Client, coordinator: User) -> None:
    other = member("ravi", Role.COORDINATOR, Site.objects.get(hospital="Other Hospital"))
    miss(client, "NCT00000002")
    [row] = rows(Rights(other), ErrorReport.objects.get().created_at)
    assert "question" not in row.needs


def test_hospital_is_kept_and_answered_at_the_desk_by_mail(client: Client) -> None:
    said = {"what": "hospital", "name": "New Hospital", "city": "Nagpur", "note": ""}
    assert message_levels(client.post(ADDRESS, said, follow=True)) == ["success"]
    report = ErrorReport.objects.get()
    assert (report.kind, report.text) == ("missing_hospital", "New Hospital, Nagpur")
    editor = signed_in(member("editor", Role.EDITOR))
    assert list(editor.get("/imports/reports/").context["waiting"]) == [report]
    assert editor.get("/workspace/queue/").context["missing"] == 1
    editor.post(f"/imports/reports/{report.pk}/", {"do": "answer", "answer": "Added."})
    assert (mail.outbox[0].to, "Added." in mail.outbox[0].body) == (["asha@example.org"], True)
    [shown] = client.get(ADDRESS).context["sent"]
    assert (shown.state, shown.answer, shown.email) == ("answered", "Added.", "")


@pytest.mark.parametrize(
    ("said", "form", "field"),
    [
        ({"what": "trial", "trial": ""}, "trial_form", "trial"),
        ({"what": "trial", "trial": "x" * 501}, "trial_form", "trial"),
        ({"what": "trial", "trial": "NCT1", "site": "abc"}, "trial_form", "site"),
        ({"what": "hospital", "name": "x\0", "city": "y"}, "hospital_form", "name"),
    ],
)
def test_wrong_form_is_400_with_the_error_at_its_field(
    client: Client, said: dict[str, str], form: str, field: str
) -> None:
    answer = client.post(ADDRESS, said)
    assert (answer.status_code, field in answer.context[form].errors, kept()) == (400, True, [])


def test_form_of_neither_kind_is_400(client: Client) -> None:
    assert client.post(ADDRESS, {"what": "x"}).status_code == 400


def test_site_of_another_hospital_is_refused(client: Client) -> None:
    other = Site.objects.get(hospital="Other Hospital").pk
    said = {"what": "trial", "trial": "NCT00000002", "site": other}
    assert (client.post(ADDRESS, said).status_code, kept()) == (400, [])


def test_one_person_cannot_fill_the_desk(client: Client, coordinator: User) -> None:
    for number in range(missing.MOST_OPEN):
        missing.report_hospital(f"Hospital {number}", "x", "", who=coordinator, language="en")
    assert client.post(ADDRESS, {"what": "hospital", "name": "x", "city": "y"}).status_code == 400


def test_public_form_does_not_offer_what_coordinators_miss(client: Client) -> None:
    answer = client.post("/trials/NCT00000001/report/", {"kind": "missing_trial", "text": "x"})
    assert (answer.status_code, kept()) == (400, [])
