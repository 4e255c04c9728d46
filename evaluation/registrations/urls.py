from django.urls import path

from evaluation.registrations.views import figures, office, own

app_name = "registrations"

urlpatterns = [
    path("dang-ky-phan-dau/", own.own, name="own"),
    path("dang-ky-phan-dau/phieu/<int:year>.pdf", own.form, name="form"),
    path("danh-gia/dang-ky/", office.PeopleView.as_view(), name="people"),
    path("danh-gia/dang-ky/danh-sach.pdf", office.print_list, name="print_list"),
    path("danh-gia/dang-ky/phieu.pdf", office.blank, name="blank"),
    path("danh-gia/dang-ky/so-lieu/", figures.FiguresView.as_view(), name="own_figures"),
    path("danh-gia/dang-ky/so-lieu/<str:unit_code>/", figures.FiguresView.as_view(), name="figures"),
    path("danh-gia/dang-ky/<int:year>/nhap/", office.SheetView.as_view(), name="sheet"),
    path("danh-gia/dang-ky/<int:year>/nhap/<uuid:pk>/", office.SheetPlanView.as_view(), name="sheet_plan"),
]
