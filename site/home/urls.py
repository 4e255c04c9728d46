from django.contrib.sitemaps.views import sitemap
from django.urls import path

from home import views
from home.views import PageSitemap

app_name = "home"

urlpatterns = [
    path("ngon-ngu/", views.language, name="language"),
    path("danh-gia/tieu-chi/do-phu/", views.coverage, name="coverage"),
    path("danh-gia/tieu-chi/ket-qua-kiem-tra/", views.indicator_results, name="indicator_results"),
    path("giao-dien/", views.components, name="components"),
    path("lien-he/", views.contact, name="contact"),
    path("healthz", views.healthz, name="health"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": PageSitemap}}, name="sitemap"),
]
