from django.urls import path

from home import views

app_name = "home"

urlpatterns = [
    path("ngon-ngu/", views.language, name="language"),
]
