from django.urls import path, re_path

from learning.tracking.views import certificates

app_name = "course_certificates"

urlpatterns = [
    re_path(r"^thu-hoi/(?P<number>[0-9]{1,6})\.json$", certificates.status_list, name="status_list"),
    path("<str:code>.pdf", certificates.paper, name="paper"),
    re_path(r"^(?P<code>[^/]{1,60})\.(?P<kind>json|jwt)$", certificates.badge, name="badge"),
    path("<str:code>/", certificates.verify, name="verify"),
]
