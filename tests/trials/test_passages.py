"""The prose of a record, and single sentences of it."""

import re

import pytest

from tests.builders import record
from trials.explain.excerpts import RecordText, opening, passages, plain, sentences


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One two. The word here. Three.", "The word here."),
        ("* first\n* the word\n* last", "the word"),
        ("E.g. vs. the word counts. Next.", "E.g. vs. the word counts."),
        ("Given by Dr. Rao with the word. Next.", "Given by Dr. Rao with the word."),
        ("Dose 2.5 mg of word. Next.", "Dose 2.5 mg of word."),
        ("Ended.The word here.Next one.", "The word here."),
        ("The word", "The word"),
    ],
)
def test_sentence_around_a_word(text: str, found: str) -> None:
    passage = RecordText("summary", text)
    assert [plain(sentence) for sentence, _at in sentences(passage, re.compile("word"))] == [found]


def test_sentence_is_found_once() -> None:
    passage = RecordText("summary", "A word and a word. Another word.")
    assert [s.strip() for s, _at in sentences(passage, re.compile("word"))] == [
        "A word and a word.",
        "Another word.",
    ]


@pytest.mark.parametrize(
    ("written", "shown"),
    [("* \\[1\\] \\< 5 %", "[1] < 5 %"), ("1. Adults", "Adults"), ("2.5 mg", "2.5 mg"), ("a) ECOG", "ECOG")],
)
def test_marks_of_lists_and_markdown_are_left_out(written: str, shown: str) -> None:
    assert plain(written) == shown


def test_parted_criteria_are_not_read_twice() -> None:
    parted = record(inclusion="In.", exclusion="", eligibility="In. Out.")
    assert [(p.field, p.text) for p in passages(parted)] == [("inclusion", "In.")]


def test_opening_of_a_short_text_is_all_of_it() -> None:
    assert opening("Short.") == ("Short.", "")


def test_long_text_is_cut_between_paragraphs() -> None:
    first, second = "a " * 300, "b " * 600
    assert opening(f"{first.strip()}\n\n{second}") == (first.strip(), second)


def test_long_list_is_never_cut_before_a_point_of_a_point() -> None:
    text = "* one\n" + "  * point\n" * 80 + "* two\n" + "  * point\n" * 80
    begin, rest = opening(text)
    assert rest.startswith("* two")
    assert begin.endswith("* point")


def test_text_without_a_place_to_cut_stays_whole() -> None:
    text = "x" * 3000
    assert opening(text) == (text, "")
