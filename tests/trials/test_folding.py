"""One spelling for every way of writing a word, and phrases found in it."""

import pytest

from trials.vocabulary.folding import fold
from trials.vocabulary.phrases import Phrases


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Leukaemias", "leukemia"),
        ("non-Hodgkin's Lymphoma", "non hodgkin lymphoma"),
        ("Sjögren’s", "sjogren"),
        ("CAR-γδT", "car γδt"),
        ("IL-13Rα2", "il 13rα2"),
        ("CD19xCD22, CD19x22", "cd19 x cd22 cd19 x 22"),
        ("CD19CAR-T", "cd19 car t"),
        ("antiCD19", "anti cd19"),
        ("CD19t", "cd19t"),
        ("CD7+ AML", "cd7 positive aml"),
        ("cART and CART", "antiretroviral and cart"),
        ("SubjectsNon-Hodgkin", "subject non hodgkin"),
        ("ＣＡＲ－Ｔ", "car t"),
        ("मुँह", "मुंह"),
        ("लिम्फोमा", "लिंफोमा"),
    ],
)
def test_fold_gives_one_spelling(written: str, folded: str) -> None:
    assert fold(written).line == folded


def test_fold_remembers_what_was_written() -> None:
    folded = fold("(Diffuse)  Large-B cell")
    assert folded.written(0, 3) == "Diffuse)  Large-B"


def test_phrases_prefer_the_longest() -> None:
    phrases = Phrases([("hodgkin lymphoma", "hl"), ("non hodgkin lymphoma", "nhl")])
    found = [hit.meaning for hit in phrases.find(fold("Non-Hodgkin Lymphoma and Hodgkin Lymphoma"))]
    assert found == ["nhl", "hl"]


def test_exact_phrases_need_their_capitals() -> None:
    phrases = Phrases([], exact=[("ALL", "all")])
    assert [hit.first for hit in phrases.find(fold("for all with ALL"))] == [3]
