from django.urls import path, re_path
from django.views.generic import RedirectView

from learning.evidence.certificates.pages import addresses
from learning.sessions.certificate import SESSIONS
from learning.sessions.views import (
    calendar,
    checking,
    desk,
    inviting,
    materials,
    papers,
    planning,
    printing,
    sheets,
    years,
)

app_name = "sessions"

urlpatterns = [
    path("buoi-tap-huan/", calendar.upcoming, name="upcoming"),
    path("buoi-tap-huan/lich.ics", calendar.feed, name="feed"),
    path("buoi-tap-huan/<uuid:session_id>/", calendar.page, name="page"),
    path("buoi-tap-huan/<uuid:session_id>/lich.ics", calendar.file, name="file"),
    path("buoi-tap-huan/<uuid:session_id>/tra-loi/", calendar.answer, name="answer"),
    path("buoi-tap-huan/to-chuc/", desk.SessionsView.as_view(), name="sessions"),
    path("buoi-tap-huan/to-chuc/them/", planning.hold, name="hold"),
    path("buoi-tap-huan/to-chuc/ke-hoach/", years.PlanView.as_view(), name="plan"),
    re_path(r"^buoi-tap-huan/to-chuc/ke-hoach\.(?P<kind>pdf|docx)$", years.plan_paper, name="plan_paper"),
    path("buoi-tap-huan/tong-hop/", years.RollupView.as_view(), name="rollup"),
    path("buoi-tap-huan/tong-hop/<str:unit_code>/", years.RollupView.as_view(), name="rollup"),
    path("buoi-tap-huan/to-chuc/<uuid:session_id>/lap-lai/", planning.repeat, name="repeat"),
    path("buoi-tap-huan/to-chuc/<uuid:session_id>/sua/", planning.change, name="change"),
    path("buoi-tap-huan/to-chuc/<uuid:session_id>/buoc/", planning.move, name="move"),
    path("buoi-tap-huan/to-chuc/<uuid:session_id>/tra-loi/", planning.RepliesView.as_view(), name="replies"),
    path("buoi-tap-huan/to-chuc/<uuid:session_id>/", desk.session, name="session"),
    path("buoi-tap-huan/to-chuc/<uuid:session_id>/co-mat/", desk.note, name="note"),
    path("buoi-tap-huan/to-chuc/<uuid:session_id>/noi-dung/", desk.train, name="train"),
    path("buoi-tap-huan/to-chuc/<uuid:session_id>/ma/", checking.screen, name="screen"),
    path("buoi-tap-huan/to-chuc/<uuid:session_id>/nhap/", sheets.SheetView.as_view(), name="sheet"),
    path("buoi-tap-huan/to-chuc/<uuid:session_id>/nhap/<uuid:pk>/", sheets.SheetPlanView.as_view(), name="sheet_plan"),
    path("buoi-tap-huan/to-chuc/<uuid:session_id>/moi/", inviting.InviteesView.as_view(), name="invitees"),
    path("buoi-tap-huan/to-chuc/<uuid:session_id>/moi/them/", inviting.invite, name="invite"),
    path("buoi-tap-huan/to-chuc/<uuid:session_id>/moi/nhac/", inviting.remind, name="remind"),
    path("buoi-tap-huan/to-chuc/<uuid:session_id>/tai-lieu/", materials.materials, name="materials"),
    path(
        "buoi-tap-huan/to-chuc/<uuid:session_id>/tai-lieu/<int:material_id>/bo/",
        materials.remove,
        name="remove_material",
    ),
    path("buoi-tap-huan/<uuid:session_id>/tai-lieu/<int:material_id>/", materials.material_file, name="material_file"),
    path("buoi-tap-huan/to-chuc/<uuid:session_id>/giay-moi.pdf", inviting.invitations, name="invitations"),
    path("buoi-tap-huan/to-chuc/<uuid:session_id>/giay-moi/", printing.printing, name="printing"),
    path("buoi-tap-huan/to-chuc/<uuid:session_id>/giay-moi/tep.pdf", printing.printed, name="printed"),
    path("buoi-tap-huan/to-chuc/<uuid:session_id>/bien-ban.<str:kind>", papers.minutes_of, name="minutes"),
    path("buoi-tap-huan/<uuid:session_id>/duong-den.pdf", papers.way_there, name="way"),
    path("diem-danh/", checking.check_in, name="check_in"),
    path("diem-danh/ve/<str:ticket>/", checking.attend, name="attend"),
    path("diem-danh/<uuid:session_id>/<str:code>/", checking.scan, name="scan"),
    *addresses(SESSIONS, "chung-nhan/buoi/"),
    # Where they stood before the room did: people have noted them down.
    path("minh-chung/buoi/", RedirectView.as_view(url="/buoi-tap-huan/to-chuc/", permanent=True)),
    path("minh-chung/buoi/<path:rest>", RedirectView.as_view(url="/buoi-tap-huan/to-chuc/%(rest)s", permanent=True)),
    path("minh-chung/diem-danh/", RedirectView.as_view(url="/diem-danh/", permanent=True)),
    path("minh-chung/diem-danh/<path:rest>", RedirectView.as_view(url="/diem-danh/%(rest)s", permanent=True)),
]
