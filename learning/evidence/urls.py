from django.urls import path

from learning.evidence import views

app_name = "evidence"

urlpatterns = [
    path("", views.mine, name="mine"),
    path("them/", views.add, name="add"),
    path("tep/<uuid:file_id>/", views.file, name="file"),
]
