"""Trials: a search as on the list page, and one trial by any of its ids."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from ninja import Router

from trials.api import schemas as out
from trials.api.detail_schemas import OneTrialOut
from trials.api.document import described
from trials.api.parameters import TRIALS
from trials.api.status import nothing_yet
from trials.catalogue.detail import as_detail, with_everything
from trials.catalogue.serialise import as_json, with_details
from trials.models import RegistrySource, Trial
from trials.models.fulltext import clean_text
from trials.models.lookups import has_page, has_registry_id
from trials.search.facets import facets
from trials.search.parameters import refuse_unknown
from trials.search.understand.ids import find_id
from trials.search.walk import Walk

router = Router(tags=["trials"])


@router.get(
    "/trials",
    response=out.TrialsOut,
    exclude_unset=True,
    openapi_extra=described("trials", parameters=TRIALS),
)
def trials(request: HttpRequest, response: HttpResponse) -> dict[str, Any]:
    """Search the listed trials; twenty a page unless `page_size` says otherwise.

    To read all results, follow `next` until it is null.
    """
    walk = Walk.read(request.GET)
    counted = facets(walk.search)
    pages = walk.search.pages(counted.total, walk.size)
    found = walk.trials(with_details)
    cursor = walk.next_cursor(found, request.GET)
    following = _address(request, cursor) if cursor else None
    if following:
        response["Link"] = f'<{following}>; rel="next"'
    empty = not counted.total and not Trial.objects.listed().exists()
    return {
        "count": counted.total,
        "page": walk.search.page if walk.place is None else None,
        "pages": pages,
        "page_size": walk.size,
        "next": following,
        "next_cursor": cursor,
        "results": [as_json(trial) for trial in found[: walk.size]],
        "facets": counted.counts,
        **({"notice": nothing_yet(RegistrySource.objects.all())} if empty else {}),
    }


@router.get(
    "/trials/{path:registry_id}",
    response=OneTrialOut,
    exclude_unset=True,
    openapi_extra=described("trial"),
)
def trial(request: HttpRequest, registry_id: str) -> dict[str, Any]:
    """One trial by any id or former id in any registry, in any spelling, or the address of its page there.

    One that its registry has no more is still answered, with `no_longer_on_registry`.
    """
    refuse_unknown(request.GET, ())
    trials = with_everything(Trial.objects.reachable())
    found = trials.filter(_named(clean_text(registry_id))).order_by("-published", "id").first()
    if found is None:
        raise Http404(gettext("No listed trial has this id."))
    return as_json(found) | as_detail(found)


def _named(text: str) -> Q:
    """As written, or what a registry's id or page in it means."""
    _, span = find_id(text)
    if span is None:
        return has_registry_id(text)
    (value,) = span.values
    if span.kind == "page":
        return Q(pk__in=Trial.objects.filter(has_page(value)).values("pk"))
    return has_registry_id(text, value)


def _address(request: HttpRequest, cursor: str) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    query["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path.rstrip('/')}?{query.urlencode()}")
