from django.urls import path

from evaluation.dossiers.views import assist, bodies, findings, meetings, oversight, own, paper, queue, review

app_name = "dossiers"

urlpatterns = [
    path("ho-so/", own.mine, name="mine"),
    path("tu-danh-gia/<int:year>/", own.self_assessment, name="self_assessment"),
    path("tu-danh-gia/<int:year>/chi-so/<int:number>/", own.indicator, name="indicator"),
    path("tu-danh-gia/<int:year>/nop/", own.confirm, name="confirm"),
    path("tu-danh-gia/<int:year>/lay-lai/", own.withdraw, name="withdraw"),
    path("tu-danh-gia/<int:year>/phieu/", paper.own, name="paper"),
    path("tu-danh-gia/<int:year>/khieu-nai/", own.appeal, name="appeal_own"),
    path("phieu/<str:token>/", paper.scan, name="scan"),
    path("phieu/<str:token>.svg", paper.code_image, name="paper_code"),
    path("danh-gia/", queue.QueueView.as_view(), name="queue"),
    path("danh-gia/ho-so/<int:pk>/", review.review, name="review"),
    path("danh-gia/nhieu-ho-so/", review.batch, name="batch"),
    path("danh-gia/ho-tro/", assist.PeopleView.as_view(), name="assist"),
    path("danh-gia/ho-tro/mo/<int:person_pk>/", assist.open_for, name="assist_open"),
    path("danh-gia/ho-tro/<int:pk>/", assist.write, name="assist_write"),
    path("danh-gia/ho-tro/<int:pk>/chi-so/<int:number>/", assist.indicator, name="assist_indicator"),
    path("danh-gia/ho-tro/<int:pk>/nop/", assist.confirm, name="assist_confirm"),
    path("danh-gia/ho-tro/<int:pk>/lay-lai/", assist.withdraw, name="assist_withdraw"),
    path("danh-gia/ho-tro/<int:pk>/phieu/", paper.assisted, name="assist_paper"),
    path("danh-gia/ho-tro/<int:pk>/khieu-nai/", assist.appeal, name="assist_appeal"),
    path("danh-gia/cuoc-hop/", meetings.MeetingsView.as_view(), name="meetings"),
    path("danh-gia/cuoc-hop/mo/<int:step_pk>/<int:unit_pk>/<int:year>/", meetings.call, name="call_meeting"),
    path("danh-gia/cuoc-hop/<int:pk>/", meetings.meeting, name="meeting"),
    path("danh-gia/cac-cap/", bodies.bodies, name="bodies"),
    path("danh-gia/quy-trinh/", bodies.chains, name="chains"),
    path("danh-gia/quy-trinh/<int:pk>/", bodies.change, name="change_chain"),
    path("danh-gia/khieu-nai/", oversight.AppealsView.as_view(), name="appeals"),
    path("danh-gia/khieu-nai/<int:pk>/", oversight.appeal, name="appeal"),
    path("danh-gia/kiem-tra/", oversight.SamplesView.as_view(), name="samples"),
    path("danh-gia/kiem-tra/<int:pk>/", oversight.sample, name="sample"),
    path("danh-gia/kiem-tra/theo-doi/", findings.FindingsView.as_view(), name="findings"),
    path("danh-gia/kiem-tra/theo-doi/moi/<int:line_pk>/", findings.ask, name="ask_unit"),
    path("danh-gia/kiem-tra/theo-doi/<int:pk>/", findings.finding, name="finding"),
    path("danh-gia/kiem-tra/theo-doi/<int:pk>/tep/<int:file_pk>/", findings.paper, name="finding_file"),
    path("danh-gia/bat-thuong/", oversight.OutliersView.as_view(), name="outliers"),
]
