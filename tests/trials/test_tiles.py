"""The tile-grid map: every state once, the same numbers as the list, each square a link."""

import re

import pytest
from django.template import Context, Template
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.builders import make_trial, site, trial_row
from tests.snapshots import MADE
from trials.browse.india_map import tile_map
from trials.choices import Status
from trials.vocabulary.places import states
from trials.vocabulary.tiles import tiles


def text(client: Client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split())


def test_every_state_and_union_territory_has_one_square() -> None:
    assert sorted(tile.state for tile in tiles()) == sorted(states())


def test_no_two_squares_share_a_place_or_a_code() -> None:
    places = {(tile.row, tile.column) for tile in tiles()}
    assert (len(places), len({tile.code for tile in tiles()})) == (36, 36)


def test_squares_lie_as_the_compass_says() -> None:
    at = {tile.state: tile for tile in tiles()}
    assert at["kerala"].row > at["karnataka"].row > at["maharashtra"].row > at["punjab"].row
    assert (
        at["gujarat"].column < at["madhya-pradesh"].column < at["west-bengal"].column < at["manipur"].column
    )


def recruiting_in(*states: str) -> None:
    trial_row(recruiting_in_india=True, open_states=list(states))


@pytest.mark.django_db
def test_a_trial_counts_once_in_each_of_its_states() -> None:
    recruiting_in("kerala", "delhi", "delhi")
    recruiting_in("delhi")
    recruiting_in()
    drawn = tile_map()
    assert [(s.state, s.count) for s in drawn.with_trials] == [("delhi", 2), ("kerala", 1)]
    assert (drawn.total, drawn.unplaced, len(drawn.without_trials)) == (3, 1, 34)


@pytest.mark.django_db
@pytest.mark.parametrize(("count", "shade"), [(0, "none"), (1, "some"), (4, "some"), (5, "many")])
def test_shade_goes_with_the_number(count: int, shade: str) -> None:
    for _ in range(count):
        recruiting_in("kerala")
    kerala = next(s for s in tile_map().squares if s.state == "kerala")
    assert (kerala.count, kerala.shade) == (count, shade)


@pytest.mark.django_db
@pytest.mark.parametrize("status", [Status.NOT_YET_RECRUITING, Status.UNKNOWN, Status.COMPLETED, ""])
def test_only_recruiting_sites_count(status: str) -> None:
    make_trial(conditions=["lbcl"], sites=[site("A", status=status)])
    assert tile_map().total == 0


@pytest.mark.django_db
@pytest.mark.parametrize("condition", ["", "lbcl", "b-nhl", "myeloma", "lupus"])
def test_squares_count_what_their_lists_show(client: Client, condition: str) -> None:
    make_trial(conditions=["lbcl"], sites=[site("A"), site("B", "Pune"), site("C", "Vellore", "Tamil Nadu")])
    make_trial(
        conditions=["b-nhl"], sites=[site("A"), site("C", "Vellore", "Tamil Nadu", status=Status.COMPLETED)]
    )
    make_trial(conditions=["lupus"], sites=[site("A")])
    for square in tile_map(condition).squares:
        assert client.get(square.link).context["total"] == square.count


@pytest.mark.django_db
def test_every_square_is_a_link_that_names_state_and_number(client: Client) -> None:
    make_trial(conditions=["lbcl"], sites=[site("A")])
    page = text(client, "/map/")
    assert len(re.findall(r'<a class="tile ', page)) == 36
    link = 'href="/trials/?state=maharashtra&amp;recruiting=india"> <title>MH 1: '
    assert page.count(link) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/map/", "/hi/map/", "/"])
def test_name_of_a_square_begins_with_what_it_shows(client: Client, path: str) -> None:
    make_trial(conditions=["lbcl"], sites=[site("A"), site("C", "Vellore", "Tamil Nadu")])
    squares = re.findall(r'<a class="tile .*?<title>(.*?)</title>(.*?)</a>', text(client, path))
    shown = [
        (name.split(":")[0], " ".join(re.findall(r"<text[^>]*>(\w+)", drawn))) for name, drawn in squares
    ]
    assert (len(shown), [pair for pair in shown if pair[0] != pair[1]]) == (36, [])
    assert sum(" " in seen for _, seen in shown) == 2  # squares without a trial show no number


@pytest.mark.django_db
def test_map_of_one_condition_keeps_it_in_the_links(client: Client) -> None:
    make_trial(conditions=["lbcl"], sites=[site("A")])
    page = text(client, "/hi/map/?condition=LBCL")
    assert 'href="/hi/trials/?state=maharashtra&amp;recruiting=india&amp;condition=lbcl"' in page
    assert page.count("<title>MH 1: महाराष्ट्र") == 1


@pytest.mark.django_db
def test_place_without_a_state_is_told(client: Client) -> None:
    make_trial(conditions=["lbcl"], sites=[site("A", "Nowhere", "")])
    page = client.get("/map/")
    assert (page.context["map"].unplaced, page.text.count('<p class="note">')) == (1, 1)


@pytest.mark.django_db
def test_unknown_condition_is_a_400_that_names_it(client: Client) -> None:
    page = client.get("/map/?condition=%00nope")
    assert (page.status_code, page.context["parameter"]) == (400, "condition")


@pytest.mark.django_db
def test_map_asks_little(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(12):
        make_trial(conditions=["lbcl"], sites=[site(f"H{number}"), site("C", "Vellore", "Tamil Nadu")])
    with django_assert_num_queries(MADE + 2):
        client.get("/map/?condition=lbcl")


@pytest.mark.django_db
def test_tag_draws_the_squares_for_other_pages() -> None:
    make_trial(conditions=["lbcl"], sites=[site("A")])
    told = Template("{% load india_map %}{% india_map 'lbcl' %}").render(Context())
    assert (told.count("<svg"), told.count("condition=lbcl")) == (1, 36)
