"""In Wagtail's admin: written answers that wait for a trainer."""

from django.urls import path

from assessments.administration import marking as views

app_name = "written_marking"

urlpatterns = [
    path("", views.WaitingView.as_view(), name="waiting"),
    path("<int:pk>/", views.MarkView.as_view(), name="mark"),
]
