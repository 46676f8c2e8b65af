"""Who may have an account, why a password alone is never enough, and where a person goes after all that."""

import time
from collections.abc import Callable

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

GO_ON = "go_on_to"
"""Where in the session the page stands that a person asked for before they had a second factor."""
_STAFF_PAGES = ("workspace:today", "imports:home", "admin:index")


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts come by invitation (`trials.workspace.invitations`) or `createsuperuser` alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:
        """The password again before factors are changed; not right after signing in."""
        records = get_authentication_records(self.request, self.request.user)
        last = max((record["at"] for record in records), default=0)
        recent = time.time() - last < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return is_mfa_enabled(self.request.user) and not recent


def sign_in_new(request: HttpRequest, user: User) -> HttpResponse:
    """Sign in a person who has this minute chosen their password; the second factor comes next."""
    record_authentication(request, user, method="password")
    answer: HttpResponse = perform_login(request, user, redirect_url=reverse(settings.LOGIN_REDIRECT_URL))
    return answer


class SecondFactorMiddleware:
    """Whoever is signed in without a second factor can do one thing: set one up (or sign out).

    The page of the staff they asked for is kept in the session: pages of accounts lead on to it.
    The service worker is served as to everyone: it may be the one that deletes what is kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        has_one = is_mfa_enabled(request.user)
        request.has_second_factor = has_one  # type: ignore[attr-defined]  # for templates
        if request.user.is_authenticated and not self._may_pass(request, has_one):
            if request.method == "GET" and request.path.startswith(_staff_pages()):
                request.session[GO_ON] = request.get_full_path()
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def _may_pass(self, request: HttpRequest, has_one: bool) -> bool:
        if request.path.startswith((_accounts(), "/static/", reverse("worker"))):
            return True
        if not has_one:
            return False
        if request.session.get(GO_ON) == request.get_full_path():
            del request.session[GO_ON]
        return True


def _accounts() -> str:
    return reverse("account_login").removesuffix("login/")


def _staff_pages() -> tuple[str, ...]:
    return tuple(map(reverse, _STAFF_PAGES))
