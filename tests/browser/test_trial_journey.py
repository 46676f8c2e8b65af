"""What a family does on the page of one trial, with scripts off, at three widths."""

import pytest
from django.core.cache import caches
from playwright.sync_api import Page, expect

from tests import trial_pages
from trials.models.reports import ErrorReport

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def visitor(plain_page: Page) -> Page:
    """A browser without scripts on the page of the full trial."""
    trial_pages.fill()
    caches["limits"].clear()
    plain_page.goto(f"/trials/{trial_pages.NUMBER}/")
    return plain_page


def test_family_learns_who_can_join_and_reads_the_sentence(visitor: Page) -> None:
    expect(visitor.get_by_text("Disease of the brain is allowed.").first).to_be_hidden()
    visitor.get_by_text("Disease in the brain or spinal cord:").click()
    expect(visitor.get_by_text("Disease of the brain is allowed.").first).to_be_visible()
    expect(visitor.get_by_text("The registries do not agree: ask")).to_be_visible()


def test_family_finds_the_way_to_call_write_and_message(visitor: Page) -> None:
    here = visitor.locator("#where")
    here.get_by_text("Example Hospital").first.click()
    expect(here.get_by_role("link", name="Call +91 98200 12345").first).to_have_attribute(
        "href", "tel:+919820012345"
    )
    message = here.get_by_role("link", name="WhatsApp").first.get_attribute("href") or ""
    assert message.startswith(
        "https://wa.me/919820012345?text=Hello.%20I%20am%20asking%20about%20the%20CAR%20T"
    )
    assert "NCT00000001" in message


def test_family_sees_what_is_stated_and_what_to_ask(visitor: Page) -> None:
    costs = visitor.locator("#costs")
    expect(costs.get_by_text("Travel expenses are reimbursed.")).to_be_visible()
    expect(costs.get_by_role("list", name="Not stated").get_by_role("listitem")).to_have_count(4)
    visitor.get_by_text("Each step, in the record's words").click()
    expect(visitor.get_by_text("Cells are given without lymphodepletion.").first).to_be_visible()
    visitor.get_by_text("Is it genuine, and who watches over it?").click()
    expect(visitor.locator("#safety").get_by_text("submitted, not decided yet")).to_be_visible()


def test_visitor_reports_a_wrong_number_and_comes_back(visitor: Page) -> None:
    visitor.get_by_role("link", name="Something is wrong here: tell us").click()
    visitor.get_by_role("button", name="Send").click()
    expect(visitor.get_by_role("alert")).to_contain_text("Choose what is wrong.")
    visitor.get_by_label("A telephone number, an e-mail address or a hospital is wrong").check()
    visitor.get_by_label("Please describe it").fill("Nobody answers there.")
    visitor.get_by_role("button", name="Send").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Thank you")
    visitor.get_by_role("link", name="Back to the trial").click()
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("CD19 CAR T for large B-cell lymphoma")
    assert [report.text for report in ErrorReport.objects.all()] == ["Nobody answers there."]


def test_report_can_be_sent_by_keyboard_alone(visitor: Page) -> None:
    visitor.goto(f"/trials/{trial_pages.NUMBER}/report/")
    visitor.get_by_label("Something else").focus()
    visitor.keyboard.press("Space")
    visitor.keyboard.press("Tab")
    visitor.keyboard.type("Wrong.")
    visitor.keyboard.press("Tab")
    visitor.keyboard.press("Tab")  # the trap is not on the way
    visitor.keyboard.press("Enter")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Thank you")
