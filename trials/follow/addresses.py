"""E-mail addresses as they are kept: encrypted to write to, and a keyed hash to find them by."""

from django.conf import settings
from django.utils.crypto import salted_hmac

from trialfinder.cipher import cipher

_SALT = "trials.follow"


def plain(address: str) -> str:
    """One spelling of an address, so that it is found again."""
    return address.strip().lower()


def hashed(address: str) -> str:
    """What an address is found by; without `FOLLOW_KEY` it cannot be guessed back."""
    return keyed(plain(address))


def keyed(text: str) -> str:
    """A hash that needs the key, in 64 letters."""
    return salted_hmac(_SALT, text, settings.FOLLOW_KEY, algorithm="sha256").hexdigest()


def encrypted(address: str) -> str:
    """The address, readable only with `FOLLOW_KEY`."""
    return cipher(_SALT).encrypt(plain(address).encode()).decode()


def decrypted(token: str) -> str:
    """The address again. Raises `cryptography.fernet.InvalidToken` where the key is another."""
    return cipher(_SALT).decrypt(token.encode()).decode()
