from django.urls import path

from learning.tracking.views import courses, notes, plays, records

app_name = "tracking"

# Slugs are what trainers type; Wagtail lets letters with accents through, which "slug" would not.
urlpatterns = [
    path("", courses.today, name="today"),
    path("luot/<uuid:play_id>/", plays.take, name="take"),
    path("ban-ghi/", records.OwnRecordsView.as_view(), name="records"),
    path("ban-ghi/<int:person_id>/", records.RecordsView.as_view(), name="records_about"),
    path("ghi-chu/", notes.own, name="notes"),
    path("ghi-chu/<uuid:key>/", notes.change, name="note"),
    path("muc-tieu/", courses.goal, name="goal"),
    path("<str:course_slug>/", courses.course, name="course"),
    path("<str:course_slug>/ghi-danh/", courses.enrol, name="enrol"),
    path("<str:course_slug>/<str:step_slug>/", courses.step, name="step"),
    path("<str:course_slug>/<str:step_slug>/mo/", plays.launch, name="launch"),
    path("<str:course_slug>/<str:step_slug>/xong/", courses.finish, name="finish"),
    path("<str:course_slug>/<str:step_slug>/dang-hoc/", courses.visit, name="visit"),
    path("<str:course_slug>/<str:step_slug>/ghi-chu/", notes.write, name="write_note"),
]
