"""Products and approvals: what is told as approved, and only that; no prices."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.builders import make_trial, site
from tests.snapshots import MADE
from trials import vocabulary
from trials.browse.products import (
    approved_for,
    approved_in,
    car_t_products,
    find_product,
    product_slug,
    search_products,
    trials_by_product,
)
from trials.choices import Status
from trials.search.listed import Listed
from trials.vocabulary.approvals import APPROVED, REPORTED, approvals

TABLE = Path(vocabulary.__file__).parent / "approvals.csv"
NEXCAR, QARTEMI = "talicabtagene autoleucel", "varnimcabtagene autoleucel"


def text(client: Client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split())


def test_approvals_are_of_known_car_t_products_for_known_conditions() -> None:
    for approval in approvals():
        assert vocabulary.products()[approval.product].is_car_t
        assert set(approval.conditions) <= set(vocabulary.conditions())
        assert not approval.brand or approval.brand in vocabulary.products()[approval.product].aliases


def test_approvals_state_source_partial_date_and_both_languages() -> None:
    for approval in approvals():
        assert approval.source
        assert approval.standing in (APPROVED, REPORTED)
        assert re.fullmatch(r"(\d{4}(-\d{2}(-\d{2})?)?)?", approval.date)
        assert approval.date or not approval.checked
        assert re.search("[\u0900-\u097f]", approval.indications["hi"])


def test_approvals_hold_no_price_and_no_success_rate() -> None:
    assert (
        re.findall(r"[₹$€%]|\b(?:Rs|INR|USD|lakh|crore|cost|price|per cent)\b", TABLE.read_text("utf-8"))
        == []
    )


def test_two_products_are_approved_in_india() -> None:
    told = [(known.title, known.standing, known.checked[0].date) for known in approved_in("India")]
    assert told == [
        (f"NexCAR19 ({NEXCAR})", APPROVED, "2023-10"),
        (f"Qartemi ({QARTEMI})", APPROVED, "2025-01"),
    ]


@pytest.mark.parametrize(
    ("condition", "brands"),
    [
        ("lbcl", ["NexCAR19", "Qartemi"]),
        ("blood-cancers", ["NexCAR19", "Qartemi"]),
        ("b-all", ["NexCAR19"]),
        ("all", ["NexCAR19"]),
        ("myeloma", []),
        ("lupus", []),
    ],
)
def test_approvals_answer_to_a_condition_and_to_what_takes_it_in(condition: str, brands: list[str]) -> None:
    assert [known.brand for known in approved_in("India", condition)] == brands


def test_products_approved_for_a_condition_come_india_first() -> None:
    assert [known.brand for known in approved_for("mcl")] == ["NexCAR19", "Qartemi", "Tecartus", "Breyanzi"]


def test_unchecked_approvals_are_never_told_as_approved() -> None:
    breyanzi = find_product("breyanzi")
    assert breyanzi is not None
    assert [a.country for a in breyanzi.unchecked] == ["European Union"]
    assert [k.brand for k in approved_in("European Union") if k.brand == "Breyanzi"] == []
    assert "Hicara" not in [known.brand for known in approved_for("lbcl")]


def test_slugs_lead_to_one_product_each() -> None:
    slugs = [known.slug for known in car_t_products()]
    assert len(set(slugs)) == len(slugs)
    assert all((found := find_product(slug)) and found.slug == slug for slug in slugs)


@pytest.mark.parametrize("slug", ["nexcar19", "tali-cel", "nexcar-19", product_slug(NEXCAR)])
def test_other_names_find_the_product(slug: str) -> None:
    found = find_product(slug)
    assert found is not None
    assert found.product.name == NEXCAR


def test_look_alikes_have_no_page() -> None:
    assert [
        p.name
        for p in vocabulary.products().values()
        if not p.is_car_t and find_product(product_slug(p.name))
    ] == []


@pytest.mark.django_db
def test_running_and_recruiting_trials_of_a_product_are_counted() -> None:
    make_trial(products=[NEXCAR], sites=[site("A")])
    make_trial(products=[NEXCAR, QARTEMI], status=Status.UNKNOWN)
    counts = trials_by_product(Listed())
    assert (counts[NEXCAR].trials, counts[NEXCAR].running, counts[NEXCAR].recruiting_in_india) == (2, 1, 1)
    assert (counts[QARTEMI].trials, counts[QARTEMI].running) == (1, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("slug", "status", "standing"),
    [
        ("talicabtagene-autoleucel", Status.RECRUITING, "Approved, and in trials"),
        ("talicabtagene-autoleucel", Status.COMPLETED, "Approved"),
        ("varnimcabtagene-autoleucel", Status.RECRUITING, "Approved, and in trials"),
        ("renikeolunsai", Status.RECRUITING, "In trials"),
        ("renikeolunsai", Status.UNKNOWN, "No running trial listed"),
    ],
)
def test_product_is_approved_in_trial_or_both(client: Client, slug: str, status: str, standing: str) -> None:
    known = find_product(slug)
    assert known is not None
    make_trial(products=[known.product.name], status=status)
    assert f">{standing}</span>" in text(client, f"/products/{slug}/")


@pytest.mark.django_db
def test_approval_abroad_is_never_taken_for_one_in_india(client: Client) -> None:
    told = [text(client, f"/products/{slug}/") for slug in ("tisagenlecleucel", "talicabtagene-autoleucel")]
    assert [page.count("We know of no approval in India.") for page in told] == [1, 0]


@pytest.mark.django_db
def test_page_tells_what_is_not_checked_yet(client: Client) -> None:
    page = text(client, "/products/renikeolunsai/")
    assert (page.count("Not verified yet"), page.count(">Approved<")) == (1, 0)
    assert "We have verified no approval." in page


@pytest.mark.django_db
def test_product_shows_trials_of_other_diseases_too(client: Client) -> None:
    make_trial(products=[NEXCAR], conditions=["lupus"])
    assert len(client.get("/products/talicabtagene-autoleucel/").context["cards"]) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/products/NexCAR19/", "/products/tali-cel/"])
def test_other_names_lead_to_the_address(client: Client, path: str) -> None:
    page = client.get(path)
    assert (page.status_code, page["Location"]) == (301, "/products/talicabtagene-autoleucel/")


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["nowhere", "tecelra", "%00", "<script>", "x" * 500])
def test_unknown_slug_is_a_404_that_leads_on(client: Client, slug: str) -> None:
    page = client.get(f"/hi/products/{slug}/")
    assert page.status_code == 404
    assert 'href="/hi/products/"' in page.content.decode()


def test_include_sets_approved_products_apart() -> None:
    template = Template("{% load product_words %}{% approved_in_india condition %}")
    told = template.render(Context({"condition": "b-all"}))
    assert (told.count("NexCAR19"), told.count("Qartemi")) == (1, 0)
    assert template.render(Context({"condition": "myeloma"})).strip() == ""


@pytest.mark.parametrize(
    ("words", "name"),
    [
        *(("nexcar19", NEXCAR), ("NexCAR 19", NEXCAR), ("tali cel", NEXCAR), ("ＨＣＡＲ１９", NEXCAR)),
        *(
            ("qartemi", QARTEMI),
            ("kte c19", "axicabtagene ciloleucel"),
            ("YESCARTA", "axicabtagene ciloleucel"),
        ),
        ("ImmunoACT", NEXCAR),
    ],
)
def test_products_are_found_by_any_spelling_code_or_brand(words: str, name: str) -> None:
    assert name in [known.product.name for known in search_products(words)]


@pytest.mark.parametrize("words", ["", "x", "%", "()", "nowhere at all"])
def test_words_that_name_no_product_find_none(words: str) -> None:
    assert search_products(words) == []


@pytest.mark.django_db
def test_products_stand_by_what_matters_in_india(client: Client) -> None:
    in_trial, abroad, approved = "anbalcabtagene autoleucel", "renikeolunsai", "tisagenlecleucel"
    make_trial(products=[in_trial, approved], sites=[site("A")])
    make_trial(products=[abroad], sites=[site("B", "Houston", "Texas", "United States")])
    context = client.get("/products/").context
    groups = {
        group: {known.product.name for known, _ in context[group]}
        for group in ("in_india", "elsewhere", "open_in_india", "in_trials", "unseen")
    }
    assert (groups["in_india"], groups["open_in_india"]) == ({NEXCAR, QARTEMI}, {in_trial})
    assert (approved in groups["elsewhere"], abroad in groups["in_trials"] | groups["elsewhere"]) == (
        True,
        True,
    )
    assert sum(map(len, groups.values())) == len(car_t_products())


@pytest.mark.django_db
def test_product_answers_with_the_nearest_open_hospital(client: Client) -> None:
    make_trial("NCT00000001", products=[NEXCAR], sites=[site("A"), site("B", "Pune")])
    page = client.get("/products/talicabtagene-autoleucel/?near=Pune")
    assert (page.context["door"].name, page.text.count("data-door")) == ("B", 1)
    assert [(one.site.hospital, one.trials) for one in page.context["places"]] == [("B", 1), ("A", 1)]
    assert 'href="/trials/NCT00000001/?near=pune"' in page.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "name"),
    [
        *(("/products/?x=1", "x"), ("/products/?near=Atlantis", "near")),
        ("/products/talicabtagene-autoleucel/?q=1", "q"),
    ],
)
def test_what_is_not_understood_is_a_400_that_names_it(client: Client, path: str, name: str) -> None:
    page = client.get(path)
    assert (page.status_code, page.context["parameter"]) == (400, name)


@pytest.mark.django_db
def test_unknown_product_leads_to_the_trials(client: Client) -> None:
    page = client.get("/products/", {"q": "<script>"})
    assert ("<script>alert" in page.text, 'href="/trials/?q=%3Cscript%3E"' in page.text) == (False, True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "most"), [("/products/", MADE + 2), ("/products/talicabtagene-autoleucel/", MADE + 6)]
)
def test_pages_ask_little(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, path: str, most: int
) -> None:
    for number in range(12):
        make_trial(products=[NEXCAR], sites=[site(f"Hospital {number}")])
    with django_assert_num_queries(most):
        assert client.get(path).status_code == 200
