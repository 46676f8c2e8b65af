"""Taking trials away, in a real browser: without scripts at three widths, with them, and on paper."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect
from pytest_django.live_server_helper import LiveServer

from tests import takeaway
from tests.browser.test_accessibility import both_languages, both_themes, flaws, phone
from tests.takeaway import BARE_ID, CTRI_ID, LONG_ID

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PATHS = [
    "/shortlist/",
    f"/shortlist/?id={CTRI_ID}&id={LONG_ID}&id=NCT99999999",
    "/compare/",
    f"/compare/?id={CTRI_ID}",
    f"/compare/?id={CTRI_ID}&id={BARE_ID}&near=Delhi",
    f"/compare/?id={CTRI_ID}&id={BARE_ID}&id={LONG_ID}",
    *(f"/trials/{one}/{kind}/" for one in (CTRI_ID, BARE_ID, LONG_ID) for kind in ("sheet", "check")),
    f"/trials/{CTRI_ID}/",
    "/trials/",
]


@pytest.fixture
def visitor(plain_page: Page) -> Page:
    """A browser without scripts, at each of the three widths."""
    takeaway.fill()
    return plain_page


@pytest.fixture
def device(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """A phone with scripts and a memory of its own."""
    takeaway.fill()
    context = browser.new_context(base_url=live_server.url, viewport={"width": 360, "height": 800})
    yield context
    context.close()


def test_family_without_scripts_keeps_compares_and_takes_off(visitor: Page) -> None:
    visitor.goto("/trials/")
    visitor.get_by_role("link", name=f"Keep on my list {CTRI_ID}").click()
    visitor.get_by_label("Add a trial by its number").fill(BARE_ID.lower())
    visitor.get_by_role("button", name="Add").click()
    expect(visitor.locator("li[data-id]")).to_have_count(2)
    visitor.get_by_role("button", name="Compare the ticked trials").click()
    expect(visitor.get_by_role("rowheader", name="Phase")).to_have_text(re.compile("Not stated by all"))
    visitor.get_by_role("link", name="These trials as a list").click()
    visitor.get_by_role("link", name=f"Remove {BARE_ID}").click()
    expect(visitor.locator("li[data-id]")).to_have_count(1)


def test_list_goes_with_the_reader_through_the_search(visitor: Page) -> None:
    visitor.goto(f"/shortlist/?id={CTRI_ID}")
    visitor.get_by_role("link", name="Find trials").click()
    visitor.get_by_role("link", name=f"Keep on my list {BARE_ID}").click()
    expect(visitor.locator("li[data-id]")).to_have_count(2)


def test_comparison_of_three_needs_no_scrolling_sideways(visitor: Page) -> None:
    visitor.goto(f"/compare/?id={CTRI_ID}&id={BARE_ID}&id={LONG_ID}")
    table = visitor.get_by_role("table").first
    assert table.evaluate("e => e.getBoundingClientRect().right <= innerWidth")
    expect(visitor.get_by_role("rowheader", name="Nearest open hospital")).to_be_visible()


def test_check_list_without_scripts_can_be_ticked_and_holds_no_dead_button(visitor: Page) -> None:
    visitor.goto(f"/trials/{CTRI_ID}/check/")
    visitor.get_by_role("group", name="Active infection").get_by_label("Yes").check()
    expect(visitor.locator("main button")).to_have_count(2)
    assert visitor.locator("main button:visible").count() == 0


def test_device_keeps_the_list(device: BrowserContext) -> None:
    page = device.new_page()
    page.goto("/trials/")
    page.get_by_role("button", name=f"Keep on my list {CTRI_ID}").click()
    page.goto(f"/trials/{BARE_ID}/")
    page.get_by_role("button", name="Keep on my list").press("Enter")
    if page.get_by_text("Menu", exact=True).is_visible():
        page.get_by_text("Menu", exact=True).click()
    page.get_by_role("link", name="My list").click()
    expect(page).to_have_url(re.compile(rf"/shortlist/\?id={CTRI_ID}&id={BARE_ID}$"))
    page.get_by_role("link", name=f"Remove {BARE_ID}").click()
    expect(page.locator("li[data-id]")).to_have_count(1)
    page.goto("/shortlist/")
    expect(page.locator("li[data-id]")).to_have_count(1)
    page.get_by_role("button", name="Delete my list").click()
    expect(page.get_by_text("Nothing is on this list yet.")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0


def test_list_of_somebody_else_is_kept_only_when_asked(device: BrowserContext) -> None:
    page = device.new_page()
    page.goto(f"/shortlist/?id={CTRI_ID}")
    assert page.evaluate("localStorage.length") == 0
    page.get_by_role("button", name="Keep this list on this device").click()
    assert page.evaluate("JSON.parse(localStorage['tf-list'])") == [CTRI_ID]


def test_answers_stay_on_the_device_and_unsure_ones_reach_the_sheet(device: BrowserContext) -> None:
    page, sent = device.new_page(), []
    page.goto(f"/trials/{CTRI_ID}/check/")
    page.on("request", lambda request: sent.append(request))
    infection = page.get_by_role("group", name="Active infection")
    infection.get_by_label("Yes").check()
    infection.get_by_label("Not sure").check()
    expect(infection.get_by_label("Yes")).not_to_be_checked()
    page.get_by_role("group", name="Heart failure").get_by_label("No", exact=True).check()
    page.get_by_role("link", name="To the sheet for the doctor").click()
    unsure = page.locator("[data-unsure]")
    expect(unsure.get_by_text("Active infection")).to_be_visible()
    expect(unsure.get_by_text("Heart failure")).to_be_hidden()
    assert [told for told in map(what_it_tells, sent) if told] == []
    page.goto(f"/trials/{CTRI_ID}/check/")
    page.get_by_role("button", name="Delete my answers").click()
    assert page.evaluate("localStorage.length") == 0
    page.goto(f"/trials/{CTRI_ID}/sheet/")
    expect(page.locator("[data-unsure]")).to_be_hidden()


def what_it_tells(request: Request) -> str:
    """Whatever a request carries besides the address of a page or a file of ours."""
    query = request.url.partition("?")[2]
    return query or request.post_data or ("" if request.method == "GET" else request.method)


def test_damaged_memory_breaks_nothing(device: BrowserContext) -> None:
    page, errors = device.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("/shortlist/")
    for rubbish in ("{", "7", '{"a": 1}', "[null, 3]", '"x"'):
        page.evaluate(
            f"r => {{ localStorage['tf-list'] = r; localStorage['tf-check:{CTRI_ID}'] = r }}", rubbish
        )
        for path in ("/shortlist/", f"/trials/{CTRI_ID}/", f"/trials/{CTRI_ID}/check/"):
            page.goto(path)
    assert errors == []


@both_languages
@pytest.mark.parametrize("trial_id", [CTRI_ID, BARE_ID, LONG_ID])
def test_sheet_fits_one_page_of_paper(
    device: BrowserContext, live_server: LiveServer, trial_id: str, language: str
) -> None:
    page = device.new_page()
    page.goto(f"{language}/trials/{trial_id}/check/")
    for box in page.locator("[data-answer=unsure]").all()[:30]:
        box.check()
    page.goto(f"{language}/trials/{trial_id}/sheet/")
    page.wait_for_load_state("networkidle")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 703, "height": 1000})  # what A4 leaves between its margins
    over = page.locator(".sheet").evaluate("sheet => sheet.scrollHeight - sheet.clientHeight")
    assert over <= 0
    assert page.locator(".notes").evaluate("notes => notes.clientHeight") >= 40
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1


@both_themes
@both_languages
def test_pages_to_take_away_have_no_violations(
    browser: Browser, live_server: LiveServer, language: str, theme: str
) -> None:
    takeaway.fill()
    assert flaws(phone(browser, live_server, theme), [f"{language}{path}" for path in PATHS]) == []


def test_scripts_stay_small() -> None:
    folder = Path(__file__).parents[2] / "trials/static/trials"
    assert sum((folder / name).stat().st_size for name in ("my_list.js", "check.js", "share.js")) <= 8 * 1024
