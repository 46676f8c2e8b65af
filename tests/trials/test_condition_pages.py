"""The pages of diseases: names, counts, hospitals, and what leads on."""

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from tests.builders import make_trial, site
from tests.snapshots import MADE
from trials import vocabulary
from trials.browse.conditions import Counts, also_called, counts_of_conditions, find_conditions, picture
from trials.choices import Status
from trials.search.geo import point_of
from trials.search.listed import Listed

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
def test_condition_counts_what_is_open_in_india_and_abroad_apart() -> None:
    make_trial(conditions=["lbcl"], sites=[site(*CMC), site(*ABROAD)])
    make_trial(conditions=["lbcl"], sites=[site("A", status=Status.COMPLETED), site(*ABROAD)])
    make_trial(conditions=["lbcl"], sites=[site(*ABROAD)])
    make_trial(conditions=["lbcl"], status=Status.UNKNOWN, sites=[site(*CMC)])
    make_trial(conditions=["myeloma"], sites=[site(*CMC)])
    of_page, of_list = picture(vocabulary.conditions()["lbcl"]).counts, counts_of_conditions(Listed())["lbcl"]
    assert (of_page.open_in_india, of_page.open_abroad, of_page.listed) == (1, 2, 4)
    assert of_list == Counts(open_in_india=1, open_abroad=2, listed=4)


@pytest.mark.django_db
def test_condition_names_the_hospitals_that_are_open_for_it() -> None:
    make_trial(conditions=["lbcl"], sites=[site(*CMC), site("A")])
    make_trial(conditions=["b-nhl"], sites=[site(*CMC), site("B", status=Status.COMPLETED)])
    make_trial(conditions=["myeloma"], sites=[site("C")])
    by_trials = picture(vocabulary.conditions()["lbcl"]).hospitals
    assert [(one.site.hospital, one.trials, one.km) for one in by_trials] == [
        ("CMC", 2, None),
        ("A", 1, None),
    ]
    near = picture(vocabulary.conditions()["lbcl"], point_of("Mumbai")).hospitals
    assert [(one.site.hospital, one.km == 0) for one in near] == [("A", True), ("CMC", False)]


@pytest.mark.django_db
@pytest.mark.parametrize(("near", "city"), [("Mumbai", "mumbai"), ("632004", "vellore")])
def test_page_answers_with_the_nearest_open_hospital(client: Client, near: str, city: str) -> None:
    make_trial(conditions=["lbcl"], sites=[site("A")])
    make_trial(conditions=["lbcl"], sites=[site(*CMC)])
    page = client.get("/conditions/lbcl/", {"near": near})
    assert (page.context["door"].city, page.context["door"].km < 60) == (city, True)
    assert page.text.count("data-door") == 2  # the answer once, and the card of the other trial


@pytest.mark.django_db
def test_answer_keeps_to_the_age_stated(client: Client) -> None:
    make_trial(conditions=["lbcl"], sites=[site("A")], min_age_years=18)
    assert client.get("/conditions/lbcl/?age=30").context["door"].name == "A"
    assert client.get("/conditions/lbcl/?age=7").context["door"] is None


@pytest.mark.django_db
def test_what_the_visitor_said_travels_on(client: Client) -> None:
    make_trial("NCT00000001", conditions=["lbcl"], sites=[site(*CMC)])
    page = text(client, "/conditions/lbcl/?near=Mumbai&age=30")
    said = "near=mumbai&amp;age=30&amp;condition=lbcl"
    assert f'href="/trials/NCT00000001/?{said}"' in page
    assert f'href="/sites/cmc-vellore/?{said}"' in page
    assert '<input type="hidden" name="age" value="30">' in page


@pytest.mark.django_db
def test_disease_without_an_open_hospital_leads_abroad_and_to_wider_groups(client: Client) -> None:
    make_trial(conditions=["lbcl"], sites=[site(*ABROAD)])
    page = client.get("/conditions/lbcl/")
    assert (page.context["door"], page.text.count("data-leads-on")) == (None, 1)
    assert 'href="/trials/?condition=lbcl&amp;recruiting=anywhere"' in page.text
    assert page.text.count('href="/conditions/b-nhl/') == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/conditions/?x=1", "x"),
        ("/conditions/?near=Atlantis", "near"),
        ("/conditions/lbcl/?q=1", "q"),
        ("/conditions/lbcl/?near=000000", "near"),
        ("/conditions/lbcl/?age=old", "age"),
    ],
)
def test_what_is_not_understood_is_a_400_that_names_it(client: Client, path: str, name: str) -> None:
    page = client.get(path)
    assert (page.status_code, page.context["parameter"]) == (400, name)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        *(
            ("dlbcl", "lbcl"),
            ("diffuse large", "lbcl"),
            ("multiple mylanoma", "myeloma"),
            ("Kahler", "myeloma"),
        ),
        *(("hepatoblast", "hepatoblastoma"), ("बी-सेल नॉन", "b-nhl"), ("T cell acute", "t-all")),
    ],
)
def test_diseases_are_found_by_any_of_their_names(words: str, first: str) -> None:
    assert first in [one.slug for one in find_conditions(words)][:3]


@pytest.mark.parametrize("words", ["", "a", "%", "xyzzy", "()"])
def test_words_that_name_no_disease_find_none(words: str) -> None:
    assert find_conditions(words) == []


@pytest.mark.django_db
def test_list_shows_what_is_open_in_india_first_and_leads_on_from_no_name(client: Client) -> None:
    make_trial(conditions=["lbcl"], sites=[site(*CMC)])
    make_trial(conditions=["aml"])
    page = client.get("/conditions/")
    assert {"lbcl", "aml"} & {one.slug for one, _ in page.context["open"]} == {"lbcl"}
    assert 'href="/trials/?q=xyzzy"' in client.get("/conditions/?q=xyzzy").text


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
def test_page_shows_five_trials_and_leads_to_all(client: Client) -> None:
    for _ in range(11):
        make_trial(conditions=["lbcl"], phases=["PHASE1"], targets=["CD19"])
    page = client.get("/conditions/lbcl/")
    assert len(page.context["facts"].trials) == 5
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
def test_page_without_any_trial_leads_on(client: Client) -> None:
    make_trial(conditions=["aml"])
    assert "data-leads-on" in text(client, "/conditions/lbcl/")


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
@pytest.mark.parametrize(("path", "most"), [("/conditions/", MADE + 2), ("/conditions/lbcl/", MADE + 5)])
def test_pages_ask_little(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, path: str, most: int
) -> None:
    for number in range(12):
        make_trial(conditions=["lbcl"], targets=["CD19"], sites=[site(*CMC), site(f"Hospital {number}")])
    with django_assert_num_queries(most):
        assert client.get(path).status_code == 200
