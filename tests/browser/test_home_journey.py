"""The first page, its header and footer on small screens; names of what it shows, as axe reads them."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from importers.registries.slugs import Registry
from tests import pages
from tests.browser.axe import violations
from tests.browser.test_accessibility import WIDE, both_languages, both_themes, flaws, phone
from trials.models import RegistrySource

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAMES = {
    "runOnly": {"type": "rule", "values": ["label-content-name-mismatch"]},
    "rules": {"label-content-name-mismatch": {"enabled": True}},
}
THIRD_OF_A_PHONE = 640 / 3


def fill() -> None:
    """A catalogue of which one registry was read today, and the other only from files."""
    pages.fill()
    now = timezone.now()
    RegistrySource.objects.filter(registry=Registry.CTGOV).update(last_good_at=now)
    RegistrySource.objects.create(registry=Registry.CTRI, last_good_at=now, last_tried_at=now, last_error="x")


def opened(browser: Browser, live_server: LiveServer, path: str, width: int = 360) -> Page:
    page = browser.new_page(base_url=live_server.url, viewport={"width": width, "height": 640})
    page.goto(path)
    return page


def box(page: Page, selector: str) -> Any:
    found = page.locator(selector).first.bounding_box()
    assert found is not None, selector
    return found


@both_themes
@both_languages
def test_home_has_no_violations(browser: Browser, live_server: LiveServer, language: str, theme: str) -> None:
    fill()
    assert flaws(phone(browser, live_server, theme), [f"{language}/", f"{language}/map/"]) == []


@both_languages
def test_names_begin_with_what_is_seen(browser: Browser, live_server: LiveServer, language: str) -> None:
    fill()
    page = phone(browser, live_server, "light").new_page()
    for path in (f"{language}/", f"{language}/map/"):
        page.goto(path)
        assert violations(page, NAMES) == []


@both_languages
def test_search_and_what_is_open_stand_on_the_first_screen(
    browser: Browser, live_server: LiveServer, language: str
) -> None:
    fill()
    page = opened(browser, live_server, f"{language}/")
    shown = box(page, ".open-now")
    assert box(page, "#q")["y"] < shown["y"] < shown["y"] + shown["height"] < 640


@both_languages
@pytest.mark.parametrize("width", [320, 360])
def test_header_is_one_line(browser: Browser, live_server: LiveServer, language: str, width: int) -> None:
    fill()
    page = opened(browser, live_server, f"{language}/", width)
    assert (box(page, ".site-header")["height"] <= 64, page.evaluate(WIDE)) == (True, False)
    assert box(page, ".brand > span")["height"] < 32


@both_languages
def test_footer_takes_a_third_of_a_phone_and_a_legal_line(
    browser: Browser, live_server: LiveServer, language: str
) -> None:
    fill()
    page = opened(browser, live_server, f"{language}/about/")
    legal = box(page, ".legal")["height"]
    assert (box(page, ".site-footer")["height"] - legal <= THIRD_OF_A_PHONE, legal < 32) == (True, True)
