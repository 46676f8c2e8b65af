"""What a CTRI page says of publications and of sharing data: quoted, and nothing made of it."""

import pytest

from importers.registries.ctri import parse
from tests.ctri_pages import CAR_T
from trials.results_record import DataSharing

PUBLICATION = b'<b>Publication Details&nbsp;</b></td>\n<td valign="top">%s&nbsp;</td>'
QUESTION = "Will individual participant data (IPD) be shared publicly (including data dictionaries)?"


def published(words: str) -> bytes:
    found = CAR_T.replace(PUBLICATION % b"NIL", PUBLICATION % words.encode())
    assert found != CAR_T or words == "NIL"
    return found


@pytest.mark.parametrize("words", ["NIL", "Nil", "N/A", "not applicable", ""])
def test_words_for_nothing_are_no_publication(words: str) -> None:
    assert parse(published(words)).publication_details == ""


def test_publication_stands_as_written_and_is_no_paper_of_ours() -> None:
    record = parse(published("Example A. CAR T cells. J Ex 2025; doi 10.1/x"))
    assert record.publication_details == "Example A. CAR T cells. J Ex 2025; doi 10.1/x"
    assert (record.papers, record.has_results, record.results) == ((), None, None)


@pytest.mark.parametrize(
    ("answer", "plan"), [("Response - NO", "NO"), ("Response - YES", "YES"), ("Response - Perhaps", "")]
)
def test_sharing_is_the_answer_to_the_first_question(answer: str, plan: str) -> None:
    page = CAR_T.replace(b"Response - NO", answer.encode())
    assert parse(page).data_sharing == DataSharing(plan, f"{QUESTION}\n{answer}")
