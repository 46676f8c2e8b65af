"""The pages of diseases: names, counts, hospitals, and what leads on."""

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from tests.builders import make_trial, site
from trials import vocabulary
from trials.browse.conditions import also_called, picture
from trials.choices import Status

CMC = ("CMC", "Vellore", "Tamil Nadu")
ABROAD = ("Abroad", "Houston", "Texas", "United States")


def text(client: Client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split())


def test_other_names_are_in_the_language_of_the_page() -> None:
    brain = vocabulary.conditions()["cns-lymphoma"]
    with translation.override("en"):
        assert also_called(brain)[:1] == ["Central nervous system lymphoma"]
    with translation.override("hi"):
        assert also_called(brain) == ["मस्तिष्क का लिम्फोमा", "दिमाग का लिम्फोमा", "PCNSL", "SCNSL", "PVRL"]


@pytest.mark.parametrize("language", ["en", "hi"])
def test_no_condition_is_called_by_one_name_twice(language: str) -> None:
    with translation.override(language):
        for condition in vocabulary.conditions().values():
            names = [name.casefold() for name in also_called(condition)]
            assert len(set(names)) == len(names) <= 6
            assert condition.patient_names["en"].casefold() not in names


@pytest.mark.django_db
def test_condition_counts_india_and_abroad_apart() -> None:
    make_trial(conditions=["lbcl"], sites=[site(*CMC), site(*ABROAD)])
    make_trial(conditions=["lbcl"], sites=[site("A", status=Status.COMPLETED), site(*ABROAD)])
    make_trial(conditions=["lbcl"], sites=[site(*ABROAD)])
    make_trial(conditions=["lbcl"], status=Status.UNKNOWN, sites=[site(*CMC)])
    make_trial(conditions=["myeloma"], sites=[site(*CMC)])
    where = picture(vocabulary.conditions()["lbcl"]).where
    assert (where.total, where.open_in_india, where.in_india, where.open_abroad) == (4, 1, 3, 2)


@pytest.mark.django_db
def test_condition_names_the_hospitals_that_recruit_for_it() -> None:
    make_trial(conditions=["lbcl"], sites=[site(*CMC), site("A")])
    make_trial(conditions=["b-nhl"], sites=[site(*CMC), site("B", status=Status.COMPLETED)])
    make_trial(conditions=["myeloma"], sites=[site("C")])
    told = picture(vocabulary.conditions()["lbcl"])
    assert [(hospital.hospital, count) for hospital, count in told.hospitals] == [("CMC", 2), ("A", 1)]


@pytest.mark.django_db
def test_trials_with_a_wider_label_are_marked_and_those_with_a_narrower_one_are_not(client: Client) -> None:
    make_trial("NCT00000001", conditions=["lbcl"], sites=[site("A")])
    make_trial("NCT00000002", conditions=["blood-cancers"])
    page = client.get("/conditions/b-nhl/")
    assert [(card.trial.primary_id, card.broad) for card in page.context["cards"]] == [
        ("NCT00000001", False),
        ("NCT00000002", True),
    ]


@pytest.mark.django_db
def test_page_shows_ten_trials_and_leads_to_all(client: Client) -> None:
    for _ in range(11):
        make_trial(conditions=["lbcl"], phases=["PHASE1"], targets=["CD19"])
    page = client.get("/conditions/lbcl/")
    assert len(page.context["facts"].trials) == 10
    assert "All 11 trials" in text(client, "/conditions/lbcl/")
    assert [(bar.label, bar.count) for bar in page.context["phases"]] == [("Phase 1", 11)]


@pytest.mark.django_db
def test_page_stands_in_both_languages_with_the_name_in_the_other(client: Client) -> None:
    for path, other in (("/conditions/aml/", "hi"), ("/hi/conditions/aml/", "en")):
        page = text(client, path)
        assert page.count(f'<p class="lead" lang="{other}">') == 1
        assert "Acute myeloid leukaemia" in page
        assert "एक्यूट माइलॉइड ल्यूकेमिया" in page


@pytest.mark.django_db
def test_page_without_any_trial_says_so(client: Client) -> None:
    make_trial(conditions=["aml"])
    assert "No trial for this is known to be recruiting in India now." in text(client, "/conditions/lbcl/")


@pytest.mark.django_db
def test_every_condition_has_a_page_that_the_list_leads_to(client: Client) -> None:
    links = text(client, "/conditions/")
    for slug in vocabulary.conditions():
        assert f'href="/conditions/{slug}/"' in links
        assert client.get(f"/conditions/{slug}/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["nowhere", "%00", "<script>", "lbcl'--", "x" * 500])
def test_unknown_slug_is_a_404_that_leads_on(client: Client, slug: str) -> None:
    page = client.get(f"/conditions/{slug}/")
    assert page.status_code == 404
    assert 'href="/conditions/"' in page.content.decode()
    assert "<script>" not in page.content.decode()


@pytest.mark.django_db
def test_capitals_lead_to_the_address(client: Client) -> None:
    page = client.get("/hi/conditions/LBCL/")
    assert (page.status_code, page["Location"]) == (301, "/hi/conditions/lbcl/")


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "most"), [("/conditions/", 3), ("/conditions/lbcl/", 7)])
def test_pages_ask_little(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, path: str, most: int
) -> None:
    for number in range(12):
        make_trial(conditions=["lbcl"], targets=["CD19"], sites=[site(*CMC), site(f"Hospital {number}")])
    with django_assert_num_queries(most):
        assert client.get(path).status_code == 200
