"""The page that explains CAR T: every statement has a source and both languages; tables may be empty."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from trials import vocabulary
from trials.browse import car_t as page
from trials.browse.products import approved_in
from trials.explain.questions import FOR_EVERYONE, questions_for_everyone
from trials.vocabulary import car_t_facts, help_with_cost, product_hospitals, sources, table
from trials.vocabulary.car_t_facts import facts
from trials.vocabulary.reviews import Review

FOLDER = Path(vocabulary.__file__).parent
PARTIAL_DATE = re.compile(r"(\d{4}(-\d{2}(-\d{2})?)?)?")
DEVANAGARI = re.compile("[\u0900-\u097f]")
PLACES = {
    *(("what", ""), ("hope", ""), ("side-effects", ""), ("call", ""), ("call", "signs"), ("stay", "")),
    ("money", ""),
    *((section, part) for section, _, _ in page.STEPS for part in ("", page.TIME)),
    *(("side-effects", part) for part, _ in page.SIDE_EFFECTS),
}


def html(client: Client, path: str = "/car-t/") -> str:
    return client.get(path).content.decode()


@pytest.fixture
def empty_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """A site whose coordinators and editors have named no hospital and no scheme yet."""
    monkeypatch.setattr("trials.views.car_t.schemes", lambda: ())
    monkeypatch.setattr("trials.browse.given.product_hospitals", lambda: ())


def test_every_statement_has_a_source_that_exists() -> None:
    known = {row["key"] for row in table.rows(FOLDER / "sources.csv")}
    rows = table.rows(FOLDER / "car_t_facts.csv")
    assert [row["key"] for row in rows if not table.values(row["sources"])] == []
    assert {key for row in rows for key in table.values(row["sources"])} == known


def test_every_statement_stands_somewhere_on_the_page() -> None:
    assert {(fact.section, fact.part) for fact in facts()} == PLACES


def test_statements_and_sources_have_keys_of_their_own() -> None:
    for name in ("car_t_facts.csv", "sources.csv", "help_with_cost.csv"):
        keys = [row["key"] for row in table.rows(FOLDER / name)]
        assert len(set(keys)) == len(keys)


def test_statements_are_in_both_languages_and_short() -> None:
    for fact in facts():
        assert DEVANAGARI.search(fact.text["hi"])
        assert not DEVANAGARI.search(fact.text["en"])
        assert len(fact.text["en"]) < 200


def test_numbers_of_days_are_the_same_in_both_languages() -> None:
    digits = {fact.key: [re.findall(r"\d+", fact.text[code]) for code in ("en", "hi")] for fact in facts()}
    spelt = {"crs-when", "icans-when"}
    assert [key for key, (en, hi) in digits.items() if sorted(en) != sorted(hi) and key not in spelt] == []


def test_sources_are_of_a_known_kind_and_year() -> None:
    for source in sources.sources().values():
        assert source.kind in sources.KINDS
        assert re.fullmatch(r"(20\d\d)?", source.year)
        assert re.fullmatch(r"(https://\S+)?", source.address)
        assert source.kind != "paper" or (source.address and source.year in source.citation)


def test_tables_hold_no_price_and_no_rate() -> None:
    text = "".join((FOLDER / name).read_text("utf-8") for name in ("car_t_facts.csv", "help_with_cost.csv"))
    assert re.findall(r"[₹$€%]|\b(?:Rs|INR|USD|lakh|crore|per cent)\b|लाख|करोड़|प्रतिशत", text) == []


def test_schemes_have_a_source_and_promise_nothing() -> None:
    for scheme in help_with_cost.schemes():
        assert scheme.source
        assert PARTIAL_DATE.fullmatch(scheme.date)
        assert re.findall(r"\b(?:will|guaranteed?|always)\b", scheme.who["en"]) == []


def test_hospitals_of_the_table_give_a_product_approved_in_india() -> None:
    approved = {known.product.name for known in approved_in()}
    for line in product_hospitals.product_hospitals():
        assert (line.product in approved, bool(line.source and line.city)) == (True, True)
        assert re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", line.date)


def test_questions_for_everyone_are_those_of_trials() -> None:
    assert tuple(question.slug for question in questions_for_everyone()) == FOR_EVERYONE
    assert [question.text for question in questions_for_everyone() if "%s" in question.text] == []


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/car-t/", "/hi/car-t/"])
def test_every_link_within_the_page_has_its_place(client: Client, path: str) -> None:
    text = html(client, path)
    places = re.findall(r'\sid="([^"]+)"', text)
    assert len(set(places)) == len(places)
    assert set(re.findall(r'href="#([^"]+)"', text)) <= set(places)
    assert {"what", "side-effects", "call", "money", "india", "help", "sources"} <= set(places)


@pytest.mark.django_db
def test_every_statement_leads_to_each_of_its_sources(client: Client) -> None:
    marks = re.findall(r'<a href="#source-(\d+)">', html(client))
    assert len(marks) == sum(len(fact.sources) for fact in facts())
    assert {int(mark) for mark in marks} == {number for number, _ in page.numbered_sources()}


@pytest.mark.django_db
def test_hindi_page_has_every_statement_in_hindi(client: Client) -> None:
    text = html(client, "/hi/car-t/")
    assert [fact.key for fact in facts() if fact.text["hi"] not in text] == []


@pytest.mark.django_db
def test_unverified_lines_are_marked_so(client: Client) -> None:
    answer = client.get("/car-t/")
    unchecked = [source for source in sources.sources().values() if not source.checked]
    unchecked_schemes = [scheme for scheme in help_with_cost.schemes() if not scheme.checked]
    assert answer.content.decode().count('data-checked="no"') == len(unchecked) + len(unchecked_schemes)


@pytest.mark.django_db
@pytest.mark.usefixtures("empty_tables")
def test_empty_tables_are_said_and_claim_nothing(client: Client) -> None:
    text = html(client)
    assert text.count('data-given-at="0"') == len(approved_in())
    assert 'class="card product-list"' not in text


@pytest.mark.django_db
def test_only_what_was_checked_of_a_hospital_is_shown(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = approved_in()[0].product.name
    lines = [
        product_hospitals.ProductHospital(name, f"Hospital {checked}", "Pune", "Its page", "2026-11", checked)
        for checked in (True, False)
    ]
    monkeypatch.setattr("trials.browse.given.product_hospitals", lambda: lines)
    text = html(client)
    assert re.findall(r'data-giving="([^"]+)"', text) == ["Hospital True"]
    assert text.count('data-given-at="1"') == 1


@pytest.mark.django_db
def test_reviewer_and_day_come_from_the_table(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert 'data-reviewed=""' in html(client)
    review = Review({"en": "The page"}, "A Doctor", "haematologist", date(2026, 12, 1), "car-t")
    monkeypatch.setattr("trials.views.car_t.latest_of", lambda _page: review)
    text = html(client)
    assert ("A Doctor" in text, 'data-reviewed="2026-12-01"' in text) == (True, True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        *("/conditions/", "/conditions/lbcl/", "/products/", "/products/talicabtagene-autoleucel/"),
        "/hi/products/",
    ],
)
def test_pages_about_diseases_and_products_lead_to_it(client: Client, path: str) -> None:
    prefix = "/hi" if path.startswith("/hi/") else ""
    assert f'href="{prefix}/car-t/"' in html(client, path)


def test_unknown_source_of_a_statement_stops_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "car_t_facts.csv").write_text("key,section,part,text_en,sources\nx,what,,X,nowhere\n")
    monkeypatch.setattr(car_t_facts, "_FOLDER", tmp_path)
    with pytest.raises(KeyError):
        car_t_facts.facts.__wrapped__()
