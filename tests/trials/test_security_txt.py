"""Where people who found a hole write, as RFC 9116 wants it."""

from datetime import datetime

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db
PATH = "/.well-known/security.txt"


@time_machine.travel(datetime.fromisoformat("2026-11-29T10:00:00+05:30"), tick=False)
def test_it_has_the_fields_of_the_standard(settings: Settings) -> None:
    settings.CONTACT_EMAIL = "security@trials.example.org"
    settings.SITE_URL = "https://trials.example.org"
    answer = Client().get(PATH)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert answer.content.decode() == (
        "Contact: mailto:security@trials.example.org\n"
        "Expires: 2027-02-27T00:00:00Z\n"
        "Preferred-Languages: en, hi\n"
        "Canonical: https://trials.example.org/.well-known/security.txt\n"
    )


def test_without_a_contact_there_is_none(settings: Settings) -> None:
    settings.CONTACT_EMAIL = ""
    assert Client().get(PATH).status_code == 404
