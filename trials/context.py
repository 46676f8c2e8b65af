"""What every page says about the data: how fresh each registry is, what is being imported, sample or real."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import DatabaseError
from django.db.models import Exists
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from trials.models import RegistrySource, Trial


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The state of the catalogue, for banners and footer."""

    sources: Sequence[RegistrySource]
    sample: bool
    empty: bool

    @property
    def importing(self) -> RegistrySource | None:
        """The registry being imported now."""
        return next((source for source in self.sources if source.importing_since), None)

    @property
    def filling(self) -> bool:
        """Whether the first import is under way and there is nothing to show yet."""
        return self.empty and self.importing is not None

    @property
    def unreachable(self) -> RegistrySource | None:
        """A registry whose last reading failed."""
        return next((source for source in self.sources if source.last_error), None)


def current() -> Catalogue:
    """One query: each source carries whether any trial is listed and whether it is a sample."""
    listed = Trial.objects.listed()
    rows = RegistrySource.objects.order_by("registry").annotate(
        has_listed=Exists(listed), has_sample=Exists(listed.filter(sample=True))
    )
    try:
        sources = tuple(rows)
    except DatabaseError:  # an error page must come out also when the database is gone
        sources = ()
    return Catalogue(
        sources=sources,
        sample=any(source.has_sample for source in sources),
        empty=not any(source.has_listed for source in sources),
    )


def catalogue(_request: HttpRequest) -> dict[str, object]:
    """`catalogue` for templates; asked only by those that use it."""
    return {"catalogue": SimpleLazyObject(current)}
