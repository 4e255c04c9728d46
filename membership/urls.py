from django.urls import path

from membership import views

app_name = "membership"

urlpatterns = [
    path("", views.account, name="account"),
    path("tiep/", views.onward, name="onward"),
    path("dong-y/", views.consent, name="consent"),
    path("rut-dong-y/", views.withdraw, name="withdraw"),
    path("xoa-du-lieu/", views.erase, name="erase"),
    path("du-lieu.json", views.download, name="download"),
]
