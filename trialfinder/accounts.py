"""Who may have an account, and that nobody works here on a password alone."""

from collections.abc import Callable

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts come by invitation (`trials.workspace.invitations`) or `createsuperuser` alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:
        """The password again before factors are changed; not for the first one, right after signing in."""
        return is_mfa_enabled(self.request.user)  # type: ignore[no-any-return]


class SecondFactorMiddleware:
    """Whoever is signed in without a second factor can do one thing: set one up (or sign out)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and not self._may_pass(request):
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def _may_pass(self, request: HttpRequest) -> bool:
        accounts = request.path.startswith((reverse("account_login").removesuffix("login/"), "/static/"))
        return accounts or is_mfa_enabled(request.user)
