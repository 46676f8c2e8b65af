"""What the desk says about fields, doubts, times, and about what differs."""

from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from importers.models import ImportRun
from importers.templatetags.import_words import (
    MOST_WORDS,
    difference,
    doubt_words,
    duration,
    field_words,
    run_class,
)

SCRIPT = "<script>alert(1)</script>"
SAFE = "&lt;script&gt;alert(1)&lt;/script&gt;"


def between(before: Any, after: Any) -> str:
    return difference({"field": "f", "before": before, "after": after})


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("one two three", "one 2 three", "one <del>two</del><ins>2</ins> three"),
        ("one", "one two", "one<ins> two</ins>"),
        ("", "new", "<ins>new</ins>"),
        ("old", "", "<del>old</del>"),
        (None, "new", "<ins>new</ins>"),
        ("old", None, "<del>old</del>"),
        (None, None, ""),
        (18, 21, "<del>18</del><ins>21</ins>"),
        (0, None, "<del>0</del>"),
        (True, False, "<del>True</del><ins>False</ins>"),
        ("2026-01", "2026-02", "<del>2026-01</del><ins>2026-02</ins>"),
        ("रोग एक", "रोग दो", "रोग <del>एक</del><ins>दो</ins>"),
    ],
)
def test_texts_differ_word_by_word(before: Any, after: Any, shown: str) -> None:
    assert between(before, after) == shown


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        (["a", "b"], ["b", "c"], "<div><del>a</del></div><div><ins>c</ins></div>"),
        ([], ["a"], "<div><ins>a</ins></div>"),
        (["a"], [], "<div><del>a</del></div>"),
        (["a", "b"], ["b", "a"], "another order"),
        (["a", "a"], ["a"], "<div><del>a</del></div>"),
        ([{"name": "A", "phone": ""}], [{"name": "B", "phone": "1"}],
         "<div><del>A</del></div><div><ins>B, 1</ins></div>"),
        ([{"name": "A", "other_names": ["x", "y"]}], [], "<div><del>A, x, y</del></div>"),
        ([None], ["a"], "<div><ins>a</ins></div>"),
        (None, ["a", "b"], "<ins>a, b</ins>"),
        (["a", "b"], None, "<del>a, b</del>"),
    ],
)  # fmt: skip
def test_lists_differ_item_by_item(before: Any, after: Any, shown: str) -> None:
    assert between(before, after) == shown


def test_records_within_differ_by_what_they_say() -> None:
    before = {"value": 10, "kind": "ESTIMATED", "note": None}
    assert between(before, before | {"kind": "ACTUAL"}) == "10, <del>ESTIMATED</del><ins>ACTUAL</ins>"


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        (SCRIPT, None, f"<del>{SAFE}</del>"),
        (f"a {SCRIPT}", f"b {SCRIPT}", f"<del>a</del><ins>b</ins> {SAFE}"),
        ([SCRIPT], ["a"], f"<div><del>{SAFE}</del></div><div><ins>a</ins></div>"),
        ({"name": SCRIPT}, {"name": ""}, f"<del>{SAFE}</del>"),
        ([[SCRIPT]], None, f"<del>{SAFE}</del>"),
        ("a&b", "a&amp;b", "<del>a&amp;b</del><ins>a&amp;amp;b</ins>"),
        ("{0} {}", "{1} {}", "<del>{0}</del><ins>{1}</ins> {}"),
    ],
)
def test_what_a_registry_says_is_never_markup(before: Any, after: Any, shown: str) -> None:
    assert between(before, after) == shown


def test_long_stretch_that_is_the_same_is_shortened() -> None:
    same = " ".join(["word"] * 100)
    shown = between(f"{same} old", f"{same} new")
    assert shown == f"{(same + ' ')[:80]} … {(same + ' ')[-80:]}<del>old</del><ins>new</ins>"


def test_text_of_very_many_words_is_shown_by_its_ends() -> None:
    long = "w " * (MOST_WORDS + 1)
    shown = f"{long[:400]} … {long[-400:]}"
    assert between(long, "short text") == f"<del>{shown}</del><ins>short text</ins>"


@pytest.mark.parametrize("words", ["abcdefg", [f"w{number}" for number in range(900)]])
def test_long_texts_are_compared_at_once(words: str | list[str]) -> None:
    one = " ".join(words[number * number % len(words)] for number in range(3900))
    other = " ".join(words[number * 7 % len(words)] for number in range(3900))
    began = timezone.now()
    between(one, other)
    assert (timezone.now() - began).total_seconds() < 2


@pytest.mark.parametrize("status", ImportRun.Status.values)
def test_every_status_has_its_colour(status: str) -> None:
    assert run_class(status) in {"open", "wait", "alert", "shut", "busy"}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("title", "Title"),
        ("min_age_years", "Lowest age"),
        ("some_new_field", "some new field"),
        ("site: Tata Memorial Hospital, Mumbai", "Site: Tata Memorial Hospital, Mumbai"),
        ("site: ", "site: "),
        ("other: x", "other: x"),
    ],
)
def test_fields_are_called_by_their_names(name: str, shown: str) -> None:
    assert field_words(name) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "0 seconds"),
        (1.2, "1 second"),
        (59.4, "59 seconds"),
        (59.6, "1 min 0 s"),
        (61, "1 min 1 s"),
        (3599.6, "1 h 0 min"),
        (7384, "2 h 3 min"),
    ],
)
def test_times_are_told_as_people_say_them(seconds: float, shown: str) -> None:
    assert duration(seconds) == shown


@pytest.mark.parametrize(
    ("code", "values", "shown"),
    [
        ("nothing", {}, "The registry says it has no CAR T study at all."),
        ("fewer", {"count": 9, "of": 40}, "The registry has 9 CAR T studies, 40 the last time."),
        ("failing", {"count": 1, "of": 40}, "1 of 40 records could not be read."),
        ("emptied", {"field": "sex", "before": 90, "after": 3},
         "“sex” was stated by 90 % of the records, now by 3 %."),
        ("schema", {"count": 2, "fields": "a, b"},
         "The registry describes 2 fields we read differently: a, b."),
    ],
)  # fmt: skip
def test_doubts_are_sentences(code: str, values: dict[str, Any], shown: str) -> None:
    assert doubt_words({"code": code, "values": values}) == shown


def test_everything_is_said_in_hindi_without_failing() -> None:
    with override("hi"):
        assert field_words("site: Mumbai").endswith("Mumbai")
        assert doubt_words({"code": "vanishing", "values": {"count": 6, "of": 40}})
        assert all(duration(seconds) for seconds in (1, 61, 7384))
        assert between(["a", "b"], ["b", "a"])
