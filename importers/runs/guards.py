"""What stops an import from doing damage: a sweep that looks wrong waits for a person.

The run is carried out in a transaction, the catalogue before and after is compared, and where one of these
guards objects everything is rolled back and the difference shown. Sweeps of a registry are held, and copies
read again where labels would change; not files: they are given by a person who knows them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import connection
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext, ngettext

from importers.models import ImportRun, RecordChange, RunPage
from trials.choices import Status
from trials.models import Registration, Trial

SMALLEST_SHARE = 0.9
"""Of the last good sweep's studies."""
FEWEST, LARGEST_SHARE = 5, 0.01
"""Trials that may vanish or close in one sweep: as many as these, or this share of the listed ones."""
FAILING_SHARE = 0.01
"""Of the records; a single record that fails never holds the others."""
EMPTIED_SHARE = 0.5
FILLED_AT_LEAST = 20
"""Fields that fewer records fill tell nothing by falling."""
WATCHED_COLUMNS = ("title", "official_title", "summary", "sponsor", "sex", "min_age_years", "last_updated")
WATCHED_ARRAYS = ("phases", "countries", "conditions")
WATCHED_DETAILS = (
    "conditions", "interventions", "arms", "eligibility", "study_type", "primary_purpose", "enrollment",
    "start", "completion", "contacts", "officials", "outcomes", "secondary_ids",
)  # fmt: skip

LABELS = ("role", "conditions", "targets", "products", "cell_source", "undecided")
"""What is concluded from a record, as `RecordChange.fields` names it; besides the facets of eligibility."""


@dataclass(frozen=True, slots=True)
class HoldReason:
    """Why a run is held. `code` is a key of `WORDS`, `values` what its sentence needs."""

    code: str
    values: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class CatalogueSnapshot:
    """The catalogue as one registry has made it, before or after a run."""

    listed: frozenset[int]  # trials the public sees
    open: frozenset[int]  # of these, recruiting
    records: int
    filled: Mapping[str, int]  # field: how many records state it


def picture(registry: str) -> CatalogueSnapshot:
    """One look at what is stored."""
    trials = Trial.objects.listed().filter(registrations__registry=registry, sample=False)
    rows = list(trials.values_list("id", "status").distinct())
    return CatalogueSnapshot(
        listed=frozenset(pk for pk, _ in rows),
        open=frozenset(pk for pk, status in rows if status == Status.RECRUITING),
        **_filled(registry),
    )


def _filled(registry: str) -> dict[str, Any]:
    """How many records state each watched field, in one pass over the table."""
    table = Registration._meta.db_table
    names = [*WATCHED_COLUMNS, *WATCHED_ARRAYS, *(f"details.{name}" for name in WATCHED_DETAILS)]
    tests = [
        *(f"coalesce({name}::text, '') <> ''" for name in WATCHED_COLUMNS),
        *(f"cardinality({name}) > 0" for name in WATCHED_ARRAYS),
        *(f"coalesce(d->>'{name}', '') NOT IN ('', '[]')" for name in WATCHED_DETAILS),
    ]
    counts = ", ".join(f"count(*) FILTER (WHERE {test})" for test in tests)
    unpacked_once = "LATERAL (SELECT details || '{}' AS d OFFSET 0) AS once"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), {counts} FROM {table}, {unpacked_once} "  # noqa: S608 -- our own names
            "WHERE registry = %s AND NOT sample",
            [registry],
        )
        records, *filled = cursor.fetchone()
    return {"records": records, "filled": dict(zip(names, filled, strict=True))}


def doubts(run: ImportRun, before: CatalogueSnapshot, after: CatalogueSnapshot) -> Iterator[HoldReason]:
    """Everything about a sweep that should not pass without a person."""
    last = last_good(run)
    if not run.is_crawl:
        yield from _size(run, last)
    yield from _losses(before, after)
    if run.failed > max(1, FAILING_SHARE * run.seen):
        yield HoldReason("failing", {"count": run.failed, "of": run.seen})
    yield from _emptied(before, after)
    changed = sorted(_described_differently(last_schema(run), run.schema))
    if changed:
        yield HoldReason("schema", {"count": len(changed), "fields": ", ".join(changed)})


def may_hold_first(run: ImportRun) -> bool:
    """Whether a sweep into an empty catalogue could be held, by what is known before any of it is shown.

    Every problem counts as a record that failed, so none is let through that `doubts` would hold.
    """
    problems = run.run_pages.aggregate(all=Sum("problems"))["all"] or 0
    return (
        any(_size(run, last_good(run)))
        or problems > max(1, FAILING_SHARE * RunPage.ids_of(run).count())
        or any(_described_differently(last_schema(run), run.schema))
    )


