"""axe (WCAG 2.2 AA) on the workspace and the pages of accounts, both languages and themes, on a phone."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from playwright.sync_api import Browser, BrowserContext
from pytest_django.live_server_helper import LiveServer

from tests.browser.test_accessibility import both_languages, both_themes, flaws, phone
from tests.builders import make_trial, site
from tests.desk import HOSTILE, code_of, person, signed_in
from trials.models import Registration, Site
from trials.models.workspace import HospitalAnswer, ListingEdit, Remark
from trials.workspace import confirmations, edits, invitations, mail_links
from trials.workspace.rights import Role, give_role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def listing() -> dict[str, Any]:
    """A trial with everything people can say of it, long and hostile words among them."""
    sites = [site(f"Hospital {'long ' * 12}", "Mumbai"), site("Other Hospital", "Pune")]
    make_trial("NCT00000001", title=f"{HOSTILE} CAR T", sites=sites, summary=HOSTILE * 5)
    registration = Registration.objects.get()
    boss = person()
    boss.email = "boss@example.org"
    boss.save()
    give_role(boss, Role.ADMIN)
    own = Site.objects.order_by("pk")[0]
    confirmations.say(registration, own, HospitalAnswer.FULL, boss)
    edits.hand_in(edits.save(registration, "pays", None, {"tests": HOSTILE}, who=boss, saw="0-0"), who=boss)
    author = person()
    give_role(author, Role.COORDINATOR)
    invitations.assign(author, [own], who=boss)
    draft = edits.hand_in(
        edits.save(registration, "summary_en", None, HOSTILE * 9, who=author, saw="0-0"), who=author
    )
    Remark.objects.create(edit=draft, text=HOSTILE * 3, by=boss)
    past = {"field": "site_note", "site": own, "value": "Old", "state": ListingEdit.State.PAST}
    ListingEdit.objects.create(registration=registration, author=author, **past)
    invitations.invite("new@example.org", Role.COORDINATOR, [own], "hi", who=boss)
    return {"boss": boss, "registration": registration.pk, "site": own.pk}


@both_themes
@both_languages
def test_workspace_has_no_violations(
    browser: Browser, live_server: LiveServer, listing: dict[str, Any], language: str, theme: str
) -> None:
    number, own = listing["registration"], listing["site"]
    paths = [
        "/workspace/?show=all",
        f"/workspace/listing/{number}/",
        f"/workspace/listing/{number}/summary_en/",
        f"/workspace/listing/{number}/contact/{own}/",
        f"/workspace/sites/{own}/products/",
        "/workspace/queue/",
        "/workspace/people/",
        f"/workspace/people/{listing['boss'].pk}/",
        "/workspace/reminders/",
        "/workspace/missing/",
        "/accounts/2fa/",
        "/accounts/2fa/webauthn/",
        "/accounts/reauthenticate/",
        "/accounts/logout/",
        "/accounts/sessions/",
        "/accounts/password/change/",
        "/trials/NCT00000001/",
    ]
    context = phone(browser, live_server, theme)
    session = signed_in(listing["boss"]).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    assert flaws(context, [f"{language}{path}" for path in paths]) == []


@both_languages
def test_answering_by_a_mail_has_no_violations(
    browser: Browser, live_server: LiveServer, listing: dict[str, Any], language: str
) -> None:
    registration, own = Registration.objects.get(), Site.objects.get(pk=listing["site"])
    asked = mail_links.make(listing["boss"], registration, own)
    used = mail_links.find(mail_links.make(listing["boss"], registration, own))
    assert used is not None
    undo = mail_links.use(used, HospitalAnswer.CLOSED)
    paths = [f"/workspace/confirm/{asked}/", f"/workspace/confirm/undo/{undo}/"]
    context = phone(browser, live_server, "light")
    assert flaws(context, [f"{language}{path}" for path in paths]) == []


@both_themes
@both_languages
def test_doors_have_no_violations(
    browser: Browser, live_server: LiveServer, language: str, theme: str
) -> None:
    paths = ["/accounts/login/", "/accounts/password/reset/", "/workspace/confirm/x/", "/accounts/signup/"]
    context = phone(browser, live_server, theme)
    assert flaws(context, [f"{language}{path}" for path in paths]) == []


@both_languages
def test_setting_up_a_second_factor_has_no_violations(
    browser: Browser, live_server: LiveServer, language: str
) -> None:
    user = person()
    Authenticator.objects.filter(user=user).delete()
    client, set_up = Client(), f"{language}/accounts/2fa/totp/activate/"
    client.post("/accounts/login/", {"login": user.username, "password": "secret"})
    assert flaws(with_session(browser, live_server, client), [set_up]) == []
    client.post("/accounts/2fa/totp/activate/", {"code": code_of(client.session["mfa.totp.secret"])})
    after = [f"{language}/accounts/2fa/recovery-codes/", f"{language}/accounts/2fa/webauthn/add/"]
    assert flaws(with_session(browser, live_server, client), after) == []


def with_session(browser: Browser, live_server: LiveServer, client: Client) -> BrowserContext:
    """A phone that is signed in as the client is."""
    context = phone(browser, live_server, "light")
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return context
