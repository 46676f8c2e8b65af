"""A hospital's coordinator, from the invitation to the page patients read, and 90 days on."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from importers.models import ImportRun
from importers.pipeline import start
from importers.registries.slugs import Registry
from tests.desk import add_second_factor, code_of, signed_in
from tests.studies import study, write_lines
from trials.catalogue.compose import refresh
from trials.models import Trial
from trials.models.workspace import SiteConfirmation
from trials.workspace.rights import Role, give_role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHRASE = "a long enough phrase"
LOST = {"overallStatus": "UNKNOWN"}


def load(folder: Path, day: str) -> None:
    """An import of one trial whose status its registry has lost sight of."""
    path = write_lines(
        folder / f"{day}.jsonl",
        study(statusModule=LOST | {"lastUpdatePostDateStruct": {"date": day}}),
    )
    start.carry_out(start.queue(Registry.CTGOV, ImportRun.Source.FILES, origin=str(path)).pk)


@pytest.fixture(params=[360, 1280])
def visit(
    request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer, settings: Settings
) -> Iterator[Page]:
    settings.SITE_URL = live_server.url
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": request.param, "height": 800}
    )
    yield context.new_page()
    context.close()


def admin_cookie() -> str:
    admin = User.objects.create_user("boss", "boss@example.org")
    give_role(admin, Role.ADMIN)
    add_second_factor(admin)
    return signed_in(admin).cookies["sessionid"].value


def invite(page: Page, live_server: LiveServer) -> str:
    """An admin invites somebody for a hospital; the address in the mail."""
    page.context.add_cookies([{"name": "sessionid", "value": admin_cookie(), "url": live_server.url}])
    page.goto("/workspace/people/")
    form = page.locator("section", has_text="Invite someone")
    form.get_by_label("E-mail").fill("new@example.org")
    form.get_by_label("Role in the team").select_option("coordinator")
    form.get_by_label("Find a hospital by name or city").fill("mumb example")
    form.get_by_role("button", name="Search").click()
    form.get_by_label("Example Hospital, Mumbai").check()
    form.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text("Invited. The link in the mail is valid for seven days.")).to_be_visible()
    page.context.clear_cookies()
    return re.findall(r"http\S+/join/\S+", str(mail.outbox[-1].body))[0]  # type: ignore[no-any-return]


def enrol(page: Page, address: str) -> None:
    """Make the account and set up the second factor."""
    page.goto(address)
    page.get_by_label("Your name").fill("Asha")
    page.get_by_label("A password").fill(PHRASE)
    page.get_by_role("button", name="Create my account").click()
    secret = page.locator("code.secret").inner_text()
    page.get_by_label("Authenticator code").fill(code_of(secret))
    page.get_by_role("button", name="Switch it on").click()


def test_coordinator_keeps_a_listing_true(visit: Page, live_server: LiveServer, tmp_path: Path) -> None:
    load(tmp_path, "2026-11-01")
    enrol(visit, invite(visit, live_server))
    visit.goto("/workspace/")
    expect(visit.get_by_text("1 trial needs your answer.")).to_be_visible()
    visit.get_by_role("button", name="Still open", exact=True).click()
    expect(visit.get_by_text("Nothing needs your answer today.")).to_be_visible()

    visit.goto("/trials/NCT99000001/")
    expect(visit.locator(".confirmed")).to_have_text("Confirmed by the site today: still open")
    expect(visit.locator("#nearest").get_by_text("Open, confirmed by the hospital")).to_be_visible()

    load(tmp_path, "2026-11-02")
    visit.reload()
    expect(visit.locator(".confirmed")).to_have_text("Confirmed by the site today: still open")
    assert Trial.objects.get().recruiting_in_india

    SiteConfirmation.objects.update(at=timezone.now() - timedelta(days=91))
    refresh(Trial.objects.values_list("pk", flat=True), timezone.now())
    visit.reload()
    expect(visit.locator(".confirmed")).to_contain_text("That is too long ago to count.")
    expect(visit.get_by_text("Open, confirmed by the hospital")).to_have_count(0)


def test_coordinator_says_so_by_keyboard_alone(visit: Page, live_server: LiveServer, tmp_path: Path) -> None:
    load(tmp_path, "2026-11-01")
    enrol(visit, invite(visit, live_server))
    visit.goto("/workspace/")
    visit.get_by_role("button", name="Full for now").focus()
    visit.keyboard.press("Enter")
    expect(visit.get_by_text("Thank you. The public page now says so.")).to_be_visible()


def test_draft_goes_to_an_editor_and_to_the_public(
    visit: Page, live_server: LiveServer, tmp_path: Path
) -> None:
    load(tmp_path, "2026-11-01")
    enrol(visit, invite(visit, live_server))
    visit.goto("/workspace/?show=all")
    visit.get_by_role("link", name="CD19 CAR T Cells in Large B-cell Lymphoma").click()
    visit.get_by_role("link", name="Write: Plain summary, English").click()
    visit.get_by_label("Plain summary, English").fill(
        "Cells of your own blood are changed to find the lymphoma."
    )
    visit.get_by_role("button", name="Submit for review").click()
    expect(visit.get_by_text("Submitted. An editor will review it.")).to_be_visible()

    session = signed_in(User.objects.get(username="boss")).cookies["sessionid"].value
    visit.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    visit.goto("/workspace/queue/")
    visit.get_by_role("button", name="Publish: Plain summary, English").click()
    visit.goto("/trials/NCT99000001/")
    expect(visit.get_by_text("Cells of your own blood are changed to find the lymphoma.")).to_be_visible()
