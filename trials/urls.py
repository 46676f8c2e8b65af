"""Pages for the public."""

from django.urls import path, register_converter

from trials.converters import RegistryIdConverter
from trials.reports.views import report, thanks
from trials.views.home import home
from trials.views.results import results
from trials.views.sites import site, sites
from trials.views.trial import trial

register_converter(RegistryIdConverter, "registry_id")
app_name = "trials"
urlpatterns = [
    path("", home, name="home"),
    path("trials/", results, name="list"),
    path("trials/<registry_id:registry_id>/report/", report, name="report"),
    path("trials/<registry_id:registry_id>/report/thanks/", thanks, name="report_thanks"),
    path("trials/<registry_id:registry_id>/", trial, name="detail"),
    path("sites/", sites, name="sites"),
    path("sites/<str:slug>/", site, name="site"),
]
