"""The lists of choices of a form: hundreds of lines that differ in four words, so not a template's loop."""

from collections.abc import Sequence
from html import escape

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

from trials.views.pieces import piece
from trials.views.results.choices import Choice, FormField

register = template.Library()
_SHOWN = ("radios", "field", "groups", "boxes", "asked_tick", "asked_field", "asked_boxes", "last")

_TICK = (
    '\n<li> <label> <input type="checkbox" name="{}" value="{}"{}>'
    ' <span>{}</span> <span class="count">{}</span> </label> </li>'
)
_NAME = '\n<option value="{0}" label="{0} ({1})"></option>'
_OPTION = '\n<option value="{}"{}> {}{} </option>'


@register.simple_tag(takes_context=True)
def filter_fields(context: Context) -> SafeString:
    """The fields of the list's form. Kept where the page may be kept too: nothing in them was typed."""
    fields = context["fields"]
    return piece(
        "trials/_filter_fields.html",
        keep=context["nothing_typed"],
        large=True,
        asked_open=context["asked_open"],
        kept=tuple(context["kept"]),
        **{f"fields_{name}": fields.get(name, ()) for name in _SHOWN},
    )


@register.simple_tag
def suggested_names(field: FormField) -> SafeString:
    """The names suggested for a text field. Safe as below."""
    names = ((escape(name), count) for name, count in field.suggestions)
    return mark_safe("".join(_NAME.format(name, count) for name, count in names))  # noqa: S308


@register.simple_tag
def tick_boxes(choices: Sequence[Choice], name: str) -> SafeString:
    """The items of a list of boxes. Safe: what registries write is escaped, the rest is ours."""
    return mark_safe(  # noqa: S308
        "".join(
            _TICK.format(
                name, escape(one.value), " checked" if one.chosen else "", escape(one.label), one.count
            )
            for one in choices
        )
    )


@register.simple_tag
def select_options(field: FormField) -> SafeString:
    """The options of a select, each with its number of trials where they are counted. Safe as above."""
    return mark_safe(  # noqa: S308
        "".join(
            _OPTION.format(
                escape(one.value),
                " selected" if one.chosen else "",
                escape(one.label),
                "" if one.count is None else f" ({one.count})",
            )
            for one in field.choices
        )
    )
