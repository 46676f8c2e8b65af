"""Who gets through which door of the workspace: every address, every action, own and foreign things."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.builders import make_trial, site
from tests.desk import add_second_factor
from trials.models import ErrorReport, ProductGiven, Registration, Site
from trials.models.workspace import HospitalAnswer, Invitation, ListingEdit, Remark, SiteConfirmation
from trials.workspace import confirmations, edits, invitations
from trials.workspace.rights import Role, give_role
from trials.workspace.urls import urlpatterns

pytestmark = pytest.mark.django_db

WHO = ["stranger", "nobody", "foreign", "own", "editor", "admin"]
STAFF = {"own", "foreign", "editor", "admin"}
OWN = {"own", "editor", "admin"}
EDITORS = {"editor", "admin"}
ADMINS = {"admin"}
ANYBODY = set(WHO)
NEW = {"seen": "0-0"}
DOORS: list[tuple[str, str, list[str], dict[str, Any], set[str]]] = [
    # name, method, what its address is about, body, who may
    ("today", "get", [], {}, STAFF),
    ("table", "get", [], {}, STAFF),
    ("reminders", "get", [], {}, STAFF),
    ("reminders", "post", [], {"language": "hi"}, STAFF),
    ("say", "post", ["registration", "site"], {"said": "open"}, OWN),
    ("undo", "post", ["word"], {}, OWN),
    ("confirm_all", "post", ["site"], {}, OWN),
    ("given", "get", ["site"], {}, OWN),
    ("given", "post", ["site"], {"talicabtagene-autoleucel": "yes"}, OWN),
    ("undo_given", "post", ["given"], {}, OWN),
    ("listing", "get", ["registration"], {}, OWN),
    ("visibility", "post", ["registration"], {"hidden": "yes", "text": "x"}, EDITORS),
    ("write", "get", ["registration", "summary_en"], {}, OWN),
    ("write", "post", ["registration", "summary_hi"], NEW | {"text": "x"}, OWN),
    ("write_site", "get", ["registration", "contact", "site"], {}, OWN),
    ("write_site", "post", ["registration", "contact", "site"], NEW | {"phone": "022 123456"}, OWN),
    ("act", "post", ["edit"], {"do": "hand_in"}, OWN),
    ("act", "post", ["edit"], {"do": "revert"}, OWN),
    ("act", "post", ["edit"], {"do": "publish", "seen": "1"}, EDITORS),
    ("act", "post", ["edit"], {"do": "send_back", "seen": "1", "text": "x"}, EDITORS),
    ("act", "post", ["edit"], {"do": "keep"}, OWN),
    ("act", "post", ["past"], {"do": "bring_back"}, EDITORS),
    ("act", "post", ["edit"], {"do": "nonsense"}, set()),
    ("remark", "post", ["remark"], {"do": "answer", "text": "x"}, OWN),
    ("remark", "post", ["remark"], {"do": "close"}, EDITORS),
    ("missing", "get", [], {}, STAFF),
    ("missing", "post", [], {"what": "hospital", "name": "x", "city": "x"}, STAFF),
    ("queue", "get", [], {}, EDITORS),
    ("people", "get", [], {}, ADMINS),
    ("acts", "get", [], {}, ADMINS),
    ("acts_csv", "get", [], {}, ADMINS),
    ("invite", "post", [], {"email": "x@example.org", "role": "editor", "language": "en"}, ADMINS),
    ("invite", "post", [], {"search": "yes", "find": "own"}, ADMINS),
    ("person", "get", ["person"], {}, ADMINS),
    ("person", "post", ["person"], {"role": "editor", "is_active": "on"}, ADMINS),
]
BY_SECRET = {"link", "link_undo", "join", "stop"}
"""Addresses that a secret opens, whoever has it (tests/trials/test_workspace.py)."""


def member(name: str, role: str = "", *sites: Site) -> User:
    user = User.objects.create_user(name, f"{name}@example.org")
    if role:
        give_role(user, role)
        invitations.assign(user, sites, who=None)
    add_second_factor(user)
    return user


@pytest.fixture
def things() -> dict[str, Any]:
    """A trial at one's own hospital, and one at a foreign one, with everything people can say of it."""
    make_trial("NCT00000001", sites=[site("Own Hospital", "Mumbai")])
    make_trial("NCT00000002", sites=[site("Foreign Hospital", "Pune")])
    registration = Registration.objects.get(registry_id="NCT00000001")
    own, foreign = (Site.objects.get(hospital=f"{name} Hospital") for name in ("Own", "Foreign"))
    author = member("author", Role.EDITOR)
    edit = edits.save(registration, "summary_en", None, "Words", who=author, saw="0-0")
    past = ListingEdit.objects.create(
        registration=registration, field="pays", value={"treatment": "x"}, state="past"
    )
    return {
        "registration": registration.pk,
        "site": own.pk,
        "foreign_site": foreign,
        "own_site": own,
        "word": confirmations.say(registration, own, HospitalAnswer.FULL, author).pk,
        "given": ProductGiven.objects.create(site=own, product="talicabtagene autoleucel", said="no").pk,
        "edit": edit.pk,
        "past": past.pk,
        "remark": Remark.objects.create(edit=edit, text="Why?", by=author).pk,
        "person": author.pk,
    }


