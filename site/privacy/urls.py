from django.urls import path

from privacy.views import breaches, inventory, own, requests, retention, terms

app_name = "privacy"

urlpatterns = [
    path("cua-toi/", own.requests, name="own"),
    path("yeu-cau/", requests.RequestsView.as_view(), name="requests"),
    path("yeu-cau/nhap-giup/", requests.file_for, name="file_for"),
    path("yeu-cau/<int:pk>/", requests.request_page, name="request"),
    path("yeu-cau/<int:pk>/tiep-nhan/", requests.acknowledge, name="acknowledge"),
    path("yeu-cau/<int:pk>/du-lieu.zip", requests.file_of, name="file"),
    path("thoi-han/", terms.terms, name="terms"),
    path("vi-pham/", breaches.RegisterView.as_view(), name="breaches"),
    path("vi-pham/moi/", breaches.new, name="new_breach"),
    path("vi-pham/<int:pk>/", breaches.page, name="breach"),
    path("vi-pham/<int:pk>/sua/", breaches.amend, name="amend_breach"),
    path("vi-pham/<int:pk>/thong-bao.<str:kind>", breaches.notice, name="breach_notice"),
    path("vi-pham/<int:pk>/cho-nguoi-dan.txt", breaches.text_for_people, name="breach_text"),
    path("luu-giu/", retention.page, name="retention"),
    path("luu-giu/thuc-hien/", retention.carry_out, name="carry_out"),
    path("danh-muc/", inventory.InventoryView.as_view(), name="inventory"),
    path("danh-muc/phu-luc.<str:kind>", inventory.annex, name="annex"),
]
