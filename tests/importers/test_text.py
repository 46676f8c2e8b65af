import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.jsontext import canonical, decode
from importers.text import clean


@pytest.mark.parametrize("text", ["", "a\tb\nc\r\n", "γδ T", "सीएआर", "👩\u200d⚕️", "\u202eRTL", "a\u00a0b"])
def test_clean_leaves_what_can_be_held(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize("dirt", ["\x00", "\x01", "\x0b", "\x1f", "\ud800"])
def test_clean_drops_what_cannot_be_held(dirt: str) -> None:
    assert clean(f"a{dirt}b") == "ab"


@given(st.text(st.characters(codec=None)))
def test_cleaned_text_can_be_encoded_and_stays(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned.encode().decode()) == cleaned


def test_decode_takes_lone_surrogates_and_control_characters() -> None:
    assert decode(b'{"a": "\\ud800 \x01"}') == {"a": "\ud800 \x01"}


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "not JSON: Expecting value (line 1, column 1)"),
        (b"<html>", "not JSON: Expecting value (line 1, column 1)"),
        (b'{"a": NaN}', "not JSON: NaN is no number"),
        (b'"\xff"', "not JSON: the text is not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_decode_refuses_with_a_reason(raw: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(reason)}$"):
        decode(raw)


def test_canonical_is_one_spelling() -> None:
    assert canonical({"b": 1, "a": "é"}) == canonical({"a": "é", "b": 1}) == '{"a":"é","b":1}'.encode()


def test_canonical_spells_lone_surrogates() -> None:
    value = {"b": "\ud800", "a": "é"}
    assert canonical(value) == canonical(dict(reversed(value.items()))) == b'{"a":"\\u00e9","b":"\\ud800"}'
