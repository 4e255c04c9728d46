"""Beneath the question bank in Wagtail's admin: questions from files and to files."""

from django.urls import path

from assessments.administration import exchange as views

app_name = "question_exchange"

urlpatterns = [
    path("nhap/", views.ImportView.as_view(), name="import"),
    path("nhap/<uuid:pk>/", views.DryRunView.as_view(), name="dry_run"),
    path("nhap/mau.xlsx", views.spreadsheet_template, name="template"),
    path("xuat/", views.ExportView.as_view(), name="export"),
    path("xuat/tep/", views.download, name="download"),
]
