"""Reading ClinicalTrials.gov over its API v2. Touches the network and nothing else.

How the API behaves (docs/registries/ctgov.md): the total comes with the first page only; a page in the
middle may be empty; the end is where no further token is given; every request of a sweep repeats the
same parameters.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
from django.conf import settings

from importers.http import ORDINARY, Access, Params, RegistrySession, open_session
from importers.jsontext import canonical
from importers.registries.ctgov.identity import named
from importers.registries.ctgov.query import query
from importers.registry_errors import BadAnswer

NAME = "ClinicalTrials.gov"
PAUSE = 1.0
"""Seconds between requests. No limit is published; one request a second is polite."""
PAGE_SIZE = 200
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a sweep: how many studies there are in all (first page), and `(NCT number, raw)`s."""

    total: int | None
    records: list[tuple[str, bytes]]


class _Identification(msgspec.Struct, rename="camel"):
    nct_id: str


class _Answer(msgspec.Struct, rename="camel"):
    studies: list[dict[str, Any]]
    total_count: int | None = None
    next_page_token: str | None = None


class _Version(msgspec.Struct, rename="camel"):
    api_version: str
    data_timestamp: str = ""


def session(access: Access = ORDINARY) -> RegistrySession:
    """Requests to the address, and at the pace, of the settings."""
    return open_session(NAME, settings.CTGOV_API_URL, PAUSE, access)


def version(session: RegistrySession) -> tuple[str, str]:
    """API version, and when the registry's data were made (UTC; "" if it does not say)."""
    answer = _read(session, "version", {}, _Version)
    return answer.api_version, answer.data_timestamp


def fetch(session: RegistrySession) -> Iterator[Page]:
    """Every study our query finds, page by page. Raises `RegistryError`."""
    params: dict[str, str | int] = {
        "format": "json",
        "query.term": query(),
        "pageSize": PAGE_SIZE,
        "countTotal": "true",
    }
    tokens = {""}
    while True:
        answer = _read(session, "studies", params, _Answer)
        yield Page(answer.total_count, [_record(study) for study in answer.studies])
        token = answer.next_page_token
        if not token:
            return
        if token in tokens:
            raise BadAnswer(f"{NAME} sends us round in circles (the same page token twice).")
        tokens.add(token)
        params["pageToken"] = token


def fetch_one(session: RegistrySession, nct_id: str) -> tuple[str, bytes]:
    """One study by its number or a former one of its numbers. `NotFound` where the registry has none."""
    try:
        study = msgspec.convert(session.get_json(f"studies/{nct_id}", {"format": "json"}), dict[str, Any])
    except msgspec.ValidationError as error:
        raise BadAnswer(f"{NAME} sent something else than a study: {error}.") from None
    registry_id, raw = _record(study)
    if not registry_id:
        raise BadAnswer(f"{NAME} sent something else than a study.")
    return registry_id, raw


def _record(study: dict[str, Any]) -> tuple[str, bytes]:
    raw = canonical(study)
    return named(study), raw


def _read(session: RegistrySession, path: str, params: Params, shape: type[T]) -> T:
    try:
        return msgspec.convert(session.get_json(path, params), shape)
    except msgspec.ValidationError as error:
        raise BadAnswer(f"{NAME} sent data of another shape than we know: {error}.") from None
