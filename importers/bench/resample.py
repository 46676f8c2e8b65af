"""Many trials made of few, to measure how pages grow: `manage.py bench_scale --trials 600000`.

The listed trials at hand are drawn again and again inside PostgreSQL, from a fixed seed, each copy with
ids, a day, a sponsor and Indian hospitals of its own, so that what a filter leaves stays as large a share.
Never into a catalogue that anybody reads: the command refuses a data folder that is not its own.

One in 25 copies has sites in India, as a register of all trials would. Sites abroad are not made: no list
reads them. Of a record only short details are kept, so that 600,000 fit on a small disk.
"""

from collections.abc import Iterator, Mapping
from time import perf_counter

from django.db import connection, transaction

from trials.models import Trial

IN_INDIA = 25
"""Of so many copies one has sites in India."""
DAYS = 3650
"""Copies were last updated within so many days; the newer, the more."""

_SOURCES = """
    CREATE TEMPORARY TABLE source AS
        SELECT row_number() OVER (ORDER BY trial.id) AS number, trial.*,
            record.id AS record_id, record.details
        FROM trials_trial AS trial JOIN LATERAL (
            SELECT id, (SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(details)
                WHERE length(value::text) < 200) AS details
            FROM trials_registration WHERE trial_id = trial.id ORDER BY id LIMIT 1
        ) AS record ON true WHERE trial.published;
    CREATE TEMPORARY TABLE hospital AS
        SELECT row_number() OVER (ORDER BY id) AS number, * FROM trials_site WHERE hospital <> '';
    CREATE TEMPORARY TABLE draw AS
        SELECT base.last + n AS id, base.record + n AS record_id,
            'NCT9' || lpad(n::text, 7, '0') AS registry_id,
            1 + floor(random() * base.sources)::int AS source,
            1 + floor(random() * base.hospitals)::int AS hospital,
            random() < 1.0 / %(in_india)s AS in_india, random() < 0.5 AS is_open,
            current_date - (power(random(), 2) * %(days)s)::int AS updated,
            CASE WHEN random() < 0.4 THEN '' ELSE ' ' || floor(random() * 20)::text END AS sponsor
        FROM generate_series(1, %(copies)s) AS n, (
            SELECT (SELECT max(id) FROM trials_trial) AS last,
                (SELECT max(id) FROM trials_registration) AS record,
                (SELECT count(*) FROM source) AS sources, (SELECT count(*) FROM hospital) AS hospitals
        ) AS base;
    CREATE INDEX ON draw (id);
    ANALYZE source; ANALYZE hospital; ANALYZE draw;
"""
_PLACES = """ARRAY(SELECT DISTINCT {column} FROM hospital AS h
    WHERE h.number BETWEEN draw.hospital AND draw.hospital + 1 AND {condition})::varchar[]"""
_CITY = "lower(regexp_replace(h.city, '[^A-Za-z]+', '-', 'g'))"
_STATE = "lower(regexp_replace(h.state, '[^A-Za-z]+', '-', 'g'))"


def _changed() -> Mapping[str, str]:
    """What is a copy's own, by column of the trial."""
    places = {
        prefix + name: _PLACES.format(column=column, condition=condition)
        for prefix, condition in (("", "draw.in_india"), ("open_", "draw.in_india AND draw.is_open"))
        for name, column in (("cities", _CITY), ("states", _STATE), ("hospitals", "h.slug"))
    }
    return places | {
        "id": "draw.id",
        "primary_id": "draw.registry_id",
        "registry_ids": "ARRAY[draw.registry_id]::varchar[]",
        "ids_text": "draw.registry_id",
        "title": "source.title || ' ' || draw.source % 97",
        "sponsor": "CASE WHEN source.sponsor = '' THEN '' ELSE source.sponsor || draw.sponsor END",
        "countries": "array_remove(source.countries, 'India')"
        " || CASE WHEN draw.in_india THEN ARRAY['India']::varchar[] ELSE '{}' END",
        "recruiting_in_india": "draw.in_india AND draw.is_open",
        "status": "CASE WHEN draw.in_india AND draw.is_open THEN 'RECRUITING' ELSE source.status END",
        "last_updated": "draw.updated",
    }


