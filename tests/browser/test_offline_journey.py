"""A phone in aeroplane mode, and a voice that reads."""

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.signals import request_started
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests import desk, takeaway
from tests.browser.test_accessibility import both_languages, flaws, phone
from tests.takeaway import BARE_ID, CTRI_ID

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEPT = """async () => {
  const cache = await caches.open("tf-pages");
  return (await cache.keys()).map(({ url }) => url.slice(location.origin.length));
}"""
VOICES = """(() => {
  const heard = [];
  window.heard = heard;
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => [{ lang: "en-IN", localService: LOCAL }],
    speak: (piece) => heard.push(piece),
    cancel: () => heard.splice(0),
  } });
})()"""


@pytest.fixture
def device(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    takeaway.fill()
    context = browser.new_context(base_url=live_server.url, viewport={"width": 360, "height": 800})
    yield context
    context.close()


def kept(page: Page) -> set[str]:
    return set(page.evaluate(KEPT))


def wait_until(page: Page, state: Callable[[], bool]) -> None:
    """A page is awaited by Playwright, what its worker does is not."""
    for _ in range(300):
        if state():
            return
        page.wait_for_timeout(100)
    pytest.fail(f"not reached; kept: {sorted(kept(page))}")


def wait_until_kept(page: Page, *paths: str) -> None:
    wait_until(page, lambda: kept(page) >= set(paths))


def expect_old(page: Page) -> None:
    expect(page.locator("[data-as-it-was]")).to_be_visible()
    expect(page.locator("[data-as-it-was] time")).to_have_text(re.compile(r"\d{4}.*\d:\d\d"))


def test_my_list_and_its_trials_are_readable_in_aeroplane_mode(device: BrowserContext) -> None:
    page = device.new_page()
    page.goto("/trials/?near=Delhi&age=41")
    page.get_by_role("button", name=f"Keep on my list {CTRI_ID}").click()
    mine = f"/shortlist/?id={CTRI_ID}"
    wait_until_kept(page, f"/trials/{CTRI_ID}/sheet/", mine, "/offline/", "/car-t/", "/offline/list/")
    page.goto(f"/trials/{BARE_ID}/?near=Delhi&age=41")
    expect(page.locator("[data-as-it-was]")).to_be_hidden()
    wait_until_kept(page, f"/trials/{BARE_ID}/")
    assert [path for path in kept(page) if "Delhi" in path or "41" in path] == []

    device.set_offline(True)
    for path in (mine, f"/trials/{CTRI_ID}/", f"/trials/{CTRI_ID}/?near=Pune", "/car-t/", "/offline/list/"):
        page.goto(path)
        expect_old(page)
    expect(page.locator(".trial-card").first).to_be_visible()
    page.goto(f"/trials/{BARE_ID}/")
    expect_old(page)
    assert "Delhi" not in page.content()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgba(0, 0, 0, 0)"

    page.goto("/numbers/")
    expect(page.locator("[data-kept-pages] a")).to_have_count(6)
    page.goto("/trials/?condition=lupus")
    expect(page.locator("[data-kept-pages]")).to_be_attached()

    device.set_offline(False)
    page.goto(f"/trials/{CTRI_ID}/")
    expect(page.locator("[data-as-it-was]")).to_be_hidden()
    page.goto("/privacy/")
    page.locator("[data-forget]").click()
    expect(page.locator("[data-forgotten]")).not_to_be_empty()
    assert page.evaluate("caches.keys()") == []


def test_pages_of_staff_are_never_kept_and_signing_out_deletes_the_rest(
    device: BrowserContext, live_server: LiveServer
) -> None:
    page = device.new_page()
    page.goto("/hi/car-t/")
    wait_until_kept(page, "/hi/car-t/", "/hi/offline/")
    device.add_cookies([{"name": "sessionid", "value": desk.session(), "url": live_server.url}])
    for path in ("/workspace/", "/imports/", "/accounts/2fa/", f"/trials/{CTRI_ID}/", "/trials/"):
        page.goto(path)
    page.wait_for_load_state("networkidle")
    assert kept(page) == {"/hi/car-t/", "/hi/offline/"}

    page.goto("/car-t/")
    with page.expect_navigation():
        page.locator("form[action*=logout] button").first.evaluate("button => button.click()")
    wait_until(page, lambda: "/hi/car-t/" not in kept(page))


def test_slow_line_shows_the_kept_page_with_its_day(device: BrowserContext) -> None:
    page = device.new_page()
    page.goto("/car-t/")
    wait_until_kept(page, "/car-t/")

    def slow_down(environ: dict[str, Any], **_: object) -> None:
        if environ["PATH_INFO"] == "/car-t/":
            time.sleep(10)

    request_started.connect(slow_down)
    try:
        page.goto("/car-t/")
        expect_old(page)
    finally:
        request_started.disconnect(slow_down)


def test_switched_off_nothing_stays(device: BrowserContext, settings: Settings) -> None:
    page = device.new_page()
    page.goto("/hi/car-t/")
    wait_until_kept(page, "/hi/car-t/", "/hi/offline/")
    settings.OFFLINE = False
    page.goto("/about/")
    page.evaluate("navigator.serviceWorker.getRegistration().then((it) => it?.update()).catch(() => {})")
    wait_until(page, lambda: page.evaluate("navigator.serviceWorker.getRegistration().then((it) => !it)"))
    page.goto("/car-t/")
    assert page.evaluate("caches.keys()") == []


@pytest.mark.parametrize("path", [f"/trials/{CTRI_ID}/", "/car-t/"])
def test_a_local_voice_reads_and_stops(device: BrowserContext, path: str) -> None:
    device.add_init_script(VOICES.replace("LOCAL", "true"))
    page = device.new_page()
    page.goto(path)
    for fold in page.locator("details").all():
        fold.evaluate("fold => fold.open = true")
    button = page.get_by_role("button", name="Listen").first
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("heard.length && heard.every((piece) => piece.text && piece.voice.localService)")
    page.evaluate("heard.at(-1).onend()")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("heard") == []


@pytest.mark.parametrize(("local", "path"), [("false", "/car-t/"), ("true", "/hi/car-t/")])
def test_no_button_without_a_local_voice_of_the_language(
    device: BrowserContext, local: str, path: str
) -> None:
    device.add_init_script(VOICES.replace("LOCAL", local))
    page = device.new_page()
    page.goto(path)
    expect(page.locator("[aria-pressed]")).to_have_count(0)


@both_languages
def test_new_pieces_have_no_violations(browser: Browser, live_server: LiveServer, language: str) -> None:
    takeaway.fill()
    context = phone(browser, live_server, "light")
    context.add_init_script(VOICES.replace("LOCAL", "true"))
    paths = ["/offline/", "/privacy/", "/car-t/"]
    assert flaws(context, [f"{language}{path}" for path in paths]) == []
