from django.urls import path, re_path

from evaluation.criteria.views import exchange, rules, sets

app_name = "criteria"

SET = "danh-gia/tieu-chi/<int:pk>/"
RULES = SET + "chi-so/<int:number>/quy-tac/"

urlpatterns = [
    path("danh-gia/tieu-chi/", sets.sets, name="sets"),
    path("danh-gia/tieu-chi/nhap/", exchange.BringInView.as_view(), name="bring_in"),
    re_path(r"^danh-gia/tieu-chi/(?P<pk>\d+)/bo-tieu-chi\.(?P<kind>json|xlsx)$", exchange.download, name="download"),
    path(SET, sets.one_set, name="set"),
    path(SET + "so-sanh/", sets.compared, name="compared"),
    path(SET + "ban-moi/", sets.new_version, name="new_version"),
    path(SET + "tinh-thu/", sets.preview, name="preview"),
    path(SET + "ap-dung/", sets.put_in_force, name="put_in_force"),
    path(SET + "chi-so/<int:number>/", rules.indicator, name="indicator"),
    path(SET + "chi-so/<int:number>/moc-diem/", rules.anchors, name="anchors"),
    path(RULES, rules.add_rule, name="add_rule"),
    path(RULES + "<int:rule>/", rules.edit_rule, name="rule"),
    path(RULES + "<int:rule>/bo/", rules.remove_rule, name="remove_rule"),
]
