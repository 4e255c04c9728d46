from django.urls import path

from evaluation.dossiers.views import own, review

app_name = "dossiers"

urlpatterns = [
    path("ho-so/", own.mine, name="mine"),
    path("tu-danh-gia/<int:year>/", own.self_assessment, name="self_assessment"),
    path("tu-danh-gia/<int:year>/<int:number>/", own.save_indicator, name="save_indicator"),
    path("tu-danh-gia/<int:year>/nop/", own.confirm, name="confirm"),
    path("danh-gia/", review.queue, name="queue"),
    path("danh-gia/ho-so/<int:pk>/", review.review, name="review"),
]
