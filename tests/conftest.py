"""What every test stands on."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from trialfinder.embedded import postgres

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",  # refuses to start as root otherwise; it sees our own pages only
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests need a browser, and Django's leave to use the database beside Playwright's event loop."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(
                pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt-get install chromium")
            )
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(autouse=True)
def page_language() -> Iterator[None]:
    """Each test begins in English: a request for a Hindi page leaves its language behind."""
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium instead of one that Playwright would download."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": CHROMIUM_ARGUMENTS}


@pytest.fixture(params=[360, 768, 1280])
def plain_page(request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A browser with scripts off, at each of the three widths the pages are made for."""
    context = browser.new_context(
        base_url=live_server.url,
        java_script_enabled=False,
        viewport={"width": request.param, "height": 800},
    )
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """The embedded server, when no DATABASE_URL is given, fast rather than safe from power cuts."""
    if settings.DATABASES["default"]["ENGINE"] == "trialfinder.embedded":
        postgres.use(settings.DATA_DIR, fsync="off", synchronous_commit="off", full_page_writes="off")
