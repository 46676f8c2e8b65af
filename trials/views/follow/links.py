"""The pages that links in the mails lead to. Looking changes nothing, buttons do.

The signed link is the right to press them. No cookie and no CSRF token is asked for, so that mail programs
can stop the mails by themselves (RFC 8058), and nothing is stored in the browser.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from trials.follow import links, wishes
from trials.follow.letters import followed
from trials.models.follow import Subscription

_METHODS = ["GET", "HEAD", "POST"]


@csrf_exempt
@never_cache
@require_http_methods(_METHODS)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Yes, I want these mails: for the first time, or again after a year."""
    subscription = links.find(token)
    if subscription is None:
        return _over(request)
    if request.method == "POST":
        wishes.confirm(subscription, timezone.now())
        return redirect("trials:follow-manage", token)
    context = {"subscription": subscription, "subject": followed(subscription)}
    return render(request, "trials/follow/confirm.html", context)


@csrf_exempt
@never_cache
@require_http_methods(_METHODS)
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """Everything the owner of the address follows: to see, change, confirm and stop."""
    subscription = links.find(token)
    if subscription is None:
        return _over(request)
    mine = wishes.of_same_address(subscription)
    if request.method == "POST":
        return _change(request, token, mine.filter(pk=_number(request.POST.get("which", ""))).first())
    rows = [(one, followed(one)) for one in mine]
    context = {"rows": rows, "paces": Subscription.Pace.choices, "languages": settings.LANGUAGES}
    return render(request, "trials/follow/manage.html", context)


@csrf_exempt
@never_cache
@require_http_methods(_METHODS)
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Erase one subscription, or with `all` every one of the address. Also what mail programs post to."""
    subscription = links.find(token)
    if subscription is None:
        return _over(request)
    if request.method == "POST":
        every = "all" in request.POST
        rows = wishes.of_same_address(subscription)
        (rows if every else rows.filter(pk=subscription.pk)).delete()
        return render(request, "trials/follow/stopped.html")
    others = wishes.of_same_address(subscription).exclude(pk=subscription.pk).count()
    context = {"subject": followed(subscription), "others": others}
    return render(request, "trials/follow/stop.html", context)


def _change(request: HttpRequest, token: str, one: Subscription | None) -> HttpResponse:
    """One button of the page; what is not offered there is ignored."""
    if one is not None:
        mine = Subscription.objects.filter(pk=one.pk)
        if (pace := request.POST.get("pace", "")) in Subscription.Pace:
            mine.update(pace=pace)
        if (language := request.POST.get("language", "")) in dict(settings.LANGUAGES):
            mine.update(language=language)
        if "yes" in request.POST:
            wishes.confirm(one, timezone.now())
        if "stop" in request.POST:
            one.delete()
    still = links.find(token)
    return redirect("trials:follow-manage", token) if still else render(request, "trials/follow/stopped.html")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0


def _over(request: HttpRequest) -> HttpResponse:
    """A link that is not ours, or whose subscription is erased: the same page, so that it tells nothing."""
    return render(request, "trials/follow/over.html", status=404)
