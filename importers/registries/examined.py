"""A raw copy after the one look that tells which record it is and whether it has changed."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Examined:
    """What a raw copy is, and its content as the registry's `parse_value` takes it.

    `registry_id` is "" where the copy names none; `parse_value` then tells what is wrong with it.
    """

    registry_id: str
    content_hash: str
    value: Any


@dataclass(frozen=True, slots=True)
class Glance:
    """What can be made out of a copy that cannot be parsed: when it was updated, and its former numbers."""

    updated: date | None = None
    aliases: tuple[str, ...] = ()
