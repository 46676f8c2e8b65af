"""The page that makes the lines for another site."""

from typing import Any

import pytest
from django.test import Client

from tests.builders import make_trial, site
from tests.pages import parsed
from trials.models import TrialSite

pytestmark = pytest.mark.django_db


def made(answer: Any) -> tuple[str, str]:
    """The address of the preview, and the lines of the list."""
    page = parsed(answer)
    return page.xpath("string(//iframe/@src)"), page.xpath("string(//textarea[@id='code'])")


def test_lines_hold_the_search_and_only_the_looks_that_differ(client: Client) -> None:
    asked = {
        "condition": "lbcl",
        "phase": "PHASE1",
        "site": "",
        "theme": "dark",
        "accent": "#0b5d63",
        "rows": "5",
    }
    frame, lines = made(client.get("/embed/", asked))
    assert frame == "/embed/trials/?condition=lbcl&phase=PHASE1&theme=dark"
    assert lines.count(f'src="http://testserver{frame}"') + lines.count(f"{frame}") == 1
    assert client.get(frame).status_code == 200


def test_language_of_the_list_is_chosen(client: Client) -> None:
    assert made(client.get("/embed/", {"language": "hi"}))[0] == "/hi/embed/trials/"
    assert made(client.get("/hi/embed/", {"language": "en"}))[0] == "/embed/trials/"
    assert made(client.get("/hi/embed/"))[0] == "/hi/embed/trials/"


def test_hospital_gets_a_badge(client: Client) -> None:
    make_trial(sites=[site("A", "Mumbai")])
    page = parsed(client.get("/embed/", {"site": "a-mumbai"}))
    assert page.xpath("//main//img/@src") == ["/embed/badge/a-mumbai.svg"]
    assert page.xpath("//select[@id='site']/option[@selected]/@value") == ["a-mumbai"]
    assert parsed(client.get("/embed/")).xpath("//main//img") == []


@pytest.mark.parametrize(
    ("name", "value"), [("language", "xx"), ("x", "1"), ("rows", "99"), ("accent", "x"), ("site", "x")]
)
def test_unknown_parameter_or_value_is_refused_by_name(client: Client, name: str, value: str) -> None:
    answer = client.get("/embed/", {name: value})
    assert (answer.status_code, parsed(answer).xpath("string(//main//code)")) == (400, name)


def test_what_a_visitor_types_stays_text(client: Client) -> None:
    frame, lines = made(client.get("/embed/", {"q": '"><script>alert(1)</script>'}))
    assert (lines.count("<script"), frame.count("<")) == (1, 0)


def test_hospitals_page_leads_here(client: Client) -> None:
    make_trial(sites=[site("A", "Mumbai")])
    assert TrialSite.objects.count() == 1
    links = parsed(client.get("/sites/a-mumbai/")).xpath("//main//a/@href")
    assert "/embed/?site=a-mumbai" in links
