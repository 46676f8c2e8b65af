"""The head of a page in a browser: data that nothing runs, and no breach of the content policy."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests import pages

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("path", ["/", "/conditions/lbcl/", "/trials/CTRI/2026/01/000001/"])
def test_structured_data_is_there_and_breaks_no_policy(
    page: Page, live_server: LiveServer, path: str
) -> None:
    pages.fill()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.add_init_script(
        "addEventListener('securitypolicyviolation', event => console.error(event.violatedDirective))"
    )
    page.goto(live_server.url + path, wait_until="load")
    blocks = page.locator("script[type='application/ld+json']").all_text_contents()
    assert ([page.evaluate("text => JSON.parse(text)['@context']", block) for block in blocks], said) == (
        ["https://schema.org"],
        [],
    )
