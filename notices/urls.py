from django.urls import path

from notices.views import addresses, calendar, choices, devices, inbox, mouth, stopping, writing

app_name = "notices"

urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("da-doc/", inbox.mark_all, name="mark_all"),
    path("<int:pk>/mo/", inbox.open_notice, name="open"),
    path("<int:pk>/da-doc/", inbox.mark, name="mark"),
    path("cach-bao/", choices.choices, name="choices"),
    path("thiet-bi/", devices.switch_on, name="switch_on_device"),
    path("thiet-bi/<uuid:pk>/bo/", devices.remove, name="remove_device"),
    path("bao-mieng/", mouth.ToTellView.as_view(), name="mouth"),
    path("bao-mieng.pdf", mouth.print_list, name="print_list"),
    path("lich/", calendar.calendar, name="calendar"),
    path("lich/<str:token>.ics", calendar.feed, name="feed"),
    path("thu/", writing.CircularsView.as_view(), name="circulars"),
    path("thu/<int:pk>/", writing.circular, name="circular"),
    path("thu/viet/", writing.write, name="write"),
    path("dia-chi/<int:pk>/", addresses.confirm_again, name="confirm_again"),
    path("dia-chi/<str:token>/", addresses.confirm, name="address"),
    path("dung/<str:token>/", stopping.stop, name="stop"),
]
