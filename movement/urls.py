from django.urls import path

from movement.views import office, own

app_name = "movement"

urlpatterns = [
    path("kien-nghi/", own.own, name="own"),
    path("kien-nghi/<int:pk>/rut/", own.withdraw, name="withdraw"),
    path("kien-nghi/da-tra-loi/", own.answered, name="answered"),
    path("kien-nghi/xu-ly/", office.ProposalsView.as_view(), name="proposals"),
    path("kien-nghi/xu-ly/moi/", office.write, name="write"),
    path("kien-nghi/xu-ly/<int:pk>/", office.proposal, name="proposal"),
]
