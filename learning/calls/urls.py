from django.urls import path

from learning.calls.views import calls, people, sheets

app_name = "calls"

urlpatterns = [
    path("", calls.CallsView.as_view(), name="calls"),
    path("moi/", calls.new, name="new"),
    path("nguoi/", people.onto, name="onto"),
    path("<uuid:pk>/", calls.CallView.as_view(), name="call"),
    path("<uuid:pk>/sua/", calls.change, name="change"),
    path("<uuid:pk>/lam/", calls.act, name="act"),
    path("<uuid:call_id>/nhap/", sheets.SheetView.as_view(), name="sheet"),
    path("<uuid:call_id>/nhap/<uuid:pk>/", sheets.SheetPlanView.as_view(), name="sheet_plan"),
]
