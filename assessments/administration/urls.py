"""In Wagtail's admin: questions from files and to files, written answers that wait, results."""

from django.urls import path

from assessments.administration import exchange, marking, pools, results, stuck

question_exchange = [
    path("nhap/", exchange.ImportView.as_view(), name="import"),
    path("nhap/<uuid:pk>/", exchange.DryRunView.as_view(), name="dry_run"),
    path("nhap/mau.xlsx", exchange.spreadsheet_template, name="template"),
    path("xuat/", exchange.ExportView.as_view(), name="export"),
    path("xuat/tep/", exchange.download, name="download"),
]
course_pools = [path("khoa-hoc/<int:pk>/", pools.CoursePoolsView.as_view(), name="course_pools")]
written_marking = [
    path("", marking.WaitingView.as_view(), name="waiting"),
    path("<int:pk>/", marking.MarkView.as_view(), name="mark"),
]
quiz_results = [
    path("", results.QuizzesView.as_view(), name="quizzes"),
    path("<int:pk>/", results.QuizView.as_view(), name="quiz"),
    path("<int:pk>/luot/", results.AttemptsView.as_view(), name="attempts"),
    path("<int:pk>/dap-an/<int:version>/", results.CorrectKeyView.as_view(), name="correct_key"),
    path("luot/<uuid:pk>/", results.AttemptView.as_view(), name="attempt"),
    path("luot/<uuid:pk>/nhu-nguoi-hoc/", results.AttemptSeenView.as_view(), name="attempt_seen"),
    path("dau-hieu/", results.SignalsView.as_view(), name="signals"),
    path("dau-hieu/<int:pk>/", results.clear_signal, name="clear_signal"),
    path("khoa-hoc/<int:pk>/", stuck.StuckView.as_view(), name="stuck"),
    path("them-gio/", results.ExtraTimeView.as_view(), name="extra_time"),
]
