from django.db import transaction
from django.urls import path

from membership import views
from membership.entering import SignUpView

app_name = "membership"

urlpatterns = [
    # Before allauth's own, which would leave a half of an account behind where it is stopped in the middle.
    path("signup/", transaction.atomic(SignUpView.as_view())),
    path("", views.account, name="account"),
    path("tiep/", views.onward, name="onward"),
    path("dong-y/", views.consent, name="consent"),
    path("chao-mung/", views.welcome, name="welcome"),
    path("rut-dong-y/", views.withdraw, name="withdraw"),
    path("xoa-du-lieu/", views.erase, name="erase"),
    path("du-lieu.json", views.download, name="download"),
]
