"""What links in mails lead to, without signing in: say whether a trial is open, join, stop the reminders.

Looking changes nothing: mail programs open links by themselves. Only a press of a button does.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from trialfinder.accounts import sign_in_new
from trials.models.workspace import ConfirmationLink, HospitalAnswer
from trials.workspace import digest, invitations, mail_links
from trials.workspace.forms import JoinForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask, and on a press of a button say it."""
    found = mail_links.find(secret)
    if found is None:
        return _over(request)
    answer = request.POST.get("said", "")
    if request.method == "POST" and answer in HospitalAnswer.values:
        undo_secret = mail_links.use(found, answer)
        if undo_secret is None:
            return _over(request)
        return _thanks(request, found, answer, undo_secret)
    return render(request, "workspace/link.html", {"link": found, "answers": HospitalAnswer.choices})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, secret: str) -> HttpResponse:
    """Take back what was said by a link, on a press of a button, and ask again."""
    found = mail_links.find_undo(secret)
    if found is None or found.word is None:
        return _over(request)
    if request.method != "POST":
        return _thanks(request, found, found.word.said, secret)
    again = mail_links.undo(found)
    if again is None:
        return _over(request)
    context = {
        "link": found,
        "answers": HospitalAnswer.choices if mail_links.find(again) else [],
        "is_undone": True,
        "action": reverse("workspace:link", args=[again]),
    }
    return render(request, "workspace/link.html", context)


def _thanks(request: HttpRequest, link: ConfirmationLink, answer: str, undo_secret: str) -> HttpResponse:
    context = {
        "link": link,
        "said": HospitalAnswer(answer).label,
        "undo": reverse("workspace:link_undo", args=[undo_secret]),
    }
    return render(request, "workspace/link_thanks.html", context)


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "workspace/link_over.html", status=410)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """Make an account from an invitation and sign in; setting up the second factor comes next."""
    invitation = invitations.find(secret)
    if invitation is None or request.user.is_authenticated:
        return _over(request)
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = invitations.accept(invitation, form.cleaned_data["name"], form.cleaned_data["password"])
        return sign_in_new(request, user) if user else _over(request)
    status = 400 if form.errors else 200
    return render(request, "workspace/join.html", {"invitation": invitation, "form": form}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """No more reminders."""
    wish = digest.stop(token)
    if wish is None:
        return _over(request)
    if request.method == "POST":
        wish.wanted = False
        wish.save(update_fields=["wanted"])
    return render(request, "workspace/stop.html", {"wish": wish})
