"""Damaged pages: the right values, fields left out, or a `ParseError`; never a wrong value."""

import dataclasses
import random
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from importers.records import ParseError
from importers.registries.ctri import identify, parse
from tests.importers.test_ctri import PAGES, RECORDS
from trials.choices import Sex, Status
from trials.record import TrialRecord

SOURCES = {name: (PAGES / name).read_bytes() for name in RECORDS}
WHOLE = {name: parse(raw) for name, raw in SOURCES.items()}

Damage = Callable[[str, random.Random], bytes]


def readable(name: str) -> str:
    return SOURCES[name].decode("cp1252" if name.startswith(("r16", "r22")) else "utf-8")


def unclose(text: str, chance: random.Random) -> bytes:
    """Some closing tags are gone."""
    return re.sub(
        r"</(?:b|font|td|tr|table|a)>", lambda tag: "" if chance.random() < 0.05 else tag[0], text
    ).encode()


def shuffle_rows(text: str, chance: random.Random) -> bytes:
    """The rows of the main table come in another order."""
    tree = html.document_fromstring(text)
    parent = main_table(tree)
    rows = list(parent)
    chance.shuffle(rows)
    parent[:] = rows
    return bytes(html.tostring(tree, encoding="utf-8"))


def main_table(tree: etree._Element) -> etree._Element:
    row = next(row for row in tree.iter("tr") if str(row[0].xpath("string()")).startswith("CTRI"))
    parent = row.getparent()
    assert parent is not None
    return parent


def drop_table(text: str, chance: random.Random) -> bytes:
    """One inner table is gone."""
    inner = list(re.finditer(r"<table(?:(?!<table).)*?</table>", text, re.DOTALL | re.IGNORECASE))[1:]
    gone = chance.choice(inner)
    return (text[: gone.start()] + text[gone.end() :]).encode()


def cut(text: str, chance: random.Random) -> bytes:
    """The page ends too early."""
    return text[: chance.randrange(len(text) - len("</table></body></html>") * 2)].encode()


def other_charset(text: str, chance: random.Random) -> bytes:
    """The page is sent in one encoding and declares another."""
    declared = chance.choice(["utf-8", "iso-8859-1", "windows-1252", "x-unknown"])
    page = re.sub(r"charset=[\w-]+", f"charset={declared}", text)
    return page.encode(chance.choice(["utf-8", "utf-8-sig", "utf-16"]))


TWO_TABLES = {"outcomes", "contacts"}
"""Fields that two tables speak for: one still does when the other cannot be read."""


@pytest.mark.parametrize("damage", [unclose, shuffle_rows, drop_table, cut, other_charset])
@settings(max_examples=25, deadline=None)
@given(name=st.sampled_from(RECORDS), seed=st.integers(0, 10_000))
def test_damaged_page_gives_right_values_none_or_an_error(damage: Damage, name: str, seed: int) -> None:
    raw = damage(readable(name), random.Random(seed))  # noqa: S311 (a test's own choice)
    try:
        record = parse(raw)
    except ParseError:
        return
    assert stated_otherwise(record, WHOLE[name]) - TWO_TABLES == set()
    assert (record.status, record.sites, record.countries) == (
        WHOLE[name].status,
        WHOLE[name].sites,
        WHOLE[name].countries,
    )


FALLING_BACK = {"title", "design", "start", "completion", "status", "outcomes", "contacts", "sites"}
"""Fields that two rows speak for: one still does when the other is gone."""


@settings(max_examples=50, deadline=None)
@given(name=st.sampled_from(RECORDS), seed=st.integers(0, 10_000))
def test_missing_row_leaves_its_field_empty_and_no_other_wrong(name: str, seed: int) -> None:
    tree = html.document_fromstring(readable(name))
    parent = main_table(tree)
    parent.remove(random.Random(seed).choice(list(parent)))  # noqa: S311 (a test's own choice)
    try:
        record = parse(html.tostring(tree, encoding="utf-8"))
    except ParseError:
        return
    assert stated_otherwise(record, WHOLE[name]) - FALLING_BACK == set()
    assert record.status in (WHOLE[name].status, WHOLE[name].status_global, Status.UNKNOWN)
    assert {site.status for site in record.sites} <= {record.status_india, record.status}


