"""The Celery application: `celery -A trialfinder worker`."""

import gc
import os
import warnings
from typing import Any

from celery import Celery
from celery.exceptions import SecurityWarning
from celery.signals import setup_logging, worker_init

from trialfinder import statement_limits

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trialfinder.settings")
app = Celery("trialfinder")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["trials.workspace", "trials.follow", "trials.open_data"])
# Root may run the worker: only JSON is accepted, and that cannot run anything.
warnings.filterwarnings("ignore", category=SecurityWarning)


@setup_logging.connect
def keep_django_logging(**_: Any) -> None:
    """Connected, so that Celery leaves logging as the settings have it."""


@worker_init.connect
def before_forking(**_: Any) -> None:
    """The processes of the pool get limits for their statements, and share what is made already."""
    statement_limits.limit(statement_limits.OF_WORKER)
    gc.collect()
    gc.freeze()  # what the collector never writes into stays shared
