from django.urls import path

from training_materials.administration import packages

app_name = "packages"

urlpatterns = [
    path("", packages.IndexView.as_view(), name="index"),
    path("tai-len/<uuid:pk>/", packages.UploadView.as_view(), name="upload"),
    path("thu-vien/", packages.LibrariesView.as_view(), name="libraries"),
    path("<int:pk>/", packages.ContentView.as_view(), name="content"),
]
