"""One listing in the workspace: its fields beside the registry's words, its drafts, its history."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trialfinder.permissions import refuse_unless
from trials.models import Registration, Site, TrialSite
from trials.models.reports import OF_STAFF, ErrorReport
from trials.models.workspace import HospitalAnswer, ListingEdit, Remark, listing_fields
from trials.workspace import edits, history
from trials.workspace.edits import EditConflictError, NotAllowedError, Value
from trials.workspace.forms import TextForm, WordsForm
from trials.workspace.rights import OF_A_SITE, Rights, rights_of, staff_only


@dataclass(frozen=True, slots=True)
class Words:
    """One field of a listing: what the registry says, what is public, what is being written."""

    field: str
    label: str
    site: Site | None
    registry: Value | None
    public: ListingEdit | None
    draft: ListingEdit | None
    changed_under: bool


@staff_only
@require_safe
def listing(request: HttpRequest, registration_id: int) -> HttpResponse:
    registration = get_object_or_404(Registration.objects.select_related("trial"), pk=registration_id)
    rights = rights_of(request)
    refuse_unless(rights.may_see(registration))
    places = _places(registration, rights)
    general = [
        _words(registration, field, None) for field in dict(listing_fields()) if field not in OF_A_SITE
    ]
    context = {
        "registration": registration,
        "general": general,
        "places": [
            (place, [_words(registration, field, place.site) for field in OF_A_SITE]) for place in places
        ],
        "entries": [(entry, history.undoable(entry)) for entry in history.entries(registration)],
        "reports": ErrorReport.objects.filter(
            trial=registration.trial_id, state=ErrorReport.State.OPEN
        ).exclude(kind__in=OF_STAFF),
        "answers": HospitalAnswer.choices,
        "rights": rights,
    }
    return render(request, "workspace/listing.html", context)


def _places(registration: Registration, rights: Rights) -> list[TrialSite]:
    """The rows this person speaks for, each hospital once."""
    rows = TrialSite.objects.filter(trial=registration.trial_id, counted=True).exclude(site=None)
    once = {row.site_id: row for row in rows.select_related("site").order_by("position")}
    return [row for row in once.values() if row.site and rights.may_speak_for(row.site)]


def _words(registration: Registration, field: str, site: Site | None) -> Words:
    draft, public = edits.current(registration, field, site)
    return Words(
        field=field,
        label=str(dict(listing_fields())[field]),
        site=site,
        registry=edits.registry_value(registration, field, site),
        public=public,
        draft=draft,
        changed_under=bool(public) and edits.changed_under(public),  # type: ignore[arg-type]
    )


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, registration_id: int, field: str, site_id: int | None = None) -> HttpResponse:
    """The editor of one field. Saving keeps a draft; "hand in" puts it before an editor or publishes it."""
    registration = get_object_or_404(Registration.objects.select_related("trial"), pk=registration_id)
    site = get_object_or_404(Site, pk=site_id) if site_id is not None else None
    if field not in dict(listing_fields()):
        raise Http404
    refuse_unless(rights_of(request).may_write(registration, field, site))
    words = _words(registration, field, site)
    shown = words.draft or words.public
    value = shown.value if shown else words.registry
    form = WordsForm(field, value, request.POST or None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                return _save(request, registration, words, form)
            except EditConflictError:
                status = 409
                messages.error(
                    request,
                    gettext(
                        "Someone else has saved this meanwhile. Both versions are below; nothing is lost."
                    ),
                )
        else:
            status = 400
    context = {
        "rights": rights_of(request),
        "registration": registration,
        "words": words,
        "form": form,
        "seen": edits.seen(words.draft, words.public),
        "at_once": rights_of(request).may_publish(field, site),
        "conflict": status == 409,
    }
    return render(request, "workspace/write.html", context, status=status)


def _save(request: HttpRequest, registration: Registration, words: Words, form: WordsForm) -> HttpResponse:
    who: User = request.user  # type: ignore[assignment]  # staff_only
    saw = form.cleaned_data["seen"]
    edit = edits.save(registration, words.field, words.site, form.value(), who=who, saw=saw)
    if "hand_in" in request.POST:
        edit = edits.hand_in(edit, who=who)
    messages_by_state = {
        ListingEdit.State.PUBLISHED: gettext("Published."),
        ListingEdit.State.REVIEW: gettext("Submitted. An editor will review it."),
    }
    messages.success(
        request,
        messages_by_state.get(ListingEdit.State(edit.state), gettext("Draft kept. Only staff see it.")),
    )
    return redirect("workspace:listing", registration.pk)


def _publish(request: HttpRequest, edit: ListingEdit, who: User) -> str:
    edits.publish(edit, who=who, saw=_saw(request))
    return gettext("Published.")


def _send_back(request: HttpRequest, edit: ListingEdit, who: User) -> str:
    edits.send_back(edit, _text(request), who=who, saw=_saw(request))
    return gettext("Returned with your remark.")


def _hand_in(_request: HttpRequest, edit: ListingEdit, who: User) -> str:
    edits.hand_in(edit, who=who)
    return gettext("Submitted.")


def _revert(_request: HttpRequest, edit: ListingEdit, who: User) -> str:
    edits.revert(edit, who=who)
    return gettext("Undone: the registry's words are shown again.")


def _bring_back(_request: HttpRequest, edit: ListingEdit, who: User) -> str:
    edits.bring_back(edit, who=who)
    return gettext("Public again.")


def _keep(_request: HttpRequest, edit: ListingEdit, who: User) -> str:
    edits.keep_mine(edit, who=who)
    return gettext("Kept as it is.")


ACTIONS: dict[str, Callable[[HttpRequest, ListingEdit, User], str]] = {
    "publish": _publish,
    "send_back": _send_back,
    "hand_in": _hand_in,
    "revert": _revert,
    "bring_back": _bring_back,
    "keep": _keep,
}


@staff_only
@require_POST
def act(request: HttpRequest, edit_id: int) -> HttpResponse:
    """Do something to a draft or a public word; `do` names one of `ACTIONS`."""
    edit = get_object_or_404(ListingEdit.objects.select_related("registration", "site"), pk=edit_id)
    action = ACTIONS.get(request.POST.get("do", ""))
    refuse_unless(action and rights_of(request).may_see(edit.registration))
    _try(request, lambda: action(request, edit, request.user))  # type: ignore[misc, arg-type]
    return _after(request, edit.registration_id)


@staff_only
@require_POST
def remark(request: HttpRequest, remark_id: int) -> HttpResponse:
    """Answer a remark, or close it."""
    found = get_object_or_404(Remark.objects.select_related("edit__registration", "edit__site"), pk=remark_id)
    refuse_unless(rights_of(request).may_see(found.edit.registration))
    who: User = request.user  # type: ignore[assignment]  # staff_only

    def carry_out() -> str:
        if request.POST.get("do") == "close":
            edits.close(found, who=who)
            return gettext("Remark closed.")
        edits.answer(found, _text(request), who=who)
        return gettext("Answered.")

    _try(request, carry_out)
    return _after(request, found.edit.registration_id)


@staff_only
@require_POST
def visibility(request: HttpRequest, registration_id: int) -> HttpResponse:
    """Hide a listing, for a reason, or show it again."""
    registration = get_object_or_404(Registration, pk=registration_id)
    refuse_unless(rights_of(request).edits_everything)
    hidden, reason = request.POST.get("hidden") == "yes", request.POST.get("text", "")[:1000]
    if hidden and not reason.strip():
        messages.error(request, gettext("Say why."))
    else:
        edits.hide(registration, hidden=hidden, reason=reason, who=request.user)  # type: ignore[arg-type]
        messages.success(request, gettext("Hidden.") if hidden else gettext("Shown again."))
    return redirect("workspace:listing", registration_id)


def _try(request: HttpRequest, carry_out: Callable[[], str]) -> None:
    """Do it and confirm it; refuse what is not theirs, and report what has changed meanwhile."""
    try:
        messages.success(request, carry_out())
    except NotAllowedError:
        refuse_unless(False)
    except EditConflictError:
        messages.error(request, gettext("It has changed meanwhile. Please look again."))
    except ValueError:
        messages.error(request, gettext("Write something first."))


def _text(request: HttpRequest) -> str:
    form = TextForm(request.POST)
    if not form.is_valid():
        raise ValueError
    text: str = form.cleaned_data["text"]
    return text


def _saw(request: HttpRequest) -> int:
    """The version the editor looked at; none is a version that does not exist."""
    saw = request.POST.get("seen", "")
    return int(saw) if saw.isdecimal() and len(saw) < 10 else -1


def _after(request: HttpRequest, registration_id: int) -> HttpResponse:
    if request.POST.get("from") == "queue":
        return redirect("workspace:queue")
    return redirect("workspace:listing", registration_id)
