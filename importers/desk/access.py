"""Who may use the desk, and the form for when and how a registry is read."""

from datetime import time
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from importers.http.access import configured_hosts
from importers.http.destinations import host_of
from importers.models import RegistryAccess
from trialfinder.permissions import May, only_for
from trialfinder.private_networks import is_written_private

_HOME = "imports:home"
staff_only = only_for(lambda user: user.is_staff, home=_HOME)
"""For people of the site: they may look."""
admins_only = only_for(lambda user: user.is_staff and user.has_perm(May.RUN_IMPORTS), home=_HOME)
"""For people who may run imports."""
reviewers_only = only_for(lambda user: user.is_staff and user.has_perm(May.REVIEW_RECORDS), home=_HOME)
"""For people who may decide what records mean: editors and admins."""


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
        if is_written_private(host_of(proxy)) and host_of(proxy) not in configured_hosts(proxy):
            raise forms.ValidationError(
                gettext(
                    "This proxy is in a private network: the setting REGISTRY_PRIVATE_HOSTS must name it."
                )
            )
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
