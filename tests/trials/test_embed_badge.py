"""The badge of a hospital counts what is open, and says whose word that is."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from lxml import etree

from tests.builders import make_trial, site
from trials.choices import Status
from trials.models import TrialSite

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 20, 6, tzinfo=UTC)
THIRD_OF_MARCH = datetime(2026, 3, 3, 6, tzinfo=UTC)


def words(answer: Any) -> str:
    """The title of the picture, which must also be what is drawn."""
    root = etree.fromstring(answer.content)
    names = {"s": "http://www.w3.org/2000/svg"}
    drawn = " ".join(text.text or "" for text in root.findall(".//s:text", names))
    assert (root.get("role"), root.findtext("s:title", namespaces=names)) == ("img", drawn)
    return drawn


def said(slug: str = "a-mumbai", prefix: str = "") -> str:
    with time_machine.travel(NOW, tick=False):
        return words(Client().get(f"{prefix}/embed/badge/{slug}.svg"))


def confirm(number: int, word: str, day: datetime) -> None:
    rows = TrialSite.objects.order_by("pk").values_list("pk", flat=True)[:number]
    TrialSite.objects.filter(pk__in=list(rows)).update(
        confirmed=word, confirmed_at=day, is_open=word == "open"
    )


@pytest.fixture(autouse=True)
def two_open_trials() -> None:
    with time_machine.travel(NOW, tick=False):
        make_trial(sites=[site("A", "Mumbai")])
        make_trial(sites=[site("A", "Mumbai")])
        make_trial(sites=[site("A", "Mumbai", status=Status.COMPLETED)])


def test_what_only_the_registry_says_is_not_confirmed() -> None:
    assert said() == "CAR T trials here: 2 open, not confirmed"


def test_confirmed_trials_carry_the_day_of_the_oldest_word() -> None:
    confirm(2, "open", datetime(2026, 3, 9, tzinfo=UTC))
    confirm(1, "open", THIRD_OF_MARCH)
    assert said() == "CAR T trials here: 2 open, confirmed 3 March"
    assert said(prefix="/hi") == "यहाँ CAR T ट्रायल: 2 खुले, पुष्टि 3 मार्च को"


def test_some_confirmed_are_counted() -> None:
    confirm(1, "open", THIRD_OF_MARCH)
    assert said() == "CAR T trials here: 2 open, 1 of them confirmed 3 March"


def test_old_word_confirms_nothing() -> None:
    confirm(2, "open", datetime(2025, 11, 1, tzinfo=UTC))
    assert said() == "CAR T trials here: 2 open, not confirmed"


def test_full_is_not_open() -> None:
    confirm(2, "full", THIRD_OF_MARCH)
    assert said() == "CAR T trials here: none known to be open"


def test_unknown_hospital_is_a_404_that_says_so(client: Client) -> None:
    answer = client.get("/embed/badge/nowhere.svg")
    assert (answer.status_code, words(answer)) == (404, "CAR T trials here: this hospital is not known")


def test_unknown_parameter_is_refused(client: Client) -> None:
    assert client.get("/embed/badge/a-mumbai.svg", {"x": "1"}).status_code == 400


def test_sample_data_are_marked(client: Client) -> None:
    make_trial(sample=True, sites=[site("B", "Pune")])
    assert said("b-pune") == "Sample data · CAR T trials here: 1 open, not confirmed"


def test_badge_is_kept_for_minutes_and_asked_for_again(client: Client) -> None:
    answer = client.get("/embed/badge/a-mumbai.svg")
    assert answer.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert (answer.headers["Cache-Control"], answer.cookies.keys()) == ("public, no-cache", {}.keys())
    same = {"If-None-Match": answer.headers["ETag"]}
    assert client.get("/embed/badge/a-mumbai.svg", headers=same).status_code == 304
