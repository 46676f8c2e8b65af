"""Everything staff did stands in one list, written at one place."""

import csv
from collections.abc import Iterator
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLResolver

from tests.desk import signed_in
from tests.trials.test_workspace_doors import member
from trials.models import StaffAct
from trials.workspace.acts import LABELS
from trials.workspace.rights import Role

pytestmark = pytest.mark.django_db
ONLY_READ = {
    *(
        "imports:connection",
        "imports:ctri",
        "imports:home",
        "imports:links",
        "imports:places",
        "imports:progress",
    ),
    *(
        "imports:raw",
        "imports:reports",
        "imports:review",
        "imports:review_eligibility",
        "imports:review_labels",
    ),
    *("imports:review_record", "imports:run", "workspace:acts", "workspace:acts_csv", "workspace:listing"),
    *("workspace:people", "workspace:queue", "workspace:table", "workspace:today"),
    *("mfa_download_recovery_codes", "mfa_index", "mfa_list_webauthn", "mfa_view_recovery_codes"),
}
WITHOUT_AN_ACCOUNT = {
    *("account_inactive", "account_reset_password", "account_reset_password_done"),
    *("account_reset_password_from_key", "account_reset_password_from_key_done", "account_signup"),
    *("workspace:link", "workspace:link_undo", "workspace:stop"),
}
"""Whoever is signed in does nothing as themselves there: words by a link in a mail name their person."""
SHUT = {
    *("account_confirm_email", "account_confirm_login_code", "account_email"),
    *("account_email_verification_sent", "account_set_password"),
}


def names(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern, pattern.namespace or space)
        elif pattern.name:
            yield f"{space}:{pattern.name}" if space else pattern.name


def test_every_form_of_staff_has_words_or_is_said_to_be_none() -> None:
    of_staff = {
        name
        for name in names(get_resolver())
        if name.partition(":")[0] in ("workspace", "imports")
        or name.startswith(("account_", "mfa_", "usersessions_"))
    }
    assert of_staff == set(LABELS) | ONLY_READ | WITHOUT_AN_ACCOUNT | SHUT


def admin(name: str = "boss") -> tuple[User, Client]:
    user = member(name, Role.ADMIN)
    return user, signed_in(user)


def test_form_that_leads_on_is_listed_with_what_it_was_about() -> None:
    user, client = admin()
    editor = member("editor", Role.EDITOR)
    client.post(f"/workspace/people/{editor.pk}/", {"role": "coordinator", "is_active": "on"})
    act = StaffAct.objects.get()
    assert (act.by, act.name, act.act, act.on) == (
        user,
        user.email or "boss",
        "workspace:person",
        str(editor.pk),
    )


def test_form_that_is_refused_is_not() -> None:
    _, client = admin()
    client.post("/workspace/people/invite/", {"email": "nonsense"})
    signed_in(member("helper", Role.COORDINATOR)).post("/workspace/people/invite/", {"email": "a@b.in"})
    Client().post("/workspace/people/invite/", {"email": "a@b.in"})
    assert not StaffAct.objects.exists()


def test_secret_of_a_link_is_not_kept() -> None:
    _, client = admin()
    client.post("/workspace/join/very-secret/", {"name": "A"})
    assert [act.on for act in StaffAct.objects.filter(on__contains="very-secret")] == []


def test_sign_out_is_listed_under_who_was_signed_in() -> None:
    user, client = admin()
    client.post("/accounts/logout/")
    assert [(act.by, act.act) for act in StaffAct.objects.all()] == [(user, "account_logout")]


def test_admins_read_the_list_and_take_it_away() -> None:
    user, client = admin()
    StaffAct.objects.create(by=user, name="=cmd|'/c calc'!A1", act="imports:start")
    StaffAct.objects.create(by=None, name="gone@example.org", act="admin:auth_user_change", on="7")
    shown = client.get("/workspace/acts/")
    assert [words for _, words in shown.context["rows"]] == ["admin:auth_user_change", "started an import"]
    text = b"".join(client.get(f"/workspace/acts.csv?person={user.pk}")).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))
    assert [row[1:] for row in rows] == [
        ["Who", "What", "About"],
        ["'=cmd|'/c calc'!A1", "started an import", ""],
    ]


@pytest.mark.parametrize("role", [Role.EDITOR, Role.COORDINATOR])
def test_others_do_not_and_that_is_logged(role: Role, caplog: pytest.LogCaptureFixture) -> None:
    user = member("helper", role)
    client = signed_in(user)
    assert [client.get(f"/workspace/{page}").status_code for page in ("acts/", "acts.csv")] == [403, 403]
    refused = [f"Account {user.pk} was refused workspace:{name}." for name in ("acts", "acts_csv")]
    assert [
        record.getMessage() for record in caplog.records if record.name == "trialfinder.permissions"
    ] == refused
