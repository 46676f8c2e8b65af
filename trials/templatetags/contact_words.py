"""Ways to reach a person: numbers as phones dial them, WhatsApp, and a text to begin with."""

from urllib.parse import quote

from django import template
from django.utils.translation import gettext

from trials.telephone import find_phones

register = template.Library()
register.filter("phones", find_phones)


@register.simple_tag
def first_words(number: str) -> str:
    """A text to ask a hospital with, in the page's language, naming the trial; ready for a link's query."""
    message = gettext(
        "Hello. I am asking about the CAR T trial %(number)s. Is it taking patients now? "
        "How can a patient be checked for it, and what would we have to pay for? Thank you."
    )
    return quote(message % {"number": number}, safe="")
