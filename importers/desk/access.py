"""Who may use the desk, and the form for when and how a registry is read."""

from collections.abc import Callable
from datetime import time
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from importers.models import RegistryAccess

View = Callable[..., HttpResponseBase]


def staff_only(view: View) -> View:
    """For people of the site: others are asked to sign in, or refused."""

    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            reading = request.method in ("GET", "HEAD")
            return redirect_to_login(request.get_full_path() if reading else reverse("imports:home"))
        if not request.user.is_staff:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


def admins_only(view: View) -> View:
    """For people who may run imports."""
    return staff_only(permission_required("importers.change_importrun", raise_exception=True)(view))


def reviewers_only(view: View) -> View:
    """For people who may decide what records mean: editors and admins."""
    return staff_only(permission_required("importers.change_triallink", raise_exception=True)(view))


class AccessForm(forms.ModelForm):  # type: ignore[type-arg]
    """When a registry is read, under which name, and by which way."""

    class Meta:
        model = RegistryAccess
        fields = ["daily_at", "paused", "user_agent", "proxy"]
        labels = {
            "daily_at": _("Every day at (Indian time)"),
            "paused": _("Pause the daily import"),
            "user_agent": _("Name we give ourselves (user agent)"),
            "proxy": _("Proxy"),
        }
        widgets = {"daily_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")}

    def __init__(self, *args: Any, daily_at: time, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["daily_at"] = self.initial.get("daily_at") or daily_at

    def clean_proxy(self) -> str:
        proxy: str = self.cleaned_data["proxy"]
        if proxy and not _is_proxy(proxy):
            raise forms.ValidationError(gettext("Write the proxy as http://host:port."))
        return proxy

    def clean_user_agent(self) -> str:
        name: str = self.cleaned_data["user_agent"]
        if not name.isascii() or not name.isprintable():
            raise forms.ValidationError(gettext("Only plain letters, digits and signs."))
        return name


def _is_proxy(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets that do not close, a port that is no number
        return False
