"""The workspace: whose word counts, for how long, who may say it, and what waits for whom."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests.builders import AT, make_trial, site
from tests.desk import add_second_factor
from trials.catalogue.compose import refresh
from trials.choices import Status
from trials.models import ErrorReport, Registration, Site, Trial, TrialEvent
from trials.models.workspace import HospitalAnswer, ListingEdit, SiteConfirmation
from trials.workspace import confirmations, digest, edits, history, invitations
from trials.workspace.rights import Rights, Role, give_role
from trials.workspace.todo import rows

pytestmark = pytest.mark.django_db


def member(role: str, *sites: Site) -> User:
    user = User.objects.create_user(
        f"{role}{User.objects.count()}", f"{role}{User.objects.count()}@example.org"
    )
    give_role(user, role)
    invitations.assign(user, sites, who=None)
    add_second_factor(user)
    return user


def public_words(registration: Registration) -> dict[tuple[str, int | None], ListingEdit]:
    edits = registration.edits.filter(state=ListingEdit.State.PUBLISHED)
    return {(edit.field, edit.site_id): edit for edit in edits}


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def registration() -> Registration:
    make_trial(
        "NCT00000001",
        status=Status.UNKNOWN,
        sites=[site("Own Hospital", "Mumbai"), site("Other Hospital", "Pune")],
        summary="As registered",
    )
    return Registration.objects.get()


@pytest.fixture
def own(registration: Registration) -> Site:
    return Site.objects.get(hospital="Own Hospital")


@pytest.fixture
def other(registration: Registration) -> Site:
    return Site.objects.get(hospital="Other Hospital")


@pytest.fixture
def coordinator(own: Site) -> User:
    return member(Role.COORDINATOR, own)


def test_hospitals_word_opens_a_trial_the_registry_has_lost(
    registration: Registration, own: Site, coordinator: User
) -> None:
    assert not Trial.objects.get().recruiting_in_india
    word = confirmations.say(registration, own, HospitalAnswer.OPEN, coordinator)
    found = Trial.objects.get()
    assert (found.recruiting_in_india, found.open_cities, found.confirmed_at) == (True, ["mumbai"], word.at)
    assert TrialEvent.objects.get(kind="said_open").after == "Own Hospital, Mumbai"


def test_card_in_the_list_says_when_the_hospital_confirmed(
    client: Client, registration: Registration, own: Site, coordinator: User
) -> None:
    confirmations.say(registration, own, HospitalAnswer.OPEN, coordinator)
    [(_heading, [card])] = client.get("/trials/").context["sections"]
    assert (card.sure.strength, timezone.localdate(card.sure.day)) == ("confirmed", timezone.localdate())


@pytest.mark.parametrize("said", [HospitalAnswer.FULL, HospitalAnswer.CLOSED])
def test_hospitals_word_closes_what_the_registry_calls_open(said: str) -> None:
    make_trial("NCT00000002", sites=[site("Own Hospital", "Mumbai")])
    assert Trial.objects.get().recruiting_in_india
    confirmations.say(Registration.objects.get(), Site.objects.get(), said, member(Role.EDITOR))
    assert not Trial.objects.get().recruiting_in_india


def test_word_fades_after_90_days(registration: Registration, own: Site, coordinator: User) -> None:
    confirmations.say(registration, own, HospitalAnswer.OPEN, coordinator)
    now = timezone.now()
    assert confirmations.fade(now + timedelta(days=89)) == 0
    assert Trial.objects.get().recruiting_in_india
    assert confirmations.fade(now + timedelta(days=91)) == 1
    found = Trial.objects.get()
    assert (found.recruiting_in_india, found.confirmed_at) == (False, None)
    assert found.sites.get(site=own).confirmed == "open"


def test_undo_lets_the_word_before_count_again(
    registration: Registration, own: Site, coordinator: User
) -> None:
    confirmations.say(registration, own, HospitalAnswer.OPEN, coordinator)
    second = confirmations.say(registration, own, HospitalAnswer.CLOSED, coordinator)
    assert confirmations.undo(second)
    assert Trial.objects.get().recruiting_in_india
    assert not confirmations.undo(second)


def test_trial_its_registry_has_no_more_is_never_open(
    registration: Registration, own: Site, coordinator: User
) -> None:
    Registration.objects.update(gone_at=AT)
    confirmations.say(registration, own, HospitalAnswer.OPEN, coordinator)
    assert not Trial.objects.get().recruiting_in_india


def test_today_shows_what_needs_somebody(registration: Registration, own: Site, coordinator: User) -> None:
    now = timezone.now()
    found = rows(Rights(coordinator), now)
    assert [(row.site.site, row.needs) for row in found] == [(own, ["unconfirmed"])]
    confirmations.say(registration, own, HospitalAnswer.OPEN, coordinator)
    assert [row.needs for row in rows(Rights(coordinator), now)] == [[]]
    assert [row.needs for row in rows(Rights(coordinator), now + timedelta(days=31))] == [["unconfirmed"]]


def test_one_tap_is_seen_by_the_public_at_once(
    client: Client, registration: Registration, own: Site, coordinator: User
) -> None:
    answer = client_of(coordinator).post(f"/workspace/say/{registration.pk}/{own.pk}/", {"said": "open"})
    assert (answer.status_code, answer["Location"]) == (302, "/workspace/")
    assert "Confirmed by the site today" in client.get("/trials/NCT00000001/").content.decode()


def test_coordinator_of_another_site_is_refused(registration: Registration, own: Site, other: Site) -> None:
    stranger = client_of(member(Role.COORDINATOR, other))
    assert stranger.post(f"/workspace/say/{registration.pk}/{own.pk}/", {"said": "open"}).status_code == 403
    assert SiteConfirmation.objects.count() == 0


def test_draft_reaches_the_public_only_through_an_editor(
    registration: Registration, coordinator: User
) -> None:
    edit = edits.save(registration, "summary_en", None, "Plain words", who=coordinator, saw="0-0")
    edit = edits.hand_in(edit, who=coordinator)
    assert (edit.state, public_words(registration)) == ("review", {})
    with pytest.raises(edits.NotAllowedError):
        edits.publish(edit, who=coordinator, saw=edit.version)
    edits.publish(edit, who=member(Role.EDITOR), saw=edit.version)
    assert public_words(registration)[("summary_en", None)].value == "Plain words"


def test_contact_of_ones_own_site_needs_no_review(
    registration: Registration, own: Site, coordinator: User
) -> None:
    edit = edits.save(registration, "contact", own, {"phone": "022 1"}, who=coordinator, saw="0-0")
    assert edits.hand_in(edit, who=coordinator).state == "published"


def test_second_save_over_unseen_words_is_refused(registration: Registration, coordinator: User) -> None:
    edits.save(registration, "summary_en", None, "First", who=coordinator, saw="0-0")
    with pytest.raises(edits.EditConflictError):
        edits.save(registration, "summary_en", None, "Second", who=member(Role.EDITOR), saw="0-0")
    assert ListingEdit.objects.get().value == "First"


def test_editor_is_told_where_the_registry_changed_under_a_word(registration: Registration) -> None:
    editor = member(Role.EDITOR)
    edit = edits.hand_in(
        edits.save(registration, "summary_en", None, "Ours", who=editor, saw="0-0"), who=editor
    )
    assert not edits.changed_under(edit)
    Registration.objects.update(summary="Changed there")
    edit = ListingEdit.objects.get()
    assert edits.changed_under(edit)
    assert "registry_changed" in rows(Rights(editor), timezone.now())[0].needs
    edits.keep_mine(edit, who=editor)
    assert not edits.changed_under(ListingEdit.objects.get())


def test_revert_and_bring_back(registration: Registration) -> None:
    editor = member(Role.EDITOR)
    edit = edits.hand_in(
        edits.save(registration, "pays", None, {"treatment": "Free"}, who=editor, saw="0-0"), who=editor
    )
    edits.revert(edit, who=editor)
    assert public_words(registration) == {}
    edits.bring_back(edit, who=editor)
    assert public_words(registration)[("pays", None)].value == {"treatment": "Free"}


def test_history_tells_imports_and_people_with_what_stood_before(
    registration: Registration, own: Site, coordinator: User
) -> None:
    editor = member(Role.EDITOR)
    first = edits.hand_in(
        edits.save(registration, "pays", None, {"tests": "A"}, who=editor, saw="0-0"), who=editor
    )
    saw = edits.seen(None, first)
    edits.hand_in(edits.save(registration, "pays", None, {"tests": "B"}, who=editor, saw=saw), who=editor)
    confirmations.say(registration, own, HospitalAnswer.OPEN, coordinator)
    confirmations.say(registration, own, HospitalAnswer.FULL, coordinator)
    TrialEvent.objects.create(trial=registration.trial, registration=registration, kind="listed", at=AT)
    told = [(entry.kind, entry.who) for entry in history.entries(registration)]
    assert told == [("word", coordinator)] * 2 + [("edit", editor)] * 2 + [("event", None)]
    newest, _, text, *_ = history.entries(registration)
    assert (newest.before.said, text.thing.value["tests"], text.before.value["tests"]) == ("open", "B", "A")


def test_hidden_listing_stays_hidden_through_imports(client: Client, registration: Registration) -> None:
    edits.hide(registration, hidden=True, reason="Asked by the hospital", who=member(Role.EDITOR))
    refresh([registration.trial_id], AT)
    assert client.get("/trials/NCT00000001/").status_code == 404
    edits.hide(registration, hidden=False, reason="", who=member(Role.EDITOR))
    assert client.get("/trials/NCT00000001/").status_code == 200


def test_weekly_mail_confirms_by_one_press_without_signing_in(
    client: Client, registration: Registration, coordinator: User
) -> None:
    now = timezone.now()
    assert (digest.send_due(now), digest.send_due(now)) == (1, 0)
    message = mail.outbox[0]
    address = next(line for line in message.body.splitlines() if "/workspace/confirm/" in line)
    path = address[address.index("/workspace/") :]
    assert client.get(path).status_code == 200
    assert SiteConfirmation.objects.count() == 0
    assert client.post(path, {"said": "open"}).status_code == 200
    assert SiteConfirmation.objects.get().via == "mail"
    assert client.post(path, {"said": "closed"}).status_code == 410


def test_link_is_over_after_two_weeks(client: Client, registration: Registration, coordinator: User) -> None:
    digest.send_due(timezone.now())
    address = next(line for line in mail.outbox[0].body.splitlines() if "/workspace/confirm/" in line)
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        assert client.get(address[address.index("/workspace/") :]).status_code == 410


def test_stop_link_stops_by_post_alone(client: Client, registration: Registration, coordinator: User) -> None:
    path = f"/workspace/stop/{digest.stop_token(coordinator)}/"
    client.get(path)
    assert digest.send_due(timezone.now()) == 1
    client.post(path)
    assert digest.send_due(timezone.now() + timedelta(days=8)) == 0


def test_question_from_the_public_is_shown_to_the_hospital(
    registration: Registration, coordinator: User
) -> None:
    ErrorReport.objects.create(
        trial=registration.trial,
        registry_id="NCT00000001",
        kind="status",
        text="Closed",
        email="a@example.org",
    )
    assert rows(Rights(coordinator), timezone.now())[0].needs == ["question", "unconfirmed"]
    page = client_of(coordinator).get(f"/workspace/listing/{registration.pk}/").content.decode()
    assert ("<p>Closed</p>" in page, "a@example.org" in page) == (True, False)


def test_admin_changes_what_somebody_does(coordinator: User, other: Site) -> None:
    admin = client_of(member(Role.ADMIN))
    said = {"role": "coordinator", "sites": [other.pk], "is_active": "on"}
    assert admin.post(f"/workspace/people/{coordinator.pk}/", said).status_code == 302
    assert set(Rights(User.objects.get(pk=coordinator.pk)).sites) == {other.pk}
    assert admin.post(f"/workspace/people/{coordinator.pk}/", {"role": "king"}).status_code == 400
    admin.post(f"/workspace/people/{coordinator.pk}/", {"role": "editor"})
    assert Rights(User.objects.get(pk=coordinator.pk)).role == ""  # may not sign in any more


def test_csv_cannot_run_formulas(coordinator: User, own: Site) -> None:
    make_trial("NCT00000009", title="=HYPERLINK(1)", sites=[site("Own Hospital", "Mumbai")])
    assert ",'=HYPERLINK(1)," in client_of(coordinator).get("/workspace/my-listings.csv").content.decode()
