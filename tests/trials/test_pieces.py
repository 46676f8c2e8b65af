"""Pieces of pages: made once, the same as made anew, and never of what a visitor said."""

import re
from html import unescape
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils.safestring import SafeString
from django.utils.translation import override

from tests.builders import make_trial, site
from trials.models import Site, TrialSite
from trials.models.rows import row_maker
from trials.search.filters import BY_NAME
from trials.search.situation import Situation
from trials.templatetags.form_choices import select_options, suggested_names, tick_boxes
from trials.views.pieces import kept, kept_large, piece
from trials.views.results.choices import Choice, FormField
from trials.views.said import LATER, filled

HOSTILE = '"><b>'
ESCAPED = "&quot;&gt;&lt;b&gt;"


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    kept.cache_clear()
    kept_large.cache_clear()


def made(**values: object) -> int:
    """How many pieces are made for this one."""
    before = kept.cache_info().misses
    piece("trials/_keep.html", list_address="/", **values)  # type: ignore[arg-type]
    return kept.cache_info().misses - before


def test_the_same_values_are_made_once() -> None:
    assert [made(number="NCT1"), made(number="NCT1"), made(number="NCT2")] == [1, 0, 1]


def test_language_and_type_make_another_piece() -> None:
    one = made(number=1)
    with override("hi"):
        hindi = made(number=1)
    assert [one, hindi, made(number=True), made(number=1)] == [1, 1, 1, 0]


def test_a_piece_that_is_not_to_be_kept_is_not() -> None:
    drawn = piece("trials/_keep.html", keep=False, number="NCT1", list_address="/")
    assert kept.cache_info().currsize == 0
    assert drawn == piece("trials/_keep.html", number="NCT1", list_address="/")


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/trials/", "/trials/NCT00000001/", "/clinic/", "/conditions/lbcl/"])
def test_nothing_said_of_a_patient_is_kept(
    client: Client, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_trial("NCT00000001", conditions=["lbcl"], sites=[site("A", "Pune")])
    said: list[object] = []

    def noted(template: str, language: str, today: object, values: object) -> str:
        said.append(values)
        return kept.__wrapped__(template, language, today, values)

    noted.__wrapped__ = kept.__wrapped__  # type: ignore[attr-defined]
    monkeypatch.setattr("trials.views.pieces.kept", noted)
    assert client.get(page, {"age": "62", "near": "Mumbai"}).status_code == 200
    situations = [value for values in said for _, _, value in values if isinstance(value, Situation)]  # type: ignore[attr-defined]
    assert (bool(said), [one for one in situations if one and one is not LATER]) == (True, [])
    assert ("Mumbai" in repr(said), re.findall(r"\bkm=", repr(said))) == (False, [])


def test_what_is_said_is_filled_into_links_and_sentences() -> None:
    links = SafeString(
        '<a href="/a/?\0along"><a href="/b/?id=1&amp;\0along">'
        '<a href="?text=Hi%00say"><li>Hi\0say</li>\0far\0why'
    )
    said = Situation(age=8, conditions=("lbcl",))
    sentence = "The patient&#x27;s age is 8 years; the disease is large B-cell lymphoma."
    assert filled(links, said, far="<b>", why="<i>") == (
        '<a href="/a/?age=8&amp;condition=lbcl"><a href="/b/?id=1&amp;age=8&amp;condition=lbcl">'
        f'<a href="?text=Hi{quote(" " + unescape(sentence), safe="")}"><li>Hi {sentence}</li><b><i>'
    )
    assert filled(links, Situation()) == ('<a href="/a/"><a href="/b/?id=1"><a href="?text=Hi"><li>Hi</li>')


@pytest.mark.django_db
def test_a_card_is_made_once_whoever_asks_for_it(client: Client) -> None:
    make_trial("NCT00000001", conditions=["lbcl"], sites=[site("A", "Pune")])
    client.get("/trials/")
    before = kept.cache_info().misses
    page = client.get("/trials/", {"age": "62", "near": "Mumbai"}).content.decode()
    assert (kept.cache_info().misses - before, page.count("age=62") > 3, "\0" in page) == (0, True, False)


def test_choices_are_escaped() -> None:
    choices = [Choice(HOSTILE, HOSTILE, 3, True)]
    assert str(tick_boxes(choices, "city")).count(ESCAPED) == 2
    field = FormField(BY_NAME["sponsor"], choices=tuple(choices), suggestions=((HOSTILE, 3),))
    drawn = select_options(field) + suggested_names(field)
    assert (drawn.count(ESCAPED), drawn.count("<b>")) == (4, 0)


def test_a_row_of_json_is_the_row_of_its_columns() -> None:
    values = {"hospital": "A", "city": "Pune", "contacts": [{"name": "B"}], "is_open": True}
    made_row, row = row_maker(TrialSite)(values), TrialSite(**values)
    fields = [field.attname for field in TrialSite._meta.concrete_fields]
    assert [getattr(made_row, name) for name in fields] == [getattr(row, name) for name in fields]
    made_row.site = row_maker(Site)({"id": 7, "slug": "a"})
    assert (made_row.site_id, made_row.site.slug, TrialSite().site_id) == (7, "a", None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "kept_forms"),
    [
        ("", 1),
        ("phase=PHASE1&page=1", 1),
        ("phase=PHASE1&city=pune", 0),
        ("city=pune&city=delhi", 0),
        ("q=zebra", 0),
        ("sex=female", 0),
    ],
)
def test_the_form_is_kept_where_at_most_one_closed_word_was_chosen(
    client: Client, query: str, kept_forms: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_trial(conditions=["lbcl"], phases=["PHASE1"], sites=[site("A", "Pune")])
    forms: list[str] = []

    def noted(template: str, *values: object) -> str:
        forms.append(template)
        return kept.__wrapped__(template, *values)

    noted.__wrapped__ = kept.__wrapped__  # type: ignore[attr-defined]
    monkeypatch.setattr("trials.views.pieces.kept_large", noted)
    assert client.get(f"/trials/?{query}").status_code == 200
    assert forms.count("trials/_filter_fields.html") == kept_forms
