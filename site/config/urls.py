"""Every address of the site, in the order of the flow."""

from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from interface import errors

urlpatterns = [
    path("", include("home.urls")),
    path("", include("membership.urls")),
    path("tai-khoan/", include("allauth.urls")),
    path("thong-bao/", include("notices.urls")),
    path("du-lieu-ca-nhan/", include("privacy.urls")),
    path("tim-kiem/", include("search.urls")),
    path("hoc-tap/", include("learning.tracking.urls")),
    path("hoi-dap/", include("learning.feedback.urls")),
    path("loi-goi-hoc/", include("learning.calls.urls")),
    path("chung-nhan/", include("learning.tracking.certificates.urls")),
    path("xapi/", include("learning.tracking.store.urls")),
    path("bai-kiem-tra/", include("assessments.urls")),
    path("minh-chung/", include("learning.evidence.urls")),
    path("", include("learning.sessions.urls")),
    path("", include("evaluation.criteria.urls")),
    path("", include("evaluation.dossiers.urls")),
    path("", include("evaluation.registrations.urls")),
    path("", include("movement.urls")),
    path("", include("evaluation.recognition.urls")),
    path("", include("evaluation.reporting.urls")),
    path("quan-tri/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("quan-tri/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("training_materials.urls")),
    path("", include(wagtail_urls)),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
