"""One page of a search as a FHIR R4 Bundle of the type searchset (http://hl7.org/fhir/R4/bundle.html)."""

from collections.abc import Callable, Iterable
from typing import Any

from trials.models import Trial
from trials.open_data.fhir.study import research_study


def searchset(
    trials: Iterable[Trial],
    *,
    total: int,
    page: int,
    pages: int,
    page_address: Callable[[int], str],
    study_address: Callable[[str], str],
) -> dict[str, Any]:
    """`total` counts all matches; `self`, and `next` and `previous` where there are such pages."""
    relations = {"self": page, "first": 1, "last": pages}
    relations |= {"previous": page - 1} if page > 1 else {}
    relations |= {"next": page + 1} if page < pages else {}
    entries = [
        {
            "fullUrl": study_address(trial.primary_id),
            "resource": research_study(trial),
            "search": {"mode": "match"},
        }
        for trial in trials
    ]
    links = [{"relation": name, "url": page_address(number)} for name, number in relations.items()]
    bundle = {"resourceType": "Bundle", "type": "searchset", "total": total, "link": links}
    return bundle | ({"entry": entries} if entries else {})
