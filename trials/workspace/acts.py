"""The list of everything staff did: written at one place, so that no new page is forgotten.

A form counts as taken where the answer leads on to another page: one that is refused is shown again instead.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from trials.models import StaffAct

LABELS = {
    "account_change_password": _("changed their password"),
    "account_login": _("signed in"),
    "account_logout": _("signed out"),
    "account_reauthenticate": _("gave their password again"),
    "mfa_activate_totp": _("set up an authenticator app"),
    "mfa_add_webauthn": _("added a passkey"),
    "mfa_authenticate": _("signed in with the second factor"),
    "mfa_deactivate_totp": _("removed the authenticator app"),
    "mfa_edit_webauthn": _("renamed a passkey"),
    "mfa_generate_recovery_codes": _("made new recovery codes"),
    "mfa_reauthenticate": _("gave their second factor again"),
    "mfa_reauthenticate_webauthn": _("gave their passkey again"),
    "mfa_remove_webauthn": _("removed a passkey"),
    "usersessions_list": _("ended sessions of theirs"),
    "imports:access": _("changed how a registry is read"),
    "imports:cancel": _("cancelled an import"),
    "imports:connection_try": _("tested the connection to a registry"),
    "imports:ctri_add": _("added CTRI trials to read"),
    "imports:ctri_backfill": _("asked for older CTRI trials"),
    "imports:ctri_pause": _("paused or resumed a part of CTRI"),
    "imports:drop": _("dropped a held import"),
    "imports:link": _("decided whether two records are one trial"),
    "imports:place_answer": _("decided what a place is"),
    "imports:place_take_back": _("took back what a place is"),
    "imports:release": _("released a held import"),
    "imports:report_answer": _("answered an error report"),
    "imports:retry": _("tried failed records again"),
    "imports:review_save": _("decided labels of a record"),
    "imports:review_undo": _("took back labels of a record"),
    "imports:start": _("started an import"),
    "imports:upload": _("uploaded records"),
    "workspace:act": _("decided on a draft"),
    "workspace:confirm_all": _("confirmed every trial of a hospital"),
    "workspace:given": _("said which products a hospital gives"),
    "workspace:invite": _("invited somebody"),
    "workspace:join": _("made their account"),
    "workspace:missing": _("reported something missing"),
    "workspace:person": _("changed the rights of somebody"),
    "workspace:remark": _("answered a remark"),
    "workspace:reminders": _("changed their reminders"),
    "workspace:say": _("said whether a trial is open"),
    "workspace:undo": _("took back whether a trial is open"),
    "workspace:undo_given": _("took back which product a hospital gives"),
    "workspace:visibility": _("hid or showed a listing"),
    "workspace:write": _("wrote words of a listing"),
    "workspace:write_site": _("wrote words of a listing at a hospital"),
}
"""What people read, by the name of the address; a page of the admin names itself."""
SECRETS = ("secret", "token", "key", "uidb36", "uidb64")
"""Parts of addresses that let their holder do something."""


def recorded(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, after the one that knows who asks."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return get_response(request)
        before = request.user
        known = before if before.is_authenticated else None
        response = get_response(request)
        if 300 <= response.status_code < 400:
            _record(request, known or request.user)
        return response

    return answer


def _record(request: HttpRequest, user: User | AnonymousUser) -> None:
    match = request.resolver_match
    if match is None or not user.is_authenticated:
        return
    if match.view_name in LABELS or match.namespace == "admin":
        StaffAct.objects.create(
            by=user if user.pk else None,
            name=user.email or user.get_username(),
            act=match.view_name[:100],
            on=_about(match.kwargs | dict(enumerate(match.args)))[:200],
        )


def _about(arguments: Mapping[object, object]) -> str:
    return " ".join(str(value) for name, value in arguments.items() if name not in SECRETS)


def label(act: str) -> str:
    """What a person reads for the name of an address."""
    return str(LABELS.get(act, act))


def erase(before: datetime) -> int:
    """What was done before, here and in the admin. Returns the number of rows."""
    here, of_admin = StaffAct.objects.filter(at__lte=before), LogEntry.objects.filter(action_time__lte=before)
    return here.delete()[0] + of_admin.delete()[0]
