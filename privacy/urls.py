from django.urls import path

from privacy.views import inventory

app_name = "privacy"

urlpatterns = [
    path("danh-muc/", inventory.InventoryView.as_view(), name="inventory"),
    path("danh-muc/phu-luc.<str:kind>", inventory.annex, name="annex"),
]
