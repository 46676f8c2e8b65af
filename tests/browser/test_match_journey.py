"""Answering once, in a real browser: with scripts nothing leaves the page, without them the form works."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests import match_set
from tests.browser.axe import violations
from tests.browser.test_accessibility import WIDE, both_languages, both_themes, flaws, phone
from tests.browser.test_takeaway_journey import what_it_tells
from tests.match_set import ANSWERS, GROUPS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def device(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """A phone with scripts."""
    match_set.fill()
    context = browser.new_context(base_url=live_server.url, viewport={"width": 360, "height": 800})
    yield context
    context.close()


def answer(page: Page, name: str) -> None:
    """Give the answer to one field, however it is asked."""
    control = page.locator(f"[name={name}]")
    if name == "conditions":
        control.select_option(ANSWERS[name])
    elif name == "age":
        control.fill(ANSWERS[name])
    else:
        page.locator(f'[name={name}][value="{ANSWERS[name]}"]').check()


def answer_all(page: Page) -> None:
    """Through all questions to the list, one after another."""
    for name in ANSWERS:
        if not page.locator(f"[name={name}]").first.is_visible():
            page.locator("[data-do=next]:visible").click()
        answer(page, name)
    page.locator("[data-do=next]:visible").click()
    page.locator("[data-row]").first.wait_for()


def groups(page: Page) -> dict[str, list[str]]:
    """The ids of the trials in each group that is shown."""
    found = {}
    for group in page.locator("section[data-letter]:visible").all():
        links = group.locator("h3 a").all()
        addresses = [link.get_attribute("href") or "" for link in links]
        found[group.get_attribute("id") or ""] = [one.split("/trials/")[1].strip("/") for one in addresses]
    return found


def test_answers_stay_in_the_page_and_the_three_groups_are_right(device: BrowserContext) -> None:
    page, sent, errors = device.new_page(), [], []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("/match/")
    page.on("request", lambda request: sent.append(request))
    answer_all(page)
    assert groups(page) == GROUPS
    asked = [request.url for request in sent if "/static/" not in request.url]
    assert [address.rpartition("/match/")[2] for address in asked] == ["trials/"]
    assert [what_it_tells(request) for request in sent if what_it_tells(request)] == []
    against = page.locator("#against [data-line]:visible")
    expect(against).to_have_count(2)
    expect(against.locator("q")).to_have_text([match_set.QUOTE])
    assert (errors, page.url.endswith("/match/"), page.evaluate("localStorage.length")) == ([], True, 0)


def test_skipping_is_no_answer_and_each_can_be_changed(device: BrowserContext) -> None:
    page = device.new_page()
    page.goto("/match/")
    for _ in range(10):
        page.locator("[data-do=skip]:visible").click()
    page.locator("[data-row]").first.wait_for()
    assert "against" not in groups(page)
    page.locator("[data-do=change]").click()
    answer(page, "conditions")
    page.get_by_role("button", name="Show the trials").click()
    assert groups(page)["against"] == [match_set.OTHER_DISEASE]


def test_answers_outlast_a_look_at_a_trial_and_can_be_deleted(device: BrowserContext) -> None:
    page = device.new_page()
    page.goto("/match/")
    answer_all(page)
    page.locator("h3 a").first.click()
    page.goto("/hi/match/")
    page.locator("[data-row]").first.wait_for()
    assert groups(page) == GROUPS
    page.locator("[data-do=wipe]").click()
    assert page.evaluate("sessionStorage.length") == 0
    page.get_by_role("button", name="ट्रायल दिखाएँ").click()
    assert "against" not in groups(page)


def test_age_that_cannot_be_and_damaged_memory_break_nothing(device: BrowserContext) -> None:
    page, errors = device.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("/match/")
    for rubbish in ("{", "7", "[]", '{"a": 1}', '["x", null, {}]'):
        page.evaluate("r => { sessionStorage['tf-match'] = r }", rubbish)
        page.reload()
    page.evaluate("sessionStorage.clear()")
    page.reload()
    page.locator("[data-do=skip]:visible").click()
    page.locator("[name=age]").fill("300")
    page.locator("[data-do=next]:visible").click()
    expect(page.locator("[name=age]")).to_be_visible()
    assert errors == []


def test_list_that_cannot_be_loaded_says_so(device: BrowserContext) -> None:
    page = device.new_page()
    page.route("**/match/trials/", lambda route: route.abort())
    page.goto("/match/")
    page.get_by_role("button", name="Show the trials").click()
    expect(page.locator("[data-failed]")).not_to_be_empty()
    page.unroute("**/match/trials/")
    page.locator("[data-do=change]").click()
    page.get_by_role("button", name="Show the trials").click()
    page.locator("[data-row]").first.wait_for()


def test_form_is_sent_without_scripts(plain_page: Page) -> None:
    match_set.fill()
    plain_page.goto("/match/")
    for name in ANSWERS:
        answer(plain_page, name)
    plain_page.get_by_role("button", name="Show the trials").click()
    assert groups(plain_page) == GROUPS
    assert plain_page.locator("main button:visible").count() == 1


@both_themes
@both_languages
def test_pages_have_no_violations(
    browser: Browser, live_server: LiveServer, language: str, theme: str
) -> None:
    match_set.fill()
    assert flaws(phone(browser, live_server, theme), [f"{language}/match/"]) == []
    context = phone(browser, live_server, theme)
    page = context.new_page()
    page.goto(f"{language}/match/")
    answer_all(page)
    assert [v["id"] for v in violations(page)] == []
    assert not page.evaluate(WIDE)
    context.close()
