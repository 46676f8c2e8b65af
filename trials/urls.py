"""Pages for the public."""

from django.urls import path, register_converter

from trials.reports.views import report, thanks
from trials.views import prose
from trials.views.browse.changes import changes
from trials.views.browse.conditions import condition, conditions
from trials.views.browse.numbers import charts
from trials.views.browse.products import product, products
from trials.views.browse.sites import site, sites
from trials.views.browse.tiles import tile_grid
from trials.views.car_t import car_t
from trials.views.clinic import clinic, clinic_csv
from trials.views.clinic_papers import clinic_note, clinic_sheet
from trials.views.converters import RegistryIdConverter
from trials.views.embed.badge import badge
from trials.views.embed.listing import embedded_trials, theme_css
from trials.views.embed.snippet import embed_js, snippet
from trials.views.feeds import changes_feed
from trials.views.find import find
from trials.views.follow import form as follow_form
from trials.views.follow import links as follow_links
from trials.views.home import home
from trials.views.match.page import match, open_trials_with_patterns
from trials.views.offline import last_list, manifest, offline
from trials.views.open_data import open_data
from trials.views.previews import pictures
from trials.views.results.csv_file import results_csv
from trials.views.results.page import results
from trials.views.shortlist import shortlist
from trials.views.trial.compare import compare
from trials.views.trial.page import trial
from trials.views.trial.sheet import check, qr, sheet

register_converter(RegistryIdConverter, "registry_id")
app_name = "trials"
urlpatterns = [
    path("", home, name="home"),
    path("preview.png", pictures.of_website, name="preview"),
    path("find/", find, name="find"),
    path("match/", match, name="match"),
    path("match/trials/", open_trials_with_patterns, name="match_trials"),
    path("trials/", results, name="list"),
    path("trials.csv", results_csv, name="list_csv"),
    # before the page of the trial: "NCT00000001/sheet" could be an id, as far as its converter knows
    path("trials/<registry_id:registry_id>/sheet/", sheet, name="sheet"),
    path("trials/<registry_id:registry_id>/check/", check, name="check"),
    path("trials/<registry_id:registry_id>/qr.svg", qr, name="qr"),
    path("trials/<registry_id:registry_id>/preview.png", pictures.of_trial, name="preview-trial"),
    path("trials/<registry_id:registry_id>/report/", report, name="report"),
    path("trials/<registry_id:registry_id>/report/thanks/", thanks, name="report_thanks"),
    path("trials/<registry_id:registry_id>/", trial, name="detail"),
    path("shortlist/", shortlist, name="shortlist"),
    path("compare/", compare, name="compare"),
    path("clinic/", clinic, name="clinic"),
    path("clinic.csv", clinic_csv, name="clinic_csv"),
    path("clinic/sheet/", clinic_sheet, name="clinic_sheet"),
    path("clinic/note/", clinic_note, name="clinic_note"),
    path("sites/", sites, name="sites"),
    path("sites/<str:slug>/", site, name="site"),
    path("sites/<str:slug>/preview.png", pictures.of_site, name="preview-site"),
    path("map/", tile_grid, name="map"),
    path("numbers/", charts, name="numbers"),
    path("conditions/", conditions, name="conditions"),
    path("conditions/<str:slug>/", condition, name="condition"),
    path("conditions/<str:slug>/preview.png", pictures.of_condition, name="preview-condition"),
    path("products/", products, name="products"),
    path("products/<str:slug>/", product, name="product"),
    path("car-t/", car_t, name="car-t"),
    path("changes/", changes, name="changes"),
    path("changes/feed/", changes_feed, name="changes-feed"),
    path("follow/", follow_form.follow, name="follow"),
    path("follow/sent/", follow_form.sent, name="follow-sent"),
    path("follow/confirm/<str:token>/", follow_links.confirm, name="follow-confirm"),
    path("follow/manage/<str:token>/", follow_links.manage, name="follow-manage"),
    path("follow/stop/<str:token>/", follow_links.stop, name="follow-stop"),
    path("embed/", snippet, name="embed"),
    path("embed/trials/", embedded_trials, name="embed-trials"),
    path("embed/theme.css", theme_css, name="embed-theme"),
    path("embed/embed.js", embed_js, name="embed-js"),
    path("embed/badge/<str:slug>.svg", badge, name="embed-badge"),
    path("glossary/", prose.glossary, name="glossary"),
    path("open-data/", open_data, name="open-data"),
    path("about/", prose.about, name="about"),
    path("how-we-decide/", prose.how_we_decide, name="how-we-decide"),
    path("privacy/", prose.privacy, name="privacy"),
    path("offline/", offline, name="offline"),
    path("offline/list/", last_list, name="last-list"),
    path("manifest.webmanifest", manifest, name="manifest"),
]
