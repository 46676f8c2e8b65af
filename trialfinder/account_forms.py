"""The sign-in form, with labels that say what to write."""

from typing import Any

from allauth.account.forms import LoginForm
from django.utils.translation import gettext_lazy as _


class StaffLoginForm(LoginForm):  # type: ignore[misc]  # allauth has no types
    """allauth's, without texts inside the fields: they vanish as soon as the user types."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name or e-mail")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
