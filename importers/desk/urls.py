"""The desk, below /imports/."""

from django.urls import path

from importers.desk import actions, connection, ctri, links, places, reports, review, runs

app_name = "imports"
urlpatterns = [
    path("", runs.home, name="home"),
    path("start/", actions.start, name="start"),
    path("upload/", actions.upload, name="upload"),
    path("access/<slug:registry>/", actions.access, name="access"),
    path("connection/<slug:registry>/", connection.page, name="connection"),
    path("connection/<slug:registry>/try/", connection.start, name="connection_try"),
    path("ctri/", ctri.page, name="ctri"),
    path("ctri/add/", ctri.add, name="ctri_add"),
    path("ctri/backfill/", ctri.backfill, name="ctri_backfill"),
    path("ctri/pause/", ctri.pause, name="ctri_pause"),
    path("links/", links.page, name="links"),
    path("links/<int:link_id>/", links.decide, name="link"),
    path("places/", places.page, name="places"),
    path("places/answer/", places.answer, name="place_answer"),
    path("places/<int:answer_id>/", places.take_back, name="place_take_back"),
    path("review/", review.page, name="review"),
    path("review/<int:registration_id>/", review.record, name="review_record"),
    path("review/<int:registration_id>/save/", review.save, name="review_save"),
    path("review/undo/<int:correction_id>/", review.take_back, name="review_undo"),
    path("review/labels.csv", review.label_rows, name="review_labels"),
    path("review/eligibility.jsonl", review.eligibility_rows, name="review_eligibility"),
    path("reports/", reports.page, name="reports"),
    path("reports/<int:report_id>/", reports.answer, name="report_answer"),
    path("<int:run_id>/", runs.run_page, name="run"),
    path("<int:run_id>/raw/<int:problem_id>/", runs.raw, name="raw"),
    path("<int:run_id>/progress/", runs.progress, name="progress"),
    path("<int:run_id>/release/", actions.release, name="release"),
    path("<int:run_id>/drop/", actions.drop, name="drop"),
    path("<int:run_id>/cancel/", actions.cancel, name="cancel"),
    path("<int:run_id>/retry/", actions.retry, name="retry"),
]
