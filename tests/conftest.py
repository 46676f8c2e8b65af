"""What every test stands on."""

import os
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests import emptying
from tests.chromium import CHROMIUM
from trialfinder.embedded import POSTGRES_MAJOR, folders, postgres

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",  # refuses to start as root otherwise; it sees our own pages only
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""Settings of an embedded PostgreSQL whose data need not outlive a power cut."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--order-seed", type=int, help="shuffle the tests: none may depend on those before it")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Slow tests go first, so that no process is left with one at the end while the others idle.

    Browser tests need a browser, and Django's leave to use the database beside Playwright's event loop.
    """
    seed = config.getoption("--order-seed")
    if seed is None:
        items.sort(key=lambda item: item.get_closest_marker("slow") is None)
    else:
        random.Random(seed).shuffle(items)  # noqa: S311
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


@pytest.fixture(scope="session", autouse=True)
def nothing_goes_on_computing() -> Iterator[None]:
    """A thread that a test left turning in a circle would take half of the time of all tests after it."""
    yield
    before = time.process_time()
    time.sleep(0.5)
    used, threads = time.process_time() - before, [thread.name for thread in threading.enumerate()]
    assert used < 0.1, f"One of these computes still: {threads}"


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
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An embedded PostgreSQL that has all tables and does not run: tests copy it instead of making their own.

    The processes of one test run share it.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    made, unfinished = shared / "cluster", shared / "unfinished"
    with folders.exclusive(shared / "cluster.lock"):
        if not made.exists():
            postgres.use(unfinished, **QUICK)
            subprocess.run(
                [sys.executable, "manage.py", "migrate", "-v0"],
                cwd=settings.BASE_DIR,
                env=os.environ
                | {
                    "DJANGO_SETTINGS_MODULE": "trialfinder.settings",
                    "DATABASE_URL": "",
                    "TRIALFINDER_DATA_DIR": str(unfinished),
                },
                check=True,
            )
            postgres.release(unfinished)
            unfinished.rename(made)
    return made / f"pg{POSTGRES_MAJOR}"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> None:
    """The embedded server, when no DATABASE_URL is given: with all tables, fast rather than safe."""
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "trialfinder.embedded":
        made: Path = request.getfixturevalue("cluster")
        shutil.copytree(made, settings.DATA_DIR / made.name)
        connection.settings_dict["TEST"]["TEMPLATE"] = database["NAME"]
        postgres.use(settings.DATA_DIR, **QUICK)


@pytest.fixture(scope="session", autouse=True)
def quick_emptying() -> Iterator[None]:
    """After tests that commit."""
    with patch.object(TransactionTestCase, "_fixture_teardown", emptying.empty):
        yield
