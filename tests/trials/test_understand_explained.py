"""Questions that the page about CAR T answers, and words that only look like them."""

import pytest
from django.test import Client

from tests.builders import make_trial, site
from trials.browse.car_t import STEPS
from trials.search.understand import understand
from trials.search.understand.explained import explained
from trials.vocabulary.asking import explained_words
from trials.vocabulary.folding import fold

WHAT, EFFECTS, MONEY = "what", "side-effects", "money"


def anchors(question: str) -> list[str]:
    return explained(question, understand(question))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("CAR T cost", [MONEY]),
        ("price of NexCAR19 in Mumbai", [MONEY]),
        ("is car t free of cost", [MONEY]),
        ("ayushman bharat leukemia", [MONEY]),
        ("कार टी का ख़र्च", [MONEY]),
        ("DLBCL paisa kitna lagega", [MONEY]),
        ("side effects", [EFFECTS]),
        ("car t side effects lymphoma", [EFFECTS]),
        ("neurotoxicity after CAR T", [EFFECTS]),
        ("साइड इफ़ेक्ट", [EFFECTS]),
        ("car t ke dushprabhav", [EFFECTS]),
        ("what is CAR-T?", [WHAT]),
        ("WHAT IS CAR T", [WHAT]),
        ("कार टी क्या है", [WHAT]),
        ("car t kya hai lymphoma me", [WHAT]),
        ("cost and side effects of car t", [MONEY, EFFECTS]),
    ],
)
def test_questions_about_car_t_itself_lead_to_its_page(question: str, expected: list[str]) -> None:
    assert anchors(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        *("", "lymphoma in Delhi", "CAR T", "NexCAR19", "NCT00000001"),
        *("costunolide lymphoma", "Costa Rica lymphoma", "Dr Price", "kidney damage"),
        *("platelets 2 lakh", "high risk myeloma", "disease free survival", "free light chain myeloma"),
        *("safety study of CAR T", "what is myeloma", "बादाम"),
    ],
)
def test_words_that_only_look_like_it_lead_nowhere(question: str) -> None:
    assert anchors(question) == []


def test_phrases_belong_to_one_anchor_each() -> None:
    found = {fold(phrase).line: anchor for phrase, anchor in explained_words()}
    assert {(fold(phrase).line, anchor) for phrase, anchor in explained_words()} == set(found.items())
    assert set(found.values()) == {WHAT, EFFECTS, MONEY}
    assert all(line for line in found)


def test_longest_question_is_read() -> None:
    assert anchors("cost (" * 300) == [MONEY]


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/hi"])
def test_results_lead_to_what_was_asked(client: Client, prefix: str) -> None:
    make_trial(conditions=["lbcl"], sites=[site("A hospital")])
    page = client.get(f"{prefix}/trials/", {"q": "DLBCL cost side effects"})
    assert page.context["explained"] == [MONEY, EFFECTS]
    text = page.content.decode()
    assert [f'href="{prefix}/car-t/#{anchor}"' in text for anchor in (MONEY, EFFECTS, WHAT)] == [
        True,
        True,
        False,
    ]
    assert f'id="{WHAT}"' in client.get(f"{prefix}/car-t/").content.decode()
    assert len(STEPS) == 5
