"""Words of templates are those that Django would say, in the language of each page."""

from django.template import Context, Template
from django.utils.translation import gettext, override


def drawn(source: str) -> list[str]:
    """The template in English, Hindi and English again."""
    made = Template("{% load i18n %}" + source)
    said: list[str] = []
    for language in ("en", "hi", "en"):
        with override(language):
            said.append(made.render(Context()))
    return said


def test_words_are_those_of_the_language() -> None:
    with override("hi"):
        hindi = gettext("Hospitals")
    assert hindi != "Hospitals"
    assert drawn('{% translate "Hospitals" %}') == ["Hospitals", hindi, "Hospitals"]


def test_a_variable_is_looked_up_each_time() -> None:
    made = Template("{% load i18n %}{% translate a %}{% translate 'x' as b %}{{ b }}{{ a }}")
    assert [made.render(Context({"a": a})) for a in ("<b>", "c")] == ["&lt;b&gt;x&lt;b&gt;", "cxc"]


def test_percent_signs_and_quotes_are_as_django_says_them() -> None:
    assert drawn("{% translate \"100 % of 'a' & <b>\" %}") == ["100 % of 'a' & <b>"] * 3
