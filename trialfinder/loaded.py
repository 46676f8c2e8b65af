"""Loads, once, what every process of the site would load for itself: those that are forked later share it."""

import gc
from typing import cast

from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.urls import get_resolver
from django.utils.module_loading import import_string

from trialfinder.celery import app
from trialfinder.version import edition


def load() -> None:
    """Every view, task and word of the vocabulary. Needs the application (`django.setup`)."""
    get_resolver().url_patterns  # noqa: B018  # every view; the first request would load them in each process
    app.loader.import_default_modules()
    import_string("trials.search.understand.understand")("")  # the vocabulary; it needs the application
    environment = cast(Jinja2, engines["jinja2"]).env
    for name in environment.list_templates():
        environment.get_template(name)  # compiled: 0.3 s for the first page of a trial in each process
    edition()  # of the code that was loaded, whatever lies there later


def share() -> None:
    """What is made until now is never written into by the collector, so the system keeps one copy of it."""
    gc.collect()
    gc.freeze()
