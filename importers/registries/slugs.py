"""What the registries of this folder are called in the database and in addresses."""

from enum import StrEnum


class Registry(StrEnum):
    CTGOV = "ctgov"
    CTRI = "ctri"
