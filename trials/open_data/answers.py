"""Answers to HTTP requests that hold files: searches as they are written, kept as long as nothing changes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response

from trials.catalogue.data_version import data_version
from trials.models.trial import TrialQuerySet
from trials.open_data import streams
from trials.search.search import Search


@dataclass(frozen=True, slots=True)
class FileKind:
    """How a search is written into a file."""

    suffix: str
    content_type: str
    write: Callable[[TrialQuerySet], Iterator[str]]


CSV = FileKind("csv", "text/csv; charset=utf-8", streams.csv_file)
NDJSON = FileKind("ndjson", "application/x-ndjson; charset=utf-8", streams.ndjson_file)


def whole_search(request: HttpRequest, search: Search, kind: FileKind) -> HttpResponseBase:
    """`streamed` for a page, whose HEAD and copies that are still the same cost one statement.

    Raises ParameterError.
    """
    version = f'"{data_version()}"'  # read before the data
    answer = streamed(search, kind)
    if request.method == "HEAD":
        answer.streaming_content = iter(())
    answer["ETag"] = version
    answer["Cache-Control"] = "no-cache"  # keep it, and ask whether it still holds
    # A response that streams is as good to it as any other, whatever its stubs say.
    return get_conditional_response(request, etag=version, response=answer) or answer  # type: ignore[arg-type]


def streamed(search: Search, kind: FileKind) -> StreamingHttpResponse:
    """All results in the order of the list; nothing is read before the first piece is sent.

    Raises ParameterError for a page beyond the only one there is.
    """
    search.pages(total=0)
    answer = StreamingHttpResponse(kind.write(search.results()), content_type=kind.content_type)
    name = f"car-t-trials-{timezone.localdate()}.{kind.suffix}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Robots-Tag"] = "noindex"
    return answer
