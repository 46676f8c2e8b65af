"""The hospitals and cities that the catalogue names: one statement a search, where it is needed at all."""

from collections.abc import Mapping
from functools import cached_property

from django.db.models import F, Func, Value
from django.db.models.fields import CharField

from trials.models import Site, Trial


class KnownPlaces:
    """Places that a search may name besides those of the vocabulary, and the names of hospitals."""

    @cached_property
    def _rows(self) -> list[tuple[str, str, str, str]]:
        """Slug, hospital, city and state of every hospital; the slug alone of cities of listed trials."""
        sites = Site.objects.values_list("slug", "hospital", "city", "state")
        cities = Trial.objects.listed().annotate(place=Func(F("cities"), function="unnest"))
        nothing = [Value("", output_field=CharField())] * 3
        return list(sites.union(cities.values_list("place", *nothing)))

    @cached_property
    def sites(self) -> Mapping[str, Site]:
        """Hospitals by slug."""
        columns = ("slug", "hospital", "city", "state")
        return {row[0]: Site(**dict(zip(columns, row, strict=True))) for row in self._rows if row[1]}

    @cached_property
    def hospitals(self) -> Mapping[str, str]:
        """Names of hospitals by slug."""
        return {slug: str(site) for slug, site in self.sites.items()}

    @cached_property
    def cities(self) -> frozenset[str]:
        """Slugs of the cities of listed trials."""
        return frozenset(slug for slug, hospital, *_ in self._rows if not hospital)
