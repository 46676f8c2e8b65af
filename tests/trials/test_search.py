import pytest

from tests.builders import trial_row
from trials.models import Trial
from trials.models.fulltext import MAX_QUERY_LENGTH, clean_text, mentions

HOSTILE = [
    "'",
    '"',
    "\x00",
    "%_\\",
    "a" * 10_000,
    "😀",
    "' OR 1=1 --",
    "\ud800",
    "!:&|()<->",
    "\\",
    "-",
    "the",
]


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [("  a\n b ", "a b"), ("a\x00b", "a b"), ("\ud800x", "x"), ("a" * 600, "a" * MAX_QUERY_LENGTH)],
)
def test_clean_text_leaves_what_a_database_can_hold(text: str, cleaned: str) -> None:
    assert clean_text(text) == cleaned


@pytest.mark.django_db
@pytest.mark.parametrize("text", HOSTILE)
def test_matching_text_never_fails(text: str) -> None:
    trial_row()
    assert list(Trial.objects.filter(mentions(text)).most_relevant_first(text)) in ([], [Trial.objects.get()])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked",
    [
        "DRL-1801",
        "drl 1801",
        "CD19/CD22",
        "cd22",
        "naïve",
        "naive",
        "CAR-T DRL-1801",
        "CART DRL-1801",
        "car t",
    ],
)
def test_matching_text_finds_other_spellings(asked: str) -> None:
    trial_row(title="DRL-1801 in naïve patients", label_text="CD19 CD22 DRL 1801")
    assert Trial.objects.filter(mentions(asked)).count() == 1


@pytest.mark.django_db
def test_matching_text_wants_every_word() -> None:
    trial_row(title="Lymphoma")
    assert Trial.objects.filter(mentions("lymphoma zebra")).count() == 0
