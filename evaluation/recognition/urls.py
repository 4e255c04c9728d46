from django.urls import path, re_path

from evaluation.recognition.views import decisions, earlier, groups, papers, signing, titles, verification

app_name = "recognition"

urlpatterns = [
    path("danh-gia/quyet-dinh/", decisions.DecisionsView.as_view(), name="decisions"),
    path("danh-gia/quyet-dinh/so-dang-ky.xlsx", decisions.register, name="register"),
    path("danh-gia/quyet-dinh/lap/", decisions.draft, name="draft"),
    path("danh-gia/quyet-dinh/nam-truoc/", earlier.EarlierView.as_view(), name="earlier"),
    path("danh-gia/quyet-dinh/nam-truoc/<uuid:pk>/", earlier.EarlierPlanView.as_view(), name="earlier_plan"),
    path("danh-gia/quyet-dinh/<int:pk>/", decisions.decision, name="decision"),
    path("danh-gia/quyet-dinh/<int:pk>/ban-hanh/", decisions.issue, name="issue"),
    path("danh-gia/quyet-dinh/<int:pk>/nop-ban-ky/", signing.hand_in, name="hand_in"),
    path("danh-gia/quyet-dinh/<int:pk>/nop-ban-ky-so/", signing.hand_in_signed, name="hand_in_signed"),
    path("danh-gia/quyet-dinh/<int:pk>/xac-nhan/", signing.confirm, name="confirm_copy"),
    path("danh-gia/quyet-dinh/<int:pk>/tu-choi/", signing.refuse, name="refuse_copy"),
    path("danh-gia/quyet-dinh/<int:pk>/rut/", signing.withdraw, name="withdraw"),
    path("danh-gia/quyet-dinh/<int:pk>/ban-da-ky/", signing.copy, name="signed_copy"),
    path("danh-gia/quyet-dinh/<int:pk>/bo/<int:line_pk>/", decisions.remove, name="remove"),
    re_path(r"^danh-gia/quyet-dinh/(?P<pk>[0-9]{1,9})/danh-sach\.(?P<kind>csv|xlsx)$", titles.people, name="people"),
    path("danh-gia/thu-hoi/<int:dossier_pk>/", titles.revoke_of, name="revoke_of"),
    path("danh-gia/quyet-dinh/<int:pk>/thu-hoi/<int:title_pk>/", titles.revoke, name="revoke"),
    re_path(
        r"^danh-gia/quyet-dinh/(?P<pk>[0-9]{1,9})/(?P<name>to-trinh|danh-sach|quyet-dinh)\.(?P<kind>pdf|docx)$",
        papers.paper,
        name="paper",
    ),
    re_path(r"^danh-gia/bien-ban/(?P<pk>[0-9]{1,9})\.(?P<kind>pdf|docx)$", papers.minutes, name="minutes"),
    re_path(r"^danh-gia/phieu/(?P<pk>[0-9]{1,9})\.(?P<kind>pdf|docx)$", papers.sheet, name="sheet"),
    path("danh-gia/quyet-dinh/<int:pk>/in/", papers.order, name="print"),
    path("danh-gia/quyet-dinh/<int:pk>/in/tien-do/", papers.progress, name="print_progress"),
    path("danh-gia/quyet-dinh/<int:pk>/giay-cong-nhan.pdf", papers.certificates, name="certificates"),
    path("danh-gia/hoc-tap/", groups.own, name="own_groupings"),
    path("danh-gia/hoc-tap/nhom/<int:pk>/", groups.grouping, name="grouping"),
    path("danh-gia/hoc-tap/nhom/<int:pk>/bo/<int:member_pk>/", groups.end_member, name="end_member"),
    path("danh-gia/hoc-tap/quy-dinh/<slug:kind>/", groups.rule, name="grouping_rule"),
    path("danh-gia/hoc-tap/<slug:unit_code>/", groups.groupings, name="groupings"),
    path("danh-hieu/", titles.mine, name="mine"),
    path("giay-cong-nhan/<str:code>.pdf", titles.certificate, name="certificate"),
    re_path(r"^huy-hieu/(?P<code>[^/]{1,60})\.(?P<kind>json|jwt)$", verification.badge, name="badge"),
    re_path(r"^huy-hieu/thu-hoi/(?P<number>[0-9]{1,6})\.json$", verification.status_list, name="status_list"),
    path(".well-known/did.json", verification.did_document, name="did_document"),
    path("xac-minh/", verification.verify_form, name="verify_form"),
    path("xac-minh/huy-hieu/", verification.check_badge, name="check_badge"),
    path("xac-minh/<str:code>/", verification.verify, name="verify"),
]
