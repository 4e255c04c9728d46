"""/hoi-dap/: what learners say back, and who answers it."""

from django.urls import path

from learning.feedback.views import desk, learners

app_name = "feedback"

urlpatterns = [
    path("", desk.DeskView.as_view(), name="desk"),
    path("cua-toi/", learners.own, name="own"),
    path("<int:pk>/", desk.enquiry, name="enquiry"),
    path("<int:pk>/xet/", desk.moderate, name="moderate"),
    path("<int:pk>/rut/", learners.withdraw, name="withdraw"),
    path("<int:pk>/cho-xem/", learners.let_show, name="let_show"),
    path("<int:pk>/bao/", learners.report, name="report"),
    path("giup-ich/", desk.OpinionsView.as_view(), name="opinions"),
    path("giup-ich/<int:page_id>/", learners.helpful, name="helpful"),
    path("giup-ich/<int:page_id>/y-kien/", desk.page_opinions, name="page_opinions"),
    # Slugs are what trainers type; Wagtail lets letters with accents through, which "slug" would not.
    path("khoa-hoc/<str:course_slug>/", learners.place, name="course"),
    path("khoa-hoc/<str:course_slug>/<str:step_slug>/", learners.place, name="step"),
]
