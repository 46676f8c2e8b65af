"""Forms of accounts. Labels say what to write; no texts stand inside fields, where typing hides them."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordForm, ResetPasswordKeyForm
from allauth.account.forms import ReauthenticateForm as PasswordAgain
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, get_totp_secret
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

_DIGITS = {"inputmode": "numeric", "autocomplete": "one-time-code"}


def _plain(form: forms.Form) -> None:
    """Take the texts out of the fields."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


class StaffLoginForm(LoginForm):  # type: ignore[misc]  # allauth has no types
    """Sign in by user name or e-mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name or e-mail")
        _plain(self)


class PlainResetPasswordForm(ResetPasswordForm):  # type: ignore[misc]
    """Ask for a mail with a link to a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail")
        _plain(self)


class PlainResetPasswordKeyForm(ResetPasswordKeyForm):  # type: ignore[misc]
    """Choose a new password with the link of the mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)


class PlainChangePasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """Choose a new password with the old one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)


class PasswordAgainForm(PasswordAgain):  # type: ignore[misc]
    """The password before something of the account is changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)


class SecondFactorForm(AuthenticateForm):  # type: ignore[misc]
    """The code at sign-in: of the app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)
        self.fields["code"].label = _("Code from your app, or a recovery code")
        self.fields["code"].widget.attrs |= _DIGITS


class SecondFactorAgainForm(ReauthenticateForm):  # type: ignore[misc]
    """The same before something of the account is changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)
        self.fields["code"].label = _("Code from your app, or a recovery code")
        self.fields["code"].widget.attrs |= _DIGITS


class SetUpAppForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator app.

    The secret stays the same while the page is loaded again: a phone drops the page when a person goes to
    the app and comes back, and the app's code must still be right.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kept = get_totp_secret()
        super().__init__(*args, **kwargs)  # makes a new one
        self.secret = context.request.session[SECRET_SESSION_KEY] = kept
        _plain(self)
        self.fields["code"].widget.attrs |= _DIGITS
        if self.is_bound:  # a wrong code: the field stands below the picture, out of sight on a phone
            self.fields["code"].widget.attrs["autofocus"] = True

    @property
    def secret_in_fours(self) -> list[str]:
        """The secret as people type it."""
        return [self.secret[start : start + 4] for start in range(0, len(self.secret), 4)]


class NewPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A name for a new passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("A name for it, such as “My phone”")


class RenamePasskeyForm(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("A name for it, such as “My phone”")
