"""What staff did, for admins: a page and a table to take away."""

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from trials.catalogue.spreadsheet import as_csv
from trials.models import StaffAct
from trials.workspace.acts import label
from trials.workspace.rights import admins, rights_of

A_PAGE = 50


@admins
@require_safe
def acts(request: HttpRequest) -> HttpResponse:
    """Newest first; of one person where one is chosen."""
    found, person = _chosen(request)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "rights": rights_of(request),
        "page": page,
        "rows": [(act, label(act.act)) for act in page],
        "people": User.objects.order_by("email", "username"),
        "person": person,
    }
    return render(request, "workspace/acts.html", context)


@admins
@require_safe
def acts_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same rows, all of them."""
    answer = StreamingHttpResponse(as_csv(_rows(_chosen(request)[0])), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="what-staff-did.csv"'
    return answer


def _chosen(request: HttpRequest) -> tuple[QuerySet[StaffAct], User | None]:
    number = request.GET.get("person", "")
    person = User.objects.filter(pk=number).first() if number.isascii() and number.isdecimal() else None
    found = StaffAct.objects.all()
    return (found.filter(by=person) if person else found), person


def _rows(found: QuerySet[StaffAct]) -> Iterator[list[str]]:
    yield [gettext("When"), gettext("Who"), gettext("What"), gettext("About")]
    for act in found.iterator(chunk_size=500):
        yield [timezone.localtime(act.at).isoformat(timespec="seconds"), act.name, label(act.act), act.on]
