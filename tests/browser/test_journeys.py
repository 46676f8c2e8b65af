"""What people do, in a real browser with scripts off, on a small phone and by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests import pages

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def visitor(plain_page: Page) -> Page:
    """A browser without scripts, at each of the three widths, on the first page."""
    pages.fill()
    plain_page.goto("/")
    return plain_page


def test_family_finds_a_trial_near_them_and_whom_to_call(visitor: Page) -> None:
    visitor.get_by_label("Cancer, treatment or place").fill("DLBCL Mumbai")
    visitor.get_by_role("button", name="Search").click()
    expect(visitor.get_by_role("link", name="022 1234567")).to_have_attribute("href", "tel:0221234567")
    visitor.get_by_role("link", name="CD19 CAR T for large B-cell lymphoma").click()
    expect(visitor.locator("#nearest").get_by_role("link", name="Example Hospital").first).to_be_visible()
    visitor.get_by_text("Who can join and who cannot").click()
    expect(visitor.get_by_role("listitem").get_by_text("Two earlier treatments")).to_be_visible()
    near = visitor.locator("#nearest").get_by_role("link", name="022 1234567")
    expect(near).to_have_attribute("href", "tel:0221234567")


def test_visitor_chooses_a_cancer_and_takes_the_choice_off_again(visitor: Page) -> None:
    visitor.get_by_role("link", name="Myeloma and plasma-cell disorders").click()
    visitor.get_by_role("link", name="Multiple myeloma").click()
    visitor.get_by_role("link", name="Skip the questions: show trials").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("25 trials")
    visitor.get_by_role("link", name="Remove: Multiple myeloma").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("27 trials")


def test_visitor_leafs_through_the_pages(visitor: Page) -> None:
    visitor.get_by_role("link", name="27 listed").click()
    visitor.get_by_role("link", name="Next page").click()
    expect(visitor.get_by_text("Page 2 of 2")).to_be_visible()
    visitor.get_by_role("link", name="Back").click()
    expect(visitor.get_by_text("Page 1 of 2")).to_be_visible()


def test_reader_of_hindi_keeps_the_search(visitor: Page) -> None:
    visitor.goto("/trials/?condition=lbcl")
    visitor.get_by_role("link", name="हिंदी").click()
    expect(visitor).to_have_url(f"{visitor.url.split('/hi/')[0]}/hi/trials/?condition=lbcl")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("2 ट्रायल")


def test_search_works_by_keyboard_alone(visitor: Page) -> None:
    visitor.get_by_label("Cancer, treatment or place").focus()
    visitor.keyboard.type("lupus")
    visitor.keyboard.press("Enter")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("1 trial")


def test_empty_list_leads_on(visitor: Page) -> None:
    visitor.goto("/trials/?condition=lbcl&city=Pune&recruiting=india")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("No trial matches all of this")
    visitor.get_by_role("link", name="Trials recruiting in Mumbai").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("1 trial")
