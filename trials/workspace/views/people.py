"""People: who may work here, in which role, for which hospitals; and each user's own reminders."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trials import languages
from trials.models.workspace import Invitation, Reminders
from trials.workspace import hospitals, invitations, role_changes
from trials.workspace.forms import InvitationForm, PersonForm
from trials.workspace.rights import Rights, Role, admins, rights_of, staff_only


@admins
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    return _page(request, InvitationForm())


def _page(request: HttpRequest, form: InvitationForm, status: int = 200) -> HttpResponse:
    users = User.objects.order_by("email", "username").prefetch_related("groups", "site_assignments__site")
    context = {
        "rights": rights_of(request),
        "people": [(user, _label(Rights(user).role)) for user in users],
        "invitations": Invitation.objects.filter(accepted_at=None).prefetch_related("sites"),
        "form": form,
        "hospitals": hospitals.choice(request.POST.getlist("sites"), request.POST.get("find", "")),
    }
    return render(request, "workspace/people.html", context, status=status)


def _label(role: str) -> str:
    """A role in the words of the page, in short."""
    return str(Role(role).label).partition(":")[0] if role else ""


@admins
@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Send an invitation; or, on a press of "search", find hospitals for it."""
    if _searches(request):
        return _page(request, InvitationForm(initial=_typed(request, "email", "role", "language")))
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 400)
    cleaned = form.cleaned_data
    try:
        invitations.invite(
            cleaned["email"],
            cleaned["role"],
            cleaned["sites"],
            cleaned["language"],
            who=request.user,  # type: ignore[arg-type]
        )
    except invitations.AlreadyHereError:
        form.add_error("email", gettext("There is already an account with this address."))
        return _page(request, form, 400)
    messages.success(request, gettext("Invited. The link in the mail is valid for seven days."))
    return redirect("workspace:people")


@admins
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, user_id: int) -> HttpResponse:
    """A user's role, and for which hospitals. Admins cannot take away their own rights by mistake."""
    user = get_object_or_404(User, pk=user_id)
    now: dict[str, Any] = {"role": Rights(user).role, "is_active": user.is_active}
    if _searches(request):
        form = PersonForm(initial=_typed(request, "role", "is_active"))
    else:
        form = PersonForm(request.POST or None, initial=now)
        if request.method == "POST" and not role_changes.may_change(user, request.user):  # type: ignore[arg-type]
            messages.error(request, _untouchable(user, request))
        elif request.method == "POST" and form.is_valid():
            cleaned = form.cleaned_data
            role_changes.change(
                user,
                cleaned["role"],
                cleaned["sites"],
                cleaned["is_active"],
                who=request.user,  # type: ignore[arg-type]  # admins
            )
            messages.success(request, gettext("Changed."))
            return redirect("workspace:people")
    chosen = request.POST.getlist("sites") if request.method == "POST" else Rights(user).sites
    context = {
        "rights": rights_of(request),
        "person": user,
        "form": form,
        "hospitals": hospitals.choice(chosen, request.POST.get("find", "")),
    }
    return render(request, "workspace/person.html", context, status=400 if form.errors else 200)


def _untouchable(user: User, request: HttpRequest) -> str:
    if user == request.user:
        return gettext("Only another admin can change your own rights.")
    return gettext("Only whoever runs this site can change the rights of this account.")


def _searches(request: HttpRequest) -> bool:
    """Whether the button beside the field for a hospital's name was pressed."""
    return request.method == "POST" and "search" in request.POST


def _typed(request: HttpRequest, *names: str) -> dict[str, str]:
    """What stands in these fields already."""
    return {name: request.POST.get(name, "") for name in names}


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: HttpRequest) -> HttpResponse:
    """Whether to be reminded by mail, and in which language."""
    user: User = request.user  # type: ignore[assignment]  # staff_only
    wish, _made = Reminders.objects.get_or_create(user=user)
    if request.method == "POST":
        language = request.POST.get("language", "")
        if language in languages.codes():
            wish.language = language
        wish.wanted = request.POST.get("wanted") == "yes"
        wish.save(update_fields=["language", "wanted"])
        messages.success(request, gettext("Saved."))
        return redirect("workspace:reminders")
    return render(
        request,
        "workspace/reminders.html",
        {"wish": wish, "languages": languages.choices(), "rights": rights_of(request)},
    )
