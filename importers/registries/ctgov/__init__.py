"""ClinicalTrials.gov, API v2. What it is and how it behaves: docs/registries/ctgov.md."""

from importers.registries.ctgov.fetch import fetch_one, session, version
from importers.registries.ctgov.identity import examine, fingerprint, glance, identify, recognise
from importers.registries.ctgov.parse import parse, parse_value
from importers.registries.ctgov.schema import schema
from importers.registries.ctgov.sweep import AskedQuestion, QuestionSweep

__all__ = [
    "AskedQuestion",
    "QuestionSweep",
    "examine",
    "fetch_one",
    "fingerprint",
    "glance",
    "identify",
    "parse",
    "parse_value",
    "recognise",
    "schema",
    "session",
    "version",
]
