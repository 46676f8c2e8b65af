"""The guided path: one short question a page, each answer a link or a field, nothing kept but the address."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe

from trials.browse.conditions import NONE, counts_of_conditions
from trials.display import condition_label, group_label
from trials.search.facets import facets
from trials.search.guided import Group, groups
from trials.search.parameters import AgeGroup, ParameterError, Recruiting, refuse_unknown
from trials.search.search import Search
from trials.views.errors import wrong_parameter
from trials.views.query_strings import list_link, without
from trials.views.results.choices import state_choices
from trials.vocabulary.places import find_city, find_state

QUESTIONS = {
    "cancer": gettext_lazy("Which cancer is it?"),
    "type": gettext_lazy("Which type is it?"),
    "who": gettext_lazy("How old is the patient?"),
    "where": gettext_lazy("Where should the hospital be?"),
}
ASKED_AT = {"age": "who", "near": "where"}
"""Fields people write into, and the question each stands at: an error is shown there."""
ANSWERS = ("condition", "age", "age_group", "near", "state")


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What was answered so far; `change` leads back to the question."""

    text: str
    change: str


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """The next question that has no answer; with the last one answered, the list of trials."""
    asked = _answers(request.GET)
    try:
        refuse_unknown(request.GET, ("group", *ANSWERS))
        group = _group(request.GET.get("group", ""))
        search, wrong = _read(asked)
    except ParameterError as error:
        return wrong_parameter(request, error, request.path)
    if not wrong and (search.near or search.state):
        return redirect(list_link(without(asked)))
    question = ASKED_AT[wrong.parameter] if wrong else _next_question(request.GET)
    path = _path(request.GET, question)
    context = {
        "question": question,
        "heading": QUESTIONS[question],
        "number": list(QUESTIONS).index(question) + 1,
        "of": len(QUESTIONS),
        "group": group,
        "search": search,
        "wrong": wrong,
        "written": request.GET.get(wrong.parameter, "") if wrong else "",
        "so_far": _so_far(group, search, request.GET, question),
        "path": path,
        "carried": urlencode(path),
        "show": list_link(without(_shown(asked, group, question))),
    }
    context |= _choices(question, group, search)
    return render(request, "trials/find.html", context, status=400 if wrong else 200)


def _answers(query: QueryDict) -> QueryDict:
    """The answers alone; a state written where a city or PIN is asked for is a state."""
    answers = _only(query, *ANSWERS)
    written = answers.get("near", "")
    if (state := find_state(written)) and not find_city(written):
        answers["state"] = state.slug
        del answers["near"]
    return answers


def _read(answers: QueryDict) -> tuple[Search, ParameterError | None]:
    """The search, and what was mistyped in a field; raises ParameterError for what no link of ours says."""
    try:
        return Search.from_query(answers), None
    except ParameterError as error:
        if error.parameter not in ASKED_AT:
            raise
        search, _ = _read(_without(answers, error.parameter))
        return search, error


def _group(slug: str) -> Group | None:
    """Raises ParameterError for a group there is not."""
    if slug and slug not in groups():
        raise ParameterError("group", gettext("Not known: %s") % slug[:100])
    return groups().get(slug)


def _next_question(query: QueryDict) -> str:
    """An answer may be empty ("not sure"): it counts as given when the address names it."""
    if "condition" not in query:
        return "type" if query.get("group") else "cancer"
    return "where" if {"age", "age_group"} & set(query) else "who"


def _path(query: QueryDict, question: str) -> list[tuple[str, str]]:
    """The answers before this question, as the fields that carry them along."""
    names = {"cancer": (), "type": ("group",), "who": ("group", "condition")}
    carried = _only(query, *names.get(question, ("group", "condition", "age", "age_group")))
    return [(name, value) for name, values in carried.lists() for value in values]


def _so_far(group: Group | None, search: Search, query: QueryDict, question: str) -> list[GivenAnswer]:
    given = list(QUESTIONS)[: list(QUESTIONS).index(question)]
    answers = []
    if "cancer" in given:
        text = group_label(group.name) if group else gettext("Not sure")
        answers.append(GivenAnswer(text, reverse("trials:find")))
    if "type" in given and group:
        unsure = not search.condition or search.condition == group.covering != group.conditions
        names = ", ".join(map(condition_label, search.condition))
        text = gettext("Type: not sure") if unsure else names
        answers.append(GivenAnswer(text, _link(_only(query, "group"))))
    if "who" in given:
        answers.append(GivenAnswer(_who(search), _link(_only(query, "group", "condition"))))
    return answers


def _who(search: Search) -> str:
    if search.age is not None:
        return gettext("Age %g") % search.age
    return str(AgeGroup(search.age_group).label) if search.age_group else gettext("Age: not given")


def _shown(answers: QueryDict, group: Group | None, question: str) -> QueryDict:
    """The answers so far as a search; a group whose type is not chosen yet means all of its types."""
    shown = _without(answers, "near", "state")
    if question == "type" and group:
        shown.setlist("condition", list(group.covering))
    return shown


def _choices(question: str, group: Group | None, search: Search) -> dict[str, Any]:
    """What a question offers; counts are of what is open."""
    if question == "cancer":
        return {
            "cancers": [g for g in groups().values() if g.cancer],
            "others": [g for g in groups().values() if not g.cancer],
        }
    if question == "type" and group:
        counts = counts_of_conditions(search.listed)
        types = [(slug, counts.get(slug, NONE)) for slug in group.conditions]
        return {"types": types, "unsure": "&".join(f"condition={slug}" for slug in group.covering)}
    if question == "where":
        return {
            "counts": facets(search),
            "states": state_choices(facets(search.but(recruiting=Recruiting.INDIA)).counts["state"]),
        }
    return {}


def _link(query: QueryDict) -> str:
    return f"{reverse('trials:find')}?{query.urlencode()}"


def _only(query: QueryDict, *names: str) -> QueryDict:
    kept = QueryDict(mutable=True)
    for name in names:
        if name in query:
            kept.setlist(name, query.getlist(name))
    return kept


def _without(query: QueryDict, *names: str) -> QueryDict:
    return _only(query, *(name for name in query if name not in names))
