from django.urls import path

from learning.tracking import views

app_name = "tracking"

urlpatterns = [
    path("", views.today, name="today"),
    path("<slug:course_slug>/", views.course, name="course"),
    path("<slug:course_slug>/ghi-danh/", views.enrol, name="enrol"),
    path("<slug:course_slug>/<slug:step_slug>/", views.step, name="step"),
    path("<slug:course_slug>/<slug:step_slug>/xong/", views.finish, name="finish"),
    path("<slug:course_slug>/<slug:step_slug>/dang-hoc/", views.visit, name="visit"),
]
