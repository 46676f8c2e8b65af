"""The registries we read, literally. A third one is one module and one line here."""

from typing import Any, Protocol

from importers.registries import ctgov, ctri
from importers.registries.examined import Examined, Glance
from trials.choices import Registry
from trials.record import TrialRecord


class RegistryModule(Protocol):
    """What the pipeline asks of a registry's module. All of it is pure."""

    def examine(self, raw: bytes) -> Examined:
        """`identify` and `fingerprint` in one look, or `ParseError` for what cannot be looked into."""

    def parse_value(self, value: Any) -> TrialRecord:
        """`parse` for the value of an examined copy."""

    def glance(self, value: Any) -> Glance:
        """What can be made out of an examined copy that `parse_value` refuses."""

    def parse(self, raw: bytes) -> TrialRecord:
        """The record, or `ParseError`."""

    def identify(self, raw: bytes) -> str:
        """The registry id this raw copy is about, "" where it names none."""

    def fingerprint(self, raw: bytes) -> str:
        """SHA-256 (hex) of the content that matters, volatile parts left out."""


REGISTRIES: dict[Registry, RegistryModule] = {
    Registry.CTGOV: ctgov,
    Registry.CTRI: ctri,
}
