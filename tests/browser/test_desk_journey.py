"""What an admin does at the import desk, in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from importers import tasks
from importers.models import ImportRun
from importers.pipeline import start
from importers.registries.ctgov.fake import fake_ctgov
from importers.registries.slugs import Registry
from tests.desk import code_of, person
from tests.studies import study
from trials.models import Trial

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STUDIES = [study(f"NCT9900000{number}") for number in range(8)]


@pytest.fixture
def held(settings: Settings) -> ImportRun:
    """A sweep in which all but one of the trials stop recruiting."""
    closed = [study(f"NCT9900000{n}", statusModule={"overallStatus": "COMPLETED"}) for n in range(7)]
    with fake_ctgov(STUDIES) as settings.CTGOV_API_URL:
        start.sweep(Registry.CTGOV)
    with fake_ctgov([*closed, STUDIES[7]]) as settings.CTGOV_API_URL:
        return start.sweep(Registry.CTGOV)


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def desk(
    request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Page]:
    """A phone before the desk; what is handed to workers is done at once."""
    monkeypatch.setattr(tasks.carry_out, "delay", tasks.carry_out)
    context = browser.new_context(
        base_url=live_server.url,
        java_script_enabled=request.param,
        viewport={"width": 360, "height": 800},
    )
    page = context.new_page()
    page.goto("/imports/")
    yield page
    context.close()


def sign_in(page: Page) -> None:
    page.get_by_label("User name or e-mail").fill(person(admin=True).username)
    page.get_by_label("Password").fill("secret")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Code").fill(code_of())
    page.get_by_role("button", name="Sign In").click()


def test_admin_publishes_a_held_import(held: ImportRun, desk: Page) -> None:
    sign_in(desk)
    expect(desk.get_by_text("7 of 8 recruiting trials would stop recruiting.", exact=True)).to_be_visible()
    desk.get_by_role("link", name="See what would change").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text(f"Import {held.pk}: ClinicalTrials.gov")
    desk.get_by_role("link", name="changed 7").click()
    expect(desk.get_by_role("deletion").filter(has_text="RECRUITING").first).to_be_visible()
    assert Trial.objects.filter(status="RECRUITING").count() == 8
    desk.get_by_role("button", name="Publish it").click()
    expect(desk.get_by_text("succeeded", exact=True)).to_be_visible()
    expect(desk.get_by_role("button", name="Publish it")).to_have_count(0)
    assert Trial.objects.filter(status="RECRUITING").count() == 1


def test_admin_decides_what_a_trial_is(held: ImportRun, desk: Page) -> None:
    sign_in(desk)
    desk.get_by_role("link", name="Labels of trials").click()
    desk.get_by_label("A trial's number").fill("NCT99000003")
    desk.get_by_role("button", name="Open").click()
    desk.get_by_label("Antigens the CAR T cells look for, with commas between them").fill("CD19, CD22")
    desk.get_by_label("Why (for your colleagues)").fill("Both stand in the protocol")
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_text("1 label saved.")).to_be_visible()
    desk.get_by_role("link", name="Its page on this site").click()
    expect(desk.get_by_text("CD19 + CD22").first).to_be_visible()


def test_admin_tries_a_connection(desk: Page, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page renews itself, with scripts and without."""
    asked: list[str] = []
    monkeypatch.setattr(tasks.try_connection, "delay", asked.append)
    sign_in(desk)
    desk.get_by_role("link", name="Connection").first.click()
    desk.get_by_role("button", name="Test the connection").click()
    expect(desk.get_by_role("status")).to_contain_text("Waiting for a worker.")
    with fake_ctgov(STUDIES) as settings.CTGOV_API_URL:
        tasks.try_connection(asked[0])
    expect(desk.get_by_text("1 answer is not as expected")).to_be_visible(
        timeout=9000
    )  # no former number there
    expect(desk.get_by_role("button", name="Test the connection")).to_be_visible()
