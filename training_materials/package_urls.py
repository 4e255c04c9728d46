from django.urls import path

from training_materials import package_views

app_name = "packages"

urlpatterns = [
    path("", package_views.IndexView.as_view(), name="index"),
    path("tai-len/<uuid:pk>/", package_views.UploadView.as_view(), name="upload"),
    path("thu-vien/", package_views.LibrariesView.as_view(), name="libraries"),
    path("<int:pk>/", package_views.ContentView.as_view(), name="content"),
]
