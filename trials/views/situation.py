"""What the visitor said of the patient, on pages that read little else of their address."""

from django.http import QueryDict

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
