"""Columns that several models have."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


def slugs() -> "ArrayField[list[str], list[str]]":
    """An array column of slugs or codes."""
    return ArrayField(models.CharField(max_length=100), default=list, blank=True)
