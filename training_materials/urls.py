from django.urls import path

from training_materials import views

app_name = "training_materials"

urlpatterns = [
    path("khoa-hoc/<slug:slug>/", views.course, name="course"),
    path("media/<path:path>", views.picture, name="picture"),
]
