from django.urls import include, path

from training_materials.views import pages

app_name = "training_materials"

urlpatterns = [
    path("khoa-hoc/<slug:slug>/", pages.course, name="course"),
    path("media/<path:path>", pages.picture, name="picture"),
    path("goi/", include("training_materials.player.urls")),
]
