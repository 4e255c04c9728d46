from django.urls import path

from training_materials.player import views

urlpatterns = [
    path("<str:token>/", views.embed, name="embed"),
    path("<str:token>/content/<path:path>", views.media, name="media"),
    path("thu-vien/<str:token>/<path:path>", views.bundle, name="bundle"),
]
