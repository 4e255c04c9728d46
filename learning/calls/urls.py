from django.urls import path

from learning.calls import views

app_name = "calls"

urlpatterns = [
    path("", views.CallsView.as_view(), name="calls"),
    path("moi/", views.new, name="new"),
    path("<uuid:pk>/", views.CallView.as_view(), name="call"),
    path("<uuid:pk>/sua/", views.change, name="change"),
    path("<uuid:pk>/lam/", views.act, name="act"),
]
