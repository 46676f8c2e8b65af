"""Registry text as HTML: lists and paragraphs, and nothing a record could do harm with."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.growth import grows_with
from trials.explain.registry_html import registry_html


def html(text: str, language: str = "") -> str:
    return registry_html(text, language).replace("\n", "")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("* a\n* b", "<ul><li>a</li><li>b</li></ul>"),
        ("• a\n• b", "<ul><li>a</li><li>b</li></ul>"),
        ("1)a\n2)b", "<ol><li>a</li><li>b</li></ol>"),
        ("1.Adults\n2.Children", "<ol><li>Adults</li><li>Children</li></ol>"),
        ("1) 18 years or older", "<ol><li>18 years or older</li></ol>"),
        ("* a\n  * b", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("one\ntwo", "<p>one<br />two</p>"),
    ],
)
def test_lists_and_lines_are_kept(written: str, shown: str) -> None:
    assert html(written) == shown


@pytest.mark.parametrize("written", ["2.5 mg/dL at most", "-5 °C", "10.05.2024", "+ve for CD19", "3 (three)"])
def test_numbers_are_never_changed(written: str) -> None:
    assert html(written) == f"<p>{written}</p>"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("[here](javascript:alert(1))", "<p>[here](javascript:alert(1))</p>"),
        ("![x](https://example.org/x.png)", "<p>![x](https://example.org/x.png)</p>"),
        ("<https://example.org>", "<p>&lt;https://example.org&gt;</p>"),
        ("[a]: https://example.org\n\n[a]", "<p>[a]: https://example.org</p><p>[a]</p>"),
        ("# Title", "<p># Title</p>"),
        ("> 18 years", "<p>&gt; 18 years</p>"),
        ("LVEF \\> 40% and &lt; 60%", "<p>LVEF &gt; 40% and &lt; 60%</p>"),
    ],
)
def test_everything_else_stays_text(written: str, shown: str) -> None:
    assert html(written) == shown


def test_deep_nesting_is_survived() -> None:
    assert html("".join("  " * depth + "* a\n" for depth in range(300))).startswith("<ul><li>a<ul>")


NOTE = re.compile(r' <span class="term-note" lang="[a-z]+">[^<]*</span>')


def test_first_mention_of_a_word_is_explained() -> None:
    assert html("* Biopsy\n* biopsy again", "en") == (
        '<ul><li><details class="term"><summary>Biopsy</summary> <span class="term-note" lang="en">'
        "(A small piece of the body is taken out and looked at under a microscope.)</span></details></li>"
        "<li>biopsy again</li></ul>"
    )


def test_abbreviation_is_told_by_its_full_name() -> None:
    assert "(Tumour lysis syndrome: Many cancer cells die" in html("TLS", "en")


def test_hindi_page_explains_in_hindi() -> None:
    assert '<span class="term-note" lang="hi">(बायोप्सी: शरीर का' in html("biopsy", "hi")


def test_language_without_a_column_is_explained_in_english() -> None:
    assert html("biopsy", "ta") == html("biopsy", "en")


def test_paragraph_with_a_word_is_a_div_and_emphasis_is_left_alone() -> None:
    shown = html("A biopsy.\n\nNo word.\n\n**Bone marrow** stays", "en")
    assert NOTE.sub("", shown) == (
        '<div class="paragraph">A <details class="term"><summary>biopsy</summary></details>.</div>'
        "<p>No word.</p><p><strong>Bone marrow</strong> stays</p>"
    )


class Seen(HTMLParser):
    """The tags, attributes and text of some HTML; fails where a tag is closed that is not open."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        assert not (tag == "details" and {"p", "strong", "em", "details"} & set(self.open))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


MARKUP = ["<script>", "</details>", "</summary>", '" onclick="x', "'", "&lt;", "&#60;", "]]>", "<!--", "\x00"]
WORDS = [
    "biopsy",
    "CAR-T cells",
    "CRS",
    "phase 1/2",
    "<b>CRS</b>",
    "[a](javascript:1)",
    "\u202e",
    "&",
    "<",
    ">",
]
SIGNS = ["**", "*", "_", "\\", "\n", "\n\n", "* ", "1. ", "  ", '"', " "]
HOSTILE = st.lists(st.sampled_from(MARKUP + WORDS + SIGNS) | st.text(max_size=8), max_size=30).map("".join)


@given(HOSTILE)
def test_nothing_a_record_holds_becomes_markup(text: str) -> None:
    plain, shown = Seen(registry_html(text)), Seen(registry_html(text, "hi"))
    assert shown.tags <= {"p", "div", "ul", "ol", "li", "br", "strong", "em", "hr"} | {
        "details",
        "summary",
        "span",
    }
    assert shown.attributes <= {"class", "lang", "start"}
    assert (plain.open, shown.open) == ([], [])
    assert Seen(NOTE.sub("", registry_html(text, "hi"))).text == plain.text


@given(HOSTILE)
def test_each_word_is_explained_once(text: str) -> None:
    notes = NOTE.findall(registry_html(text, "hi"))
    assert len(notes) == len(set(notes))


@pytest.mark.parametrize(
    "piece", ["Relapsed CRS of CAR T, LVEF\n", "* biopsy\n* x\n", "a**CRS** ", "<", "CRS\n\n"]
)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    assert grows_with(lambda text: registry_html(text, "en"), piece)
