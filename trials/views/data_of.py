"""What the foot of every page says of a registry's data: plain values, of which a piece of a page is made."""

from dataclasses import dataclass
from datetime import datetime

from trials.choices import ReadFrom
from trials.display import registry_label
from trials.models import RegistrySource


@dataclass(frozen=True, slots=True)
class SourceFace:
    """How fresh one registry's data are; the names are those of `RegistrySource`."""

    registry: str
    read_from: ReadFrom
    last_good_at: datetime | None
    files_at: datetime | None
    last_tried_at: datetime | None
    last_error: bool
    page_by_page: bool
    listed_trials: int
    is_late: bool

    @classmethod
    def of(cls, source: RegistrySource) -> "SourceFace":
        return cls(
            registry=source.registry,
            read_from=source.read_from,
            last_good_at=source.last_good_at,
            files_at=source.files_at,
            last_tried_at=source.last_tried_at,
            last_error=bool(source.last_error),
            page_by_page=source.page_by_page,
            listed_trials=source.listed_trials,
            is_late=source.is_late,
        )

    def __str__(self) -> str:
        return registry_label(self.registry)
