"""A trial or a hospital is missing: two short forms, and what became of what was sent before."""

from django.contrib import messages
from django.contrib.auth.models import User
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from trials.models import Site, Trial
from trials.workspace import missing as reports
from trials.workspace.forms import MissingHospitalForm, MissingTrialForm
from trials.workspace.rights import rights_of, staff_only

SHOWN = 20


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def missing(request: HttpRequest) -> HttpResponse:
    """The field `what` says which of the two forms was sent."""
    who: User = request.user  # type: ignore[assignment]  # staff_only
    what = request.POST.get("what", "") if request.method == "POST" else ""
    own = Site.objects.filter(pk__in=rights_of(request).sites).order_by("hospital", "city")
    trial_form = MissingTrialForm(own, request.POST if what == "trial" else None)
    hospital_form = MissingHospitalForm(request.POST if what == "hospital" else None)
    sent: Form | None = {"trial": trial_form, "hospital": hospital_form}.get(what)
    here: Trial | None = None
    if sent is not None and sent.is_valid():
        try:
            _send(request, what, sent, who)
            return redirect("workspace:missing")
        except reports.AlreadyHereError as error:
            here = error.trial
        except reports.TooManyError:
            sent.add_error(None, gettext("You have many open requests. Please wait for the answers."))
    context = {
        "rights": rights_of(request),
        "trial_form": trial_form,
        "hospital_form": hospital_form,
        "here": here,
        "here_registration": here.registrations.first() if here else None,
        "sent": reports.of(who).select_related("trial")[:SHOWN],
    }
    refused = request.method == "POST" and here is None
    return render(request, "workspace/missing.html", context, status=400 if refused else 200)


def _send(request: HttpRequest, what: str, form: Form, who: User) -> None:
    language = get_language() or "en"
    said = form.cleaned_data
    if what == "hospital":
        reports.report_hospital(said["name"], said["city"], said["note"], who=who, language=language)
        messages.success(request, gettext("Sent. An editor will answer."))
        return
    kept = reports.report_trial(said["trial"], said.get("site"), said["note"], who=who, language=language)
    if kept.trial and kept.trial.published:
        messages.warning(
            request,
            gettext("%(number)s is already here, but not with your hospital. An editor will look at it.")
            % {"number": kept.registry_id},
        )
    else:
        messages.success(request, gettext("Sent. An editor will look for the trial and answer."))
