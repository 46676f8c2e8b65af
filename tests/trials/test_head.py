"""What the head of a page says: its own words, one address, whether search engines may show it."""

import re
from collections import Counter, defaultdict
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from importers.registries.slugs import Registry
from tests.builders import make_trial, site
from tests.desk import add_second_factor, signed_in
from trials.browse.conditions import Counts
from trials.browse.products import car_t_products
from trials.models import Registration, RegistrySource
from trials.views.head.addresses import PAGES_ONCE
from trials.views.head.words import letters, of_condition
from trials.vocabulary import conditions

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
NUMBER = "NCT00000001"
ONE_TRIAL = [f"/trials/{NUMBER}/{page}" for page in ("", "sheet/", "check/", "report/")]
TITLE = re.compile(r"<title>(.*?)</title>")
DESCRIPTION = re.compile(r'<meta name="description" content="(.*?)">')
MINE = ["/shortlist/", "/compare/", f"/follow/?trial={NUMBER}", "/clinic/note/", "/clinic/sheet/"]


@pytest.fixture
def catalogue() -> None:
    lymphoma: dict[str, Any] = {"conditions": ["lbcl"], "phases": ["PHASE2"], "targets": ["CD19"]}
    make_trial(NUMBER, sites=[site("Example Hospital")], **lymphoma)
    make_trial("NCT00000002", sites=[site("Another Hospital", "Pune")], **lymphoma)
    RegistrySource.objects.create(registry=Registry.CTGOV, last_good_at=timezone.now())


def head(client: Client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split("</head>")[0].split())


def title(client: Client, path: str) -> str:
    return unescape(TITLE.findall(head(client, path))[0])


def noindex(client: Client, path: str) -> bool:
    return '<meta name="robots" content="noindex">' in head(client, path)


def canonical(client: Client, path: str) -> str:
    return unescape(re.findall(r'rel="canonical" href="(.*?)"', head(client, path))[0])


def public_pages(client: Client) -> list[str]:
    """The addresses of the sitemap in English: a few diseases and products, and all else."""
    files = re.findall(r"<loc>(.*?)</loc>", client.get("/sitemap.xml").text)
    found = [address for file in files for address in re.findall(r"<loc>(.*?)</loc>", client.get(file).text)]
    paths = [path for address in found if not (path := address.removeprefix(SITE)).startswith("/hi/")]
    many = {f"/products/{known.slug}/" for known in car_t_products()[3:]}
    many |= {f"/conditions/{slug}/" for slug in list(conditions())[3:]}
    return [path for path in paths if path not in many]


@pytest.mark.parametrize("prefix", ["", "/hi"])
def test_every_public_page_has_a_title_and_a_description_of_its_own(
    client: Client, prefix: str, catalogue: None
) -> None:
    paths = [*public_pages(client), *ONE_TRIAL[1:], *MINE]
    assert len(paths) > len(PAGES_ONCE) + len(ONE_TRIAL) + len(MINE)
    heads = {path: head(client, prefix + path) for path in paths}
    for read, longest in ((TITLE, 90), (DESCRIPTION, 160)):
        seen = defaultdict(list)
        for path, words in heads.items():
            seen[unescape(read.findall(words)[0])].append(path)
        assert {words: shared for words, shared in seen.items() if len(shared) > 1} == {}
        assert [words for words in seen if not 10 <= letters(words) <= longest] == []


@pytest.mark.parametrize("language", ["en", "hi"])
def test_no_two_diseases_have_the_same_words(language: str) -> None:
    with override(language):
        words = [of_condition(slug, Counts()) for slug in conditions()]
    for said in ([one.title for one in words], [one.description for one in words]):
        assert [name for name, times in Counter(said).items() if times > 1] == []


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "CAR T trials · 2 open in India"),
        ("condition=lbcl", "Large B-cell lymphoma CAR T trials · 2 open in India"),
        (
            "condition=lbcl&city=mumbai&phase=PHASE2",
            "Large B-cell lymphoma CAR T trials in Mumbai, phase 2 · 1 open in India",
        ),
        ("q=lymphoma+phase+2", "Lymphoma CAR T trials, phase 2 · 2 open in India"),
        ("state=maharashtra&target=CD19", "CAR T trials in Maharashtra, CD19 · 2 open in India"),
        ("site=example-hospital-mumbai", "CAR T trials in Example Hospital, Mumbai · 1 open in India"),
        ("near=pune", "CAR T trials, near Pune · 2 open in India"),
    ],
)
def test_search_is_named_by_what_it_asks_for(client: Client, query: str, words: str, catalogue: None) -> None:
    assert title(client, f"/trials/?{query}") == words


def test_search_is_named_in_hindi(client: Client, catalogue: None) -> None:
    words = "मुंबई में डिफ्यूज़ लार्ज बी-सेल लिंफोमा के CAR T ट्रायल · भारत में 1 खुले"
    assert title(client, "/hi/trials/?condition=lbcl&city=mumbai") == words


