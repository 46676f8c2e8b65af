"""The lists that searches choose from: conditions and hospitals."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from trials import languages, vocabulary
from trials.api import schemas as out
from trials.api.document import described
from trials.browse.hospitals import listed_hospitals
from trials.search.listed import Listed
from trials.search.parameters import refuse_unknown

router = Router(tags=["lists"])


@router.get("/conditions", response=out.ConditionsOut, openapi_extra=described("conditions"))
def conditions(request: HttpRequest) -> dict[str, Any]:
    """Every condition of the vocabulary, with the number of listed trials."""
    refuse_unknown(request.GET, ())
    counts = Listed().snapshot.counts("answers_to")
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


@router.get("/sites", response=out.SitesOut, openapi_extra=described("sites"))
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
