"""/bai-kiem-tra/: an attempt from start to result."""

from django.urls import path

from assessments.views import attempts, figures

app_name = "assessments"

urlpatterns = [
    path("tep/<str:name>", figures.figure, name="figure"),
    path("worker.js", attempts.worker, name="worker"),
    path("bat-dau/<int:quiz_id>/", attempts.start, name="start"),
    path("<uuid:attempt_id>/", attempts.attempt, name="attempt"),
    path("<uuid:attempt_id>/tra-loi/", attempts.answers, name="answers"),
    path("<uuid:attempt_id>/khong-con-gi/", attempts.settle, name="settle"),
    path("<uuid:attempt_id>/ket-qua/", attempts.result, name="result"),
]
