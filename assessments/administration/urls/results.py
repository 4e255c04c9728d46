"""Results in Wagtail's admin: quizzes, attempts, signals, who is stuck, extra time."""

from django.urls import path

from assessments.administration import results as views

app_name = "quiz_results"

urlpatterns = [
    path("", views.QuizzesView.as_view(), name="quizzes"),
    path("<int:pk>/", views.QuizView.as_view(), name="quiz"),
    path("<int:pk>/luot/", views.AttemptsView.as_view(), name="attempts"),
    path("<int:pk>/dap-an/<int:version>/", views.CorrectKeyView.as_view(), name="correct_key"),
    path("luot/<uuid:pk>/", views.AttemptView.as_view(), name="attempt"),
    path("luot/<uuid:pk>/nhu-nguoi-hoc/", views.AttemptSeenView.as_view(), name="attempt_seen"),
    path("dau-hieu/", views.SignalsView.as_view(), name="signals"),
    path("dau-hieu/<int:pk>/", views.clear_signal, name="clear_signal"),
    path("khoa-hoc/<int:pk>/", views.StuckView.as_view(), name="stuck"),
    path("them-gio/", views.ExtraTimeView.as_view(), name="extra_time"),
]
