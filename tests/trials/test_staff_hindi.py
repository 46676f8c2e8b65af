"""Pages of accounts, workspace and desk are whole in Hindi: no English label is left."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import polib
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import override

from tests.builders import make_trial, site
from tests.desk import add_second_factor, code_of, person
from tests.pages import parsed
from trials.models import ErrorReport, Registration, Site
from trials.models.workspace import HospitalAnswer, Remark
from trials.workspace import confirmations, digest, edits, invitations, mail_links
from trials.workspace.rights import Role, give_role

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough phrase"  # noqa: S105
CATALOGUE = polib.pofile(str(settings.BASE_DIR / "locale/hi/LC_MESSAGES/django.po"))
ENGLISH = {
    text
    for entry in CATALOGUE
    if entry.msgid not in (entry.msgstr, entry.msgstr_plural.get(0))
    for text in (entry.msgid, entry.msgid_plural)
    if re.search(r"[a-z]{2}", text)
}
NAMES = re.compile(
    r"[\w.+-]+@[\w.-]+|https?://\S+|NCT\d+|CTRI(/[\d/]+)?|ClinicalTrials\.gov|\.[a-z]+|CAR[- ]T|WhatsApp"
    r"|GeoNames|OncoTree|CC BY|API|CSV|JSON|QR|Aegis|(Google|Microsoft) Authenticator|JavaScript|WHO|ICTRP"
    r"|MB|trialid|user agent"
)
"""What is written in Latin letters in Hindi too."""
ATTRIBUTES = ("aria-label", "placeholder", "title", "alt", "data-copied", "content")


def texts(node: Any) -> Iterator[str]:
    """What a person reads or hears of a page, but what is marked as English."""
    if not isinstance(node.tag, str) or node.tag in ("script", "style", "code") or node.get("lang") == "en":
        return
    yield from (node.get(name, "") for name in ATTRIBUTES if node.tag != "meta" or name != "content")
    yield node.text or ""
    for child in node:
        yield from texts(child)
        yield child.tail or ""


def left_in_english(answer: Any) -> list[str]:
    """Texts that are a message of the catalogue untranslated, or words in Latin letters."""
    assert answer.status_code in (200, 400, 410), (answer.status_code, answer.get("Location"))
    page = parsed(answer)
    found = [" ".join(text.split()) for text in texts(page.find(".//main")) if text.strip()]
    found.append(" ".join(page.findtext(".//title").split()))
    return [
        text[:300] for text in found if text in ENGLISH or re.search(r"[A-Za-z]{3,}", NAMES.sub("", text))
    ]


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def boss() -> User:
    """An admin with everything a person can have, in words without Latin letters."""
    make_trial("NCT00000001", title="१", sites=[site("१", "Mumbai"), site("२", "Pune")], summary="१")
    registration, own = Registration.objects.get(), Site.objects.order_by("pk")[0]
    user = User.objects.create_superuser("1", "boss@example.org", PASSWORD, first_name="१")
    give_role(user, Role.ADMIN)
    add_second_factor(user)
    RecoveryCodes.activate(user)
    key = {"name": "१", "credential": {}}
    Authenticator.objects.create(pk=9001, user=user, type="webauthn", data=key)
    author = User.objects.create_user("2", "a@example.org", first_name="२")
    give_role(author, Role.COORDINATOR)
    invitations.assign(user, [own], who=user)
    invitations.assign(author, [own], who=user)
    confirmations.say(registration, own, HospitalAnswer.FULL, user)
    edits.hand_in(edits.save(registration, "pays", None, {"tests": "१"}, who=user, saw="0-0"), who=user)
    draft = edits.save(registration, "summary_en", None, "१", who=author, saw="0-0")
    Remark.objects.create(edit=edits.hand_in(draft, who=author), text="१", by=user)
    invitations.invite("new@example.org", Role.COORDINATOR, [own], "hi", who=user)
    for kind in ErrorReport.Kind:
        ErrorReport.objects.create(
            trial=registration.trial, registry_id="NCT00000001", kind=kind, text="१", by=user
        )
    return user


@pytest.fixture
def desk(boss: User) -> Client:
    """A fresh sign-in, so that nothing asks for the password again."""
    client = Client()
    client.post("/hi/accounts/login/", {"login": boss.username, "password": PASSWORD})
    client.post("/hi/accounts/2fa/authenticate/", {"code": code_of()})
    return client


STAFF = [
    "/workspace/",
    "/workspace/?show=all",
    "/workspace/listing/REGISTRATION/",
    "/workspace/listing/REGISTRATION/summary_hi/",
    "/workspace/listing/REGISTRATION/contact/SITE/",
    "/workspace/queue/",
    "/workspace/people/",
    "/workspace/people/PERSON/",
    "/workspace/missing/",
    "/workspace/reminders/",
    "/accounts/logout/",
    "/accounts/password/change/",
    "/accounts/sessions/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/deactivate/",
    "/accounts/2fa/recovery-codes/",
    "/accounts/2fa/recovery-codes/generate/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/2fa/webauthn/keys/9001/edit/",
    "/accounts/2fa/webauthn/keys/9001/remove/",
    "/accounts/reauthenticate/",
    "/accounts/2fa/reauthenticate/",
    "/imports/",
    "/imports/reports/",
    "/imports/review/",
    "/imports/links/",
    "/imports/places/",
    "/imports/ctri/",
]


@pytest.mark.parametrize("path", STAFF)
def test_page_of_staff_is_whole_in_hindi(desk: Client, boss: User, path: str) -> None:
    numbers = {"REGISTRATION": Registration.objects.get().pk, "PERSON": boss.pk}
    numbers["SITE"] = Site.objects.order_by("pk")[0].pk
    if path.endswith("/add/"):
        Authenticator.objects.filter(pk=9001).delete()  # it has no real key, which this page would read
    for name, number in numbers.items():
        path = path.replace(name, str(number))
    assert left_in_english(desk.get(f"/hi{path}")) == []


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/inactive/",
        "/accounts/password/reset/",
        "/accounts/password/reset/done/",
        "/accounts/password/reset/key/done/",
        "/accounts/password/reset/key/1-x/",
        "/workspace/confirm/x/",
        "/workspace/join/x/",
        "/workspace/stop/x/",
    ],
)
def test_page_before_the_sign_in_is_whole_in_hindi(client: Client, path: str) -> None:
    assert left_in_english(client.get(f"/hi{path}")) == []


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/accounts/login/", {"login": "x", "password": "y"}),
        ("/accounts/login/", {}),
        ("/accounts/password/reset/", {"email": "no"}),
    ],
)
def test_errors_before_the_sign_in_are_in_hindi(client: Client, path: str, said: dict[str, str]) -> None:
    assert left_in_english(client.post(f"/hi{path}", said)) == []


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/accounts/password/change/", {"oldpassword": "no", "password1": "1234", "password2": "12"}),
        ("/accounts/reauthenticate/", {"password": "no"}),
        ("/accounts/2fa/reauthenticate/", {"code": "1"}),
        ("/workspace/missing/", {"what": "trial"}),
        ("/workspace/missing/", {"what": "hospital"}),
        ("/workspace/people/invite/", {"email": "no"}),
        ("/workspace/people/invite/", {"search": "yes", "find": "१"}),
    ],
)
def test_errors_of_staff_are_in_hindi(desk: Client, path: str, said: dict[str, str]) -> None:
    assert left_in_english(desk.post(f"/hi{path}", said)) == []


def test_new_password_is_whole_in_hindi(client: Client, boss: User) -> None:
    client.post("/hi/accounts/password/reset/", {"email": boss.email})
    [message] = mail.outbox
    assert ENGLISH.isdisjoint([message.subject.partition("] ")[2], *message.body.splitlines()])
    form = client.get(re.findall(r"http://[^/]+(/\S+/reset/key/\S+)", str(message.body))[0], follow=True)
    assert left_in_english(form) == []
    chosen = {"password1": "another long phrase", "password2": "another long phrase"}
    assert left_in_english(client.post(form.request["PATH_INFO"], chosen, follow=True)) == []


def test_second_factor_is_whole_in_hindi(client: Client) -> None:
    user = person()
    user.set_password(PASSWORD)
    user.save()
    client.post("/hi/accounts/login/", {"login": user.username, "password": PASSWORD})
    assert left_in_english(client.get("/hi/accounts/2fa/authenticate/")) == []
    assert left_in_english(client.post("/hi/accounts/2fa/authenticate/", {"code": "1"})) == []


def test_setting_up_is_whole_in_hindi(client: Client) -> None:
    set_up = "/hi/accounts/2fa/totp/activate/"
    person()
    Authenticator.objects.all().delete()
    User.objects.update(username="1")
    client.post("/hi/accounts/login/", {"login": "1", "password": "secret"})
    page = client.get(set_up)
    assert left_in_english(page) == []
    assert left_in_english(client.post(set_up, {"code": "1"})) == []
    code = code_of(page.context["form"].secret)
    assert left_in_english(client.post(set_up, {"code": code}, follow=True)) == []


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/accounts/2fa/recovery-codes/generate/", {}),
        ("/accounts/2fa/totp/deactivate/", {}),
        ("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "x" * 9, "password2": "x" * 9}),
        ("/accounts/sessions/", {}),
        ("/workspace/missing/", {"what": "hospital", "name": "१", "city": "१"}),
        ("/workspace/missing/", {"what": "trial", "trial": "NCT00000001"}),
        ("/workspace/reminders/", {"language": "hi"}),
        ("/workspace/people/invite/", {"email": "b@example.org", "role": "editor", "language": "hi"}),
    ],
)
def test_what_follows_an_action_is_in_hindi(desk: Client, path: str, said: dict[str, str]) -> None:
    assert left_in_english(desk.post(f"/hi{path}", said, follow=True)) == []


def test_links_of_mails_are_whole_in_hindi(client: Client, boss: User) -> None:
    registration, own = Registration.objects.get(), Site.objects.order_by("pk")[0]
    path = f"/hi/workspace/confirm/{mail_links.make(boss, registration, own)}/"
    assert left_in_english(client.get(path)) == []
    thanks = client.post(path, {"said": "open"})
    assert left_in_english(thanks) == []
    assert left_in_english(client.post(thanks.context["undo"])) == []
    stop = f"/hi/workspace/stop/{digest.stop_token(boss)}/"
    assert left_in_english(client.get(stop)) + left_in_english(client.post(stop)) == []


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(minutes=8), "8\xa0मिनट"),
        (timedelta(hours=2), "2\xa0घंटे"),
        (timedelta(days=3), "3\xa0दिन"),
        (timedelta(days=14), "2\xa0हफ़्ते"),
    ],
)
def test_ages_are_in_hindi_though_django_has_them_in_english(ago: timedelta, words: str) -> None:
    with override("hi"):
        assert timesince(timezone.now() - ago) == words
