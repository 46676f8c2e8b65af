"""What programs take away: a whole search as CSV, NDJSON or FHIR, one trial as FHIR, the daily dumps."""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from ninja import NinjaAPI, Schema
from pydantic import Field
from pyroaring import BitMap

from trials.api.document import described
from trials.api.parameters import SEARCH
from trials.models import Trial
from trials.models.fulltext import clean_text
from trials.open_data.answers import CSV, NDJSON, streamed
from trials.open_data.dumps import shelf
from trials.open_data.fhir.bundle import searchset
from trials.open_data.fhir.study import research_study, with_whole_records
from trials.open_data.snapshot import real
from trials.search.found import PAGE_SIZE
from trials.search.parameters import refuse_unknown
from trials.search.search import Search

FHIR_JSON = "application/fhir+json"
"""http://hl7.org/fhir/R4/http.html#mime-type"""
MEDIA = {
    ".gz": "application/gzip",
    ".csv": "text/csv; charset=utf-8",
    ".sqlite": "application/vnd.sqlite3",
    ".json": "application/json",
}
View = Callable[..., HttpResponseBase]
WEEK = 7 * 24 * 60 * 60


class RealSearch(Search):
    """A search without invented sample records: they never leave the site."""

    @cached_property
    def hits(self) -> BitMap:
        return super().hits - self.listed.passing(Q(sample=True))


class DumpFileOut(Schema):
    name: str
    url: str
    bytes: int
    sha256: str


class DumpOut(Schema):
    """The whole catalogue as files, as it stood on one day."""

    date: str = Field(description="The day in India.")
    created: datetime
    trials: int
    data_version: str
    files: list[DumpFileOut]


class DumpsOut(Schema):
    count: int
    results: list[DumpOut] = Field(description="The newest first; a dump is kept for seven days.")


def trials_csv(request: HttpRequest) -> HttpResponseBase:
    """A whole search as a table for spreadsheets; the page "Open data" describes its columns."""
    return streamed(Search.from_query(request.GET), CSV)


def trials_ndjson(request: HttpRequest) -> HttpResponseBase:
    """A whole search, one trial a line, each the object of the list."""
    return streamed(Search.from_query(request.GET), NDJSON)


def trials_fhir(request: HttpRequest) -> HttpResponseBase:
    """One page of a search as a FHIR R4 Bundle of ResearchStudy resources."""
    search = RealSearch.from_query(request.GET)
    total = len(search.hits)
    pages = search.pages(total)
    first = (search.page - 1) * PAGE_SIZE
    whole = with_whole_records(Trial.objects.listed().without_long_texts())
    bundle = searchset(
        search.read_as(whole, first, first + PAGE_SIZE),
        total=total,
        page=search.page,
        pages=pages,
        page_address=lambda number: _with_page(request, number),
        study_address=lambda registry_id: _study_address(request, registry_id),
    )
    return JsonResponse(bundle, content_type=FHIR_JSON)


def trial_fhir(request: HttpRequest, registry_id: str) -> HttpResponseBase:
    """One trial as a FHIR R4 ResearchStudy, by any id or former id in any registry."""
    refuse_unknown(request.GET, ())
    reachable = real(Trial.objects.reachable().by_registry_id(clean_text(registry_id)))
    found = with_whole_records(reachable.without_long_texts()).first()
    if found is None:
        raise Http404(gettext("No listed trial has this id."))
    return JsonResponse(research_study(found), content_type=FHIR_JSON)


def dumps(request: HttpRequest) -> dict[str, Any]:
    """The daily dumps: the whole catalogue as NDJSON, CSV and SQLite, with checksums and terms."""
    refuse_unknown(request.GET, ())
    results = [
        {
            "date": dump.date,
            "created": dump.created,
            "trials": dump.trials,
            "data_version": dump.data_version,
            "files": [
                {"name": f.name, "url": _file_address(request, dump.date, f.name)}
                | {"bytes": f.bytes, "sha256": f.sha256}
                for f in dump.files
            ],
        }
        for dump in shelf.dumps()
    ]
    return {"count": len(results), "results": results}


def dump_file(request: HttpRequest, day: str, name: str) -> HttpResponseBase:
    """A file of a dump. Those of an earlier day never change; today's may be made again."""
    refuse_unknown(request.GET, ())
    path, dump = shelf.path_of(day, name), shelf.find(day)
    if path is None or dump is None:
        raise Http404(gettext("There is no such file."))
    try:
        opened = path.open("rb")
    except FileNotFoundError as error:  # its day went out a moment ago
        raise Http404(gettext("There is no such file.")) from error
    media = MEDIA.get(path.suffix, "text/plain; charset=utf-8")
    answer = FileResponse(opened, as_attachment=True, filename=f"{day}-{name}", content_type=media)
    digest = dump.sums.get(name, "")
    if digest:
        answer["ETag"] = f'"{digest}"'
    over = day < timezone.localdate().isoformat()
    answer["Cache-Control"] = f"public, max-age={WEEK}, immutable" if over else "public, no-cache"
    # A response that streams is as good to it as any other, whatever its stubs say.
    same = get_conditional_response(request, etag=answer.get("ETag"), response=answer)  # type: ignore[arg-type]
    if same is not None and same.status_code == HTTPStatus.NOT_MODIFIED:
        opened.close()
    return same or answer


def register(api: NinjaAPI) -> None:
    """Before the trial by its id, which takes any path below `/trials/`."""
    searches = {"parameters": SEARCH}
    files: dict[str, tuple[View, str, dict[str, Any]]] = {
        "/trials.csv": (trials_csv, "text/csv", searches),
        "/trials.ndjson": (trials_ndjson, "application/x-ndjson", searches),
        "/trials.fhir": (trials_fhir, FHIR_JSON, searches),
        "/trials/{path:registry_id}/fhir": (trial_fhir, FHIR_JSON, {}),
        "/dumps/{day}/{name}": (dump_file, "application/octet-stream", {}),
    }
    for path, (view, media, more) in files.items():
        answers = {200: {"description": "OK", "content": {media: {"schema": _schema(media)}}}}
        api.get(path, tags=["files"], openapi_extra={"responses": answers} | more)(view)
    api.get("/dumps", response=DumpsOut, tags=["files"], openapi_extra=described("dumps"))(dumps)


def _schema(media: str) -> dict[str, str]:
    return {"type": "object" if media.endswith("json") and "+" in media else "string"}


def _with_page(request: HttpRequest, number: int) -> str:
    query: QueryDict = request.GET.copy()
    query["page"] = str(number)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def _study_address(request: HttpRequest, registry_id: str) -> str:
    root = reverse("api-1:api-root")
    return request.build_absolute_uri(f"{root}trials/{quote(registry_id)}/fhir")


def _file_address(request: HttpRequest, day: str, name: str) -> str:
    return request.build_absolute_uri(reverse("api-1:dump_file", kwargs={"day": day, "name": name}))
