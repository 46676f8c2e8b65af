import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.text.cleaning import clean, mend
from importers.text.jsontext import canonical, decode


@pytest.mark.parametrize("text", ["", "a\tb\nc\r\n", "γδ T", "सीएआर", "👩\u200d⚕️", "क्\u200dष", "a\u00a0b"])
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


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("ECOG â‰¤ 1 and womenâ€™s", "ECOG ≤ 1 and women’s"),
        ("Ã¢â‚¬â„¢ and Ã¢â€°Â¤", "’ and ≤"),
        ("â\x89¤ 38Â°C", "≤ 38°C"),
        ("cafÃ© Î±-fetoprotein", "café α-fetoprotein"),
        ("à¤•à¥ˆà¤‚à¤¸à¤°", "कैंसर"),
        ("it\x92s \x93quoted\x94\x81", "it’s “quoted”"),
        ("Corporateâ€ a â?? b Ministry?s", "Corporateâ€ a â?? b Ministry?s"),
        ("NESTLÉ® naïve ≥ 18 – “São” कैंसर café”", "NESTLÉ® naïve ≥ 18 – “São” कैंसर café”"),
        ("plain", "plain"),
    ],
)
def test_misread_utf8_is_undone_where_exactly_reversible(text: str, mended: str) -> None:
    assert mend(text) == mended


def misread(text: str, charset: str) -> str:
    """UTF-8 as a client shows it that takes it for another encoding."""
    return "".join(bytes([byte]).decode(charset, "ignore") or chr(byte) for byte in text.encode())


@given(
    st.text(st.sampled_from("≤≥’“”–…°µαβñ×±½•कैंसर  abc")),
    st.lists(st.sampled_from(["latin-1", "cp1252"]), min_size=1, max_size=2),
)
def test_misread_once_or_twice_comes_back(text: str, charsets: list[str]) -> None:
    damaged = text
    for charset in charsets:
        damaged = misread(damaged, charset)
    assert mend(damaged) == text
