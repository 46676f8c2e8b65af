"""Django's library `i18n` for templates, in which words without variables are looked up once a language.

A page holds a hundred of them, the same ones for every visitor.
"""

from django import template
from django.template.base import Node, Parser, Token, Variable
from django.template.context import Context
from django.templatetags import i18n
from django.utils.translation import get_language

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class SameWords(Node):
    """What a node of Django's says in each language, once it has said it."""

    child_nodelists = ()

    def __init__(self, node: i18n.TranslateNode) -> None:
        self._node = node
        self._said: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        """The words, as Django's node translated and escaped them."""
        language = get_language()
        if language not in self._said:
            self._said[language] = self._node.render(context)
        return self._said[language]


@register.tag
def translate(parser: Parser, token: Token) -> Node:
    """`{% translate "words" %}`; with a variable, a filter, a context or `as` it is Django's own."""
    node = i18n.do_translate(parser, token)
    said = node.filter_expression
    variable = isinstance(said.var, Variable) and said.var.literal is None
    if variable or said.filters or node.asvar or node.message_context or node.noop:
        return node
    return SameWords(node)
