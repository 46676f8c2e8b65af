"""The hospitals and cities that the catalogue names: asked where they are needed."""

from collections.abc import Mapping
from functools import cached_property

from trials.models import Site
from trials.search.listed import Listed


class KnownPlaces:
    """Places that a search may name besides those of the vocabulary, and the names of hospitals."""

    def __init__(self, listed: Listed | None = None) -> None:
        self._listed = listed or Listed()

    @cached_property
    def hospitals(self) -> Mapping[str, str]:
        """Names of hospitals by slug; read once a version of the data."""
        return self._listed.snapshot.once("hospitals", _names)

    @cached_property
    def cities(self) -> frozenset[str]:
        """Slugs of the cities of listed trials."""
        return frozenset(self._listed.snapshot.counts("cities"))


def _names() -> Mapping[str, str]:
    named = Site.objects.exclude(hospital="").values_list("slug", "hospital", "city")
    return {slug: f"{hospital}, {city}" for slug, hospital, city in named}
