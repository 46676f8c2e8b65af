"""The list people keep and the comparison: what their addresses hold, whatever stands in them."""

import re

import pytest
from django.http import QueryDict
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.builders import make_trial, site
from tests.takeaway import BARE_ID, CTRI_ID, bare_trial, plain_trial
from trials.catalogue.shortlist import Shortlist, ids_in, with_ids
from trials.choices import Status
from trials.models import Trial

pytestmark = pytest.mark.django_db

HOSTILE = ["%00", "' OR 1=1--", "\ud800", "x" * 9000, "<script>", "٣", ",,,,", "CTRI/" * 50]


def kept(client: Client, query: str) -> list[str]:
    return re.findall(r'<li data-id="([^"]*)"', client.get(f"/shortlist/?{query}").content.decode())


def test_ids_are_read_repeated_and_with_commas_each_once() -> None:
    query = QueryDict("id=A&id=B&ids=C,%20D,A&id=")
    assert ids_in(query, "id", "ids") == ["A", "B", "C", "D"]


def test_address_keeps_the_slashes_of_ctri_readable() -> None:
    assert with_ids("/shortlist/", [CTRI_ID, "NCT1"]) == f"/shortlist/?id={CTRI_ID}&id=NCT1"
    assert with_ids("/shortlist/", []) == "/shortlist/"


def test_trials_stand_in_the_order_asked_however_the_id_is_spelt(client: Client) -> None:
    plain_trial()
    bare_trial()
    assert kept(client, f"id={BARE_ID.lower()}&id=ctri-2026-01-000001&id={CTRI_ID}") == [BARE_ID, CTRI_ID]


def test_both_numbers_of_one_trial_are_one_entry(client: Client) -> None:
    trial = plain_trial()
    make_trial("NCT00000007", trial=trial)
    assert len(kept(client, f"id={CTRI_ID}&id=NCT00000007")) == 1


def test_unknown_numbers_are_named_and_escaped(client: Client) -> None:
    page = client.get("/shortlist/", {"id": ["NCT99999999", "<b>"]}).content.decode()
    assert ": NCT99999999, &lt;b&gt;" in page


def test_what_the_public_does_not_see_is_unknown(client: Client) -> None:
    trial = make_trial(role="not_car_t")
    assert Shortlist.of([trial.primary_id]) == Shortlist([], [trial.primary_id], 0)


def test_list_holds_twenty(client: Client) -> None:
    ids = [make_trial().primary_id for _ in range(22)]
    found = Shortlist.of(ids)
    assert (found.ids, found.too_many) == (ids[:20], 2)


