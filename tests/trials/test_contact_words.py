"""Numbers as phones dial them, and which of them WhatsApp may know."""

from urllib.parse import unquote

import pytest
from django.utils.translation import override

from trials.templatetags.contact_words import first_words, phones, whatsapp_number


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("022 1234567 (office)", ["0221234567"]),
        ("+91 98200 12345 / 022-24177000", ["+919820012345", "02224177000"]),
        ("02224177000, 9820012345", ["02224177000", "9820012345"]),
        ("ask at the desk", []),
        ("", []),
    ],
)
def test_every_number_can_be_dialled(written: str, dialled: list[str]) -> None:
    assert [phone.dialled for phone in phones(written)] == dialled


def test_number_alone_keeps_the_words_around_it() -> None:
    assert [phone.written for phone in phones("022 1234567 (office)")] == ["022 1234567 (office)"]


@pytest.mark.parametrize(
    "written", ["+91 98200 12345", "+919820012345", "+91-9820012345", "0091 98200 12345", "(+91) 9820012345"]
)
def test_indian_mobile_number_is_offered_on_whatsapp(written: str) -> None:
    assert phones(written)[0].whatsapp == "919820012345"


@pytest.mark.parametrize(
    "written",
    [
        "9820012345",  # no country: may be a landline without its 0
        "+91 22 2417 7000",  # begins with 2
        "+91 80 41234567",  # landline in Bengaluru
        "+91 651 2345678",  # landline in Ranchi
        "+1 982 001 2345",
        "+91 98200 1234",
        "+91 98200 123456",
        "+9198200123456789",
    ],
)
def test_other_numbers_are_not(written: str) -> None:
    assert whatsapp_number(written) == ""


def test_text_names_the_trial_in_the_language_of_the_page() -> None:
    with override("hi"):
        said = unquote(first_words("CTRI/2023/03/050689"))
    assert said.startswith("नमस्ते। मैं CAR T परीक्षण CTRI/2023/03/050689 के")
