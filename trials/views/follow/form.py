"""The form to follow something. Its answer is the same whether the address is known here or not."""

import logging
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from trials.follow import limits, subject, wishes
from trials.models.follow import Subscription
from trials.search.parameters import ParameterError
from trials.views.errors import wrong_parameter

logger = logging.getLogger(__name__)


class FollowForm(forms.Form):
    """`website` is a trap: people do not see it, robots fill it in."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("This is not an e-mail address."),
        },
    )
    pace = forms.ChoiceField(
        label=_("How often?"),
        choices=Subscription.Pace.choices,
        initial=Subscription.Pace.WEEKLY,
        error_messages={"required": _("Choose how often.")},
    )
    website = forms.CharField(required=False)
    use_required_attribute = False  # the page says what is missing, in its own language

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        for name in self.errors if self.is_bound else ():
            self.fields[name].widget.attrs |= {"aria-invalid": "true", "aria-describedby": f"error-{name}"}


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """What is followed stands in the address, as the parameters of a search or as a trial or hospital."""
    try:
        asked = subject.read(request.GET)
    except ParameterError as error:
        return wrong_parameter(request, error, request.path)
    except subject.NothingToFollowError as error:
        raise Http404(gettext("There is nothing here to follow.")) from error
    if request.method != "POST" or not settings.FOLLOW_BY_MAIL:
        return _page(request, asked, FollowForm())
    form = FollowForm(request.POST)
    if form.data.get("website"):
        return redirect("trials:follow-sent")
    if not form.is_valid():
        return _page(request, asked, form, 400)
    now = timezone.now()
    if not limits.may_ask(request) or not limits.may_confirm(now):
        logger.warning("The form to follow was refused: too many were sent.")
        form.add_error(None, gettext("Too many have asked just now. Please try again later."))
        return _page(request, asked, form, 429)
    wishes.ask(asked, form.cleaned_data["email"], form.cleaned_data["pace"], now)
    return redirect("trials:follow-sent")


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Look into your mail: the same page for everybody."""
    return render(request, "trials/follow/sent.html")


def _page(request: HttpRequest, asked: subject.Subject, form: FollowForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "subject": asked,
        "paces": Subscription.Pace.choices,
        "pace": form["pace"].value(),
        "possible": settings.FOLLOW_BY_MAIL,
    }
    return render(request, "trials/follow/form.html", context, status=status)
