"""A list in the frame of another site, and the page that makes its lines: scripts on and off, axe inside."""

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests import pages
from tests.browser.axe import violations
from tests.browser.test_accessibility import both_languages, both_themes, flaws, phone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def host_page(context: BrowserContext, live_server: LiveServer, frame: str, script: bool = True) -> Page:
    """A page of another site that holds the lines of `/embed/`.

    Chromium takes what the test fulfils for a page of the internet, which must be let into this machine.
    """
    host = f"{live_server.url.replace('localhost', '127.0.0.1')}/of-a-hospital"
    context.grant_permissions(["local-network-access"])
    lines = f'<iframe src="{live_server.url}{frame}" title="CAR T trials" width="100%" height="300"></iframe>'
    if script:
        lines += f'<script src="{live_server.url}/embed/embed.js" async></script>'
    page = context.new_page()
    html = f'<!DOCTYPE html><html lang="en"><title>Hospital</title><body>{lines}</body></html>'
    page.route(host, lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(host)
    return page


def framed(page: Page) -> Frame:
    frame = page.frames[1]
    frame.wait_for_selector("main")
    return frame


def test_frame_gets_the_height_of_its_content(browser: Browser, live_server: LiveServer) -> None:
    pages.fill()
    context = browser.new_context()
    page = host_page(context, live_server, "/embed/trials/?rows=20")
    content = framed(page).evaluate("document.documentElement.offsetHeight")
    expect(page.locator("iframe")).to_have_css("height", f"{content}px")
    assert context.cookies() == []
    context.close()


def test_frame_works_without_scripts(browser: Browser, live_server: LiveServer) -> None:
    pages.fill()
    context = browser.new_context(java_script_enabled=False)
    page = host_page(context, live_server, "/embed/trials/", script=False)
    rows = page.frame_locator("iframe").locator("li[data-trial]")
    expect(rows.first).to_contain_text("Example Hospital, Mumbai")
    context.close()


@both_themes
@both_languages
def test_frame_has_no_violations(
    browser: Browser, live_server: LiveServer, language: str, theme: str
) -> None:
    pages.fill()
    context = phone(browser, live_server, theme)
    found: list[tuple[str, Any]] = []
    for query in ("", "?site=other-hospital-pune", "?accent=ffee00", "?theme=dark", "?rows=x"):
        page = host_page(context, live_server, f"{language}/embed/trials/{query}")
        frame = framed(page)
        found += [(query, one["id"]) for one in violations(frame)]
    context.close()
    assert found == []


@both_themes
@both_languages
def test_page_that_makes_the_lines_has_no_violations(
    browser: Browser, live_server: LiveServer, language: str, theme: str
) -> None:
    pages.fill()
    paths = [f"{language}/embed/", f"{language}/embed/?site=example-hospital-mumbai&accent=ffee00"]
    assert flaws(phone(browser, live_server, theme), paths) == []


def test_preview_and_lines_follow_each_choice(browser: Browser, live_server: LiveServer) -> None:
    pages.fill()
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    page.goto("/embed/")
    page.get_by_label("Hospital", exact=True).select_option("example-hospital-mumbai")
    row = page.frame_locator("iframe.preview").locator("li[data-trial]")
    expect(row).to_have_count(1)
    expect(page.locator("#code")).to_contain_text("/embed/trials/?site=example-hospital-mumbai")
    page.get_by_role("button", name="Copy The list").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    context.close()


def test_lines_are_made_without_scripts(plain_page: Page) -> None:
    pages.fill()
    plain_page.goto("/embed/")
    plain_page.get_by_label("Hospital", exact=True).select_option("example-hospital-mumbai")
    plain_page.get_by_role("button", name="Show").click()
    expect(plain_page.locator("#code")).to_contain_text("/embed/trials/?site=example-hospital-mumbai")
