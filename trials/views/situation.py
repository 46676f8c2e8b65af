"""What the visitor said of the patient: read from an address, and carried along by the links of a page."""

from django.http import QueryDict
from django.template.context import Context

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


def situation_of(context: Context) -> Situation:
    """The view's own, else what the address states as far as it can be read."""
    if isinstance(known := context.get("situation"), Situation):
        return known
    request = context.get("request")
    found = Situation.forgiving(request.GET) if request else Situation()
    context["situation"] = found
    return found
