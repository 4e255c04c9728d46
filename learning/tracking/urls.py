from django.urls import path

from learning.tracking import play_views, record_views, views

app_name = "tracking"

# Slugs are what trainers type; Wagtail lets letters with accents through, which "slug" would not.
urlpatterns = [
    path("", views.today, name="today"),
    path("luot/<uuid:play_id>/", play_views.take, name="take"),
    path("ban-ghi/", record_views.own_records, name="records"),
    path("ban-ghi/<int:person_id>/", record_views.records_about, name="records_about"),
    path("<str:course_slug>/", views.course, name="course"),
    path("<str:course_slug>/ghi-danh/", views.enrol, name="enrol"),
    path("<str:course_slug>/<str:step_slug>/", views.step, name="step"),
    path("<str:course_slug>/<str:step_slug>/mo/", play_views.launch, name="launch"),
    path("<str:course_slug>/<str:step_slug>/xong/", views.finish, name="finish"),
    path("<str:course_slug>/<str:step_slug>/dang-hoc/", views.visit, name="visit"),
]
