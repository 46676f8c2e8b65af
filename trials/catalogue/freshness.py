"""What every page says about the data: how fresh each registry is, what is being imported, sample or real."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from trialfinder.environment import Mode
from trials import registries
from trials.choices import ReadFrom
from trials.models import DataVersion, Registration, RegistrySource, Trial


@dataclass(frozen=True, slots=True)
class CatalogueState:
    """The state of the catalogue, for banners and footer. `sources` has every registry, imported or not.

    `version` names the newest change of the data as `trials.search.snapshot` does, "" where it is not known.
    """

    sources: Sequence[RegistrySource]
    sample: bool
    empty: bool
    version: str = ""

    @property
    def importing(self) -> RegistrySource | None:
        """The registry being imported now."""
        return next((source for source in self.sources if source.importing_since), None)

    @property
    def filling(self) -> bool:
        """Whether the first import is under way and there is nothing to show yet."""
        return self.empty and self.importing is not None

    @property
    def first_import(self) -> RegistrySource | None:
        """The registry being imported of which nothing was ever read: people wait for it."""
        source = self.importing
        return source if source and (self.empty or source.read_from == ReadFrom.NEVER) else None

    @property
    def later_import(self) -> RegistrySource | None:
        """The registry being imported again, while its earlier records are shown."""
        return None if self.first_import else self.importing

    @property
    def loud(self) -> bool:
        """Whether a notice stands before the page: sample or old data, or the first import under way."""
        return self.sample or bool(self.first_import or self.old)

    @property
    def unread(self) -> bool:
        """Whether there is nothing to show because no registry has ever been read, nor a file."""
        return self.empty and all(source.read_from == ReadFrom.NEVER for source in self.sources)

    @property
    def old(self) -> list[RegistrySource]:
        """Registries whose data are so old that people must be warned."""
        return [source for source in self.sources if source.is_old]

    @property
    def incomplete(self) -> list[RegistrySource]:
        """Registries of which a quiet line tells: not read themselves yet, or not answering the last time.

        While one is being imported the page shows its progress instead. Where there is nothing at all to
        show, the page says that instead of naming each registry.
        """
        if self.unread:
            return []
        return [
            source
            for source in self.sources
            if not (source.is_old or source.importing_since)
            and (source.last_error or (source.read_from != ReadFrom.REGISTRY and not self.sample))
        ]


@dataclass(frozen=True, slots=True)
class _Counted:
    """Listed trials of the registries read page by page, for one version of the data."""

    version: str = ""
    mode: Mode | None = None
    trials: Mapping[str, int] = field(default_factory=dict)


_kept = _Counted()
"""Every page tells the numbers, and counting takes the longer the more trials there are."""


def current() -> CatalogueState:
    """One query: every registry, what is listed of those read page by page, and whether anything is."""
    sql, params = _listed(settings.MODE)
    kept, paged = _kept if _kept.mode == settings.MODE else _Counted(), registries.page_by_page()
    # Only Django's own SQL and the names of this module are put together here. A number of a version of the
    # data that is at hand is not counted again; each registry is named, so that its index is used.
    one_more = f"""
        UNION ALL SELECT %s, (
            SELECT count(DISTINCT listed.id)
            FROM {Registration._meta.db_table} AS record JOIN listed ON listed.id = record.trial_id
            WHERE record.registry = %s AND NOT record.sample
        ) WHERE coalesce((SELECT now FROM version) <> %s, true)
    """  # noqa: S608
    asked = f"""
        WITH listed AS NOT MATERIALIZED ({sql}),
        version AS (
            SELECT number || '-' || xmin AS now FROM {DataVersion._meta.db_table}
            WHERE pg_current_xact_id_if_assigned() IS NULL
        ),
        crawled (registry, counted) AS (
            SELECT ''::varchar, 0::bigint WHERE false {"".join(one_more for _ in paged)}
        )
        SELECT source.*, known.registry AS known, crawled.counted, (SELECT now FROM version) AS version,
               EXISTS (SELECT FROM listed) AS has_listed,
               EXISTS (SELECT FROM listed WHERE sample) AS has_sample
        FROM unnest(%s::varchar[]) AS known(registry)
        LEFT JOIN {RegistrySource._meta.db_table} AS source USING (registry)
        LEFT JOIN crawled USING (registry)
        ORDER BY known.registry
    """  # noqa: S608
    counting = [value for registry in paged for value in (registry, registry, kept.version)]
    values = [*params, *counting, registries.slugs()]
    try:
        rows: list[Any] = list(RegistrySource.objects.raw(asked, values))
    except DatabaseError:  # an error page must render even without a database
        return CatalogueState(sources=(), sample=False, empty=False)
    counted = _count(kept, rows)
    return CatalogueState(
        sources=[_source(row, counted) for row in rows],
        sample=any(row.has_sample for row in rows),
        empty=not any(row.has_listed for row in rows),
        version=rows[0].version or "",
    )


@lru_cache(len(Mode))
def _listed(_mode: Mode) -> tuple[str, Sequence[Any]]:
    return Trial.objects.listed().values("id", "sample").query.sql_with_params()


def _count(kept: _Counted, rows: Sequence[Any]) -> Mapping[str, int]:
    """Listed trials by registry: as they were counted for this version of the data, or now."""
    global _kept
    version = rows[0].version or ""
    if version and version == kept.version:
        return kept.trials
    trials = {row.known: row.counted or 0 for row in rows}
    if version:
        _kept = _Counted(version, settings.MODE, trials)
    return trials


def _source(row: Any, counted: Mapping[str, int]) -> RegistrySource:
    """The row as it was read; an unsaved one for a registry that no import has met."""
    source: RegistrySource = row if row.registry else RegistrySource(registry=row.known)
    source.listed_trials = counted[row.known]
    return source


def of(request: HttpRequest) -> CatalogueState:
    """The state of the catalogue, asked for once a request."""
    known = request.__dict__.get("_catalogue")
    if not isinstance(known, CatalogueState):
        known = request.__dict__["_catalogue"] = current()
    return known


def is_passing(request: HttpRequest) -> bool:
    """Whether a page says what holds for a moment: how far the first import is, or that nothing is known."""
    state = request.__dict__.get("_catalogue")
    return isinstance(state, CatalogueState) and bool(state.first_import or not state.sources)


def catalogue(request: HttpRequest) -> dict[str, object]:
    """`catalogue` for templates; asked only by those that use it."""
    return {"catalogue": SimpleLazyObject(lambda: of(request))}
