"""Who may have an account, why a password alone is never enough, and where a person goes after all that."""

import logging
import time
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from trialfinder.client_address import address, network

logger = logging.getLogger(__name__)
GO_ON = "go_on_to"
"""Where in the session the page stands that a person asked for before they had a second factor."""
USED_AT = "used_at"
"""Where in the session the second stands at which it was last used."""
IDLE = 12 * 60 * 60
"""Seconds. A session that was unused for so long ends: hospitals share computers."""
SIGNED_IN_AT = "signed_in_at"
"""Where in the session the second stands at which the person signed in."""
LONGEST = 14 * 24 * 60 * 60
"""Seconds. However busy a session is, it ends after so long."""
NOTED_EVERY = 5 * 60
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

    def get_client_ip(self, request: HttpRequest) -> str:
        """As the site decides it: behind a proxy, allauth would count all visitors as the proxy's address."""
        return str(address(request) or "")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count failed tries by name and network together: no one can lock another person out by failing.

        Guesses from many networks meet the second factor, whose own failures are counted by account.
        """
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{network(request)}"

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Log it without what was typed: people type passwords into the wrong field."""
        super().authentication_failed(request, **credentials)
        logger.warning("A sign-in failed.")


def sign_in_new(request: HttpRequest, user: User) -> HttpResponse:
    """Sign in a person who has this minute chosen their password; the second factor comes next."""
    record_authentication(request, user, method="password")
    answer: HttpResponse = perform_login(request, user, redirect_url=reverse(settings.LOGIN_REDIRECT_URL))
    return answer


class SecondFactorMiddleware:
    """A person who is signed in without a second factor can only set one up (or sign out).

    The page of the staff they asked for is kept in the session: pages of accounts lead on to it.
    The service worker is served as to everyone: it may be the one that deletes what is kept. So is the API:
    no session is read for it, because copies of its answers are shared.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/api/"):
            return self.get_response(request)
        if request.user.is_authenticated and _is_over(request):
            logout(request)
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


def _is_over(request: HttpRequest) -> bool:
    """Whether the session was unused for `IDLE` or is older than `LONGEST`.

    Notes that it is used now, every few minutes at most.
    """
    now = int(time.time())
    unused = now - request.session.get(USED_AT, now)
    if abs(unused) > NOTED_EVERY or USED_AT not in request.session:
        request.session[USED_AT] = now
    return bool(unused > IDLE or now - request.session.setdefault(SIGNED_IN_AT, now) > LONGEST)


def _accounts() -> str:
    return reverse("account_login").removesuffix("login/")


def _staff_pages() -> tuple[str, ...]:
    return tuple(map(reverse, _STAFF_PAGES))
