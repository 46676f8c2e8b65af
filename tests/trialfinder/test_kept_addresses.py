"""Each public address is kept or left out for a reason, and each table that a kept page reads is watched."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from tests.kept import fill
from tests.snapshots import MADE
from trialfinder.kept_pages import PAGES
from trials.browse.products import car_t_products

pytestmark = pytest.mark.django_db

LEFT_OUT = {
    "healthz": "asked for by machines that want the truth of this second",
    "healthz-imports": "as healthz",
    "robots": "a line of text",
    "security-txt": "four lines of text, with a date",
    "worker": "a script with a version of its own",
    "trials:match": "a form with a token",
    "trials:report": "a form with a token",
    "trials:follow": "a form with a token",
    "trials:follow-confirm": "one person's",
    "trials:follow-manage": "one person's",
    "trials:follow-stop": "one person's",
    "trials:qr": "the same for ever, and says so",
    "trials:manifest": "the same for ever, and says so",
    "trials:last-list": "leads elsewhere",
    "readyz": "as healthz",
    "metrics": "as healthz",
    "sitemap-file": "long, and read by robots alone",
    "trials:list_csv": "streamed",
    "trials:open-data": "lists files, which the version does not count",
    "trials:embed": "a form with many values",
    "trials:embed-trials": "has a tag of its own",
    "trials:embed-badge": "has a tag of its own",
    "trials:embed-theme": "has a tag of its own",
    "trials:embed-js": "the same for a day, and says so",
    "trials:preview": "has a tag of its own",
    "trials:preview-site": "has a tag of its own",
    "trials:preview-trial": "has a tag of its own",
    "trials:preview-condition": "has a tag of its own",
}
MOST_STATEMENTS = 5 + MADE  # lists make a snapshot where the transaction has written
STAFF_OR_API = ("imports:", "workspace:", "account", "mfa", "usersessions", "admin:", "api-")


def names(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from names(pattern, before + inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield before + pattern.name


def test_every_address_of_the_public_is_decided() -> None:
    public = {name for name in names(get_resolver()) if not name.startswith(STAFF_OR_API)}
    assert public == set(PAGES) | set(LEFT_OUT)


QUERIES = {
    f"trials:{name}": "?id=NCT00000001" for name in ("shortlist", "compare", "clinic_sheet", "clinic_note")
}
SLUGS = {
    "trials:site": "own-hospital-mumbai",
    "trials:condition": "lbcl",
    "trials:product": car_t_products()[0].slug,
}


def address(name: str) -> str:
    """That of the page, of the trial and the hospital there are."""
    arguments = {"slug": SLUGS[name]} if name in SLUGS else {"registry_id": "NCT00000001"}
    try:
        return reverse(name) + QUERIES.get(name, "")
    except NoReverseMatch:
        return reverse(name, kwargs=arguments)


def test_what_public_pages_read_counts_the_version_up() -> None:
    """A table that a page reads and no trigger counts would leave the old word on kept pages."""
    fill()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%_counts'")
        counted = {table for (table,) in cursor.fetchall()}
    asked, visitor = {}, Client()
    for name in PAGES:
        with CaptureQueriesContext(connection) as statements:
            assert (name, visitor.get(address(name)).status_code) == (name, 200)
        asked[name] = [statement["sql"] for statement in statements]
    words = {word for sqls in asked.values() for sql in sqls for word in re.findall(r"\w+", sql)}
    asked_for = words & set(connection.introspection.table_names())
    assert asked_for - counted == {"trials_dataversion"}  # the version itself
    assert {name: len(sqls) for name, sqls in asked.items() if len(sqls) > MOST_STATEMENTS} == {}
