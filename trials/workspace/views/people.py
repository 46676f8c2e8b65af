"""People: who may work here, in which role, for which hospitals; and each user's own reminders."""

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trials import languages
from trials.models.workspace import Invitation, Reminders
from trials.workspace import invitations
from trials.workspace.forms import InvitationForm, PersonForm
from trials.workspace.rights import Rights, admins, give_role, rights_of, staff_only


@admins
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    return _page(request, InvitationForm())


def _page(request: HttpRequest, form: InvitationForm, status: int = 200) -> HttpResponse:
    users = User.objects.order_by("email", "username").prefetch_related("groups", "site_assignments__site")
    context = {
        "rights": rights_of(request),
        "people": [(user, Rights(user).role) for user in users],
        "invitations": Invitation.objects.filter(accepted_at=None).prefetch_related("sites"),
        "form": form,
    }
    return render(request, "workspace/people.html", context, status=status)


@admins
@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Send an invitation."""
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
    now = {"role": Rights(user).role, "sites": Rights(user).sites, "is_active": user.is_active}
    form = PersonForm(request.POST or None, initial=now)
    if request.method == "POST" and user == request.user:
        messages.error(request, gettext("Only another admin can change your own rights."))
    elif request.method == "POST" and form.is_valid():
        give_role(user, form.cleaned_data["role"])
        invitations.assign(user, form.cleaned_data["sites"], who=request.user)  # type: ignore[arg-type]  # admins
        user.is_active = form.cleaned_data["is_active"]
        user.save(update_fields=["is_active"])
        messages.success(request, gettext("Changed."))
        return redirect("workspace:people")
    context = {"rights": rights_of(request), "person": user, "form": form}
    return render(request, "workspace/person.html", context, status=400 if form.errors else 200)


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
