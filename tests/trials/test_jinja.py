"""Templates of Jinja2 show what those of Django would, and refuse names they do not know."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template, engines
from django.utils.translation import gettext, override
from jinja2 import UndefinedError

from trials.display import day_words


def drawn(source: str, **known: object) -> str:
    return str(engines["jinja2"].from_string(source).render(known))


def test_words_are_those_of_the_language() -> None:
    source = '{{ _("Hospitals") }} {% trans %}Hospitals{% endtrans %}'
    with override("hi"):
        hindi = gettext("Hospitals")
        assert drawn(source) == f"{hindi} {hindi}"
    assert drawn(source) == "Hospitals Hospitals"


def test_percent_signs_stay_single() -> None:
    assert drawn('{{ _("100 %") }} {% trans a=1 %}{{ a }} %{% endtrans %}') == "100 % 1 %"


def test_values_are_escaped_and_words_are_not() -> None:
    source = '{{ a }} {% trans a=a %}<i>{{ a }}</i>{% endtrans %} {{ _("<b>") }}'
    assert drawn(source, a="<q>") == "&lt;q&gt; <i>&lt;q&gt;</i> <b>"


def test_plural_follows_the_number() -> None:
    source = "{% trans n=n %}one{% pluralize %}{{ n }} of them{% endtrans %}"
    assert [drawn(source, n=n) for n in (1, 2)] == ["one", "2 of them"]


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        drawn("{{ nothing }}")


def test_a_moment_has_the_day_of_the_sites_zone() -> None:
    assert day_words(datetime(2026, 11, 1, 20, tzinfo=UTC)) == day_words(date(2026, 11, 2)) == "2 Nov 2026"
    assert day_words(None) == ""


def test_django_shows_a_part_with_what_the_page_knows() -> None:
    page = Template('{% load jinja %}{% jinja "trials/_keep.html" number=one %}')
    shown = page.render(Context({"list_address": "/mine", "one": "<1>"}))
    assert [shown.count('href="/mine"'), shown.count("&lt;1&gt;"), shown.count("<1>")] == [1, 2, 0]
