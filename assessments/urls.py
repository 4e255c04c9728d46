"""/bai-kiem-tra/: an attempt from start to result."""

from django.urls import path

from assessments import figure_views, views

app_name = "assessments"

urlpatterns = [
    path("tep/<str:name>", figure_views.figure, name="figure"),
    path("worker.js", views.worker, name="worker"),
    path("bat-dau/<int:quiz_id>/", views.start, name="start"),
    path("<uuid:attempt_id>/", views.attempt, name="attempt"),
    path("<uuid:attempt_id>/tra-loi/", views.answers, name="answers"),
    path("<uuid:attempt_id>/khong-con-gi/", views.settle, name="settle"),
    path("<uuid:attempt_id>/ket-qua/", views.result, name="result"),
]
