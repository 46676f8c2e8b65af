"""Where approved products are given: the hospital's own word, how long it counts, and who may say it."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from importers.runs.sample_data import remove_sample
from tests.builders import make_trial, site
from tests.desk import signed_in
from tests.pages import parsed
from tests.trials.test_workspace_doors import member
from trials.browse import given as browse
from trials.browse.given import hospitals_giving
from trials.browse.products import find_product
from trials.models import ProductGiven, Site, TrialSite
from trials.search.geo import point_of
from trials.vocabulary.product_hospitals import ProductHospital
from trials.workspace import given
from trials.workspace.rights import Role

pytestmark = pytest.mark.django_db

NEXCAR, QARTEMI = "talicabtagene autoleucel", "varnimcabtagene autoleucel"
NEXCAR_SLUG, QARTEMI_SLUG = "talicabtagene-autoleucel", "varnimcabtagene-autoleucel"
PUBLIC = ["/car-t/", f"/products/{NEXCAR_SLUG}/", f"/hi/products/{NEXCAR_SLUG}/"]
WHERE_NONE_FITS = ["/trials/?condition=lbcl&age=50&near=pune", "/conditions/lbcl/?near=pune"]


@pytest.fixture
def asha() -> User:
    """The coordinator of a hospital in Mumbai; there is one in Delhi too."""
    make_trial("NCT00000001", sites=[site("Own Hospital", "Mumbai"), site("Far Hospital", "Delhi", "Delhi")])
    return member("asha", Role.COORDINATOR, hospital("Own"))


def hospital(name: str) -> Site:
    return Site.objects.get(hospital=f"{name} Hospital")


def address(name: str = "Own") -> str:
    return f"/workspace/sites/{hospital(name).pk}/products/"


def yes(who: User, name: str = "Own", product: str = NEXCAR, **contact: str) -> None:
    given.say(hospital(name), {product: "yes"}, who, **contact)


def shown(client: Client, path: str) -> list[tuple[str, str]]:
    """Each hospital on a page that gives a product, and how sure that is."""
    places = parsed(client.get(path)).xpath("//*[@data-giving]")
    return [(p.get("data-giving"), p.xpath(".//@data-sure")[0]) for p in places]


def standing() -> list[tuple[str, str]]:
    words = browse.newest_given().values()
    return sorted((word.product, word.said) for word in words)


def source(monkeypatch: pytest.MonkeyPatch, name: str = "Table Hospital", checked: bool = True) -> None:
    line = ProductHospital(NEXCAR, name, "Pune", "https://example.org/", "2026-05", checked)
    monkeypatch.setattr(browse, "product_hospitals", lambda: (line,))


def test_one_save_answers_for_every_product(asha: User) -> None:
    said = {NEXCAR_SLUG: "yes", QARTEMI_SLUG: "no", "phone": "022 24177000", "email": "cart@example.org"}
    assert signed_in(asha).post(address(), said).status_code == 302
    assert standing() == [(NEXCAR, "yes"), (QARTEMI, "no")]
    contacts = ProductGiven.objects.order_by("product").values_list("phone", "email")
    assert list(contacts) == [("022 24177000", "cart@example.org"), ("", "")]


def test_coordinator_of_another_hospital_cannot_say_it(asha: User) -> None:
    stranger = member("ravi", Role.COORDINATOR, hospital("Far"))
    assert signed_in(stranger).post(address(), {NEXCAR_SLUG: "yes"}).status_code == 403
    yes(asha)
    undo = f"/workspace/products/undo/{ProductGiven.objects.get().pk}/"
    assert signed_in(stranger).post(undo).status_code == 403
    assert standing() == [(NEXCAR, "yes")]


@pytest.mark.parametrize(
    "wrong",
    [
        {NEXCAR_SLUG: "perhaps"},
        {"phone": "call us"},
        {"email": "x"},
        {"phone": "9" * 500},
        {"phone": "\0"},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_kept(asha: User, wrong: dict[str, str]) -> None:
    assert signed_in(asha).post(address(), {QARTEMI_SLUG: "yes"} | wrong).status_code == 400
    assert standing() == []


def test_unknown_product_says_nothing(asha: User) -> None:
    signed_in(asha).post(address(), {"axicabtagene-ciloleucel": "yes", "nonsense": "yes"})
    assert ProductGiven.objects.count() == 0


def test_undo_brings_back_what_stood_before(asha: User) -> None:
    client = signed_in(asha)
    client.post(address(), {NEXCAR_SLUG: "no"})
    client.post(address(), {NEXCAR_SLUG: "yes", QARTEMI_SLUG: "yes"})
    [undo, *_] = parsed(client.get(address())).xpath("//form[contains(@action, 'undo')]/@action")
    client.post(undo)
    assert standing() == [(NEXCAR, "no")]
    client.post(undo)
    assert standing() == [(NEXCAR, "no")]


def test_not_said_takes_the_word_back_and_can_itself_be_undone(asha: User) -> None:
    yes(asha)
    signed_in(asha).post(address(), {NEXCAR_SLUG: "not-said", QARTEMI_SLUG: "not-said"})
    assert standing() == [(NEXCAR, "not-said")]
    assert hospitals_giving()[NEXCAR] == []
    given.undo_press(ProductGiven.objects.get(said="not-said"))
    assert standing() == [(NEXCAR, "yes")]


def test_same_words_of_one_day_are_kept_once_and_renewed_later(asha: User) -> None:
    yes(asha)
    yes(asha)
    assert ProductGiven.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=100)):
        yes(asha)
        assert ProductGiven.objects.count() == 2


@pytest.mark.parametrize("path", PUBLIC)
def test_own_word_is_sure_for_180_days_then_to_ask_first(client: Client, asha: User, path: str) -> None:
    assert shown(client, path) == []
    yes(asha)
    assert shown(client, path) == [("Own Hospital", "confirmed")]
    with time_machine.travel(timezone.now() + timedelta(days=181)):
        assert shown(client, path) == [("Own Hospital", "ask-first")]


def test_old_word_is_not_renewed_by_saving_another(asha: User) -> None:
    yes(asha)
    with time_machine.travel(timezone.now() + timedelta(days=181)):
        boxes = parsed(signed_in(asha).get(address())).xpath("//input[@type='radio'][@checked]")
        assert [(box.get("name"), box.get("value")) for box in boxes] == [(QARTEMI_SLUG, "not-said")]


@pytest.mark.parametrize("path", PUBLIC)
def test_hospital_that_says_no_is_not_shown_as_giving(client: Client, asha: User, path: str) -> None:
    given.say(hospital("Own"), {NEXCAR: "no"}, asha)
    assert shown(client, path) == []


def test_nearest_stands_first_and_can_be_called(client: Client, asha: User) -> None:
    yes(asha, "Far", phone="011 26588500")
    yes(asha, phone="022 24177000")
    for near, name in [("pune", "Own Hospital"), ("delhi", "Far Hospital")]:
        page = parsed(client.get(f"/products/{NEXCAR_SLUG}/?near={near}"))
        [first, _second] = page.xpath("//*[@data-giving]")
        assert first.get("data-giving") == name
        assert first.xpath(".//a[starts-with(@href, 'tel:+91')]")


def test_sources_come_after_own_words_and_a_no_goes_before_them(
    asha: User, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    source(monkeypatch)
    yes(asha)
    assert shown(client, "/car-t/?near=pune") == [("Own Hospital", "confirmed"), ("Table Hospital", "source")]
    source(monkeypatch, "Own Hospital")
    assert shown(client, "/car-t/") == [("Own Hospital", "confirmed")]
    given.say(hospital("Own"), {NEXCAR: "no"}, asha)
    assert shown(client, "/car-t/") == []
    source(monkeypatch, checked=False)
    assert shown(client, "/car-t/") == []


@pytest.mark.parametrize("path", WHERE_NONE_FITS)
def test_where_no_trial_fits_the_nearest_is_named(client: Client, asha: User, path: str) -> None:
    yes(asha)
    yes(asha, "Far")
    assert ("Own Hospital", "confirmed") in shown(client, path)
    assert shown(client, path.replace("near=pune", "")) == []


@pytest.mark.parametrize("path", [*PUBLIC, *WHERE_NONE_FITS])
def test_as_few_questions_for_many_hospitals_as_for_one(client: Client, asha: User, path: str) -> None:
    yes(asha)
    client.get(path)
    one = statements(client, path)
    make_trial("NCT00000002", sites=[site(f"Hospital {n}", "Pune") for n in range(8)])
    for place in Site.objects.all():
        given.say(place, {NEXCAR: "yes", QARTEMI: "yes"}, asha)
    TrialSite.objects.filter(trial__primary_id="NCT00000002").delete()
    assert statements(client, path) == one


def statements(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as made:
        assert client.get(path).status_code == 200
    return len(made)


def test_today_asks_once_for_all_hospitals(asha: User) -> None:
    client = signed_in(asha)
    page: Any = client.get("/workspace/").context["given"]
    assert [(place.hospital, [row.answer for row in rows]) for place, rows in page] == [
        ("Own Hospital", ["not-said", "not-said"])
    ]


def test_hospital_of_no_listed_trial_has_no_link(client: Client, asha: User) -> None:
    yes(asha)
    assert hospitals_giving()[NEXCAR][0].slug == hospital("Own").slug
    TrialSite.objects.all().delete()
    assert hospitals_giving()[NEXCAR][0].slug == ""


def test_imports_keep_the_word_of_a_hospital_without_trials(asha: User) -> None:
    yes(asha)
    TrialSite.objects.all().delete()
    remove_sample()
    assert standing() == [(NEXCAR, "yes")]


def test_distance_is_to_the_city(asha: User) -> None:
    yes(asha)
    near = hospitals_giving(point_of("mumbai"))[NEXCAR][0]
    assert (near.km, near.city) == (0, "mumbai")


@pytest.mark.parametrize("query", ["near=nowhere", "nonsense=1", "age=x"])
def test_wrong_place_is_refused(client: Client, query: str) -> None:
    assert client.get(f"/car-t/?{query}").status_code == 400


def test_product_without_approval_here_has_no_such_section(client: Client) -> None:
    known = find_product("axicabtagene-ciloleucel")
    assert known is not None
    assert not parsed(client.get(f"/products/{known.slug}/")).xpath("//*[@data-given-at]")
