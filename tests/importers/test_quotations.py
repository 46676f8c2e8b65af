"""Quotations are the record's own words, whole words of them: what people are shown as proof."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from re import escape, finditer

import pytest

from importers.bench.labels import records
from importers.classify import classify
from importers.registries.slugs import Registry
from tests.importers.eligibility_criteria import leaves, told
from tests.shared_records import SHARED, needs_shared
from trials.choices import Status
from trials.record import TrialRecord


def said(part: object) -> Iterator[str]:
    """Every text of a record."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from said(one)
    elif is_dataclass(part):
        for field in fields(part):
            yield from said(getattr(part, field.name))


def is_quoted(quote: str, text: str) -> bool:
    """Whether it stands in the text, and begins and ends with a word there."""
    return any(
        not cuts(text, one.start()) and not cuts(text, one.end()) for one in finditer(escape(quote), text)
    )


def cuts(text: str, place: int) -> bool:
    around = text[max(0, place - 1) : place + 1]
    return len(around) == 2 and around.isascii() and around.isalnum()


@needs_shared
def test_every_quotation_of_every_record_stands_there() -> None:
    wrong = []
    for study, record in records(SHARED).items():
        labels, text = classify(record), "\n".join(said(record))
        quotes = [
            *(one.quote for one in labels.evidence),
            *(one.quote for one in labels.eligibility.values()),
        ]
        wrong += [(study, quote) for quote in quotes if quote and not is_quoted(quote, text)]
    assert wrong == []


@pytest.mark.parametrize(
    "title", ["CD22CAR-41BB T Cells in ALL", "AntiGPC3CAR-T cells", "BCMACAR-T lymphocytes"]
)
def test_no_part_of_a_word_is_quoted(title: str) -> None:
    labels = classify(TrialRecord(Registry.CTGOV, "NCT1", "", title, Status.UNKNOWN))
    assert [one.quote for one in labels.evidence if one.quote and not is_quoted(one.quote, title)] == []


def test_a_sentence_too_long_to_read_is_quoted_up_to_a_word() -> None:
    sentence = "HIV infection " + "haematological " * 200
    quote = told("hiv", "Adults", sentence).quote
    assert (leaves("hiv", sentence), quote in sentence, cuts(sentence, len(quote))) == (
        "excluded",
        True,
        False,
    )
