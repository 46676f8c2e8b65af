"""The workspace, below /workspace/."""

from django.urls import path

from trials.workspace.views import acts, given, listing, mailed, missing, people, queue, today

app_name = "workspace"
urlpatterns = [
    path("", today.today, name="today"),
    path("my-listings.csv", today.table, name="table"),
    path("say/<int:registration_id>/<int:site_id>/", today.say, name="say"),
    path("undo/<int:word_id>/", today.undo, name="undo"),
    path("sites/<int:site_id>/confirm-all/", today.confirm_all, name="confirm_all"),
    path("sites/<int:site_id>/products/", given.given, name="given"),
    path("products/undo/<int:word_id>/", given.undo, name="undo_given"),
    path("listing/<int:registration_id>/", listing.listing, name="listing"),
    path("listing/<int:registration_id>/visibility/", listing.visibility, name="visibility"),
    path("listing/<int:registration_id>/<slug:field>/", listing.write, name="write"),
    path("listing/<int:registration_id>/<slug:field>/<int:site_id>/", listing.write, name="write_site"),
    path("edit/<int:edit_id>/", listing.act, name="act"),
    path("remark/<int:remark_id>/", listing.remark, name="remark"),
    path("queue/", queue.queue, name="queue"),
    path("missing/", missing.missing, name="missing"),
    path("acts/", acts.acts, name="acts"),
    path("acts.csv", acts.acts_csv, name="acts_csv"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/<int:user_id>/", people.person, name="person"),
    path("reminders/", people.reminders, name="reminders"),
    path("confirm/<str:secret>/", mailed.link, name="link"),
    path("confirm/undo/<str:secret>/", mailed.undo, name="link_undo"),
    path("join/<str:secret>/", mailed.join, name="join"),
    path("stop/<str:token>/", mailed.stop, name="stop"),
]
