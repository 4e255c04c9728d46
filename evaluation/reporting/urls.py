from django.urls import path, re_path

from evaluation.reporting.views import frozen, targets, trained

app_name = "reporting"

urlpatterns = [
    path("ket-qua/", targets.public, name="public"),
    path("bao-cao/<int:year>/", targets.own, name="own_report"),
    path("bao-cao/<int:year>/<str:unit_code>/", targets.report, name="report"),
    re_path(
        r"^bao-cao/(?P<year>[0-9]{4})/(?P<unit_code>[^/]{1,32})/(?P<name>bao-cao|phu-luc)\.(?P<kind>pdf|docx)$",
        targets.paper,
        name="report_paper",
    ),
    path("bao-cao/<int:year>/<str:unit_code>/chot/", frozen.freeze, name="freeze"),
    path("bao-cao/<int:year>/<str:unit_code>/ban/<int:number>/", frozen.version, name="version"),
    path("bao-cao/<int:year>/<str:unit_code>/ban/<int:number>/gui/", frozen.send, name="send"),
    path(
        "bao-cao/<int:year>/<str:unit_code>/ban/<int:number>/so-lieu.json",
        frozen.figures_file,
        name="frozen_figures",
    ),
    re_path(
        r"^bao-cao/(?P<year>[0-9]{4})/(?P<unit_code>[^/]{1,32})/ban/(?P<number>[0-9]{1,4})"
        r"/(?P<name>bao-cao|phu-luc)\.(?P<kind>pdf|docx)$",
        frozen.paper,
        name="frozen_paper",
    ),
    path("chi-tieu/", targets.own_targets, name="own"),
    path("chi-tieu/<str:unit_code>/", targets.targets, name="targets"),
    path("chi-tieu/<str:unit_code>/da-hoc/", trained.TrainedView.as_view(), name="trained"),
    path("chi-tieu/<str:unit_code>/so-lieu/", targets.enter, name="enter"),
    re_path(
        r"^chi-tieu/(?P<unit_code>[^/]{1,32})/chi-tieu\.(?P<kind>csv|xlsx)$", targets.targets_file, name="targets_file"
    ),
]
