"""The Celery application: `celery -A trialfinder worker`."""

import os
import warnings
from typing import Any

from celery import Celery
from celery.exceptions import SecurityWarning
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trialfinder.settings")
app = Celery("trialfinder")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["trials.workspace", "trials.follow"])
# Root may run the worker: only JSON is accepted, and that cannot run anything.
warnings.filterwarnings("ignore", category=SecurityWarning)


@setup_logging.connect
def keep_django_logging(**_: Any) -> None:
    """Connected, so that Celery leaves logging as the settings have it."""
