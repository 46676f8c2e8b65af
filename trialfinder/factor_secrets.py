"""Second factors as they are kept: the secrets of apps and the seeds of recovery codes are encrypted.

Passkeys are public keys and stay as they are.
"""

import logging
from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import InvalidToken

from trialfinder.cipher import cipher

PURPOSE = "trialfinder.second_factor"
TOKEN = "gAAAA"  # noqa: S105
"""How every Fernet token begins; neither the Base32 of an app's secret nor the hex of a seed does."""
FIELDS = ("secret", "seed", "migrated_codes")
logger = logging.getLogger(__name__)


class SealingAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Encrypts with `FOLLOW_KEY`."""

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Refuses the code where the key is another: `manage.py reset_second_factor` is the way back."""
        try:
            return unseal(encrypted_text)
        except InvalidToken as error:
            logger.error("A second factor cannot be read: FOLLOW_KEY is another than when it was set up.")
            raise self.validation_error("incorrect_code") from error


def seal(text: str) -> str:
    """The secret, readable only with `FOLLOW_KEY`; one that is encrypted stays as it is."""
    return text if text.startswith(TOKEN) else cipher(PURPOSE).encrypt(text.encode()).decode()


def unseal(text: str) -> str:
    """The secret again. Raises `InvalidToken` where the key is another."""
    return cipher(PURPOSE).decrypt(text.encode()).decode() if text.startswith(TOKEN) else text


def each_secret(data: dict[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    """The data of one second factor with its secrets changed."""
    changed = {}
    for name in data.keys() & set(FIELDS):
        value = data[name]
        changed[name] = [change(one) for one in value] if isinstance(value, list) else change(value)
    return data | changed
