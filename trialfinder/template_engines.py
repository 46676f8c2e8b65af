"""The two engines of templates, and when a template is whose (docs/adr/0011)."""

from pathlib import Path
from typing import Any


def of(folder: Path) -> list[dict[str, Any]]:
    """`TEMPLATES` of the settings. A name is looked up in the order of the engines."""
    return [_django(folder), _jinja(folder / "jinja")]


def _django(folder: Path) -> dict[str, Any]:
    """All pages."""
    return {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [folder],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "trials.catalogue.freshness.catalogue",
                "trials.views.situation.situation",
            ],
            "libraries": {"i18n": "trialfinder.quick_i18n"},
        },
    }


def _jinja(folder: Path) -> dict[str, Any]:
    """What stands in the page of a trial: compiled to Python."""
    return {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [folder],
        "OPTIONS": {"environment": "trials.templatetags.jinja.environment"},
    }
