"""Who may have an account, and why a password alone is never enough."""

import time
from collections.abc import Callable

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


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


class SecondFactorMiddleware:
    """Whoever is signed in without a second factor can do one thing: set one up (or sign out).

    The service worker is served as to everyone: it may be the one that deletes what is kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and not self._may_pass(request):
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def _may_pass(self, request: HttpRequest) -> bool:
        accounts = reverse("account_login").removesuffix("login/")
        open_to_all = (accounts, "/static/", reverse("worker"))
        return request.path.startswith(open_to_all) or is_mfa_enabled(request.user)
