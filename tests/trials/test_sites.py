"""The pages of hospitals: which are there, how far, and what is open there."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from importers.registries.slugs import Registry
from tests.builders import AT, make_trial, site
from tests.snapshots import MADE
from trials.choices import Role, Status
from trials.models import TrialSite

pytestmark = pytest.mark.django_db

CMC = ("CMC", "Vellore", "Tamil Nadu")
PERSON = {"name": "Dr A", "role": "", "affiliation": "", "phone": "022 1234567", "email": "a@example.org"}


def text(client: Client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split())


def test_hospitals_stand_by_state_and_city_with_their_counts(client: Client) -> None:
    make_trial(sites=[site(*CMC), site("B", "Pune"), site("A", "Mumbai"), site("C", "Mumbai")])
    make_trial(sites=[site(*CMC, status=Status.COMPLETED)])
    told = [
        (state, city, [(h.site.hospital, h.trials, h.recruiting) for h in hospitals])
        for state, cities in client.get("/sites/").context["states"]
        for city, hospitals in cities
    ]
    assert told == [
        ("maharashtra", "mumbai", [("A", 1, 1), ("C", 1, 1)]),
        ("maharashtra", "pune", [("B", 1, 1)]),
        ("tamil-nadu", "vellore", [("CMC", 2, 1)]),
    ]


def test_hospital_without_a_state_comes_last(client: Client) -> None:
    make_trial(sites=[site("A", "Nowhere", ""), site(*CMC)])
    assert [state for state, _ in client.get("/sites/").context["states"]] == ["tamil-nadu", ""]


@pytest.mark.parametrize("near", ["Thane", "400601", "ठाणे"])
def test_place_sorts_hospitals_by_distance(client: Client, near: str) -> None:
    make_trial(sites=[site(*CMC), site("X", "Unheard Of"), site("B", "Pune"), site("A", "Mumbai")])
    nearest = client.get("/sites/", {"near": near}).context["nearest"]
    assert [hospital.site.hospital for hospital, _ in nearest] == ["A", "B", "CMC", "X"]
    assert [km is None for _, km in nearest] == [False, False, False, True]


def test_hospital_page_tells_the_distance_to_the_city(client: Client) -> None:
    make_trial(sites=[site("A", "Mumbai")])
    assert text(client, "/sites/a-mumbai/?near=Mumbai").count("about 0 km (distance to the city)") == 1
    assert text(client, "/sites/a-mumbai/").count("distance to the city") == 0


def test_open_trials_come_first_then_those_not_yet_open(client: Client) -> None:
    for number, status in enumerate([Status.COMPLETED, Status.NOT_YET_RECRUITING, Status.RECRUITING]):
        make_trial(f"NCT0000000{number}", sites=[site(*CMC, status=status)])
    context = client.get("/sites/cmc-vellore/").context
    told = [[here.trial.primary_id for here in context[part]] for part in ("open", "others")]
    assert told == [["NCT00000002"], ["NCT00000001", "NCT00000000"]]


@pytest.mark.parametrize(
    ("of_trial", "of_site", "badge"),
    [
        (Status.RECRUITING, Status.COMPLETED, 'class="sure sure-registry sure-shut"'),
        (Status.RECRUITING, "", 'data-because="unstated"'),
        (Status.UNKNOWN, Status.RECRUITING, 'data-because="unconfirmed"'),
        (Status.UNKNOWN, Status.UNKNOWN, 'data-because="unstated"'),
    ],
)
def test_site_that_is_not_open_is_never_shown_as_recruiting(
    client: Client, of_trial: str, of_site: str, badge: str
) -> None:
    make_trial(status=of_trial, sites=[site(*CMC, status=of_site), site("A")])
    page = client.get("/sites/cmc-vellore/")
    assert (len(page.context["open"]), len(page.context["others"])) == (0, 1)
    strengths = re.findall('class="(sure [^"]*)"', page.text)
    assert (badge in page.text, "badge-open" in page.text) == (True, False)
    assert [one for one in strengths if "shut" not in one and "unknown" not in one] == []


@pytest.mark.parametrize("place", ["open", "others"])
def test_of_a_trial_in_both_registries_ctri_alone_tells_about_india(client: Client, place: str) -> None:
    words = (
        [Status.COMPLETED, Status.RECRUITING] if place == "open" else [Status.RECRUITING, Status.COMPLETED]
    )
    trial = make_trial("NCT00000001", sites=[site(*CMC, status=words[0])])
    ctri = [site(*CMC, status=words[1])]
    make_trial("CTRI/2026/01/000001", registry=Registry.CTRI, trial=trial, sites=ctri)
    (here,) = client.get("/sites/cmc-vellore/").context[place]
    assert [(row.registration.registry, row.is_open) for row in here.rows] == [("ctri", place == "open")]


def test_contacts_are_links_to_call_and_write(client: Client) -> None:
    make_trial("NCT00000001", sites=[site(*CMC, contacts=[PERSON])])
    page = text(client, "/sites/cmc-vellore/")
    assert page.count('href="tel:0221234567"') == 2  # at the top, and with the trial
    assert 'href="mailto:a@example.org?subject=NCT00000001&amp;body=Hello.' in page


@pytest.mark.parametrize(("condition", "query"), [("lbcl", ""), ("lupus", "&amp;disease=all")])
def test_hospital_page_leads_to_a_search_that_finds_its_trials(
    client: Client, condition: str, query: str
) -> None:
    make_trial(conditions=[condition], sites=[site(*CMC)])
    assert f'href="/trials/?site=cmc-vellore{query}"' in text(client, "/sites/cmc-vellore/")


def test_trial_page_links_its_hospitals_and_only_those_that_are_listed(client: Client) -> None:
    trial = make_trial("NCT00000001", sites=[site(*CMC), site()])
    gone = make_trial(
        "CTRI/2026/01/000001", registry=Registry.CTRI, trial=trial, sites=[site("Z")], gone_at=AT
    )
    links = re.findall('href="(/sites/[^"]*)"', text(client, f"/trials/{gone.primary_id}/"))
    assert set(links) == {"/sites/", "/sites/cmc-vellore/"}  # the header's, and the hospital's
    assert [client.get(f"/sites/{slug}/").status_code for slug in ("cmc-vellore", "z-mumbai")] == [200, 404]


def test_trial_that_is_not_listed_brings_no_hospital(client: Client) -> None:
    make_trial(role=Role.NOT_CAR_T, sites=[site(*CMC)])
    make_trial(sites=[site("A")])
    assert [h.site.hospital for _, ((_, (h,)),) in client.get("/sites/").context["states"]] == ["A"]
    assert client.get("/sites/cmc-vellore/").status_code == 404


def test_trial_that_is_not_listed_is_not_shown_at_its_hospital(client: Client) -> None:
    make_trial("NCT00000001", role=Role.NOT_CAR_T, sites=[site(*CMC)])
    make_trial("NCT00000002", sites=[site(*CMC)])
    assert client.get("/sites/cmc-vellore/").context["hospital"].trials == 1


@pytest.mark.parametrize(
    "slug", ["nowhere", "x%00y", "%F0%9F%98%80", "%ED%A0%80", "a" * 5000, "'; --", "%25s"]
)
def test_unknown_hospital_is_a_404_in_words(client: Client, slug: str) -> None:
    page = client.get(f"/sites/{slug}/")
    assert (page.status_code, page.templates[0].name) == (404, "trials/site_unknown.html")


@pytest.mark.parametrize("path", ["/sites/", "/sites/cmc-vellore/"])
@pytest.mark.parametrize("near", ["000000", "x\x00y", "x" * 5000, "<script>", "\ud800", "9" * 5000])
def test_unknown_place_is_a_400_that_leads_back(client: Client, path: str, near: str) -> None:
    make_trial(sites=[site(*CMC)])
    page = client.get(path, {"near": near.encode("utf-8", "surrogatepass")})
    assert (page.status_code, page.context["parameter"]) == (400, "near")
    assert f'href="{path}"' in page.content.decode()


def test_page_without_hospitals_says_so(client: Client) -> None:
    make_trial()
    assert "No listed trial names a hospital in India yet." in text(client, "/sites/")


def test_place_is_kept_from_page_to_page(client: Client) -> None:
    make_trial(sites=[site(*CMC)])
    assert 'href="/sites/cmc-vellore/?near=navi-mumbai"' in text(client, "/sites/?near=Navi+Mumbai")
    assert 'href="/sites/?near=navi-mumbai"' in text(client, "/sites/cmc-vellore/?near=Navi+Mumbai")


def test_what_the_visitor_said_travels_to_the_trials(client: Client) -> None:
    make_trial("NCT00000001", sites=[site(*CMC)])
    said = "near=patna&amp;age=7&amp;condition=b-all"
    page = text(client, "/sites/cmc-vellore/?near=Patna&age=7&condition=b-all")
    assert f'href="/trials/NCT00000001/?{said}"' in page
    assert f'href="/sites/?{said}"' in page


def test_hospitals_with_an_open_trial_go_before_nearer_ones_without(client: Client) -> None:
    make_trial(sites=[site("A", "Mumbai", status=Status.COMPLETED), site(*CMC)])
    nearest = client.get("/sites/?near=Mumbai").context["nearest"]
    assert [hospital.site.hospital for hospital, _ in nearest] == ["CMC", "A"]
    assert [hospital.site.hospital for hospital in client.get("/sites/").context["open"]] == ["CMC"]


def test_hospital_page_shows_how_to_reach_it(client: Client) -> None:
    make_trial(sites=[site(*CMC, address="Ida Scudder Road", postal_code="632004")])
    page = client.get("/sites/cmc-vellore/")
    here = page.context["here"]
    assert (here.address, here.postal_code, here.called, here.email) == (
        "Ida Scudder Road",
        "632004",
        None,
        "",
    )
    assert "destination=CMC%2C+Vellore%2C+Tamil+Nadu%2C+India" in page.text


def test_hospital_page_shows_what_the_hospital_confirmed_and_when(client: Client) -> None:
    day = timezone.now() - timedelta(days=3)
    make_trial(sites=[site(*CMC)])
    TrialSite.objects.update(confirmed="open", confirmed_at=day)
    page = client.get("/sites/cmc-vellore/")
    assert page.text.count('data-sure="confirmed"') == 1
    assert f'data-confirmed="{timezone.localtime(day):%Y-%m-%d}"' in page.text
    make_trial(sites=[site("B")])
    assert 'data-confirmed=""' in client.get("/sites/b-mumbai/").text


def test_trials_of_a_hospital_come_by_pages_of_fifty_open_ones_first(client: Client) -> None:
    make_trial("NCT00000001", sites=[site(*CMC)])
    for _ in range(50):
        make_trial(sites=[site(*CMC, status=Status.COMPLETED)])
    first, second = (client.get("/sites/cmc-vellore/", {"page": page}).context for page in ("1", "2"))
    assert [here.trial.primary_id for here in first["open"]] == ["NCT00000001"]
    assert (len(first["others"]), len(second["open"]), len(second["others"])) == (49, 0, 1)


@pytest.mark.parametrize(
    ("query", "name"), [("page=3", "page"), ("page=x", "page"), ("x=1", "x"), ("age=old", "age")]
)
def test_what_is_not_understood_is_a_400_that_names_it(client: Client, query: str, name: str) -> None:
    make_trial(sites=[site(*CMC)])
    page = client.get(f"/sites/cmc-vellore/?{query}")
    assert (page.status_code, page.context["parameter"]) == (400, name)


def test_pages_stand_in_hindi_and_name_each_other(client: Client) -> None:
    make_trial(sites=[site("A", "Mumbai")])
    for path in ("/sites/", "/sites/a-mumbai/"):
        assert f'hreflang="hi" href="http://127.0.0.1:8000/hi{path}"' in text(client, path)
        assert "मुंबई" in text(client, f"/hi{path}")


@pytest.mark.parametrize(
    ("path", "most"), [("/sites/?near=Pune", MADE + 3), ("/sites/cmc-vellore/?near=Pune", 3)]
)
def test_pages_ask_as_little_for_many_trials_as_for_one(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, path: str, most: int
) -> None:
    for number in range(12):
        make_trial(sites=[site(*CMC, contacts=[PERSON]), site(f"Hospital {number}")])
    with django_assert_max_num_queries(most):
        assert client.get(path).status_code == 200
