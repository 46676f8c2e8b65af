"""Clinic mode: one dense table for doctors of what is open in India, and the same rows as CSV.

It takes the parameters of the list of trials, and answers each as that does.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Self

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from trials.browse.clinic import ClinicRow, Entry, GroupBy, Order, entries, head_label, rows
from trials.browse.clinic_csv import lines
from trials.catalogue.shortlist import MAX_COMPARED
from trials.catalogue.spreadsheet import as_csv
from trials.explain.criterion_cells import COLUMNS, SIGNS
from trials.models.fulltext import clean_text
from trials.search.facets import Facets, count
from trials.search.filters import FILTERS
from trials.search.parameters import ParameterError, Recruiting, choice_of, refuse_unknown
from trials.search.search import Search
from trials.search.situation import Situation
from trials.views.clinic_papers import MOST_ON_PAPER
from trials.views.errors import wrong_parameter
from trials.views.nothing_yet import or_nothing_yet
from trials.views.query_strings import list_link, with_value, without
from trials.views.results.chips import FilterChip, chips
from trials.views.results.choices import FormField, fields
from trials.views.results.page import TEXTS

PAGE_SIZE = 100
MOST_IN_FILE = 2_000
"""Ten times what is open in India; each row takes a millisecond."""
FIRST = {"condition": _("Disease"), "site": _("Hospital"), "target": _("Antigen")}
"""The selects that are always in sight, with short labels; the others are in the fold."""
MORE = ("phase", "cell_source", "state", "city")
WRITTEN = ("age", "lines", "ecog", "sex", "within", "investigator", "sponsor")
_OWN = ("recruiting", "sort", "by")
_SEARCHED = tuple(one.name for one in FILTERS if one.name not in _OWN)


@dataclass(frozen=True, slots=True)
class ClinicQuestion:
    """What a doctor asks for: the search, the order of the rows, and the heads they stand under."""

    search: Search
    order: str
    by: str

    @classmethod
    def of(cls, data: QueryDict, *left_out: str) -> Self:
        """Raises ParameterError, also for a parameter of the list in `left_out`."""
        refuse_unknown(data, {*_SEARCHED, *_OWN} - {*left_out})
        asked = data.copy()
        for name in ("sort", "by"):
            asked.pop(name, None)
        _choice(data, "recruiting", choice_of(Recruiting))
        if data.get("recruiting", "").strip().lower() == Recruiting.ANYWHERE:
            raise ParameterError("recruiting", gettext("This page has only what is open in India."))
        asked["recruiting"] = Recruiting.INDIA
        # what the order by distance is called where there is a parameter `near`
        aliases = {"near": Order.DISTANCE.value}
        order = aliases.get(data.get("sort", "").strip().lower()) or _choice(data, "sort", choice_of(Order))
        return cls(Search.from_query(asked), order, _choice(data, "by", choice_of(GroupBy)))


@require_safe
def clinic(request: HttpRequest) -> HttpResponse:
    """The table, a hundred rows a page."""
    try:
        asked = ClinicQuestion.of(request.GET)
        asked, found, ignored_words = _answer(asked)
        every = entries(asked.search, asked.order, asked.by) if found.total else []
        pages = _pages(asked.search.page, len(every))
    except ParameterError as error:
        return wrong_parameter(request, error, request.path)
    first = (asked.search.page - 1) * PAGE_SIZE
    shown = every[first : first + PAGE_SIZE]
    context = {
        "search": asked.search,
        "situation": Situation.of(asked.search),
        "total": found.total,
        "groups": _groups(asked, every, shown),
        "signs": {answer.name: sign for answer, sign in SIGNS.items()},
        "criteria": COLUMNS.values(),
        "columns": len(COLUMNS) + 6,
        "pages": pages,
        "not_used": asked.search.not_used,
        "ignored_words": ignored_words,
        "chips": _chips(asked.search, request.GET),
        "query": without(request.GET, "page"),
        "list_link": list_link(without(with_recruiting(request.GET), "by", "sort", "page")),
        "most_compared": MAX_COMPARED,
        "most_on_paper": MOST_ON_PAPER,
        "address": request.build_absolute_uri(),
        "orders": Order.choices,
        "heads": GroupBy.choices,
        "asked": asked,
    } | _form(asked.search, found, request.GET)
    page = render(request, "trials/clinic.html", context)
    return page if found.total else or_nothing_yet(request, page)


@require_safe
def clinic_csv(request: HttpRequest) -> HttpResponse:
    """The rows in their order, whatever the page; of very many the first, and a line that says so."""
    try:
        asked, found, _ignored = _answer(ClinicQuestion.of(request.GET, "page"))
        every = entries(asked.search, asked.order, asked.by) if found.total else []
    except ParameterError as error:
        return wrong_parameter(request, error, reverse("trials:clinic"))

    def address(registry_id: str) -> str:
        return request.build_absolute_uri(reverse("trials:detail", kwargs={"registry_id": registry_id}))

    groups = _groups(asked, every, every[:MOST_IN_FILE])
    written = [*lines([(head, row) for head, _total, under in groups for row in under], address)]
    if len(every) > MOST_IN_FILE:
        counted = {"shown": MOST_IN_FILE, "total": len(every)}
        written.append([gettext("Only the first %(shown)s of %(total)s rows: narrow the search.") % counted])
    answer = HttpResponse("".join(as_csv(written)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="car-t-open-in-india-{timezone.localdate()}.csv"'
    answer["X-Robots-Tag"] = "noindex"
    return answer


def with_recruiting(query: QueryDict) -> QueryDict:
    """The same question for the list of trials."""
    return QueryDict(with_value(query, "recruiting", Recruiting.INDIA))


def _chips(search: Search, query: QueryDict) -> list[FilterChip]:
    """What narrows the table, with links that stay here; that it is open in India is what the page is."""
    page = reverse("trials:clinic")
    return [
        replace(chip, link=f"{page}?{chip.link.partition('?')[2]}")
        for chip in chips(search, query)
        if chip.name != "recruiting"
    ]


def _choice(data: QueryDict, name: str, read: Any) -> str:
    text = clean_text(data.get(name, ""))
    try:
        return str(read(text)) if text else ""
    except ValueError as error:
        raise ParameterError(name, str(error)) from error


def _answer(asked: ClinicQuestion) -> tuple[ClinicQuestion, Facets, str]:
    """The question with its counts, and the words left out as they alone leave nothing, as in the list."""
    search = asked.search
    own = {*TEXTS, "disease", "recruiting"}
    alone = [] if set(search.filters) <= own else [name for name in TEXTS if name in search.filters]
    searches = [search, *(search.dropping(name).but(page=search.page) for name in alone)]
    found, *others = count(searches)
    for name, wider, left in zip(alone, searches[1:], others, strict=True):
        if not found.total and left.total:
            return replace(asked, search=wider), left, getattr(search.understood, TEXTS[name])
    return asked, found, ""


def _pages(page: int, entries: int) -> int:
    pages = max(1, -(-entries // PAGE_SIZE))
    if page > pages:
        raise ParameterError("page", gettext("The last page is %d.") % pages)
    return pages


def _groups(
    asked: ClinicQuestion, every: Sequence[Entry], shown: Sequence[Entry]
) -> list[tuple[str, int, list[ClinicRow]]]:
    """Head, how many rows stand under it on all pages, and its rows on this one. Without heads one group."""
    made = {(row.trial.pk, head): row for head, row in _rows(asked, shown)}
    groups = []
    for head, of_head in groupby(shown, key=lambda entry: entry.head):
        label = head_label(asked.search, asked.by, head) if asked.by else ""
        found = [made[entry.trial, head] for entry in of_head if (entry.trial, head) in made]
        groups.append((label, sum(entry.head == head for entry in every), found))
    return groups


def _rows(asked: ClinicQuestion, shown: Sequence[Entry]) -> list[tuple[str, ClinicRow]]:
    return rows(asked.search, shown, asked.by) if shown else []


def _form(search: Search, found: Facets, query: QueryDict) -> dict[str, Any]:
    """The fields by where they stand; parameters that have none are carried along in hidden ones."""
    by_name: dict[str, FormField] = {
        field.filter.name: field for of_control in fields(search, found).values() for field in of_control
    }
    ticks = [field for field in by_name.values() if field.filter.control == "tick"]
    in_form = {"q", "near", "page", *FIRST, *MORE, *WRITTEN, *(field.filter.name for field in ticks)}
    return {
        "near": by_name["near"],
        "first": [(by_name[name], label) for name, label in FIRST.items()],
        "more": [by_name[name] for name in MORE],
        "written": [by_name[name] for name in WRITTEN],
        "ticks": ticks,
        "kept": [
            (name, value)
            for name in _SEARCHED
            if name not in in_form
            for value in query.getlist(name)
            if value.strip()
        ],
    }
