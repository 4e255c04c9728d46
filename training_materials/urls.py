from django.urls import path

from training_materials.player import views as player
from training_materials.views import pages

app_name = "training_materials"

urlpatterns = [
    path("khoa-hoc/<slug:slug>/", pages.course, name="course"),
    path("media/<path:path>", pages.picture, name="picture"),
    path("goi/<str:token>/", player.embed, name="embed"),
    path("goi/<str:token>/content/<path:path>", player.media, name="media"),
    path("goi/thu-vien/<str:token>/<path:path>", player.bundle, name="bundle"),
]
