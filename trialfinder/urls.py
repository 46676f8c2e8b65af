"""Which address leads where. English pages stand at the root, Hindi ones below /hi/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from trialfinder.health import healthz
from trials.api import api
from trials.views.errors import robots

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("robots.txt", robots, name="robots"),
    path("api/v1/", api.urls),
    path("admin/", admin.site.urls),
    *i18n_patterns(path("", include("trials.urls")), prefix_default_language=False),
]
