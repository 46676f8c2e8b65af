"""A visitor's browser asks this site and nobody else, on every public page."""

import pytest
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests import pages, visits
from tests.builders import make_trial
from trials.models import Site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_every_request_of_every_public_page_goes_to_this_site(
    browser: Browser, live_server: LiveServer
) -> None:
    """Without the content security policy, which would stop others: it is the second wall."""
    pages.fill()
    trial = make_trial("NCT00000009", conditions=["lbcl"])
    known = {
        "registry_id": [trial.primary_id],
        "slug": [Site.objects.get(hospital="Example Hospital").slug],
        "sitemap-file": ["pages"],
        "day": [timezone.localdate().isoformat()],
        **{name: ["x"] for name in ("key", "uidb36", "name", "token")},
    }
    context = browser.new_context(base_url=live_server.url, bypass_csp=True, service_workers="block")
    asked: set[str] = set()
    context.on("request", lambda request: asked.add(request.url))
    page, opened = context.new_page(), 0
    for address in visits.public_addresses(known).values():
        answer = context.request.get(address, max_redirects=0)
        if answer.headers.get("content-type", "").startswith("text/html"):
            page.goto(address, wait_until="load")
            opened += 1
    context.close()
    ours = {url for url in asked if url.startswith((f"{live_server.url}/", "data:", "blob:"))}
    assert (opened > 40, len(ours) > opened, asked - ours) == (True, True, set())
