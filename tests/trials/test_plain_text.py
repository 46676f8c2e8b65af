"""What nobody sees is taken out of text, and nothing else is."""

import pytest
from django.test import Client

from trials.plain_text import is_plain, plain


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\tb\r\nc",
        "γδ T ≤ 5 µm",
        "क्\u200dष ज्ञ",
        "नि\u200cयम",
        "👩\u200d⚕️",
        "a\u00a0b",
        "é e\u0301",
        "Việt",
    ],
)
def test_text_that_people_see_stays(text: str) -> None:
    assert (plain(text), is_plain(text.encode())) == (text, True)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("\u2066a\u2069\u200e\u200f\u061c", "a"),
        ("C\u200bAR\u2060\ufeff \u00adT", "CAR T"),
        ("a\U000e0041\U000e007f", "a"),
        ("a\ufffe\uffff\ufff9\x85\x9b\x7f", "a"),
        ("a\u2028b\u2029c", "a\nb\nc"),
        ("e" + "\u0301" * 50 + "f", "e" + "\u0301" * 4 + "f"),
    ],
)
def test_what_turns_or_hides_text_goes(text: str, seen: str) -> None:
    assert (plain(text), is_plain(text.encode()), plain(seen)) == (seen, False, seen)


@pytest.mark.django_db
def test_query_comes_to_the_page_without_what_nobody_sees(client: Client) -> None:
    page = client.get("/trials/", {"q": "lymph\u202eoma\u200b"})
    assert page.context["search"].q == "lymphoma"


@pytest.mark.django_db
def test_unknown_parameter_is_named_without_what_nobody_sees(client: Client) -> None:
    answer = client.get("/api/v1/trials", {"cond\u202eitionx": "lbcl"})
    assert (answer.status_code, answer.json()["parameter"]) == (400, "conditionx")
