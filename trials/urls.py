"""Pages for the public."""

from django.urls import path, register_converter

from trials.converters import RegistryIdConverter
from trials.views.find import find
from trials.views.home import home
from trials.views.results import results
from trials.views.sites import site, sites
from trials.views.trial import trial

register_converter(RegistryIdConverter, "registry_id")
app_name = "trials"
urlpatterns = [
    path("", home, name="home"),
    path("find/", find, name="find"),
    path("trials/", results, name="list"),
    path("trials/<registry_id:registry_id>/", trial, name="detail"),
    path("sites/", sites, name="sites"),
    path("sites/<str:slug>/", site, name="site"),
]
