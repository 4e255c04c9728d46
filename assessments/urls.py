"""/bai-kiem-tra/: an attempt from start to result."""

from django.urls import path

from assessments.views import attempts, figures, without_network

app_name = "assessments"

urlpatterns = [
    path("tep/<str:name>", figures.figure, name="figure"),
    path("worker.js", without_network.worker, name="worker"),
    path("khong-mang/", without_network.notice, name="without_network"),
    path("bat-dau/<int:quiz_id>/", attempts.start, name="start"),
    path("<uuid:attempt_id>/", attempts.attempt, name="attempt"),
    path("<uuid:attempt_id>/tra-loi/", attempts.answers, name="answers"),
    path("<uuid:attempt_id>/khong-con-gi/", attempts.settle, name="settle"),
    path("<uuid:attempt_id>/ket-qua/", attempts.result, name="result"),
]
