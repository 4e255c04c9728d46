from django.urls import path, re_path

from evaluation.reporting.views import report, results, targets

app_name = "reporting"

urlpatterns = [
    path("ket-qua/", results.public, name="public"),
    path("bao-cao/<int:year>/", report.own, name="own_report"),
    path("bao-cao/<int:year>/<str:unit_code>/", report.report, name="report"),
    re_path(
        r"^bao-cao/(?P<year>[0-9]{4})/(?P<unit_code>[^/]{1,32})/(?P<name>bao-cao|phu-luc)\.(?P<kind>pdf|docx)$",
        report.paper,
        name="report_paper",
    ),
    path("chi-tieu/", targets.own, name="own"),
    path("chi-tieu/<str:unit_code>/", targets.targets, name="targets"),
    path("chi-tieu/<str:unit_code>/so-lieu/", targets.enter, name="enter"),
    re_path(
        r"^chi-tieu/(?P<unit_code>[^/]{1,32})/chi-tieu\.(?P<kind>csv|xlsx)$", targets.targets_file, name="targets_file"
    ),
]