_RECORD = {
    "id": "draw.record_id",
    "trial_id": "draw.id",
    "registry_id": "draw.registry_id",
    "aliases": "ARRAY[]::varchar[]",
    "url": "'https://example.org/' || draw.registry_id",
    "last_updated": "draw.updated",
    "eligibility": "'{}'::jsonb",
    "evidence": "'{}'::jsonb",
    "summary": "''",
    "official_title": "''",
    "details": "source.details",
}
_SITES = """
    INSERT INTO trials_trialsite (trial_id, registration_id, position, facility, address, written_city,
        written_state, postal_code, hospital, city, state, country, latitude, longitude, place_rule,
        status, is_open, investigator, contacts, site_id, counted, confirmed, registry_open)
    SELECT draw.id, draw.record_id, h.number - draw.hospital, h.hospital, '', h.city,
        h.state, '', h.hospital, h.city, h.state, 'India', h.latitude, h.longitude, '',
        CASE WHEN is_open THEN 'RECRUITING' ELSE 'COMPLETED' END, is_open, '', '[]', h.id, true, '', is_open
    FROM draw JOIN hospital AS h ON h.number BETWEEN draw.hospital AND draw.hospital + 1 WHERE in_india
"""
_EVENTS = """
    INSERT INTO trials_trialevent (trial_id, registration_id, kind, at, before, after)
    SELECT id, record_id, CASE WHEN number = 1 THEN 'listed' ELSE 'status_changed' END AS kind,
        CASE WHEN number = 1 AND id % 33 > 0 THEN current_date - interval '400 days'
            ELSE updated::timestamptz END + random() * interval '1 day', '',
        CASE WHEN number = 1 THEN '' ELSE 'RECRUITING' END
    FROM draw, generate_series(1, 2) AS number WHERE number = 1 OR id % 5 = 0
"""


def resample(trials: int) -> Iterator[str]:
    """Fill the catalogue up to so many listed trials; says what each step took."""
    begun = perf_counter()
    copies = trials - Trial.objects.listed().count()
    if copies > 0:
        with transaction.atomic(), connection.cursor() as cursor:
            # Neither triggers nor foreign keys are looked at row by row; the version is counted once.
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
            cursor.execute("SELECT setseed(0.42)")
            cursor.execute(_SOURCES, {"in_india": IN_INDIA, "days": DAYS, "copies": copies})
            indexes = _drop_indexes("trials_trial")
            # Words are copied with the rest: to make them of the texts again takes longer than all else.
            cursor.execute("ALTER TABLE trials_trial ALTER COLUMN search_vector DROP EXPRESSION IF EXISTS")
            cursor.execute(_copied("trials_trial", _changed(), "source"))
            yield f"{copies} trials after {perf_counter() - begun:.0f} s"
            cursor.execute(_copied("trials_registration", _RECORD, "record"))
            cursor.execute(_SITES)
            cursor.execute(_EVENTS)
            for index in indexes:
                cursor.execute(index)
            for table in ("trials_trial", "trials_registration"):
                cursor.execute(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))")  # noqa: S608
            cursor.execute("UPDATE trials_dataversion SET number = number + 1")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    yield f"{max(copies, 0)} trials, their records, sites and events in {perf_counter() - begun:.0f} s"


def _drop_indexes(table: str) -> list[str]:
    """Take the indexes for words and lists off a table; the statements that make them again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexdef LIKE %s",
            [table, "%USING gin%"],
        )
        found = cursor.fetchall()
        for name, _ in found:
            cursor.execute(f"DROP INDEX {name}")
    return [definition for _, definition in found]


def _copied(table: str, changed: Mapping[str, str], origin: str) -> str:
    """The statement that copies rows with all their columns but the `changed` ones."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s ",
            [table],
        )
        names = [name for (name,) in cursor.fetchall()]
    values = ", ".join(changed.get(name, f"{origin}.{name}") for name in names)
    joined = (
        "" if origin == "source" else "JOIN trials_registration AS record ON record.id = source.record_id"
    )
    # Only names of this file and of our own tables are put together here.
    return (
        f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM draw "  # noqa: S608
        f"JOIN source ON source.number = draw.source {joined}"
    )
