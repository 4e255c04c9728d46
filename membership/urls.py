from django.urls import include, path
from django.views.generic import RedirectView

from membership import passkeys, sign_on, views
from membership.agreements import desk as agreeing
from membership.entering import SignUpView
from membership.phone_codes import renewing
from membership.slips import activating, desk, joining

app_name = "membership"

_passkeys = [
    path("", passkeys.listed),
    path("challenge/", passkeys.challenge, name="passkey_challenge"),
    path("login/", passkeys.sign_in),
    path("add/", passkeys.add),
    path("keys/<int:pk>/edit/", passkeys.rename),
    path("keys/<int:pk>/remove/", passkeys.remove),
]
_account = [
    path("signup/", SignUpView.as_view()),
    # Before allauth's own: see the module.
    path("2fa/webauthn/", include(_passkeys)),
    path("3rdparty/", RedirectView.as_view(pattern_name="membership:account")),
    path("oidc/sign-on/login/", sign_on.begin),
    path("oidc/sign-on/login/callback/", sign_on.arrive),
    path("ngat-ket-noi/", sign_on.disconnect, name="disconnect_sign_on"),
    path("", views.account, name="account"),
    path("tiep/", views.onward, name="onward"),
    path("dong-y/", views.consent, name="consent"),
    path("chi-hoi/", views.chapter, name="chapter"),
    path("chao-mung/", views.welcome, name="welcome"),
    path("rut-dong-y/<slug:purpose>/", views.withdraw, name="withdraw"),
    path("xoa-du-lieu/", views.erase, name="erase"),
    path("du-lieu.zip", views.download, name="download"),
    path("phieu/", activating.prove, name="slip"),
    path("mat-khau-qua-sms/", renewing.ask, name="ask_by_phone"),
    path("mat-khau-qua-sms/ma/", renewing.renew, name="renew_by_phone"),
    path("phieu/mat-khau/", activating.choose_password, name="slip_password"),
]
_office = [
    path("", desk.PeopleView.as_view(), name="slip_people"),
    path("in/", desk.print_slips, name="print_slips"),
    path("xac-nhan/", desk.WaitingView.as_view(), name="slips_waiting"),
    path("xin-vao/", joining.JoiningView.as_view(), name="joining"),
    path("da-dung/", desk.UseView.as_view(), name="slip_use"),
]

_papers = [
    path("", agreeing.PeopleView.as_view(), name="paper_consents"),
    path("giay.pdf", agreeing.paper, name="consent_paper"),
    path("<str:code>/", agreeing.record, name="paper_consent"),
    path("<str:code>/rut/<slug:purpose>/", agreeing.withdraw, name="paper_withdrawal"),
]

urlpatterns = [
    path("tai-khoan/", include(_account)),
    path("phieu-dang-nhap/", include(_office)),
    path("dong-y-tren-giay/", include(_papers)),
]
