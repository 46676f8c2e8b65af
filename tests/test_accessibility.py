"""axe (WCAG 2.2 AA) on every kind of page, both languages, both themes; nothing wider than the screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests import pages

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}}
PATHS = [
    "/",
    "/trials/",
    "/trials/?condition=lbcl&near=Delhi&q=CD19",
    "/trials/?condition=aml&city=Pune&recruiting=india",
    "/trials/CTRI/2026/01/000001/",
    "/trials/NCT00000001/",
    "/nowhere/",
    "/trials/?phase=X",
]
WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["", "/hi"])
def test_pages_have_no_violations(
    browser: Browser, live_server: LiveServer, language: str, theme: str
) -> None:
    pages.fill()
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": 360, "height": 800},
        color_scheme="dark" if theme == "dark" else "light",
        bypass_csp=True,  # axe is a script, and the pages allow none but their own
    )
    page, found = context.new_page(), []
    for path in PATHS:
        page.goto(f"{language}{path}")
        found += [
            (path, v["id"], v["nodes"][0]["html"])
            for v in Axe().run(page, options=RULES).response["violations"]
        ]
        if page.evaluate(WIDE):
            found.append((path, "wider than the screen", ""))
    context.close()
    assert found == []
