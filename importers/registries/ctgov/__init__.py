"""ClinicalTrials.gov, API v2. What it is and how it behaves: docs/registries/ctgov.md."""

from importers.registries.ctgov.fetch import Page, fetch, session, version
from importers.registries.ctgov.identity import examine, fingerprint, identify
from importers.registries.ctgov.parse import parse, parse_value

__all__ = [
    "Page",
    "examine",
    "fetch",
    "fingerprint",
    "identify",
    "parse",
    "parse_value",
    "session",
    "version",
]
