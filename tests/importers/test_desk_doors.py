"""Who may open the desk's pages and press its buttons; generated over every address of the desk."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from importers.desk import urls
from importers.models import ImportProblem, ImportRun, RawRecord, RegistryAccess
from importers.registries.slugs import Registry
from tests.builders import make_trial
from tests.desk import make_run, person, signed_in
from trials.models import LabelCorrection

pytestmark = pytest.mark.django_db

REVIEW = {"review", "review_record", "review_labels", "review_eligibility"}
PAGES = {"home", "connection", "run", "progress", "raw", "ctri", "links", "places", "reports"} | REVIEW


def addresses() -> Iterator[tuple[str, str]]:
    """Name and address of every page and action, of import 1 and its raw copy."""
    for pattern in urls.urlpatterns:
        for values in ([], [1], [1, 1], ["ctgov"]):
            try:
                yield str(pattern.name), reverse(f"imports:{pattern.name}", args=values)
            except NoReverseMatch:
                continue


PLACES = dict(addresses())
ACTIONS = [address for name, address in PLACES.items() if name not in PAGES]
every_page = pytest.mark.parametrize("page", [PLACES[name] for name in sorted(PAGES)])
every_action = pytest.mark.parametrize("action", ACTIONS)
every_place = pytest.mark.parametrize("place", PLACES.values())
both_languages = pytest.mark.parametrize("language", ["", "/hi"])


@pytest.fixture(autouse=True)
def things() -> None:
    """A held import and a raw copy for the addresses to lead to."""
    make_run("held", pk=1)
    make_trial("NCT00000001", pk=1)
    LabelCorrection.objects.create(pk=1, registration_id=1, axis="role")
    kept = {"registry": Registry.CTGOV, "registry_id": "NCT00000001", "content_hash": "abc"}
    ImportProblem.objects.create(pk=1, run_id=1, registry_id="NCT00000001", content_hash="abc", field="x")
    RawRecord.objects.create(body=b"x\x9c\x03\x00\x00\x00\x00\x01", fetched_at=timezone.now(), **kept)


def test_every_address_is_tried() -> None:
    assert PLACES.keys() == {pattern.name for pattern in urls.urlpatterns}


@both_languages
@every_place
def test_stranger_is_asked_to_sign_in(client: Client, language: str, place: str) -> None:
    answer = client.get(f"{language}{place}")
    assert answer.status_code == 302
    assert answer["Location"] == f"{language}/accounts/login/?next={language}{place}"


@every_action
def test_stranger_who_presses_a_button_comes_to_the_desk_after_signing_in(
    client: Client, action: str
) -> None:
    answer = client.post(action)
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=/imports/")


@every_place
@pytest.mark.parametrize("method", ["get", "post"])
def test_person_who_is_not_staff_is_refused(place: str, method: str) -> None:
    assert getattr(signed_in(person(staff=False, admin=True)), method)(place).status_code == 403


@both_languages
@every_page
def test_staff_may_look(language: str, page: str) -> None:
    assert signed_in(person()).get(f"{language}{page}").status_code == 200


@every_page
def test_pages_only_read(page: str) -> None:
    assert signed_in(person(admin=True)).post(page).status_code == 405


@both_languages
@every_action
def test_staff_who_may_only_look_can_do_nothing(language: str, action: str) -> None:
    assert signed_in(person()).post(f"{language}{action}").status_code == 403
    assert list(ImportRun.objects.values_list("pk", "status")) == [(1, "held")]
    assert RegistryAccess.objects.count() == 0


@both_languages
@every_action
def test_actions_are_posts(language: str, action: str) -> None:
    assert signed_in(person(admin=True)).get(f"{language}{action}").status_code == 405


@every_action
def test_actions_need_the_token_of_their_form(action: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person(admin=True))
    assert client.post(action).status_code == 403


@every_page
def test_pages_are_not_kept_by_browsers(page: str) -> None:
    assert "no-store" in signed_in(person()).get(page)["Cache-Control"]


@both_languages
def test_sign_in_asks_for_the_second_factor_next(client: Client, language: str) -> None:
    user = person()
    entries = {"login": user.username, "password": "secret"}
    answer = client.post(f"{language}/accounts/login/?next=/imports/", entries)
    assert (answer.status_code, answer["Location"]) == (302, f"{language}/accounts/2fa/authenticate/")


def test_wrong_password_is_told(client: Client) -> None:
    entries = {"login": person().username, "password": "wrong"}
    answer = client.post("/accounts/login/", entries)
    assert (answer.status_code, bool(answer.context["form"].errors)) == (200, True)
