from django.urls import path, re_path

from evaluation.reporting.views import results, targets

app_name = "reporting"

urlpatterns = [
    path("ket-qua/", results.public, name="public"),
    path("chi-tieu/", targets.own, name="own"),
    path("chi-tieu/<str:unit_code>/", targets.targets, name="targets"),
    path("chi-tieu/<str:unit_code>/so-lieu/", targets.enter, name="enter"),
    re_path(
        r"^chi-tieu/(?P<unit_code>[^/]{1,32})/chi-tieu\.(?P<kind>csv|xlsx)$", targets.targets_file, name="targets_file"
    ),
]
