"""CTRI (ctri.nic.in): reads a saved detail page. Layout and evidence: docs/registries/ctri.md."""

from importers.registries.ctri.glance import glance
from importers.registries.ctri.page import fingerprint, identify
from importers.registries.ctri.record import parse
from importers.registries.examined import Examined
from trials.record import TrialRecord

__all__ = ["examine", "fingerprint", "glance", "identify", "parse", "parse_value"]


def examine(raw: bytes) -> Examined:
    """Number and fingerprint of a page; its value is the page itself."""
    return Examined(identify(raw), fingerprint(raw), raw)


def parse_value(value: bytes) -> TrialRecord:
    """The record of an examined page, or `ParseError`."""
    return parse(value)
