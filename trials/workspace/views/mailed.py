"""What links in mails lead to, without signing in: say whether a trial is open, join, stop the reminders.

Looking changes nothing: mail programs open links by themselves.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from trials.models.workspace import HospitalAnswer
from trials.workspace import digest, invitations, mail_links
from trials.workspace.forms import JoinForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask, and on a press of a button say it."""
    found = mail_links.find(secret)
    if found is None:
        return render(request, "workspace/link_over.html", status=410)
    answer = request.POST.get("said", "")
    if request.method == "POST" and answer in HospitalAnswer.values:
        if mail_links.use(found, answer) is None:
            return render(request, "workspace/link_over.html", status=410)
        return render(
            request, "workspace/link_thanks.html", {"link": found, "said": HospitalAnswer(answer).label}
        )
    return render(request, "workspace/link.html", {"link": found, "answers": HospitalAnswer.choices})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """Make an account from an invitation; setting up the second factor comes next."""
    invitation = invitations.find(secret)
    if invitation is None or request.user.is_authenticated:
        return render(request, "workspace/link_over.html", status=410)
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = invitations.accept(invitation, form.cleaned_data["name"], form.cleaned_data["password"])
        if user is None:
            return render(request, "workspace/link_over.html", status=410)
        return redirect("account_login")
    status = 400 if form.errors else 200
    return render(request, "workspace/join.html", {"invitation": invitation, "form": form}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """No more reminders."""
    wish = digest.stop(token)
    if wish is None:
        return render(request, "workspace/link_over.html", status=410)
    if request.method == "POST":
        wish.wanted = False
        wish.save(update_fields=["wanted"])
    return render(request, "workspace/stop.html", {"wish": wish})
