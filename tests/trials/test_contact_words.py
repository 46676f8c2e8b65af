"""Numbers as phones dial them, and which of them WhatsApp may know."""

from urllib.parse import unquote

import pytest
from django.utils.translation import override

from trials.telephone import find_phones
from trials.templatetags.contact_words import first_words


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("022 1234567 (office)", ["0221234567"]),
        ("+91 98200 12345 / 022-24177000", ["+919820012345", "02224177000"]),
        ("02224177000, 9820012345", ["02224177000", "9820012345"]),
        ("713-555-1234 ext. 4", ["7135551234;ext=4"]),
        ("+44 (0)20 7946 0958", ["+442079460958"]),
        ("ask at the desk", []),
        ("", []),
    ],
)
def test_every_number_can_be_dialled(written: str, dialled: list[str]) -> None:
    assert [phone.dialled for phone in find_phones(written)] == dialled


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("+91 (0)22 2417 7000", ["+912224177000"]),
        ("+91 022 24177000", ["+912224177000"]),
        ("022-24177000", ["+912224177000"]),
        ("091-22-24177000", ["+912224177000"]),
        ("(022) 2417 7000", ["+912224177000"]),
        ("022-24177000 Extn 4554", ["+912224177000;ext=4554"]),
        ("022-24177000 ext. १२", ["+912224177000;ext=12"]),
        ("022-24177000/4554", ["+912224177000"]),
        ("1800 22 1951", ["+911800221951"]),
        ("24177000", ["24177000"]),  # its area is not stated
        ("02224177000, 9820012345", ["+912224177000", "+919820012345"]),
        ("+86-10-12345678", ["+861012345678"]),
    ],
)
def test_numbers_in_india_are_dialled_with_their_country(written: str, dialled: list[str]) -> None:
    assert [phone.dialled for phone in find_phones(written, "India")] == dialled


@pytest.mark.parametrize(
    "written",
    ["0000000000", "+91 0000000000", "9999999999", "000 000", "1234567890", "+91-1234567890", "0123456789"],
)
def test_digits_that_only_fill_the_field_cannot_be_called(written: str) -> None:
    assert (find_phones(written), find_phones(written, "India")) == ([], [])


def test_number_alone_keeps_the_words_around_it() -> None:
    assert [phone.written for phone in find_phones("022 1234567 (office)")] == ["022 1234567 (office)"]


def test_hostile_text_is_searched_as_far_as_a_contact_is_long() -> None:
    assert len(find_phones("9820012345 " * 5_000, "India")) == 27


@pytest.mark.parametrize(
    "written", ["+91 98200 12345", "+919820012345", "+91-9820012345", "0091 98200 12345", "(+91) 9820012345"]
)
def test_indian_mobile_number_is_offered_on_whatsapp(written: str) -> None:
    assert find_phones(written)[0].whatsapp == "919820012345"


@pytest.mark.parametrize(
    "written",
    [
        *("9820012345", "98200 12345", "98200-12345", "982-001-2345", "98 20 01 23 45", "९८२००१२३४५"),
        *("0 9820012345", "09820012345", "91-9820012345", "919820012345", "0919820012345"),
        *("+91-0-9820012345", "+91 (0) 98200 12345", "+91.98200.12345", "00919820012345"),
        *("+91 98200 12345", "(+91) 9820012345", "Mob: 9820012345", "9820012345 (WhatsApp)"),
    ],
)
@pytest.mark.parametrize("countries", ["India", ["India"]])
def test_mobile_number_of_a_place_in_india_is_offered_in_every_spelling(
    written: str, countries: str | list[str]
) -> None:
    (phone,) = find_phones(written, countries)
    assert (phone.dialled, phone.whatsapp) == ("+919820012345", "919820012345")


@pytest.mark.parametrize("countries", ["", [], "China", ["China", "India"]])
def test_number_without_a_country_is_dialled_as_written_where_it_may_be_abroad(
    countries: str | list[str],
) -> None:
    (phone,) = find_phones("9820012345", countries)
    assert (phone.dialled, phone.whatsapp) == ("9820012345", "")


@pytest.mark.parametrize(
    "written",
    [
        "+91 22 2417 7000",  # begins with 2
        "+91 80 41234567",  # landline in Bengaluru
        "8041234567",
        "+91 651 2345678",  # landline in Ranchi
        "+1 982 001 2345",
        "+91 98200 1234",
        "+91 98200 123456",
        "+9198200123456789",
    ],
)
def test_other_numbers_are_not(written: str) -> None:
    assert [phone for phone in find_phones(written, "India") if phone.whatsapp] == []


def test_text_names_the_trial_in_the_language_of_the_page() -> None:
    with override("hi"):
        said = unquote(first_words("CTRI/2023/03/050689"))
    assert said.startswith("नमस्ते। मैं CAR T ट्रायल CTRI/2023/03/050689 के")
