"""Encrypts what the site must be able to read again: addresses of followers, secrets of second factors."""

import base64
import hashlib

from cryptography.fernet import Fernet
from django.conf import settings


def cipher(purpose: str) -> Fernet:
    """Of a key made of `FOLLOW_KEY`, another one for each purpose."""
    key = hashlib.sha256(f"{purpose}:{settings.FOLLOW_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
