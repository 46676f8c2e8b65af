"""The guided path as people walk it, without scripts and by keyboard alone; filters with scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests import pages
from tests.browser.test_accessibility import both_languages, both_themes, flaws, phone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = pytest.mark.parametrize("width", [360, 768, 1280])
PATHS = [
    "/find/",
    "/find/?group=leukaemia",
    "/find/?group=leukaemia&condition=b-all",
    "/find/?group=leukaemia&condition=b-all&age=200",
    "/find/?group=leukaemia&condition=b-all&age=7",
    "/find/?group=&condition=&age=&near=Atlantis",
    "/find/?group=flu",
    "/trials/?condition=myeloma",
    "/trials/?condition=lbcl&near=Pune&age=45",
    "/trials/?condition=lbcl&state=assam&phase=PHASE3",
]


@pytest.fixture
def visitor(browser: Browser, live_server: LiveServer, width: int) -> Iterator[Page]:
    pages.fill()
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    page.goto("/")
    yield page
    context.close()


@WIDTHS
def test_family_answers_four_questions_and_goes_back(visitor: Page) -> None:
    visitor.get_by_role("link", name="B-cell lymphoma and CLL").click()
    visitor.get_by_role("link", name="Large B-cell lymphoma (DLBCL)").click()
    visitor.get_by_role("link", name="Adult (18 or older)").click()
    visitor.get_by_label("Near which city or PIN code?").fill("Pune")
    visitor.get_by_role("button", name="Show trials").first.click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("2 trials")
    nearest = visitor.locator("[data-door]").first
    expect(nearest).to_contain_text("Example Hospital")
    expect(nearest).to_contain_text("119 km")
    visitor.go_back()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Where should the hospital be?")
    visitor.go_back()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("How old is the patient?")


@WIDTHS
def test_family_that_is_not_sure_still_arrives(visitor: Page) -> None:
    for answer in ("Not sure", "Prefer not to say", "Anywhere: show the trials, India first"):
        visitor.get_by_role("link", name=answer).click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("27 trials")
    expect(visitor.get_by_role("heading", level=2).first).to_have_text("Open in India now")


@WIDTHS
def test_mistyped_place_is_asked_again(visitor: Page) -> None:
    visitor.goto("/hi/find/?group=&condition=&age=")
    visitor.get_by_label("किस शहर या पिन कोड के पास?").fill("Atlantis")
    visitor.get_by_role("button", name="ट्रायल दिखाएँ").first.click()
    expect(visitor.get_by_role("alert")).to_contain_text("Atlantis")
    expect(visitor.get_by_label("किस शहर या पिन कोड के पास?")).to_have_value("Atlantis")


@WIDTHS
def test_path_can_be_walked_by_keyboard_alone(visitor: Page) -> None:
    tab_to(visitor, "Leukaemia")
    for answer in ("Not sure", "Child (under 18)"):
        tab_to(visitor, answer)
    focus(visitor, "near")
    visitor.keyboard.type("411001")
    visitor.keyboard.press("Enter")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("No trial matches all of this")
    tab_to(visitor, "Show all trials")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("27 trials")


def tab_to(page: Page, name: str) -> None:
    """Presses Tab until the link of this name has the focus, then Enter."""
    for _ in range(120):
        page.keyboard.press("Tab")
        link = page.locator("a:focus")
        if link.count() and link.inner_text().strip() == name:
            page.keyboard.press("Enter")
            page.wait_for_load_state()
            return
    raise AssertionError(f"no way to {name} by keyboard")


def focus(page: Page, field: str) -> None:
    """Presses Tab until this field has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.locator(f"#{field}:focus").count():
            return
    raise AssertionError(f"no way to {field} by keyboard")


@WIDTHS
def test_menu_opens_without_scripts_and_keeps_its_links_in_reach(visitor: Page, width: int) -> None:
    if width < 896:
        visitor.get_by_text("Menu").click()
    visitor.get_by_role("link", name="Hospitals", exact=True).click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Hospitals with CAR T trials in India")


def test_filters_answer_at_once_and_keep_the_focus(browser: Browser, live_server: LiveServer) -> None:
    pages.fill()
    page = browser.new_page(base_url=live_server.url, viewport={"width": 1280, "height": 900})
    page.goto("/trials/")
    page.get_by_label("Phase 2").check()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 trial")
    expect(page.locator("#told")).to_have_text("1 trial")
    expect(page).to_have_url(f"{live_server.url}/trials/?phase=PHASE2")
    assert page.evaluate("document.activeElement.value") == "PHASE2"
    expect(page.locator(".language")).to_have_attribute("href", "/hi/trials/?phase=PHASE2")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("27 trials")
    expect(page.get_by_label("Phase 2")).not_to_be_checked()
    page.context.close()


@both_themes
@both_languages
def test_pages_have_no_violations(
    browser: Browser, live_server: LiveServer, language: str, theme: str
) -> None:
    pages.fill()
    assert flaws(phone(browser, live_server, theme), [f"{language}{path}" for path in PATHS]) == []
