"""Telephone numbers as phones dial them, read from what registries and hospitals write.

A number without a country code is read as Indian only where its place is in India: elsewhere ten digits
that look like an Indian mobile number belong to another subscriber, so they are dialled as written.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import phonenumbers
from phonenumbers import Leniency, PhoneNumber, PhoneNumberFormat, PhoneNumberMatcher, PhoneNumberType

from trials.choices import INDIA

_REGION, _CODE = "IN", 91
_LONGEST = 300
"""Characters of a contact that are searched for numbers."""
_NO_NUMBER = "01234567890 09876543210"
"""Digits in a row fill a field that must not stay empty, like one digit repeated."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as written, as dialled (`+912200000000`), and as WhatsApp knows it ("" where it may not)."""

    written: str
    dialled: str
    whatsapp: str


def find_phones(written: str, countries: str | Sequence[str] = "") -> list[Phone]:
    """Every number of a text; one alone keeps the words around it.

    `countries`: where the contact is, or where the trial runs; "" or several where that is not known.
    """
    region = _REGION if countries == INDIA or list(countries) == [INDIA] else None
    return list(_found(written, region))


@lru_cache(10_000)
def _found(written: str, region: str | None) -> tuple[Phone, ...]:
    """The same few numbers stand on every page of a trial."""
    found = tuple(_phones(written[:_LONGEST], region))
    return (replace(found[0], written=written.strip()),) if len(found) == 1 else found


def _phones(written: str, region: str | None) -> Iterator[Phone]:
    digits = "".join(str(int(char)) if char.isdecimal() else char for char in written)  # Devanagari's too
    # The region only says where a number begins and ends; what it means is decided after that.
    for match in PhoneNumberMatcher(digits, _REGION, leniency=Leniency.POSSIBLE):
        extension = match.number.extension or ""
        plain = match.raw_string
        if extension:
            plain = re.split(rf"\D*{extension}\D*$", plain)[0]
        if not _is_placeholder(match.number, plain) and (dialled := _dialled(plain, region)):
            number = _parse(plain, region)
            yield Phone(
                written[match.start : match.end],
                dialled + (f";ext={extension}" if extension else ""),
                _whatsapp(number) if number else "",
            )


def _is_placeholder(number: PhoneNumber, written: str) -> bool:
    digits = str(number.national_number)
    every = re.sub(r"\D", "", written)
    return any(len(set(part)) == 1 or part in _NO_NUMBER for part in (digits, every))


def _dialled(written: str, region: str | None) -> str:
    """With the country code where the number is valid, else its digits; "" where no phone could dial it."""
    if number := _parse(written, region):
        return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    digits = re.sub(r"\D", "", written)
    plus = "+" if written.lstrip(" (").startswith("+") else ""
    return "" if digits.startswith("00") else plus + digits


def _parse(written: str, region: str | None) -> PhoneNumber | None:
    """The number if it is valid as written, or with the "+" that is missing: `0091 ...`, `091-22-...`."""
    digits = re.sub(r"\D", "", written)
    spellings = [written, f"+{digits[2:]}" if digits.startswith("00") else ""]
    if region and digits.lstrip("0").startswith(str(_CODE)):
        spellings.append(f"+{digits.lstrip('0')}")
    for spelling in filter(None, spellings):
        try:
            number = phonenumbers.parse(spelling, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return number
    return None


def _whatsapp(number: PhoneNumber) -> str:
    """`919800000000` of an Indian mobile number."""
    mobile = phonenumbers.number_type(number) == PhoneNumberType.MOBILE
    return f"{_CODE}{number.national_number}" if mobile and number.country_code == _CODE else ""
