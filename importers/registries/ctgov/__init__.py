"""ClinicalTrials.gov, API v2. What it is and how it behaves: docs/registries/ctgov.md."""

from importers.registries.ctgov.fetch import Page, fetch, session, version
from importers.registries.ctgov.identity import fingerprint, identify
from importers.registries.ctgov.parse import parse

__all__ = ["Page", "fetch", "fingerprint", "identify", "parse", "session", "version"]
