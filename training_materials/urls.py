from django.urls import include, path

from training_materials import views

app_name = "training_materials"

urlpatterns = [
    path("khoa-hoc/<slug:slug>/", views.course, name="course"),
    path("media/<path:path>", views.picture, name="picture"),
    path("goi/", include("training_materials.player.urls")),
]