def stated_otherwise(record: TrialRecord, whole: TrialRecord) -> set[str]:
    """Fields that state something else than they should; an empty one states nothing."""
    names = {field.name for field in dataclasses.fields(record)} - {"url", "notices"}
    return {name for name in names if getattr(record, name) not in (getattr(whole, name), None, "", ())}


@settings(max_examples=50, deadline=None)
@given(raw=st.binary(max_size=300))
def test_any_bytes_give_a_record_or_a_parse_error(raw: bytes) -> None:
    with pytest.raises(ParseError):
        parse(raw)


@settings(max_examples=60, deadline=None)
@given(
    name=st.sampled_from(RECORDS), at=st.floats(0, 1), junk=st.binary(max_size=40), size=st.integers(0, 200)
)
def test_overwritten_page_never_breaks_the_parser(name: str, at: float, junk: bytes, size: int) -> None:
    raw = SOURCES[name]
    place = int(at * len(raw))
    try:
        record = parse(raw[:place] + junk + raw[place + size :])
    except ParseError:
        return
    assert record.registry_id.startswith("CTRI/")


def test_deeply_nested_page_is_refused_and_not_a_crash() -> None:
    with pytest.raises(ParseError):
        parse(b"<html><body><table>" + b"<tr><td><b>" * 50_000 + b"CTRI Number</body></html>")


OTHER_SKIN = (PAGES / "s01_2018_13_900101.html").read_bytes()
INCLUSION = b"Relapsed B-cell lymphoma after two lines."


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (rb"(site1@example\.org&nbsp;)</td>\s*</tr>\s*</table>\s*&nbsp;</td>\s*</tr>", rb"\1"),
        (rb"</table>\s*&nbsp;</td>\s*</tr>\s*<tr>(\s*<td>\s*<b>Regulatory)", rb"<tr>\1"),
        (rb"<td>", rb"<td><div>"),
        (rb"<td>", rb"<TD ALIGN=left>"),
        (rb"<td>(<font[^>]*><b>Status)", rb"<td><table><tr><td>\1"),
        (rb"CTRI Number&nbsp;", rb"CTRI <i>N</i>umber&#160;:"),
        (rb"<b>Phase of Trial</b>", rb'<b title="x > y">Phase of Trial</b>'),
        (rb"(Relapsed B-cell)", rb"<!--[if gte mso 9]><xml>junk</xml><![endif]-->\1"),
        (rb"(Relapsed B-cell)", rb"<xml><w:View>Normal</w:View></xml><![if !x]><o:p></o:p>\1"),
        (rb"(window\.close\(\);)</script>", rb"\1"),
    ],
)
def test_markup_that_a_browser_shows_right_is_read_right(old: bytes, new: bytes) -> None:
    damaged, count = re.subn(old, new, OTHER_SKIN)
    assert count
    assert parse(damaged) == parse(OTHER_SKIN)
    assert identify(damaged) == "CTRI/2018/13/900101"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (b"Relapsed</td></tr></table> B-cell", "Relapsed\nB-cell"),
        (b"WBC <normal and platelets >100, age <b years", "WBC <normal and platelets >100, age <b years"),
        (b"<table><tr><td>Gender</td><td>Male</td></tr></table>", "Gender\nMale"),
        (b"ECOG \xe2\x89\xa4 1, women\x92s, \xc3\xa2\xe2\x80\xb0\xc2\xa4 2", "ECOG ≤ 1, women’s, ≤ 2"),
    ],
)
def test_criteria_keep_all_their_text(written: bytes, read: str) -> None:
    record = parse(OTHER_SKIN.replace(INCLUSION, written))
    assert (record.inclusion, record.exclusion, record.sex) == (read, "Active infection.", Sex.ALL)


def test_comment_that_never_ends_does_not_take_rows_with_it() -> None:
    with pytest.raises(ParseError) as problem:
        parse(OTHER_SKIN.replace(INCLUSION, b"<!-- Relapsed"))
    assert problem.value.field == "Exclusion Criteria"


@pytest.mark.parametrize(
    "junk", [b"<td>", b"<table>", b"<", b"<a ", b"<!--", b'<a="', b"<xml>", b"&#", b"<tr>"]
)
def test_endless_junk_in_a_summary_leaves_the_rest_readable(junk: bytes) -> None:
    raw = OTHER_SKIN.replace(b"An invented study.", junk * 20_000)
    assert parse(raw).inclusion == INCLUSION.decode()
