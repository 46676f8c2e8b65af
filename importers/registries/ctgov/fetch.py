"""Reading ClinicalTrials.gov over its API v2. Touches the network and nothing else.

How the API behaves (docs/registries/ctgov.md): the total comes with the first page only; a page in the
middle may be empty; the end is where no further token is given; every request for a page of one answer
repeats the same parameters.
"""

from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec
from django.conf import settings

from importers.http.access import ORDINARY, Access, open_session
from importers.http.errors import BadAnswer, Incomplete
from importers.http.session import Params, RegistrySession
from importers.registries.ctgov.identity import named
from importers.text.jsontext import canonical

NAME = "ClinicalTrials.gov"
PAUSE = 1.0
"""Seconds between requests. No limit is published; one request a second is polite."""
PAGE_SIZE = 200
"""Whole studies a page: about 4 MB."""
T = TypeVar("T")


class StudiesPage(msgspec.Struct, rename="camel"):
    """One page of the answer to a question; the total comes with the first page."""

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


def answers(session: RegistrySession, question: Params, page_size: int) -> Iterator[StudiesPage]:
    """The answer to one question, page by page. Raises `RegistryError`, `Incomplete` where it never ends."""
    params = {"format": "json", **question, "pageSize": page_size, "countTotal": "true"}
    tokens = set()
    while True:
        answer = _read(session, "studies", params, StudiesPage)
        yield answer
        token = answer.next_page_token
        if not token:
            return
        if token in tokens:
            raise Incomplete(f"{NAME} sends us round in circles (the same page token twice).")
        tokens.add(token)
        params = params | {"pageToken": token}


def fetch_one(session: RegistrySession, nct_id: str) -> tuple[str, bytes]:
    """One study by its number or a former one of its numbers. `NotFound` where the registry has none."""
    try:
        study = msgspec.convert(session.get_json(f"studies/{nct_id}", {"format": "json"}), dict[str, Any])
    except msgspec.ValidationError as error:
        raise BadAnswer(f"{NAME} sent something else than a study: {error}.") from None
    registry_id, raw = record(study)
    if not registry_id:
        raise BadAnswer(f"{NAME} sent something else than a study.")
    return registry_id, raw


def record(study: dict[str, Any]) -> tuple[str, bytes]:
    """NCT number ("" where the study gives none) and raw copy."""
    raw = canonical(study)
    return named(study), raw


def _read(session: RegistrySession, path: str, params: Params, shape: type[T]) -> T:
    try:
        return msgspec.convert(session.get_json(path, params), shape)
    except msgspec.ValidationError as error:
        raise BadAnswer(f"{NAME} sent data of another shape than we know: {error}.") from None
