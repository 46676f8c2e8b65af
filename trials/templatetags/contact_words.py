"""Ways to reach a person: numbers as phones dial them, WhatsApp, and a text to begin with."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from django import template
from django.utils.translation import gettext

register = template.Library()
_NUMBER = re.compile(r"\+?\d[\d\s().-]{4,}")
_INDIAN = re.compile(r"\s*(?:\+|00)\s*\(?91\)?(.*)$", re.S)
_MOBILE = re.compile(r"[6-9]\d{9}")


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as written, as dialled (`+912200000000`), and as WhatsApp knows it ("" where it may not)."""

    written: str
    dialled: str
    whatsapp: str


@register.filter
def phones(written: str) -> list[Phone]:
    """Every number in what a registry writes; one alone keeps the words around it."""
    found = [number[0].strip() for number in _NUMBER.finditer(written) if _dialled(number[0])]
    if len(found) == 1:
        return [Phone(written.strip(), _dialled(found[0]), whatsapp_number(found[0]))]
    return [Phone(number.rstrip(" (.-"), _dialled(number), whatsapp_number(number)) for number in found]


def _dialled(number: str) -> str:
    return re.sub(r"[^\d+]", "", number)


def whatsapp_number(written: str) -> str:
    """`919800000000` of an Indian mobile number by its form: +91, then ten digits beginning with 6 to 9.

    Without +91 a landline looks the same (080 without its 0), and so do +91 and a group of two or three
    digits followed by the rest: that is how landlines of Bengaluru or Pune are written.
    """
    indian = _INDIAN.match(written)
    if not indian:
        return ""
    digits = re.sub(r"\D", "", indian[1])
    groups = re.findall(r"\d+", indian[1])
    landline = len(groups) == 2 and len(groups[0]) <= 4
    return f"91{digits}" if _MOBILE.fullmatch(digits) and not landline else ""


@register.simple_tag
def first_words(number: str) -> str:
    """A text to ask a hospital with, in the page's language, naming the trial; ready for a link's query."""
    said = gettext(
        "Hello. I am asking about the CAR T trial %(number)s. Is it taking patients now? "
        "How can a patient be checked for it, and what would we have to pay for? Thank you."
    )
    return quote(said % {"number": number}, safe="")