def test_list_costs_the_same_whatever_it_holds(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    query = "&".join(f"id={make_trial().primary_id}" for _ in range(20))
    with django_assert_max_num_queries(4):
        client.get(f"/shortlist/?{query}")


def test_comparison_costs_the_same_whatever_it_holds(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    query = "&".join(f"id={make_trial(sites=[site('A')]).primary_id}" for _ in range(4))
    with django_assert_max_num_queries(5):
        client.get(f"/compare/?{query}&near=Delhi")


def test_cards_link_to_the_list_the_address_carries(client: Client) -> None:
    plain_trial()
    page = client.get("/trials/?keep=NCT1").content.decode()
    assert f'href="/shortlist/?id=NCT1&amp;id={CTRI_ID}"' in page
    assert '<input type="hidden" name="keep" value="NCT1">' in page


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("path", ["/shortlist/", "/compare/", "/hi/compare/"])
def test_hostile_ids_give_a_page(client: Client, path: str, text: str) -> None:
    for name in ("id", "ids", "keep", "near"):
        assert client.get(path, {name: text.encode("utf-8", "surrogatepass")}).status_code in (200, 400)


def test_place_nobody_knows_is_a_400_that_names_the_parameter(client: Client) -> None:
    answer = client.get("/compare/?near=Atlantis")
    assert (answer.status_code, "<code>near</code>" in answer.content.decode()) == (400, True)


def rows(client: Client, query: str) -> dict[str, tuple[list[list[str]], bool, bool]]:
    found = client.get(f"/compare/?{query}").context["comparison"]
    return {
        str(row.subject): ([list(cell.lines) for cell in row.cells], row.differs, row.partly_stated)
        for row in found.rows
    }


def test_comparison_tells_what_differs_and_what_only_some_state(client: Client) -> None:
    plain_trial()
    make_trial(BARE_ID, phases=["PHASE3"], cell_source="not_stated")
    found = rows(client, f"ids={CTRI_ID},{BARE_ID}")
    assert found["Status"] == ([["Open in India"], ["Not known to be open in India"]], True, False)
    assert found["Phase"][1:] == (True, False)
    assert found["Made from"] == ([["The patient's own cells"], []], False, True)
    assert found["Earlier CAR T treatment"] == ([["not allowed"], []], False, True)
    assert found["Open in India"][0] == [["Mumbai"], ["No place stated"]]
    assert "Hepatitis B or C" not in found  # neither states it


def test_comparison_never_lends_a_hospital_or_a_distance_to_a_closed_trial(client: Client) -> None:
    plain_trial()
    make_trial(BARE_ID, status=Status.UNKNOWN, sites=[site("Old Hospital", "Delhi")])
    page = client.get(f"/compare/?id={CTRI_ID}&id={BARE_ID}&near=Delhi")
    open_, closed = page.context["comparison"].nearest.cells
    assert (open_.door.city, open_.door.km > 1000, open_.sure) == ("mumbai", True, None)
    assert (closed.door, closed.sure.is_open, closed.sure.strength) == (None, False, "not-known")
    assert (page.text.count("data-door"), page.text.count('data-sure="not-known"')) == (1, 1)


def test_comparison_shows_what_differs_before_what_is_the_same(client: Client) -> None:
    make_trial("NCT00000001", phases=["PHASE1"], targets=["CD19"], sites=[site("A")])
    make_trial("NCT00000002", phases=["PHASE2"], targets=["CD19"], sites=[site("A")])
    found = client.get("/compare/?id=NCT00000001&id=NCT00000002").context["comparison"]
    differing, same = ({str(row.subject) for row in part} for part in (found.differing, found.same))
    assert {"Phase"} == differing
    assert {"Status", "The CAR T cells look for", "Open in India"} <= same


@pytest.mark.parametrize("page", ["compare", "shortlist"])
def test_what_the_visitor_said_travels_along(client: Client, page: str) -> None:
    make_trial("NCT00000001", sites=[site("A")])
    make_trial("NCT00000002", sites=[site("B", "Pune")])
    ids, said = "id=NCT00000001&amp;id=NCT00000002", "near=pune&amp;age=30&amp;condition=lbcl"
    text = client.get(f"/{page}/?id=NCT00000001&id=NCT00000002&near=Pune&age=30&condition=lbcl").text
    other = {"compare": "shortlist", "shortlist": "compare"}[page]
    assert f'href="/trials/NCT00000001/?{said}"' in text
    assert f'href="/{page}/?id=NCT00000002&amp;{said}"' in text
    assert (f'href="/{other}/?{ids}&amp;{said}"' in text) == (page == "compare")
    assert text.count('name="age" value="30"') >= 2  # in every form that leads on


@pytest.mark.parametrize("page", ["compare", "shortlist"])
@pytest.mark.parametrize(
    ("query", "name"),
    [("age=old", "age"), ("condition=flu", "condition"), ("near=Atlantis", "near"), ("x=1", "x")],
)
def test_what_is_not_understood_is_a_400_that_names_it(
    client: Client, page: str, query: str, name: str
) -> None:
    answer = client.get(f"/{page}/?{query}")
    assert (answer.status_code, answer.context["parameter"]) == (400, name)


def test_my_list_shows_the_nearest_hospital_of_each_trial(client: Client) -> None:
    trial = make_trial(sites=[site("A"), site("B", "Pune")])
    ((_, _, card),) = client.get(f"/shortlist/?id={trial.primary_id}&near=Pune").context["kept"]
    assert (card.door.name, card.door.km) == ("B", 0)


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (0, "Two to 4 trials can stand side by side."),
        (1, "One trial alone cannot be compared."),
        (5, "Up to 4 trials fit side by side."),
    ],
)
def test_comparison_of_too_few_or_too_many_leads_on(client: Client, number: int, told: str) -> None:
    query = "&".join(f"id={make_trial().primary_id}" for _ in range(number))
    answer = client.get(f"/compare/?{query}")
    assert (answer.status_code, told in answer.content.decode()) == (200, True)


def test_trial_its_registry_has_no_more_is_told_so(client: Client) -> None:
    plain_trial()
    bare_trial()
    Trial.objects.filter(primary_id=CTRI_ID).update(gone=True, published=False)
    found = rows(client, f"id={CTRI_ID}&id={BARE_ID}")
    assert found["Status"][0][0] == ["No longer on the registry"]


def test_pages_to_take_away_are_not_for_search_engines(client: Client) -> None:
    plain_trial()
    paths = ["/shortlist/", "/compare/", f"/trials/{CTRI_ID}/sheet/", f"/trials/{CTRI_ID}/check/"]
    assert {client.get(path)["X-Robots-Tag"] for path in paths} == {"noindex"}
