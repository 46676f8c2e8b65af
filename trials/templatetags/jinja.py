"""Templates that Jinja2 compiles to Python; `{% jinja "name.html" %}` shows one in a template of Django.

Their filters and functions are those of Django's templates, under the same names (docs/adr/0011).
"""

import re
from functools import cache, lru_cache
from typing import Any

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.template import engines
from django.template.context import Context
from django.template.defaultfilters import linebreaks_filter, urlencode
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext, ngettext
from jinja2 import Environment, StrictUndefined, pass_context
from jinja2.ext import Extension
from markupsafe import Markup

from trials.display import age_words, day_words
from trials.explain.timeline import timeline
from trials.templatetags import (
    answer_card,
    contact_words,
    page_links,
    registry_text,
    result_words,
    takeaway,
    trial_page,
    trial_words,
    workspace_words,
)

register = template.Library()

LIBRARIES = (answer_card, contact_words, registry_text, result_words, trial_page, trial_words)
"""All filters of these."""
OTHER_FILTERS = {
    "day_words": day_words,
    "intcomma": intcomma,
    "linebreaks": linebreaks_filter,
    "urlencode": urlencode,
}
FUNCTIONS = (
    contact_words.first_words,
    page_links.may_be_followed,
    takeaway.doctor_questions,
    takeaway.email_address,
    takeaway.whatsapp_address,
    age_words,
    workspace_words.cost_words,
    workspace_words.site_words,
    workspace_words.word_of,
    localdate,
    static,
    timeline,
)
OF_THE_PAGE = (
    answer_card.along,
    answer_card.answer_card,
    answer_card.how_sure,
    takeaway.full_address,
    takeaway.keep_address,
)
"""They read what the page knows."""


class WithoutIndents(Extension):
    """Leaves the indents of a template out of its pages: a tenth of their bytes, compressed."""

    def preprocess(self, source: str, _name: str | None, _filename: str | None = None) -> str:
        return re.sub(r"\n[ \t]+", "\n", source)


def environment(**options: Any) -> Environment:
    """For `TEMPLATES` of the settings. A name that is not known is an error, not an empty text."""
    extensions = ["jinja2.ext.i18n", WithoutIndents]
    options |= {"undefined": StrictUndefined, "keep_trailing_newline": True, "extensions": extensions}
    made = Environment(**options)  # noqa: S701  # Django's backend has it escape
    for library in LIBRARIES:
        made.filters.update(library.register.filters)
    made.filters.update(OTHER_FILTERS)
    made.globals.update({function.__name__: function for function in FUNCTIONS})
    made.globals.update({function.__name__: pass_context(function) for function in OF_THE_PAGE})
    made.globals.update(url=url, _=words, gettext=sentence, ngettext=counted)
    made.newstyle_gettext = True  # type: ignore[attr-defined]
    return made


@register.simple_tag(takes_context=True)
def jinja(context: Context, name: str, **values: Any) -> SafeString:
    """The template of Jinja2 with all that the page knows, and `values`. Safe: it escapes what it shows."""
    known: Any = context.flatten() | {"_": literals(get_language()).__getitem__}
    return mark_safe(engines["jinja2"].get_template(name).render(known | values))  # noqa: S308


def url(name: str, **parts: str) -> str:
    """The address of a page."""
    return reverse(name, kwargs=parts)


class Literals(dict[str, Markup]):
    """`{{ _("words") }}` in one language, looked up once. They may hold HTML, as in Django's templates."""

    def __missing__(self, literal: str) -> Markup:
        # Django doubles the percent sign in the catalogues.
        said = self[literal] = Markup(gettext(literal.replace("%", "%%")).replace("%%", "%"))  # noqa: S704
        return said


@cache
def literals(_language: str | None) -> Literals:
    """Those of the active language. A page is given them: to ask which it is takes longer than to look up."""
    return Literals()


def words(literal: str) -> Markup:
    """`_` of a template that is shown without a page."""
    return literals(get_language())[literal]


def sentence(message: str, /, **values: Any) -> Markup:
    """`{% trans %}`; values are escaped."""
    return _message(get_language(), message) % values


def counted(one: str, many: str, number: int, /, **values: Any) -> Markup:
    """`{% trans %}` with `{% pluralize %}`."""
    return Markup(ngettext(one, many, number)) % values  # noqa: S704


@lru_cache(2_048)
def _message(_language: str | None, message: str) -> Markup:
    return Markup(gettext(message))  # noqa: S704
