"""How fresh the data are, and why there are none."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext
from ninja import Router

from trials import registries
from trials.api import schemas as out
from trials.api.document import described
from trials.choices import ReadFrom
from trials.models import RegistrySource, Trial
from trials.models.lookups import RECRUITING_IN_INDIA
from trials.search.listed import Listed
from trials.search.parameters import refuse_unknown

router = Router(tags=["status"])


@router.get("/status", response=out.StatusOut, openapi_extra=described("status"))
def status(request: HttpRequest) -> dict[str, Any]:
    """How many trials there are and how fresh each registry's data are."""
    refuse_unknown(request.GET, ())
    sources = RegistrySource.objects.in_bulk()
    listed = Listed()
    held = listed.snapshot.directory.numbers
    totals = {
        "trials": listed.snapshot.total,
        "recruiting_in_india": len(listed.passing(RECRUITING_IN_INDIA)),
    }
    return {
        **totals,
        "sample": Trial.objects.visible().filter(sample=True).exists(),
        "notice": "" if totals["trials"] else nothing_yet(sources.values()),
        "registries": [
            _freshness(sources.get(registry) or RegistrySource(registry=registry))
            | {
                "registrations": held.get(f"{registry} held", 0),
                "listed": held.get(f"{registry} listed", 0),
            }
            for registry in registries.slugs()
        ],
    }


def nothing_yet(sources: Iterable[RegistrySource]) -> str:
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
