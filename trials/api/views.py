"""The public JSON API: a trial as `trials.catalogue.serialise` makes it, a search as on the list page."""

from collections.abc import Iterable
from typing import Any

from csp.decorators import csp_update
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from ninja import NinjaAPI

from trials import languages, registries, vocabulary
from trials.api import schemas as out
from trials.browse.hospitals import listed_hospitals
from trials.catalogue.serialise import as_json, publications, with_details
from trials.choices import ReadFrom
from trials.models import Registration, RegistrySource, Trial
from trials.models.fulltext import clean_text
from trials.search.facets import facets
from trials.search.filter_row import Filter
from trials.search.filters import FILTERS
from trials.search.parameters import Disease, ParameterError, refuse_unknown
from trials.search.search import Search

api = NinjaAPI(
    title="CAR T-cell therapy trials in India",
    version="1",
    description="Every listed trial with its registrations and sites. Read only, no key needed.",
    docs_decorator=csp_update({"img-src": ["data:"]}),  # icons in Swagger's own style sheet
)


def _documented(one: Filter) -> dict[str, Any]:
    """A parameter for OpenAPI; a value that is not of its schema is answered by our own 400."""
    return {"name": one.name, "in": "query", "description": str(one.about), "schema": one.schema()}


@api.exception_handler(ParameterError)
def bad_request(request: HttpRequest, error: ParameterError) -> HttpResponse:
    return api.create_response(request, {"parameter": error.parameter, "message": error.message}, status=400)


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return api.create_response(request, {"message": str(error)}, status=404)


@api.get(
    "/trials",
    response={200: out.TrialsOut, 400: out.BadRequestOut},
    exclude_unset=True,
    openapi_extra={"parameters": [_documented(one) for one in FILTERS]},
)
def trials(request: HttpRequest) -> dict[str, Any]:
    """Search the listed trials; twenty a page."""
    search = Search.from_query(request.GET)
    counted = facets(search)
    empty = not counted.total and not Trial.objects.listed().exists()
    return {
        "count": counted.total,
        "page": search.page,
        "pages": search.pages(counted.total),
        "results": [as_json(trial) for trial in with_details(search.results_on_page())],
        "facets": counted.counts,
        **({"notice": _nothing_yet(RegistrySource.objects.all())} if empty else {}),
    }


@api.get(
    "/trials/{path:registry_id}",
    response={200: out.OneTrialOut, 404: out.NotFoundOut},
    exclude_unset=True,
)
def trial(request: HttpRequest, registry_id: str) -> dict[str, Any]:
    """One trial by any id or former id in any registry; capitals do not matter.

    One that its registry has no more is still answered, with `no_longer_on_registry`.
    """
    refuse_unknown(request.GET, ())
    found = with_details(Trial.objects.reachable().by_registry_id(clean_text(registry_id))).first()
    if found is None:
        raise Http404(gettext("No listed trial has this id."))
    return as_json(found) | publications(found)


@api.get("/conditions", response=out.ConditionsOut)
def conditions(request: HttpRequest) -> dict[str, Any]:
    """Every condition of the vocabulary, with the number of listed trials."""
    refuse_unknown(request.GET, ())
    counts = facets(Search(disease=Disease.ALL)).counts["condition"]
    results = [
        {
            "slug": condition.slug,
            "name": condition.name,
            "kind": condition.kind,
            "group": condition.group,
            **{f"patient_name_{code}": condition.patient_names.get(code, "") for code in languages.codes()},
            "trials": counts.get(condition.slug, 0),
        }
        for condition in vocabulary.conditions().values()
    ]
    return {"count": len(results), "results": results}


@api.get("/sites", response=out.SitesOut)
def sites(request: HttpRequest) -> dict[str, Any]:
    """Every hospital in India that a listed trial names."""
    refuse_unknown(request.GET, ())
    columns = ("slug", "hospital", "city", "state", "latitude", "longitude")
    results = [
        {name: getattr(found.site, name) for name in columns}
        | {"trials": found.trials, "recruiting": found.recruiting}
        for found in listed_hospitals()
    ]
    return {"count": len(results), "results": results}


@api.get("/status", response=out.StatusOut)
def status(request: HttpRequest) -> dict[str, Any]:
    """How many trials there are and how fresh each registry's data are."""
    refuse_unknown(request.GET, ())
    sources = RegistrySource.objects.in_bulk()
    rows = Registration.objects.filter(sample=False).values_list("registry")
    counted = rows.annotate(Count("id"), listed=Count("id", filter=Q(trial__published=True)))
    counts = {registry: {"registrations": held, "listed": listed} for registry, held, listed in counted}
    totals = Trial.objects.listed().aggregate(
        trials=Count("id"), recruiting_in_india=Count("id", filter=Q(recruiting_in_india=True))
    )
    return {
        **totals,
        "sample": Trial.objects.visible().filter(sample=True).exists(),
        "notice": "" if totals["trials"] else _nothing_yet(sources.values()),
        "registries": [
            _freshness(sources.get(registry) or RegistrySource(registry=registry))
            | counts.get(registry, {"registrations": 0, "listed": 0})
            for registry in registries.slugs()
        ],
    }


def _nothing_yet(sources: Iterable[RegistrySource]) -> str:
    """Why there is nothing, in the words of the pages."""
    if any(source.read_from != ReadFrom.NEVER for source in sources):
        return gettext("There are no trials here yet.")
    words = (
        gettext("The registries have not been read yet."),
        gettext("This does not mean that there are no trials."),
    )
    return " ".join(words)


def _freshness(source: RegistrySource) -> dict[str, Any]:
    return {
        "registry": source.registry,
        "name": source.get_registry_display(),
        "read": source.read_from,
        "page_by_page": source.page_by_page,
        "files_at": source.files_at,
        "last_good_at": source.last_good_at,
        "last_good_from": ReadFrom.REGISTRY if source.last_good_at else "",
        "last_tried_at": source.last_tried_at,
        "last_try_failed": bool(source.last_error),
        "late": source.is_late,
        "data_timestamp": source.data_timestamp,
        "importing": source.importing_since is not None,
    }
