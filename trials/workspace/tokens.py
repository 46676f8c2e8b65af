"""Secrets of links in mails: the mail has the secret, the database its hash."""

import hashlib
import secrets


def make() -> tuple[str, str]:
    """A new secret for a link, and its hash to keep."""
    secret = secrets.token_urlsafe(32)
    return secret, hashed(secret)


def hashed(secret: str) -> str:
    """What is kept of a secret. It is long and random: a plain hash cannot be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()
