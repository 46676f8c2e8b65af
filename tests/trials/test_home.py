"""The first page, and what every page says about the data."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from importers.registries.slugs import Registry
from tests.builders import make_trial, site
from tests.snapshots import MADE
from trials.choices import Status
from trials.models import RegistrySource

pytestmark = pytest.mark.django_db


def text(client: Client, path: str = "/") -> str:
    return " ".join(client.get(path).content.decode().split())


def test_home_counts_what_its_links_lead_to(client: Client) -> None:
    make_trial(conditions=["lbcl"], sites=[site("Example Hospital"), site("Other Hospital", "Pune")])
    make_trial(conditions=["aml"], sites=[site("Example Hospital"), site("", "Delhi", "Delhi")])
    make_trial(conditions=["aml"], sites=[site("Closed Hospital", status=Status.COMPLETED)])
    make_trial(conditions=["aml"], countries=["United States"])
    make_trial(conditions=["lupus"], sites=[site("Third Hospital")])
    home = client.get("/").context
    assert (home["counts"].open_in_india, home["open_in_india"].hospitals, home["counts"].listed) == (2, 2, 4)
    assert client.get("/trials/?recruiting=india").context["total"] == 2
    assert client.get("/trials/").context["total"] == 4


@pytest.mark.parametrize(
    ("status", "none"),
    [(Status.RECRUITING, False), (Status.UNKNOWN, True), (Status.NOT_YET_RECRUITING, True)],
)
def test_home_says_when_nothing_is_open_in_india(client: Client, status: Status, none: bool) -> None:
    make_trial(conditions=["lbcl"], status=status, sites=[site("Example Hospital", status=status)])
    assert ("data-none-open" in text(client), "?recruiting=india" in text(client)) == (none, not none)


def test_home_names_no_hospital_where_none_is_known(client: Client) -> None:
    make_trial(conditions=["lbcl"], sites=[site("")])
    page = client.get("/")
    assert (page.context["counts"].open_in_india, page.context["open_in_india"].hospitals) == (1, 0)
    assert page.text.split("<main")[1].split("</section>")[0].count('href="/sites/"') == 0


@pytest.mark.parametrize("prefix", ["", "/hi"])
def test_home_shows_five_groups_and_not_sure_before_the_fold(client: Client, prefix: str) -> None:
    make_trial(conditions=["lbcl"])
    page = client.get(f"{prefix}/")
    before, after = page.text.split('class="fold further"')
    assert (before.count('class="picture'), len(page.context["first_groups"])) == (1 + 6, 5)
    assert after.count('<a class="picture"') == len(page.context["further_groups"])


def test_home_keeps_other_diseases_in_a_group_of_their_own(client: Client) -> None:
    make_trial(conditions=["lbcl"])
    make_trial(conditions=["lupus"])
    page = client.get("/")
    told = [slug for group in page.context["other_groups"] for slug, _ in group.conditions]
    assert told == ["lupus", "autoimmune"]


def test_home_asks_the_database_little(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_trial(conditions=["lbcl"])
    with django_assert_num_queries(MADE + 3):
        client.get("/")


def test_first_import_shows_progress_and_reloads(client: Client) -> None:
    RegistrySource.objects.create(
        registry=Registry.CTGOV, importing_since=timezone.now(), progress_done=400, progress_total=2914
    )
    assert client.get("/")["Refresh"] == "10"
    assert [number in text(client) for number in ("400", "2914")] == [True, True]


def test_filled_catalogue_is_not_reloaded(client: Client) -> None:
    RegistrySource.objects.create(registry=Registry.CTGOV, importing_since=timezone.now())
    make_trial(conditions=["lbcl"])
    assert not client.get("/").has_header("Refresh")


@pytest.mark.parametrize("path", ["/", "/trials/", "/nowhere/", "/trials/?phase=X"])
def test_sample_data_are_marked_on_every_page(client: Client, path: str) -> None:
    RegistrySource.objects.create(
        registry=Registry.CTGOV, last_tried_at=timezone.now(), last_error="Blocked."
    )
    make_trial(conditions=["lbcl"], sample=True)
    page = text(client, path)
    before, after = page.split("<h1", 1)
    assert before.count('class="banner banner-sample"') == 1
    assert (before.count("banner-quiet"), after.count("banner-quiet")) == (0, 1)


def test_footer_tells_when_each_registry_was_read(client: Client) -> None:
    RegistrySource.objects.create(registry=Registry.CTGOV, last_good_at=timezone.now())
    RegistrySource.objects.create(registry=Registry.CTRI)
    page = text(client)
    assert ("ClinicalTrials.gov: read on" in page, "CTRI: not read yet." in page) == (True, True)


def test_hindi_pages_stand_below_hi_and_the_switch_keeps_the_query(client: Client) -> None:
    page = text(client, "/hi/trials/?condition=lbcl")
    assert ('<html lang="hi">' in page, 'href="/trials/?condition=lbcl"' in page) == (True, True)


def test_robots_may_read_the_public_pages(client: Client) -> None:
    assert client.get("/robots.txt").content.decode().splitlines()[:2] == [
        "User-agent: *",
        "Disallow: /admin/",
    ]
