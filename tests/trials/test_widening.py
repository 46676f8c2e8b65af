"""What the results page says it understood and widened, and how each is taken off."""

from urllib.parse import parse_qs, urlparse

import pytest
from django.test import Client

from tests.builders import make_trial, site
from trials.search.parameters import Exact

pytestmark = pytest.mark.django_db


def chips_of(client: Client, path: str = "/trials/", **query: str) -> list[tuple[str, str]]:
    chips = client.get(path, query).context["chips"]
    return [(chip.label, parse_qs(urlparse(chip.link).query).get("q", [""])[0]) for chip in chips]


def widened(client: Client, path: str = "/trials/", **query: str) -> dict[str, str]:
    page = client.get(path, query)
    return {chip.label: chip.link for chip in page.context["widened"]}


def shown(client: Client, link: str) -> list[str]:
    page = client.get(link)
    return sorted(card.trial.primary_id for _, cards in page.context["sections"] for card in cards)


def test_every_part_is_a_chip_that_takes_off_its_own_words(client: Client) -> None:
    assert chips_of(client, q="DLBCL CD19 Kymriah phase 2 Pune Maharashtra") == [
        ("Large B-cell lymphoma (DLBCL)", "CD19 Kymriah phase 2 Pune Maharashtra"),
        ("CD19", "DLBCL Kymriah phase 2 Pune Maharashtra"),
        ("“Kymriah” = tisagenlecleucel", "DLBCL CD19 phase 2 Pune Maharashtra"),
        ("Phase 2", "DLBCL CD19 Kymriah Pune Maharashtra"),
        ("Near Pune", "DLBCL CD19 Kymriah phase 2 Maharashtra"),
    ]


def test_state_apart_from_the_city_is_a_chip_of_its_own(client: Client) -> None:
    assert chips_of(client, q="DLBCL Pune Bihar")[1:] == [
        ("Near Pune", "DLBCL Bihar"),
        ("Bihar", "DLBCL Pune"),
    ]


def test_two_diseases_are_two_chips(client: Client) -> None:
    told = chips_of(client, q="DLBCL or FL")
    assert [left for _, left in told] == ["or FL", "DLBCL or"]


def test_chip_takes_off_a_word_and_no_part_of_another(client: Client) -> None:
    assert chips_of(client, q="FLT3 FL")[0] == ("“FL” = Follicular lymphoma", "FLT3")


def test_chip_of_words_says_what_they_are_taken_for(client: Client) -> None:
    assert [label for label, _ in chips_of(client, q="खून का कैंसर")] == [
        "“खून का कैंसर” = Blood cancer (any type)"
    ]


def test_unknown_registry_id_is_a_chip(client: Client) -> None:
    assert chips_of(client, q="nct 09999999 Pune") == [("Near Pune", "nct 09999999"), ("NCT09999999", "Pune")]


def test_empty_list_drops_all_words_of_one_kind(client: Client) -> None:
    make_trial(conditions=["myeloma"], phases=["PHASE2"])
    page = client.get("/trials/", {"q": "DLBCL FL phase 2"})
    told = [(way.link, way.count) for way in page.context["removed"]]
    assert told == [("/trials/?q=phase+2", 1)]


def test_misspelling_is_said_and_undone(client: Client) -> None:
    make_trial("NCT00000001", conditions=["hodgkin"], sites=[site("A", "Hyderabad")])
    links = widened(client, q="lymfoma hydrabad")
    assert list(links)[:2] == ["lymfoma → lymphoma", "hydrabad → Hyderabad"]
    assert shown(client, "/trials/?q=lymfoma+hydrabad") == ["NCT00000001"]
    assert shown(client, links["lymfoma → lymphoma"]) == []
    assert widened(client, q="lymfoma hydrabad", exact="spelling") == {}


def test_right_spelling_and_hindi_are_no_widening(client: Client) -> None:
    assert widened(client, q="leukaemia Pune", exact="broad") == {}
    assert widened(client, q="फेफड़ों का कैंसर", exact="broad") == {}


def test_broad_trials_are_said_and_undone(client: Client) -> None:
    make_trial("NCT00000001", conditions=["lbcl"])
    make_trial("NCT00000002", conditions=["b-nhl"])
    links = widened(client, condition="lbcl")
    assert list(links) == ["also broad trials: B-cell non-Hodgkin lymphoma / Blood cancer"]
    (link,) = links.values()
    assert shown(client, "/trials/?condition=lbcl") == ["NCT00000001", "NCT00000002"]
    assert shown(client, link) == ["NCT00000001"]


@pytest.mark.parametrize("query", ["condition=b-nhl", "q=b-nhl"])
def test_exact_keeps_what_a_group_includes(client: Client, query: str) -> None:
    make_trial("NCT00000001", conditions=["lbcl"])
    make_trial("NCT00000002", conditions=["blood-cancers"])
    assert shown(client, f"/trials/?{query}&exact=broad") == ["NCT00000001"]


def test_exact_is_a_chip_and_stays_in_the_form(client: Client) -> None:
    page = client.get("/trials/?condition=lbcl&exact=broad")
    assert [(chip.label, chip.link) for chip in page.context["chips"]][1] == (
        Exact.BROAD.label,
        "/trials/?condition=lbcl",
    )
    assert page.context["kept"] == [("exact", "broad")]
    assert page.context["widened"] == []


def test_exact_counts_what_it_shows(client: Client) -> None:
    make_trial("NCT00000001", conditions=["lbcl"])
    make_trial("NCT00000002", conditions=["b-nhl"])
    answer = client.get("/api/v1/trials?condition=lbcl&exact=broad").json()
    assert (answer["count"], answer["facets"]["condition"]) == (1, {"lbcl": 1, "b-nhl": 1})


def test_nothing_asked_is_nothing_widened(client: Client) -> None:
    assert widened(client) == {}
    assert 'id="widened"' not in client.get("/trials/").content.decode()


def test_widening_is_told_in_hindi(client: Client) -> None:
    make_trial()
    page = client.get("/hi/trials/", {"q": "lymfoma"}).content.decode()
    assert ("आपके लिए बढ़ाया गया" in page, "lymfoma → lymphoma" in page) == (True, True)


@pytest.mark.parametrize("value", ["", "broad", "spelling"])
def test_exact_takes_known_values(client: Client, value: str) -> None:
    assert client.get("/trials/", {"q": "lymfoma", "exact": value}).status_code == 200


def test_exact_refuses_unknown_values(client: Client) -> None:
    page = client.get("/trials/", {"exact": "x' OR 1=1"})
    assert (page.status_code, page.context["parameter"]) == (400, "exact")
