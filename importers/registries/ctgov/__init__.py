"""ClinicalTrials.gov, API v2. What it is and how it behaves: docs/registries/ctgov.md."""

from importers.registries.ctgov.fetch import Page, fetch, fetch_one, session, version
from importers.registries.ctgov.identity import examine, fingerprint, glance, identify
from importers.registries.ctgov.parse import parse, parse_value
from importers.registries.ctgov.query import query
from importers.registries.ctgov.schema import schema

__all__ = [
    "Page",
    "examine",
    "fetch",
    "fetch_one",
    "fingerprint",
    "glance",
    "identify",
    "parse",
    "parse_value",
    "query",
    "schema",
    "session",
    "version",
]
