"""axe (WCAG 2.2 AA) on every kind of page, both languages, both themes; nothing wider than the screen."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize
from pytest_django.live_server_helper import LiveServer

from tests import desk, pages
from tests.browser.axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PATHS = [
    "/",
    "/trials/",
    "/trials/?condition=lbcl&near=Delhi&q=CD19",
    "/trials/?condition=aml&city=Pune&recruiting=india",
    "/trials/CTRI/2026/01/000001/",
    "/trials/NCT00000001/",
    "/clinic/",
    "/clinic/?by=hospital&near=Delhi&condition=lbcl",
    "/clinic/note/?id=CTRI/2026/01/000001",
    "/clinic/sheet/?id=CTRI/2026/01/000001",
    "/sites/",
    "/sites/?near=Delhi",
    "/sites/example-hospital-mumbai/?near=400012",
    "/sites/other-hospital-pune/",
    "/sites/nowhere/",
    "/match/",
    "/car-t/",
    "/follow/?condition=lbcl&near=Mumbai",
    "/follow/sent/",
    "/follow/manage/x/",
    "/nowhere/",
    "/trials/?phase=X",
]
DESK = [
    "/imports/",
    "/imports/connection/ctgov/",
    "/imports/connection/ctri/",
    "/imports/ctri/",
    "/imports/links/",
    "/imports/places/",
    "/imports/places/?kind=hospital",
    "/imports/review/",
    "/imports/review/?kind=gives_car_t",
    "/imports/review/31/",
    "/imports/1/",
    "/imports/2/",
    "/imports/3/",
    "/imports/99/",
    "/accounts/login/",
]
PHONE, NARROW = ViewportSize(width=360, height=800), ViewportSize(width=320, height=640)
"""Where axe looks, and the narrowest screen that must hold every page."""
WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


both_themes = pytest.mark.parametrize("theme", ["light", "dark"])
both_languages = pytest.mark.parametrize("language", ["", "/hi"])


def phone(browser: Browser, live_server: LiveServer, theme: str) -> BrowserContext:
    return browser.new_context(
        base_url=live_server.url,
        viewport=PHONE,
        color_scheme="dark" if theme == "dark" else "light",
        bypass_csp=True,  # axe is a script, and the pages allow none but their own
    )


def _open_and_ask(page: Page, folds: str, part: str | None = None) -> list[tuple[str, str]]:
    """What axe finds in a page, or a part of it, with these folds open; the menu lies over the page."""
    page.evaluate("folds => document.querySelectorAll(folds).forEach(fold => fold.open = true)", folds)
    return [(flaw["id"], flaw["nodes"][0]["html"]) for flaw in violations(page, part=part)]


def flaws(context: BrowserContext, paths: list[str], width: int = 360) -> list[tuple[str, str, str]]:
    """What is wrong with the pages at this width, by path."""
    page, found = context.new_page(), []
    for path in paths:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(path)
        found += [(path, *flaw) for flaw in _open_and_ask(page, "details:not(.menu)")]
        page.set_viewport_size(NARROW)
        if page.evaluate(WIDE):
            found.append((path, "wider than the screen", ""))
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(paths[0])
    if page.locator(".menu").count():  # the page of our own failure has none
        found += [("menu", *flaw) for flaw in _open_and_ask(page, ".menu", ".site-header")]
    context.close()
    return found


def test_violations_are_found(page: Page) -> None:
    page.set_content(
        "<main><h1>Title</h1><img src=x><p style='color: #999; background: #aaa'>Grey</p></main>"
    )
    assert {"image-alt", "color-contrast"} <= {flaw["id"] for flaw in violations(page)}
    assert [flaw["id"] for flaw in violations(page, part="p")] == ["color-contrast"]


@both_themes
@both_languages
def test_pages_have_no_violations(
    browser: Browser, live_server: LiveServer, language: str, theme: str
) -> None:
    pages.fill()
    assert flaws(phone(browser, live_server, theme), [f"{language}{path}" for path in PATHS]) == []


@both_themes
@both_languages
def test_desk_has_no_violations(browser: Browser, live_server: LiveServer, language: str, theme: str) -> None:
    desk.fill()
    context = phone(browser, live_server, theme)
    context.add_cookies([{"name": "sessionid", "value": desk.session(), "url": live_server.url}])
    assert flaws(context, [f"{language}{path}" for path in DESK]) == []
