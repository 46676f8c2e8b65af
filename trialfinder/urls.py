"""Which address leads where. English pages stand at the root, Hindi ones below /hi/."""

from allauth.account.decorators import secure_admin_login
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView

from trialfinder import health
from trialfinder.metrics.page import metrics
from trials.api.root import api
from trials.views import sitemap
from trials.views.errors import robots
from trials.views.offline import worker
from trials.views.security_txt import security_txt

handler400 = "trials.views.errors.bad_request"
handler500 = "trialfinder.database_away.failed"
handler429 = "trials.views.errors.too_many"  # allauth asks for it by this name

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # one door for all

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("healthz/imports", health.imports, name="healthz-imports"),
    path("robots.txt", robots, name="robots"),
    path(".well-known/security.txt", security_txt, name="security-txt"),
    path("sw.js", worker, name="worker"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    re_path(r"^sitemap-([a-z]+(?:-[0-9]{1,7})?)\.xml$", sitemap.file, name="sitemap-file"),
    path("api/v1/", api.urls),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("imports/", include("importers.desk.urls")),
        # Addresses come with invitations: allauth's own pages about them are shut.
        re_path(r"^accounts/(?:confirm-)?email/", RedirectView.as_view(pattern_name="mfa_index")),
        path("accounts/", include("allauth.urls")),
        path("workspace/", include("trials.workspace.urls")),
        path("", include("trials.urls")),
        prefix_default_language=False,
    ),
]
