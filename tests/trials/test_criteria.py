"""Registry text as HTML: lists and paragraphs, and nothing a record could do harm with."""

import pytest

from trials.criteria import registry_html


def html(text: str) -> str:
    return registry_html(text).replace("\n", "")


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
