"""What the visitor said of the patient: read from an address, and carried along by the links of a page."""

from typing import Any

from django.http import HttpRequest, QueryDict
from django.template.context import Context
from django.utils.functional import SimpleLazyObject

from trials.catalogue.shortlist import ids_in
from trials.search.parameters import refuse_unknown
from trials.search.situation import CARRIED, Situation


def read_situation(data: QueryDict, *own: str) -> Situation:
    """`near`, `age` and `condition` of an address; `own` are parameters that the page reads itself.

    Raises ParameterError for a wrong value and for any other parameter.
    """
    refuse_unknown(data, (*CARRIED, *own))
    return Situation.from_query(data)


def with_said(address: str, situation: Situation) -> str:
    """The address of a page with what the visitor said."""
    if not situation:
        return address
    return f"{address}{'&' if '?' in address else '?'}{situation.query}"


def situation(request: HttpRequest) -> dict[str, Any]:
    """For every page, read at most once: what the address states as far as it can be read.

    What a view has read itself goes before it.
    """
    return {"situation": SimpleLazyObject(lambda: Situation.forgiving(request.GET))}


def situation_of(context: Context) -> Situation:
    """That of the page; nothing on one that was made without a request."""
    known = context.get("situation")
    return known if isinstance(known, Situation) else Situation()


def carried_trials(context: Context) -> tuple[str, ...]:
    """The trials that the page's own address carries as `keep`; a piece of a page is given them."""
    request = context.get("request")
    return tuple(ids_in(request.GET, "keep") if request else context.get("carried") or ())
