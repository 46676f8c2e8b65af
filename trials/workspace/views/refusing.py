"""Saying no."""

from django.core.exceptions import PermissionDenied


def refuse_unless(allowed: object) -> None:
    """A 403 page where somebody asks for what is not theirs."""
    if not allowed:
        raise PermissionDenied