def client_of(who: str, things: dict[str, Any]) -> Client:
    client = Client()
    roles: dict[str, Any] = {
        "nobody": ("",),
        "own": (Role.COORDINATOR, things["own_site"]),
        "foreign": (Role.COORDINATOR, things["foreign_site"]),
        "editor": (Role.EDITOR,),
        "admin": (Role.ADMIN,),
    }
    if who in roles:
        client.force_login(member(who, *roles[who]))
    return client


def test_every_address_is_tried() -> None:
    assert {name for name, *_ in DOORS} | BY_SECRET == {pattern.name for pattern in urlpatterns}


@pytest.mark.parametrize(("name", "method", "about", "body", "allowed"), DOORS)
def test_door_opens_for_those_who_may(
    things: dict[str, Any], name: str, method: str, about: list[str], body: dict[str, str], allowed: set[str]
) -> None:
    address = reverse(f"workspace:{name}", args=[things.get(part, part) for part in about])
    assert {who for who in WHO if opens(things, who, method, address, body)} == allowed


def opens(things: dict[str, Any], who: str, method: str, address: str, body: dict[str, str]) -> bool:
    """Whether somebody gets in; who does not is turned away as they should be, and changes nothing.

    What happens is undone, so that the next one finds all as it was.
    """
    before = _state()
    with transaction.atomic():
        answer = getattr(client_of(who, things), method)(address, body)
        turned_away = answer.get("Location", "").startswith("/accounts/login/")
        changed = _state() != before
        transaction.set_rollback(True)
    if answer.status_code in (200, 302) and not turned_away:
        return True
    assert (turned_away, answer.status_code, changed) == (
        who == "stranger",
        302 if who == "stranger" else 403,
        False,
    )
    return False


def _state() -> list[Any]:
    return [
        list(SiteConfirmation.objects.order_by("pk").values()),
        list(ProductGiven.objects.order_by("pk").values()),
        list(ListingEdit.objects.order_by("pk").values()),
        list(Remark.objects.order_by("pk").values()),
        list(Registration.objects.order_by("pk").values("hidden")),
        list(ErrorReport.objects.order_by("pk").values()),
        Invitation.objects.count(),
    ]


@pytest.mark.parametrize("pattern", [p for p in urlpatterns if p.name not in BY_SECRET], ids=lambda p: p.name)
def test_missing_things_are_404_not_500(things: dict[str, Any], pattern: Any) -> None:
    client = client_of("admin", things)
    for field in ("summary_en", "contact", "nonsense"):
        numbers = {name: field if name == "field" else 999_999_999 for name in pattern.pattern.converters}
        address = reverse(f"workspace:{pattern.name}", kwargs=numbers)
        for method in (client.get, client.post):
            assert method(address).status_code in ({404, 405} if numbers else {200, 302, 400, 405})


@pytest.mark.parametrize("name", sorted(BY_SECRET))
@pytest.mark.parametrize("secret", ["x", "%00", "a" * 500, "..%2F"])
def test_wrong_secret_changes_nothing_and_says_so(client: Client, name: str, secret: str) -> None:
    address = reverse(f"workspace:{name}", args=["SECRET"]).replace("SECRET", secret)
    assert client.get(address).status_code in (404, 410)
    assert client.post(address, {"said": "open"}).status_code in (404, 410)
