"""Sentences as every axis reads them: where they end, where they stand, in which sense they name things."""

import pytest

from importers.classify import sentences
from trials.vocabulary.folding import fold


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One trial. Two arms! Three?", ["One trial.", "Two arms!", "Three?"]),
        ("Dose 1.5 x 10^6 of CLDN18.2 CAR-T", ["Dose 1.5 x 10^6 of CLDN18.2 CAR-T"]),
        ("Cells (e.g. CAR-T) vs. care by Dr. Rao", ["Cells (e.g. CAR-T) vs. care by Dr. Rao"]),
        ("First line\nsecond line\r\n\r\nthird", ["First line", "second line", "third"]),
        ("Lymphoma subjects.Non-Hodgkin too", ["Lymphoma subjects.", "Non-Hodgkin too"]),
        ("细胞治疗。第二句", ["细胞治疗。", "第二句"]),
        ("Lymphoma, etc. Patients come", ["Lymphoma, etc.", "Patients come"]),
        ("  ", []),
    ],
)
def test_sentences_end_at_stops_and_lines(text: str, parts: list[str]) -> None:
    found = list(sentences.sentences(text))
    assert [sentence.text for sentence in found] == parts
    assert [text[sentence.start : sentence.end] for sentence in found] == parts


def test_fold_sentences_marks_the_ends() -> None:
    assert sentences.fold_sentences("B cells die. Lymphoma\nT cells").line == "b cell die . lymphoma . t cell"


@pytest.mark.parametrize(
    ("text", "word", "written"),
    [
        ("It came. Ｃａｒ-T cells", "car", "Ｃａｒ"),
        ("It came.\nLe\u0301o's ﬁbre cells", "fibre", "ﬁbre"),
        ("It came. Sjögren cells", "sjogren", "Sjögren"),
    ],
)
def test_fold_sentences_quotes_the_text_as_it_stands(text: str, word: str, written: str) -> None:
    folded = sentences.fold_sentences(text)
    place = folded.words.index(word)
    assert folded.written(place, place + 1) == written


@pytest.mark.parametrize(
    ("says", "text", "expected"),
    [
        (sentences.is_negated, "No CAR T is given", True),
        (sentences.is_negated, "Not only CAR T", False),
        (sentences.is_negated, "There is no drug. CAR T is given", False),
        (sentences.is_compared, "Fewer reactions than CAR T", True),
        (sentences.is_compared, "More than five people. CAR T is given", False),
        (sentences.is_earlier, "People previously treated with CAR T", True),
        (sentences.is_earlier, "Lymphoma after CD19 CAR T", True),
        (sentences.is_earlier, "People treated before. CAR T is given", False),
        (sentences.is_conditional, "If the doctor finds it right CAR T", True),
        (sentences.is_conditional, "If well, come. CAR T is given", False),
    ],
)
def test_sentences_say_it_of_what_they_name(says: object, text: str, expected: bool) -> None:
    assert callable(says)
    line = sentences.fold_sentences(text).line
    assert says(line, line.index("car t")) is expected


def test_fold_sentences_agrees_with_fold_on_one_sentence() -> None:
    text = "Anti-CD19xCD22 CAR-T in Leukaemias (R/R)"
    assert sentences.fold_sentences(text).line == fold(text).line
