"""Giving an import to a worker."""

import logging

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext
from kombu.exceptions import OperationalError

from importers import tasks
from importers.models import ImportRun

logger = logging.getLogger(__name__)


def hand_over(request: HttpRequest, run: ImportRun) -> None:
    """Hand the run to a worker once it is stored. Without a broker it waits; `take_over` sends it later."""

    def send() -> None:
        try:
            tasks.carry_out.delay(run.pk)
        except OperationalError as error:
            logger.warning("Import %d waits: the queue does not answer (%s).", run.pk, error)
            messages.warning(
                request, gettext("The task queue does not answer: the import starts when it does.")
            )

    transaction.on_commit(send)
