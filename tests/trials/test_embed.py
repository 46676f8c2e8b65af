"""Lists in the frames of other sites: what they show, who may frame them, what they never do."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.builders import make_trial, site
from tests.pages import parsed
from tests.snapshots import MADE
from trials.choices import Role, Status
from trials.models import Trial, TrialSite
from trials.views.embed.theme import Theme, contrast, page_colours, readable

pytestmark = pytest.mark.django_db

PATH = "/embed/trials/"


def shown(answer: Any) -> list[tuple[str, str]]:
    """Each trial of the frame with how sure its first place is."""
    rows = parsed(answer).xpath("//li[@data-trial]")
    return [(row.get("data-trial"), row.xpath("string(.//@data-sure)")) for row in rows]


def policy(answer: Any) -> dict[str, str]:
    parts = answer.headers["Content-Security-Policy"].split("; ")
    return dict(part.split(" ", 1) for part in parts)


def test_frame_shows_the_search_with_the_strength_of_what_is_known(client: Client) -> None:
    make_trial("NCT00000001", conditions=["lbcl"], sites=[site("A", "Mumbai")])
    make_trial("NCT00000002", conditions=["lbcl"], status=Status.UNKNOWN, sites=[site("B", "Pune")])
    make_trial("NCT00000003", conditions=["myeloma"], sites=[site("C", "Pune")])
    answer = client.get(PATH, {"condition": "lbcl"})
    assert shown(answer) == [("NCT00000001", "registry"), ("NCT00000002", "not-known")]


def test_rows_and_page_part_the_list(client: Client) -> None:
    for number in range(1, 6):
        make_trial(f"NCT0000000{number}")
    assert [len(shown(client.get(PATH, {"rows": "2", "page": page}))) for page in (1, 2, 3)] == [2, 2, 1]
    assert client.get(PATH, {"rows": "2", "page": "4"}).status_code == 400


def test_hospitals_own_list_shows_its_confirmation_and_only_its_own_places(client: Client) -> None:
    make_trial(
        "NCT00000001",
        conditions=["lupus"],
        sites=[site("A", "Mumbai"), site("B", "Pune", status=Status.COMPLETED)],
    )
    day = timezone.now() - timedelta(days=3)
    TrialSite.objects.filter(hospital="A").update(confirmed="open", confirmed_at=day)
    answer = client.get(PATH, {"site": "a-mumbai"})
    assert shown(answer) == [("NCT00000001", "confirmed")]
    assert parsed(answer).xpath("//@data-confirmed") == [timezone.localtime(day).date().isoformat()]
    assert shown(client.get(PATH, {"site": "b-pune"})) == [("NCT00000001", "registry")]
    assert parsed(client.get(PATH, {"site": "b-pune"})).xpath("//@data-confirmed") == [""]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("accent", "red"),
        ("accent", "#0b5d6"),
        ("accent", "0b5d63;}body{display:none"),
        ("theme", "blue"),
        ("font", "Comic Sans"),
        ("rows", "0"),
        ("rows", "21"),
        ("rows", "x"),
        ("conditions", "lbcl"),
        ("condition", "x"),
        ("site", "nowhere"),
        ("page", "9"),
        ("<script>", "1"),
    ],
)
def test_unknown_parameter_or_value_is_refused_by_name(client: Client, name: str, value: str) -> None:
    answer = client.get(PATH, {name: value})
    assert (answer.status_code, parsed(answer).xpath("string(//code)")) == (400, name)


@pytest.mark.parametrize("path", [PATH, f"/hi{PATH}", f"{PATH}?site=a-mumbai", f"{PATH}?rows=x"])
def test_every_answer_may_be_framed_and_sets_no_cookie(client: Client, path: str) -> None:
    make_trial(sites=[site("A", "Mumbai")])
    client.cookies["csrftoken"] = "x" * 32
    answer = client.get(path)
    assert policy(answer)["frame-ancestors"] == "'self' *"
    assert "X-Frame-Options" not in answer.headers
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert parsed(answer).xpath("//input | //form | //@style | //script[not(@src)]") == []


@pytest.mark.parametrize(
    "path", ["/", "/trials/", "/embed/", "/sites/a-mumbai/", "/embed/badge/a-mumbai.svg"]
)
def test_everything_else_is_never_framed(client: Client, path: str) -> None:
    make_trial(sites=[site("A", "Mumbai")])
    answer = client.get(path)
    assert (policy(answer)["frame-ancestors"], answer.headers["X-Frame-Options"]) == ("'none'", "DENY")


def test_only_the_page_with_the_preview_has_frames(client: Client) -> None:
    assert policy(client.get("/embed/"))["frame-src"] == "'self'"
    assert "frame-src" not in policy(client.get("/trials/"))


def test_unchanged_answer_is_a_304_that_may_still_be_framed(client: Client) -> None:
    make_trial(sites=[site("A", "Mumbai")])
    tag = client.get(PATH).headers["ETag"]
    again = client.get(PATH, headers={"If-None-Match": tag})
    assert (again.status_code, policy(again)["frame-ancestors"]) == (304, "'self' *")
    assert "X-Frame-Options" not in again.headers


def test_links_open_outside_the_frame(client: Client) -> None:
    make_trial(sites=[site("A", "Mumbai")])
    links = parsed(client.get(PATH)).xpath("//a")
    assert {(link.get("target"), link.get("rel")) for link in links} == {("_blank", "noopener")}


def test_sample_and_expanded_access_are_marked(client: Client) -> None:
    make_trial(role=Role.EXPANDED_ACCESS, status=Status.AVAILABLE, sample=True, sites=[site("A", "Mumbai")])
    for query in ({}, {"site": "a-mumbai"}):
        marks = parsed(client.get(PATH, query)).xpath("//span[@class='badge badge-note']")
        assert len(marks) == 2


def test_registrys_words_stay_text(client: Client) -> None:
    make_trial("NCT00000001", sites=[site('"><script>alert(1)</script>', "Mumbai")])
    slug = Trial.objects.get().hospitals[0]
    for query in ({}, {"site": slug}):
        page = parsed(client.get(PATH, query))
        assert [script.get("src") for script in page.xpath("//script")] == [
            page.xpath("string(//script/@src)")
        ]


def test_frame_asks_the_database_little(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    queries: list[dict[str, str]] = [{"rows": "10"}, {"rows": "10", "site": "a-pune"}]
    for number in range(10):
        make_trial(sites=[site(f"H{number}", "Mumbai"), site("A", "Pune")])
    for query in queries:
        with django_assert_max_num_queries(5 + MADE + 1):  # and the hospitals' names, once a snapshot
            client.get(PATH, query)


@pytest.mark.parametrize("accent", ["#ffee00", "#777777", "#0b5d63", "#ffffff", "#000000", "#ff0000"])
def test_links_can_be_read_in_any_colour(accent: str) -> None:
    for colours in page_colours().values():
        assert contrast(readable(accent, colours["--sheet"]), colours["--sheet"]) >= 4.5


def test_contrast_is_that_of_wcag() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#767676", "#fff"), 2) == 4.54


def test_colour_that_can_be_read_is_kept() -> None:
    assert Theme("#9b1c1c", "light").tokens["--brand"] == "#9b1c1c"
    assert not Theme("#9b1c1c", "light").corrected
    assert Theme("#9b1c1c", "auto").corrected


def test_style_follows_the_theme(client: Client) -> None:
    light = client.get("/embed/theme.css", {"theme": "light", "accent": "9b1c1c", "font": "serif"})
    words = light.content.decode()
    assert light.headers["Content-Type"] == "text/css; charset=utf-8"
    assert ("--brand: #9b1c1c;" in words, "--text: var(--display);" in words) == (True, True)
    assert "prefers-color-scheme" not in words
    assert "prefers-color-scheme" in client.get("/embed/theme.css").content.decode()
    assert client.get("/embed/theme.css", {"theme": "x"}).status_code == 400
    assert client.get("/embed/theme.css", {"q": "x"}).status_code == 400


def test_script_of_the_host_page_is_small_and_stays_at_its_address(client: Client) -> None:
    answer = client.get("/embed/embed.js")
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert len(answer.content) <= 1024
