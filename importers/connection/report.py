"""Trying the connection to a registry: the questions of its table, and what came."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.utils import translation

from importers.http.access import Access
from importers.registries import adapter
from importers.registries.check import MASK, CheckResult, results


@dataclass
class Report:
    """What trying one registry brought. Holds no secret: it is made to be passed on."""

    registry: str
    address: str
    user_agent: str
    proxy: str  # "": none, or the machine's own
    at: str  # UTC, ISO 8601
    checks: list[CheckResult] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether everything is as the product expects."""
        return not any(result.differs for result in self.checks)

    def as_json(self) -> dict[str, Any]:
        return {"registry": self.registry, "ok": self.ok, **asdict(self)}


def begin(registry: str, access: Access) -> tuple[Report, Iterator[CheckResult]]:
    """A report without results, and the results as they come; the caller adds them. In English."""
    network = adapter(registry).network
    if network is None:
        raise ValueError(f"{registry} is read from files only.")
    with network.open(access) as session:
        report = Report(
            registry,
            masked(session.base_url),
            session.user_agent,
            masked(session.proxy),
            datetime.now(UTC).isoformat(timespec="seconds"),
        )
    return report, _in_english(results(network.checks, network.open, access))


def whole(registry: str, access: Access) -> Report:
    """The report with all its results."""
    report, found = begin(registry, access)
    report.checks.extend(found)
    return report


def _in_english(found: Iterator[CheckResult]) -> Iterator[CheckResult]:
    while True:
        with translation.override("en"):
            result = next(found, None)
        if result is None:
            return
        yield result


def masked(address: str) -> str:
    """An address without the name and password in it."""
    before, at, host = address.rpartition("@")
    scheme = before[: before.find("://") + 3] if "://" in before else ""
    return f"{scheme}{MASK}@{host}" if at else address
