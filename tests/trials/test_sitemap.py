"""The sitemap: an index and files, whole and small at any number of trials, without invented records."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from importers.registries.slugs import Registry
from tests.builders import make_trial, site
from tests.snapshots import MADE
from trials.browse.products import car_t_products
from trials.models import RegistrySource
from trials.views import prose, sitemap
from trials.vocabulary import conditions

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
ONCE = ["/", "/find/", "/match/", "/trials/", "/clinic/", "/sites/", "/map/", "/numbers/", "/conditions/"]
ONCE += ["/products/", "/car-t/", "/changes/", "/embed/", *(f"/{name}/" for name in prose.PAGES)]


@pytest.fixture
def catalogue() -> None:
    make_trial("NCT00000001", conditions=["lbcl"], sites=[site("Example Hospital")])
    make_trial("NCT00000002", sample=True, sites=[site("Sample Hospital", city="Pune")])
    make_trial("NCT00000003", role="not_car_t")
    RegistrySource.objects.create(registry=Registry.CTGOV, last_good_at=timezone.now())


def files(client: Client) -> list[str]:
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314
    return [str(entry[0].text).removeprefix(SITE) for entry in index]


def entries(client: Client, file: str) -> dict[str, ElementTree.Element]:
    answer = client.get(file)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml")
    return {str(page[0].text): page for page in ElementTree.fromstring(answer.content)}  # noqa: S314


def all_pages(client: Client) -> list[str]:
    return [address for file in files(client) for address in entries(client, file)]


def test_files_list_public_pages_in_every_language(client: Client, catalogue: None) -> None:
    paths = [
        *ONCE,
        *(f"/conditions/{slug}/" for slug in conditions()),
        *(f"/products/{known.slug}/" for known in car_t_products()),
        *("/trials/?state=maharashtra", "/trials/?city=mumbai"),
        *("/sites/example-hospital-mumbai/", "/trials/NCT00000001/"),
    ]
    assert sorted(all_pages(client)) == sorted(f"{SITE}{p}{path}" for path in paths for p in ("", "/hi"))


def test_page_names_itself_in_the_other_languages(client: Client) -> None:
    page = entries(client, "/sitemap-pages.xml")[f"{SITE}/hi/about/"]
    links = [link.attrib for link in page if link.tag.endswith("link")]
    assert [(link["hreflang"], link["href"]) for link in links] == [
        ("en", f"{SITE}/about/"),
        ("hi", f"{SITE}/hi/about/"),
        ("x-default", f"{SITE}/about/"),
    ]


def test_index_and_files_ask_little(
    client: Client, catalogue: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        named = files(client)
    for file, statements in zip(named, (0, *[MADE + 2] * 3, 1), strict=True):
        with django_assert_num_queries(statements):
            entries(client, file)


def test_trials_are_parted_by_row_and_no_file_is_empty(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "TRIALS_A_FILE", 10)
    trial = make_trial("NCT00000001")
    first, numbers = trial.pk, {trial.pk // 10}
    for further in (25, 26, 95):
        trial.pk, trial.primary_id = first + further, f"NCT000000{further}"
        trial.save(force_insert=True)
        numbers.add(trial.pk // 10)
    named = [file for file in files(client) if "trials" in file]
    assert named == [f"/sitemap-trials-{number}.xml" for number in sorted(numbers)]
    found = [address for file in named for address in entries(client, file)]
    ids = ("01", "25", "26", "95")
    assert sorted(found) == sorted(f"{SITE}{p}/trials/NCT000000{n}/" for n in ids for p in ("", "/hi"))


def test_every_kind_of_page_is_there(client: Client, catalogue: None) -> None:
    addresses = [address.removeprefix(SITE) for address in all_pages(client)]
    one_of_a_kind = {re.sub("(conditions|products)/.+", r"\1", address): address for address in addresses}
    assert {client.get(address).status_code for address in one_of_a_kind.values()} == {200}


def test_day_is_that_on_which_the_registry_updated_the_trial(client: Client) -> None:
    make_trial("NCT00000001", conditions=["lbcl"], last_updated=date(2026, 11, 3), sites=[site("Example")])
    make_trial("NCT00000002", conditions=["lbcl"], last_updated=date(2026, 10, 3), sites=[site("Example")])
    days = {
        address.removeprefix(SITE): page[1].text
        for file in files(client)
        for address, page in entries(client, file).items()
        if page[1].tag.endswith("lastmod")
    }
    asked = ("/trials/NCT00000002/", "/conditions/lbcl/", "/hi/sites/example-mumbai/", "/trials/?city=mumbai")
    assert [days[path] for path in asked] == ["2026-10-03", "2026-11-03", "2026-11-03", "2026-11-03"]


def test_city_that_is_a_state_stands_there_once(client: Client) -> None:
    make_trial(sites=[site("Example", "Chandigarh", "Chandigarh")])
    assert list(entries(client, "/sitemap-places.xml"))[::2] == [f"{SITE}/trials/?state=chandigarh"]


@pytest.mark.parametrize("name", ["trials", "nothing", "pages-1", "trials-99999999", "sites-0"])
def test_file_there_is_not(client: Client, name: str) -> None:
    assert client.get(f"/sitemap-{name}.xml").status_code == 404
