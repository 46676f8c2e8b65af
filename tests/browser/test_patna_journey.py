"""A relative in Patna, in Hindi, on a small phone without scripts: from the first page to the telephone."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page
from pytest_django.live_server_helper import LiveServer

from importers.registries.slugs import Registry
from tests import trial_pages
from tests.builders import make_trial, site
from trials.choices import Status
from trials.models import RegistrySource

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEIGHT = 640
FIRST_TITLE = 420  # pixels from the top of the page
TRIAL_SCREENS = 7


def contact(number: str) -> dict[str, str]:
    return {"name": "Dr Example", "role": "", "affiliation": "", "phone": number, "email": ""}


@dataclass
class Visitor:
    """A person with a phone who counts what they do."""

    page: Page
    taps: int = 0
    fields: int = 0

    def tap(self, target: Locator) -> None:
        self.taps += 1
        target.click()

    def write(self, target: Locator, words: str) -> None:
        self.fields += 1
        target.fill(words)


@pytest.fixture
def visitor(browser: Browser, live_server: LiveServer) -> Iterator[Visitor]:
    RegistrySource.objects.create(registry=Registry.CTRI)
    sites = [
        site("Far Hospital", "Mumbai", contacts=[contact("022 2417 7000")]),
        site("Near Hospital", "Lucknow", "Uttar Pradesh", contacts=[contact("98200 12345")]),
        site("Closed Hospital", "Patna", "Bihar", status=Status.COMPLETED, contacts=[contact("98200 99999")]),
    ]
    make_trial(
        "CTRI/2026/01/000001",
        registry=Registry.CTRI,
        sites=sites,
        min_age_years=18,
        conditions=["lbcl"],
        targets=["CD19"],
        phases=["PHASE2"],
    )
    make_trial(
        "NCT00000001", conditions=["lbcl"], sites=[site("Abroad", "Houston", "Texas", "United States")]
    )
    make_trial("NCT00000002", conditions=["lbcl"], status=Status.UNKNOWN, sites=[site("B", "Patna", "Bihar")])
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 360, "height": HEIGHT}
    )
    page = context.new_page()
    page.goto("/hi/")
    yield Visitor(page)
    context.close()


def nearest_call(page: Page) -> tuple[str, float]:
    """The first number to call, and how many screens of scrolling bring it into view."""
    call = page.locator("a[href^='tel:']").first
    box = call.bounding_box()
    assert box is not None
    return call.get_attribute("href") or "", max(0, box["y"] + box["height"] - HEIGHT) / HEIGHT


def test_search_leads_to_the_nearest_open_hospitals_telephone(visitor: Visitor) -> None:
    page = visitor.page
    visitor.write(page.locator("main input[name=q]"), "लिंफोमा पटना")
    visitor.tap(page.locator("main form[role=search] button"))
    title = page.locator(".trial-card h3 a").first.bounding_box()
    number, screens = nearest_call(page)
    visitor.tap(page.locator("a[href^='tel:']").first)
    assert (number, visitor.taps <= 4, visitor.fields, screens <= 1) == ("tel:+919820012345", True, 1, True)
    assert title is not None
    assert title["y"] <= FIRST_TITLE


def test_trial_page_still_knows_the_city(visitor: Visitor) -> None:
    page = visitor.page
    visitor.write(page.locator("main input[name=q]"), "लिंफोमा पटना")
    visitor.tap(page.locator("main form[role=search] button"))
    visitor.tap(page.locator(".trial-card h3 a").first)
    number, screens = nearest_call(page)
    assert (number, screens <= 1) == ("tel:+919820012345", True)


def test_page_of_a_trial_with_full_text_fits_seven_screens(browser: Browser, live_server: LiveServer) -> None:
    trial_pages.fill()
    context = browser.new_context(base_url=live_server.url, viewport={"width": 360, "height": HEIGHT})
    page = context.new_page()
    page.goto(f"/trials/{trial_pages.NUMBER}/?near=patna&age=62&condition=lbcl")
    assert page.evaluate("document.documentElement.scrollHeight") / HEIGHT <= TRIAL_SCREENS
    context.close()
