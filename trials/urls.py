"""Pages for the public."""

from django.urls import path, register_converter

from trials.converters import RegistryIdConverter
from trials.views.compare import compare
from trials.views.home import home
from trials.views.results import results
from trials.views.sheet import check, qr, sheet
from trials.views.shortlist import shortlist
from trials.views.sites import site, sites
from trials.views.trial import trial

register_converter(RegistryIdConverter, "registry_id")
app_name = "trials"
urlpatterns = [
    path("", home, name="home"),
    path("trials/", results, name="list"),
    # before the page of the trial: "NCT00000001/sheet" could be an id, as far as its converter knows
    path("trials/<registry_id:registry_id>/sheet/", sheet, name="sheet"),
    path("trials/<registry_id:registry_id>/check/", check, name="check"),
    path("trials/<registry_id:registry_id>/qr.svg", qr, name="qr"),
    path("trials/<registry_id:registry_id>/", trial, name="detail"),
    path("shortlist/", shortlist, name="shortlist"),
    path("compare/", compare, name="compare"),
    path("sites/", sites, name="sites"),
    path("sites/<str:slug>/", site, name="site"),
]
