"""CTRI (ctri.nic.in): reads a saved detail page. Layout and evidence: docs/registries/ctri.md."""

from importers.registries.ctri.page import fingerprint, identify
from importers.registries.ctri.record import parse

__all__ = ["fingerprint", "identify", "parse"]
