"""The registries we read: the packages of `settings.REGISTRIES`, each with an `adapter`. See `base.py`."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from django.conf import settings

from importers.registries.base import Adapter


@cache
def _load(packages: tuple[str, ...]) -> Mapping[str, Adapter]:
    found = [import_module(f"{package}.adapter").ADAPTER for package in packages]
    return {one.slug: one for one in sorted(found, key=lambda one: one.description.precedence)}


def adapters() -> Mapping[str, Adapter]:
    """Every registry by its slug, in their order of precedence."""
    return _load(tuple(settings.REGISTRIES))


def adapter(slug: str) -> Adapter:
    """One registry. `KeyError` for one that the settings do not name."""
    return adapters()[slug]


def over_network() -> list[str]:
    """The slugs of registries that are read over the network."""
    return [slug for slug, one in adapters().items() if one.network]
