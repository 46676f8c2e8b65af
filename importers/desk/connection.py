"""Trying the connection to a registry from the desk. A worker asks; these pages never wait for a registry."""

import logging

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from kombu.exceptions import OperationalError

from importers import tasks
from importers.connection import tries
from importers.desk.access import admins_only, staff_only
from importers.models.connection import ConnectionTry
from importers.registries import adapter, over_network

logger = logging.getLogger(__name__)


@never_cache
@staff_only
@require_safe
def page(request: HttpRequest, registry: str) -> HttpResponse:
    """What the last try brought."""
    known = _known(registry)
    found = ConnectionTry.objects.select_related("asked_by").filter(pk=known).first()
    return render(request, "imports/connection.html", {"registry": adapter(known), "tried": found})


@admins_only
@require_POST
def start(request: HttpRequest, registry: str) -> HttpResponse:
    """Let a worker try the connection."""
    known = _known(registry)
    if tries.is_read_now(known):
        messages.error(
            request, gettext("An import is asking this registry now. Try again when it has ended.")
        )
    elif tries.ask_for(known, request.user):  # type: ignore[arg-type]  # admins are signed in
        transaction.on_commit(lambda: _send(request, known))
    return redirect("imports:connection", known)


def _known(registry: str) -> str:
    if registry not in over_network():
        raise Http404
    return registry


def _send(request: HttpRequest, registry: str) -> None:
    try:
        tasks.try_connection.delay(registry)
    except OperationalError as error:
        logger.warning("The connection to %s is not tried: the queue does not answer (%s).", registry, error)
        tries.give_up(registry)
        messages.error(request, gettext("The task queue does not answer: nothing was tested."))