MISSING = "missing"
"""What a registry's description says of a field that it no longer has."""


def _described_differently(known: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    """Fields whose type or words changed. One that only a newer parser reads was not asked for before."""
    for path, description in now.items():
        if path in known:
            if description != known[path]:
                yield path
        elif known and description == MISSING:
            yield path


def relabelled(changes: Iterable[RecordChange]) -> Iterator[HoldReason]:
    """Kept copies under other rules or another vocabulary: a person looks at the difference first."""
    count = sum(any(_is_label(field["field"]) for field in change.fields) for change in changes)
    if count:
        yield HoldReason("relabelled", {"count": count})


def _is_label(field: str) -> bool:
    return field in LABELS or field.startswith("facet: ")


def shrunk(run: ImportRun) -> bool:
    """Whether so much is missing from a sweep that asking for each missing study makes no sense."""
    return any(_size(run, last_good(run)))


def _size(run: ImportRun, last: ImportRun | None) -> Iterator[HoldReason]:
    if not run.total:
        yield HoldReason("nothing")
    elif last and last.total and run.total < SMALLEST_SHARE * last.total:
        yield HoldReason("fewer", {"count": run.total, "of": last.total})


def _losses(before: CatalogueSnapshot, after: CatalogueSnapshot) -> Iterator[HoldReason]:
    allowed = max(FEWEST, LARGEST_SHARE * len(before.listed))
    vanished = len(before.listed - after.listed)
    closed = len((before.open & after.listed) - after.open)
    if vanished > allowed:
        yield HoldReason("vanishing", {"count": vanished, "of": len(before.listed)})
    if closed > allowed:
        yield HoldReason("closing", {"count": closed, "of": len(before.open)})


def _emptied(before: CatalogueSnapshot, after: CatalogueSnapshot) -> Iterator[HoldReason]:
    for name, count in before.filled.items():
        if count < FILLED_AT_LEAST or not after.records:
            continue
        old, new = count / before.records, after.filled[name] / after.records
        if new < EMPTIED_SHARE * old:
            values = {"before": round(100 * old), "after": round(100 * new)}
            yield HoldReason("emptied", {"field": name.removeprefix("details."), **values})


def last_good(run: ImportRun) -> ImportRun | None:
    """The last complete sweep of the registry whose result stands."""
    return _good_sweeps(run).first()


def last_schema(run: ImportRun) -> dict[str, str]:
    """The registry's description of its fields that the last good sweep was given."""
    described = _good_sweeps(run).exclude(schema={}).first()
    return described.schema if described else {}


def _good_sweeps(run: ImportRun) -> QuerySet[ImportRun]:
    good = [ImportRun.Status.SUCCEEDED, ImportRun.Status.PARTIAL]
    sweeps = ImportRun.objects.filter(
        registry=run.registry, source=ImportRun.Source.REGISTRY, only_ids=[], dry_run=False, status__in=good
    )
    return sweeps.exclude(pk=run.pk).order_by("-finished_at")


def words(code: str, values: Mapping[str, Any]) -> str:
    """The reason in a sentence, in the reader's language."""
    count = values.get("count", 0)
    sentences = {
        "nothing": gettext("The registry says it has no CAR T study at all."),
        "fewer": gettext("The registry has %(count)s CAR T studies, %(of)s the last time."),
        "vanishing": ngettext(
            "%(count)s of %(of)s listed trials would disappear.",
            "%(count)s of %(of)s listed trials would disappear.",
            count,
        ),
        "closing": ngettext(
            "%(count)s of %(of)s recruiting trials would stop recruiting.",
            "%(count)s of %(of)s recruiting trials would stop recruiting.",
            count,
        ),
        "failing": ngettext(
            "%(count)s of %(of)s records could not be read.",
            "%(count)s of %(of)s records could not be read.",
            count,
        ),
        "emptied": gettext("“%(field)s” was stated by %(before)s %% of the records, now by %(after)s %%."),
        "relabelled": ngettext(
            "The labels of %(count)s trial would change. Look at the difference, then publish it.",
            "The labels of %(count)s trials would change. Look at the difference, then publish it.",
            count,
        ),
        "schema": ngettext(
            "The registry describes %(count)s field we read differently: %(fields)s.",
            "The registry describes %(count)s fields we read differently: %(fields)s.",
            count,
        ),
    }
    return sentences[code] % values