def test_hostile_words_stay_words(client: Client, catalogue: None) -> None:
    path = "/trials/?q=lymphoma+%22%3E%3Cscript%3Ealert(1)%3C/script%3E&exact=spelling"
    page = head(client, path)
    assert ("<script>alert" in page, '"><script' in page) == (False, False)


@pytest.mark.parametrize(
    ("asked", "address", "shown"),
    [
        (
            "/trials/?condition=lbcl&phase=PHASE1&phase=PHASE2",
            "/trials/?condition=lbcl&phase=PHASE1&phase=PHASE2",
            True,
        ),
        ("/trials/?page=1&sort=updated&condition=lbcl&utm_source=x", "/trials/?condition=lbcl", True),
        ("/trials/?condition=lbcl&phase=PHASE2&city=mumbai&target=CD19", None, False),
        ("/trials/?q=a&condition=lbcl", "/trials/?condition=lbcl", False),
        ("/trials/?near=pune&within=50", "/trials/", False),
        ("/trials/?age=62&condition=lbcl", "/trials/?condition=lbcl", False),
        ("/trials/?hiv=ok", "/trials/", False),
        ("/trials/?condition=glioma", "/trials/?condition=glioma", False),
        ("/conditions/lbcl/?near=pune&age=62", "/conditions/lbcl/", False),
        ("/conditions/?q=lymphoma", "/conditions/", False),
        ("/sites/?near=pune", "/sites/", False),
        ("/map/?condition=lbcl", "/map/?condition=lbcl", True),
        ("/find/?condition=lbcl", "/find/", False),
        (f"/trials/{NUMBER}/?near=pune&age=62", f"/trials/{NUMBER}/", False),
        (f"/trials/{NUMBER}/?fbclid=x", f"/trials/{NUMBER}/", True),
    ],
)
def test_what_was_typed_or_said_of_a_patient_is_in_no_address_for_search_engines(
    client: Client, asked: str, address: str | None, shown: bool, catalogue: None
) -> None:
    assert noindex(client, asked) is not shown
    if address:
        assert canonical(client, asked) == SITE + address
        assert canonical(client, f"/hi{asked}") == f"{SITE}/hi{address}"


@pytest.mark.parametrize("path", [*ONE_TRIAL[1:], *MINE, "/offline/", f"/compare/?ids={NUMBER}"])
def test_pages_that_say_another_again_or_are_of_one_person_are_left_out(
    client: Client, path: str, catalogue: None
) -> None:
    assert noindex(client, path)


def test_answers_to_the_questions_are_left_out_and_the_questions_are_not(
    client: Client, catalogue: None
) -> None:
    assert not noindex(client, "/match/")
    assert 'name="robots" content="noindex"' in client.post("/match/", {"age": "62"}).text


def test_invented_trial_is_shown_to_no_search_engine(client: Client) -> None:
    make_trial(NUMBER, sample=True)
    for path in (f"/trials/{NUMBER}/", "/trials/", "/"):
        assert noindex(client, path)


def withdrawn(days: int) -> None:
    make_trial(NUMBER, sites=[site("Example Hospital")], gone_at=timezone.now() - timedelta(days=days))


def test_trial_withdrawn_lately_keeps_its_page_and_search_engines_forget_it(client: Client) -> None:
    withdrawn(360)
    page = client.get(f"/trials/{NUMBER}/")
    assert (page.status_code, noindex(client, f"/trials/{NUMBER}/")) == (200, True)
    assert "MedicalTrial" not in page.text


@pytest.mark.parametrize("prefix", ["", "/hi"])
@pytest.mark.parametrize("page", ["", "sheet/", "check/", "qr.svg", "report/"])
def test_trial_withdrawn_over_a_year_ago_is_gone(client: Client, page: str, prefix: str) -> None:
    withdrawn(370)
    answer = client.get(f"{prefix}/trials/{NUMBER}/{page}")
    assert answer.status_code == 410
    assert ('content="noindex"' in answer.text, 'action="' in answer.text) == (True, True)
    assert "Example Hospital" not in answer.text


def test_gone_trial_comes_back_with_one_of_its_registries(client: Client) -> None:
    withdrawn(370)
    Registration.objects.update(gone_at=timezone.now() - timedelta(days=1))
    assert client.get(f"/trials/{NUMBER}/").status_code == 200


def test_staff_and_the_api_still_see_the_last_copy(client: Client) -> None:
    withdrawn(370)
    assert client.get(f"/api/v1/trials/{NUMBER}").status_code == 200
    editor = get_user_model().objects.create_user("editor", is_staff=True)
    add_second_factor(editor)
    assert "Example Hospital" in signed_in(editor).get(f"/trials/{NUMBER}/").text
