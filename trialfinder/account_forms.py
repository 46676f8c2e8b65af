"""Forms of accounts. Labels say what to write; no texts stand inside fields, where typing hides them."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordForm, ResetPasswordKeyForm
from allauth.account.forms import ReauthenticateForm as PasswordAgain
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, get_totp_secret
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)
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


@contextmanager
def _failure_logged(user: User) -> Iterator[None]:
    """Log that a second factor was refused, wrong or once too often, without what was sent."""
    try:
        yield
    except (ValidationError, KeyError) as error:
        logger.warning("A second factor of account %s was refused.", user.pk)
        if isinstance(error, KeyError):  # an incomplete passkey, which allauth does not catch
            raise get_adapter().validation_error("incorrect_code") from error
        raise


class _CodeForm(forms.Form):
    """A code of the authenticator app, or a recovery code."""

    user: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)
        self.fields["code"].label = _("Code from your app, or a recovery code")
        self.fields["code"].widget.attrs |= _DIGITS

    def clean_code(self) -> Any:
        with _failure_logged(self.user):
            return super().clean_code()  # type: ignore[misc]  # of allauth's form, which stands behind


class SecondFactorForm(_CodeForm, AuthenticateForm):  # type: ignore[misc]
    """The code at sign-in."""


class SecondFactorAgainForm(_CodeForm, ReauthenticateForm):  # type: ignore[misc]
    """The code before something of the account is changed."""


class PasskeyForm(AuthenticateWebAuthnForm):  # type: ignore[misc]
    """The passkey at sign-in."""

    def clean_credential(self) -> Any:
        with _failure_logged(self.user):
            return super().clean_credential()


class PasskeyAgainForm(ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """The passkey before something of the account is changed."""

    def clean_credential(self) -> Any:
        with _failure_logged(self.user):
            return super().clean_credential()


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
