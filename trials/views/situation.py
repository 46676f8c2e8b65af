"""What the visitor said of the patient, as the links of a page carry it along."""

from django.template.context import Context

from trials.search.situation import Situation


def situation_of(context: Context) -> Situation:
    """The view's own, else what the address states as far as it can be read."""
    if isinstance(known := context.get("situation"), Situation):
        return known
    request = context.get("request")
    found = Situation.forgiving(request.GET) if request else Situation()
    context["situation"] = found
    return found
