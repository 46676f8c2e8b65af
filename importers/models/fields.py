"""Columns that several models have."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


def registry_ids() -> "ArrayField[list[str], list[str]]":
    """An array column of registry ids."""
    return ArrayField(models.CharField(max_length=40), default=list, blank=True)


class Each(models.Func):
    """Every value of an array column, a row each."""

    function = "unnest"
    set_returning = True
    output_field = models.CharField()
