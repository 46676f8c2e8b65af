"""axe on the pages of trials, of reports, and of the desk's list of them, at a phone's width."""

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests import desk, trial_pages
from tests.browser.axe import violations
from tests.browser.test_accessibility import both_languages, both_themes, flaws, phone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PATHS = [
    *[f"/trials/NCT0000000{number}/" for number in range(1, 5)],
    "/trials/NCT00000001/report/",
    "/trials/NCT00000001/report/thanks/",
    "/imports/reports/",
]


@both_themes
@both_languages
def test_pages_have_no_violations(
    browser: Browser, live_server: LiveServer, language: str, theme: str
) -> None:
    trial_pages.fill()
    trial_pages.fill_reports()
    context = phone(browser, live_server, theme)
    context.add_cookies([{"name": "sessionid", "value": desk.session(), "url": live_server.url}])
    assert flaws(context, [f"{language}{path}" for path in PATHS]) == []


@both_themes
def test_form_with_errors_has_no_violations(browser: Browser, live_server: LiveServer, theme: str) -> None:
    trial_pages.fill()
    context = phone(browser, live_server, theme)
    page = context.new_page()
    page.goto("/trials/NCT00000001/report/")
    page.get_by_role("button", name="Send").click()
    page.wait_for_selector("[role=alert]")
    assert [v["id"] for v in violations(page)] == []
    context.close()
