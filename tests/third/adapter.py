"""The Third Register: records of JSON, all of them in one answer."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from importers.fake.server import FakeRegistry, Fault
from importers.files.documents import json_document
from importers.http.access import ORDINARY, Access, open_session
from importers.http.errors import NotFound
from importers.http.session import RegistrySession
from importers.records import ParseError
from importers.registries.base import Adapter, Sweeping, SweepPage
from importers.registries.check import Check
from importers.registries.examined import Examined
from importers.text.jsontext import canonical
from tests.third.description import DESCRIPTION
from trials.choices import Status, StudyType
from trials.record import Intervention, SecondaryId, SiteRecord, TrialRecord


def examine(raw: bytes) -> Examined:
    value = json.loads(raw)
    return Examined(value.get("id", ""), hashlib.sha256(raw).hexdigest(), value)


def parse_value(value: dict[str, Any]) -> TrialRecord:
    try:
        return TrialRecord(
            registry=DESCRIPTION.slug,
            registry_id=value["id"],
            url=f"https://third.example/{value['id']}",
            title=value["title"],
            status=Status(value["status"]),
            last_updated=date.fromisoformat(value["updated"]),
            study_type=StudyType.INTERVENTIONAL,
            conditions=tuple(value["conditions"]),
            interventions=tuple(Intervention(name) for name in value["treatments"]),
            secondary_ids=tuple(SecondaryId(number) for number in value["other_ids"]),
            countries=("India",),
            sites=tuple(
                SiteRecord(facility=name, city=city, country="India", status=Status(value["status"]))
                for name, city in value["sites"]
            ),
        )
    except (LookupError, ValueError) as error:
        raise ParseError(value.get("id", ""), "record", error) from None


def session(access: Access = ORDINARY) -> RegistrySession:
    address: str = getattr(settings, "THIRD_URL", "http://127.0.0.1:9")
    return open_session(DESCRIPTION.label, address, 1.0, access)


@dataclass
class Whole:
    session: RegistrySession

    def pages(self) -> Iterator[SweepPage]:
        records = self.session.get_json("records")
        yield SweepPage(len(records), [(record["id"], canonical(record)) for record in records])

    def asked(self) -> list[dict[str, Any]]:
        return []


def fetch_one(session: RegistrySession, registry_id: str) -> tuple[str, bytes]:
    found = [record for record in session.get_json("records") if record["id"] == registry_id]
    if not found:
        raise NotFound(registry_id)
    return registry_id, canonical(found[0])


@dataclass(kw_only=True)
class StandIn(FakeRegistry):
    records: list[dict[str, Any]]

    def respond(self, path: str, params: dict[str, str], user_agent: str) -> Fault:
        return Fault(body=json.dumps(self.records).encode())


ADAPTER = Adapter(
    description=DESCRIPTION,
    examine=examine,
    parse_value=parse_value,
    kinds={".json": json_document},
    kinds_words="Third Register: .json.",
    network=Sweeping(
        open=session,
        checks=[
            Check(
                "all",
                "All records",
                lambda asking: asking.session.get_json("records"),
                lambda answer: f"{len(answer)} records",
                lambda answer: [] if answer else ["There is none."],
            )
        ],
        sweep=Whole,
        fetch_one=fetch_one,
    ),
)
