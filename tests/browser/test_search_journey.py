"""What a person reads about their own words, with scripts off at three widths; axe on the page."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests import pages
from tests.browser.axe import violations
from tests.browser.test_accessibility import WIDE, both_languages, both_themes, phone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MISSPELT = "/trials/?q=lymfoma+or+food+pipe+cancer+hydrabad"


@pytest.fixture
def visitor(plain_page: Page) -> Page:
    """On the first page."""
    pages.fill()
    plain_page.goto("/")
    return plain_page


def test_visitor_sees_what_a_misspelt_word_was_read_as_and_undoes_it(visitor: Page) -> None:
    visitor.get_by_label("Cancer, treatment or place").fill("lymfoma phase 1")
    visitor.get_by_role("button", name="Search").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("1 trial")
    visitor.get_by_role("link", name="Widened for you. Undo: lymfoma → lymphoma").click()
    expect(visitor.get_by_text('No trial mentions "lymfoma".')).to_be_visible()
    visitor.get_by_role("link", name="Remove: Words as typed").click()
    expect(visitor.get_by_role("link", name="Widened for you. Undo: lymfoma → lymphoma")).to_be_visible()


def test_visitor_takes_off_the_place_and_then_the_broad_trials(visitor: Page) -> None:
    visitor.goto("/trials/?q=DLBCL+Mumbai")
    visitor.get_by_role("link", name="Remove: Near Mumbai").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("2 trials")
    visitor.get_by_role("link", name="Widened for you. Undo: also broad trials").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("1 trial")


@both_languages
@both_themes
def test_understood_and_widened_words_have_no_flaw(
    browser: Browser, live_server: LiveServer, theme: str, language: str
) -> None:
    pages.fill()
    context = phone(browser, live_server, theme)
    page = context.new_page()
    page.goto(language + MISSPELT)
    found = [rule["id"] for rule in violations(page)]
    assert (found, page.evaluate(WIDE)) == ([], False)
    context.close()
