"""The API's own description (`openapi.json`): limits, errors, terms, and an example of each answer."""

from typing import Any

from django.conf import settings
from ninja import NinjaAPI

from trials.api import examples
from trials.api.errors import PROBLEM
from trials.api.schemas import ProblemOut

DESCRIPTION = """Clinical trials of CAR T-cell therapy, with India first: every listed trial with its
registrations, sites and how sure each of them is. For reading only; no key is needed.

**Limits**: {limit}. Every answer says in `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset`
(also as `RateLimit-Policy` and `RateLimit`) what is left; a 429 says in `Retry-After` how long to wait.

**Copies**: keep answers with their `ETag`, and ask with `If-None-Match` before you show one again: a 304 says
that nothing changed.

**Whole files**: any search as CSV, NDJSON or FHIR, and daily dumps: see [open data]({site}/open-data/).

**Errors** are `application/problem+json` (RFC 9457), and an unknown parameter is one of them.

**Changes**: version 1 is only ever added to: read what you know and skip the rest. An operation or field that
is to end is announced at least 12 months before in the headers `Deprecation` (RFC 9745) and `Sunset`
(RFC 8594), and a change that breaks readers is a version 2 beside this one.

**Safety**: `UNKNOWN` is never open, and what is not stated is left out, not guessed. `sample: true` marks
invented records of a demonstration."""
TERMS = {
    "name": "Texts of trials belong to their registries; what this site adds: CC BY 4.0",
    "url": f"{settings.SITE_URL}/open-data/",
}
TAGS = [
    {"name": "trials", "description": "Search the trials, or read one."},
    {"name": "lists", "description": "What searches choose from."},
    {"name": "files", "description": "Whole searches and the whole catalogue, to take away."},
    {"name": "status", "description": "How fresh the data are."},
]
FAILURES = {
    "400": "A parameter or a value that is not known; `parameter` names it.",
    "404": "There is nothing at this address.",
    "405": "Not a method for reading; `Allow` names those.",
    "429": "More than the limit.",
    "500": "Our own fault.",
}


def described(name: str, parameters: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """For `openapi_extra` of an operation: its example, and parameters that ninja does not read."""
    content = {"application/json": {"example": examples.ANSWERS[name]}}
    extra: dict[str, Any] = {"responses": {200: {"content": content}}}
    return extra | ({"parameters": parameters} if parameters else {})


class DocumentedAPI(NinjaAPI):
    """Says in its document what holds for all operations."""

    def __init__(self, **options: Any) -> None:
        limit = f"{settings.API_PER_MINUTE} requests a minute from one network"
        contact = {"name": settings.SITE_OPERATOR or "This site", "url": f"{settings.SITE_URL}/about/"}
        info: dict[str, Any] = {
            "license": TERMS,
            "contact": contact | ({"email": settings.CONTACT_EMAIL} if settings.CONTACT_EMAIL else {}),
        }
        super().__init__(
            title="CAR T-cell therapy trials in India",
            version="1",
            description=DESCRIPTION.format(
                limit=limit if settings.API_PER_MINUTE else "none",
                site=settings.SITE_URL,
            ),
            servers=[{"url": settings.SITE_URL, "description": "Paths begin with /api/v1"}],
            openapi_extra={"info": info, "tags": TAGS},
            **options,
        )

    def get_openapi_schema(self, **options: Any) -> Any:
        """Ninja's, with the errors that any operation may answer with."""
        schema = super().get_openapi_schema(**options)
        problem = ProblemOut.model_json_schema()
        schema["components"].setdefault("schemas", {})["Problem"] = problem
        content = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, description in FAILURES.items():
                    operation["responses"][int(status)] = {"description": description, "content": content}
        return schema
