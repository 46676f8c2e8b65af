"""The page of one trial: its addresses, what it tells, what it never lets through."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.builders import make_trial, site
from trials.choices import Registry, Role, Status

pytestmark = pytest.mark.django_db

CTRI_ID = "CTRI/2023/03/050689"


def text(client: Client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split())


@pytest.mark.parametrize("spelt", ["ctri/2023/03/050689", "CTRI-2023-03-050689", "ctri-2023-03-050689"])
def test_other_spellings_lead_to_the_one_address(client: Client, spelt: str) -> None:
    make_trial(CTRI_ID, registry=Registry.CTRI)
    page = client.get(f"/trials/{spelt}/")
    assert (page.status_code, page.headers["Location"]) == (301, f"/trials/{CTRI_ID}/")


def test_former_id_leads_to_the_trial(client: Client) -> None:
    make_trial("NCT00000001", aliases=["NCT00000009"])
    assert client.get("/trials/NCT00000009/").headers["Location"] == "/trials/NCT00000001/"


def test_unknown_trial_is_a_404_that_helps(client: Client) -> None:
    page = client.get("/trials/NCT00000001/")
    assert (page.status_code, page.templates[0].name) == (404, "404.html")


def test_trial_that_is_not_listed_is_for_staff_only(client: Client) -> None:
    make_trial("NCT00000001", role=Role.NOT_CAR_T)
    assert client.get("/trials/NCT00000001/").status_code == 404
    client.force_login(User.objects.create(username="editor", is_staff=True))
    assert "Only staff see this page" in text(client, "/trials/NCT00000001/")


def test_sites_stand_india_first_and_open_cities_first(client: Client) -> None:
    sites = [
        site("Z", "Houston", "Texas", "United States"),
        site("B", "Chennai", "Tamil Nadu", status=Status.COMPLETED),
        site("A", "Mumbai"),
    ]
    page = client.get(f"/trials/{make_trial(sites=sites).primary_id}/")
    assert [city.name for city in page.context["cities"]] == ["Mumbai", "Chennai"]
    assert [(name, opened) for name, _, opened in page.context["abroad"]] == [("United States", 1)]


def test_site_without_a_status_is_not_shown_as_recruiting(client: Client) -> None:
    trial = make_trial(sites=[site("A", status="")])
    page = text(client, f"/trials/{trial.primary_id}/")
    assert "Not recruiting, or not stated" in page


def test_registry_text_becomes_lists_and_nothing_else(client: Client) -> None:
    hostile = "* one <script>alert(1)</script>\n* [here](javascript:alert(1)) ![x](http://e.example/x.png)\n"
    trial = make_trial(details={"inclusion": hostile, "exclusion": "1) two\n2) three"})
    page = text(client, f"/trials/{trial.primary_id}/")
    assert "<li>one &lt;script&gt;alert(1)&lt;/script&gt;</li>" in page
    assert 'href="javascript' not in page
    assert '<img src="http' not in page
    assert "<ol> <li>two</li> <li>three</li> </ol>" in page


def test_undivided_criteria_are_shown_whole(client: Client) -> None:
    trial = make_trial(details={"eligibility": "Adults in good health."})
    assert "Adults in good health." in text(client, f"/trials/{trial.primary_id}/")


@pytest.mark.parametrize(
    ("written", "told"), [("2026", "2026"), ("2026-05", "May 2026"), ("2026-05-31", "31 May 2026")]
)
def test_dates_are_as_precise_as_the_registry_gives_them(client: Client, written: str, told: str) -> None:
    trial = make_trial(details={"start": written})
    assert f"<dd> {told} – Not stated </dd>" in text(client, f"/trials/{trial.primary_id}/")


def test_registries_that_disagree_are_told(client: Client) -> None:
    trial = make_trial("NCT00000001", status=Status.COMPLETED)
    make_trial(CTRI_ID, registry=Registry.CTRI, trial=trial, status=Status.RECRUITING)
    page = client.get("/trials/NCT00000001/")
    assert [r.status for r in page.context["disagreement"]] == [Status.COMPLETED, Status.RECRUITING]


def test_trial_with_nothing_stated_says_so(client: Client) -> None:
    page = text(client, f"/trials/{make_trial(phases=[], countries=[]).primary_id}/")
    assert "Where it takes place is not stated." in page
    assert "Phase not stated" in page
    assert "No site is stated." in page


def test_trial_page_costs_few_queries_whatever_the_sites(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    sites = [site(f"Hospital {n}", "Mumbai", country=f"Country {n % 9}") for n in range(200)]
    trial = make_trial(sites=[*sites, site("A", "Pune")])
    with django_assert_max_num_queries(8):
        client.get(f"/trials/{trial.primary_id}/")
