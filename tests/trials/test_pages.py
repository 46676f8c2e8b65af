"""Pages of prose, their addresses in every language, what search engines and lost people are told."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries, Settings

from importers.registries.slugs import Registry
from tests.builders import make_trial, site
from trials.models import RegistrySource
from trials.views import prose
from trials.views.query_strings import in_language
from trials.vocabulary.glossary import glossary
from trials.vocabulary.reviews import Review

pytestmark = pytest.mark.django_db

STATEMENTS = {"/glossary/": 1, "/about/": 1, "/how-we-decide/": 1, "/privacy/": 1, "/car-t/": 2}
"""Of each page of prose: how fresh the catalogue is, and on one page which hospitals give which product."""
PROSE = list(STATEMENTS)
CATALOGUE = ["/", "/trials/", "/trials/NCT00000001/", "/sites/", "/sites/example-hospital-mumbai/"]
LOST = ["/nowhere/", "/trials/NCT99999999/", "/sites/nowhere/", "/trials/?phase=X", "/sites/?near=x"]
SITE = "http://127.0.0.1:8000"


@pytest.fixture
def catalogue() -> None:
    make_trial("NCT00000001", conditions=["lbcl"], sites=[site("Example Hospital")])
    RegistrySource.objects.create(registry=Registry.CTGOV, last_good_at=timezone.now())


def text(client: Client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split())


@pytest.mark.parametrize("prefix", ["", "/hi"])
@pytest.mark.parametrize("path", PROSE)
def test_page_of_prose_hardly_asks_the_database(
    client: Client, path: str, prefix: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(STATEMENTS[path]):
        page = client.get(prefix + path)
    assert (page.status_code, page.content.decode().count("<h1>")) == (200, 1)


@pytest.mark.parametrize("path", PROSE)
def test_hindi_prose_is_hindi(client: Client, path: str) -> None:
    main = client.get(f"/hi{path}").content.decode().split("<main")[1].split("</main>")[0]
    prose = re.findall(r"<(?:h1|h2|p|dd)[^>]*>\s*([^<\s][^<]*?)\s*<", main)
    assert [words for words in prose if not re.search("[\u0900-\u097f]", words)] == []


def test_glossary_holds_every_word_once_with_its_anchor(client: Client) -> None:
    for path in ("/glossary/", "/hi/glossary/"):
        page = client.get(path)
        entries = [entry for _, group in page.context["letters"] for entry in group]
        assert sorted(entry.slug for entry in entries) == sorted(glossary())
        ids = re.findall(r' id="([^"]+)"', page.content.decode())
        assert len(ids) == len(set(ids))
        letters = [letter for letter, _ in page.context["letters"]]
        assert len(letters) == len(set(letters))


def test_about_tells_when_registries_were_read_and_whom_to_write_to(
    client: Client, settings: Settings, catalogue: None
) -> None:
    assert "mailto:" not in text(client, "/about/")
    settings.CONTACT_EMAIL = "corrections@example.org"
    page = text(client, "/about/")
    assert page.count('href="mailto:corrections@example.org"') == 2
    assert page.count("Last read on") == 1


def test_about_names_who_runs_the_site(client: Client, settings: Settings, catalogue: None) -> None:
    settings.SITE_OPERATOR, settings.SITE_OPERATOR_ADDRESS = "Example <Foundation>", "1 Example Road, Mumbai"
    page = text(client, "/hi/about/")
    assert "<strong>Example &lt;Foundation&gt;</strong>, 1 Example Road, Mumbai" in page


@pytest.mark.parametrize("prefix", ["", "/hi"])
def test_about_says_that_no_doctor_has_reviewed_it_or_who_has(
    client: Client, prefix: str, monkeypatch: pytest.MonkeyPatch, catalogue: None
) -> None:
    assert "<td>" not in text(client, f"{prefix}/about/")
    what = {"en": "The words explained", "hi": "शब्दों का अर्थ"}
    review = Review(what, "Dr Example", "MD, DM", date(2026, 11, 2))
    monkeypatch.setattr(prose, "reviews", lambda: (review,))
    row = re.findall(r"<tr> (<th.*?)</tr>", text(client, f"{prefix}/about/"))[-1]
    assert (what[prefix[1:] or "en"] in row, "Dr Example" in row, "MD, DM" in row) == (True, True, True)


@pytest.mark.parametrize("prefix", ["", "/hi"])
@pytest.mark.parametrize("path", [*PROSE, *CATALOGUE, "/trials/?condition=lbcl&phase=PHASE1"])
def test_page_names_itself_in_every_language(client: Client, path: str, prefix: str, catalogue: None) -> None:
    page = client.get(prefix + path).content.decode()
    head = page.split("</head>")[0].replace("&amp;", "&")
    links = dict(re.findall(r'hreflang="([^"]+)"\s+href="([^"]+)"', head))
    assert links == {"en": SITE + path, "hi": f"{SITE}/hi{path}", "x-default": SITE + path}
    assert re.findall(r'rel="canonical" href="([^"]+)"', head) == [SITE + prefix + path]


@pytest.mark.parametrize("path", [*PROSE, *CATALOGUE, *LOST, "/trials/?q=a%26b&near=Delhi&x=y"])
def test_switch_keeps_page_and_query(client: Client, path: str, catalogue: None) -> None:
    for address, other in ((path, f"/hi{path}"), (f"/hi{path}", path)):
        header = client.get(address).content.decode().split("<header")[1].split("</header>")[0]
        (link,) = re.findall(r'href="([^"]+)"\s+lang="\w+"\s+hreflang', header)
        assert link.replace("&amp;", "&") == other


@pytest.mark.parametrize(
    ("address", "english", "hindi"),
    [
        ("/", "/", "/hi/"),
        ("/hi/", "/", "/hi/"),
        ("/hi", "/", "/hi/"),
        ("/his/x", "/his/x", "/hi/his/x"),
        ("/hi/hi/", "/hi/", "/hi/hi/"),
        ("/hi//evil.example/?a=/hi/", "/evil.example/?a=/hi/", "/hi/evil.example/?a=/hi/"),
        ("//evil.example", "/evil.example", "/hi/evil.example"),
    ],
)
def test_address_in_another_language_never_leaves_the_site(address: str, english: str, hindi: str) -> None:
    assert (in_language(address, "en"), in_language(address, "hi")) == (english, hindi)


def test_robots_are_told_of_the_sitemap(client: Client) -> None:
    assert client.get("/robots.txt").content.decode().splitlines()[-1] == f"Sitemap: {SITE}/sitemap.xml"


@pytest.mark.parametrize("prefix", ["", "/hi"])
@pytest.mark.parametrize("path", [*PROSE, *CATALOGUE, *LOST, "/sitemap.xml", "/robots.txt"])
def test_visitors_get_no_cookie(client: Client, path: str, prefix: str, catalogue: None) -> None:
    assert dict(client.get(prefix + path).cookies) == {}


@pytest.mark.parametrize("path", [*PROSE, *CATALOGUE, *LOST])
def test_every_page_carries_the_disclaimer_with_the_date(client: Client, path: str, catalogue: None) -> None:
    footer = text(client, path).split("<footer")[1]
    assert footer.count("This is not medical advice") == 1
    assert "ClinicalTrials.gov: read on" in footer


@pytest.mark.parametrize("path", LOST)
def test_lost_people_find_a_way_on_and_robots_none(client: Client, path: str, catalogue: None) -> None:
    for prefix, search in (("", "/trials/"), ("/hi", "/hi/trials/")):
        page = client.get(prefix + path)
        shown = page.content.decode()
        assert page.status_code in (400, 404)
        assert f'action="{search}"' in shown
        assert ('name="robots" content="noindex"' in shown, 'rel="canonical"' in shown) == (True, False)


def test_request_that_cannot_be_read_gets_a_page_in_its_language(client: Client, catalogue: None) -> None:
    many = "&".join(f"q={number}" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))
    for prefix, title in (("", "This address does not work"), ("/hi", "अनुरोध सही नहीं")):
        page = client.get(f"{prefix}/trials/?{many}")
        shown = " ".join(page.content.decode().split())
        assert (page.status_code, f"<title>{title}</title>" in shown) == (400, True)
        assert "ClinicalTrials.gov" in shown


def test_form_without_its_token_is_told_what_to_do() -> None:
    page = Client(enforce_csrf_checks=True).post("/hi/accounts/login/", {"username": "a", "password": "b"})
    assert (page.status_code, "फ़ॉर्म स्वीकार नहीं हुआ" in page.content.decode()) == (403, True)


@pytest.mark.parametrize("path", ["/trials/", "/hi/trials/"])
def test_our_own_failure_is_told_in_both_languages(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trials.views.results.page.count", lambda *_: 1 / 0)
    page = Client(raise_request_exception=False).get(path)
    shown = page.content.decode()
    assert page.status_code == 500
    assert shown.count("<h1>") == 1
    for words in (
        "Something went wrong on our side",
        "हमारी ओर से कुछ गड़बड़ हुई",
        'href="/hi/"',
        'action="/trials/"',
    ):
        assert words in shown


def test_hindi_months_and_indian_grouping() -> None:
    day = date(2026, 11, 25)
    for language, words in (("en", ("25 Nov 2026", "12,34,567")), ("hi", ("25 नवंबर 2026", "12,34,567"))):
        with override(language):
            assert (date_format(day), intcomma(1234567)) == words
