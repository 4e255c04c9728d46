from django.urls import path

from learning.calls.views import calls, classes, people, sheets

app_name = "calls"

urlpatterns = [
    path("", calls.CallsView.as_view(), name="calls"),
    path("moi/", calls.new, name="new"),
    path("nguoi/", people.onto, name="onto"),
    path("lop/", classes.ClassesView.as_view(), name="classes"),
    path("lop/<uuid:pk>/", classes.ClassView.as_view(), name="class"),
    path("<uuid:pk>/", calls.CallView.as_view(), name="call"),
    path("<uuid:pk>/sua/", calls.change, name="change"),
    path("<uuid:pk>/lam/", calls.act, name="act"),
    path("<uuid:pk>/giang-vien/", classes.teacher, name="teacher"),
    path("<uuid:call_id>/nhap/", sheets.SheetView.as_view(), name="sheet"),
    path("<uuid:call_id>/nhap/<uuid:pk>/", sheets.SheetPlanView.as_view(), name="sheet_plan"),
]
