import contextlib
import datetime

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from membership.actions import accept_consent, publish_consent_text, withdraw_consent
from membership.forms import box_of
from membership.middleware import SESSION_KEY, SignedInDoorMiddleware
from membership.models import Membership
from membership.policy import TRAINERS
from membership.purposes import SERVICE
from membership.totp import code_at

ACTIVATE = "/tai-khoan/2fa/totp/activate/"
SOMEWHERE = "/tai-khoan/tiep/"  # needs no template and no data of other apps


@pytest.fixture
def without_second_factor(standing):
    Authenticator.objects.all().delete()
    return standing


@pytest.mark.parametrize("who", ["binh", "chi", "dung", "lan", "giang", "minh"])
@pytest.mark.parametrize("path", ["/", "/danh-gia/", "/quan-tri/", "/tai-khoan/", "/tai-khoan/email/"])
def test_staff_set_up_a_second_factor_before_anything_else(client, without_second_factor, who, path):
    client.force_login(getattr(without_second_factor, who))
    response = client.get(path)
    assert (response.status_code, response.url) == (302, ACTIVATE)


def test_staff_without_second_factor_may_set_it_up_or_leave(client, without_second_factor):
    client.force_login(without_second_factor.dung)
    assert client.get("/tai-khoan/2fa/").status_code == 200
    assert client.get("/tai-khoan/reauthenticate/").status_code == 200
    assert client.post("/tai-khoan/logout/").url == "/"
    assert "_auth_user_id" not in client.session


def test_a_set_up_second_factor_opens(client, without_second_factor):
    client.post("/tai-khoan/login/", {"login": "dung", "password": "mat-khau-thu-1"})
    client.get(ACTIVATE)
    secret = client.session["mfa.totp.secret"]
    response = client.post(ACTIVATE, {"code": code_at(secret, timezone.now())})
    assert response.url == "/tai-khoan/2fa/recovery-codes/"
    assert client.get(response.url).status_code == 200
    assert client.get(SOMEWHERE).url == "/danh-gia/"


def test_members_need_no_second_factor(client, without_second_factor):
    client.force_login(without_second_factor.an)
    assert client.get(SOMEWHERE).url == "/hoc-tap/"


@pytest.mark.parametrize("path", ["/", "/hoc-tap/?trang=2"])
def test_first_sign_in_leads_to_the_consent_and_back(client, standing, consent_text, path):
    client.force_login(standing.an)
    address = client.get(path).url
    assert address.startswith("/tai-khoan/dong-y/?next=%2F")
    assert 'type="checkbox"' in client.get(address).content.decode()
    assert "checked" not in client.get(address).content.decode()
    assert client.post(address, {box_of(consent_text): "on", "next": path}).url == path
    assert standing.an.person.consents.get().text == consent_text


def test_consent_is_not_given_by_an_unticked_box(client, standing, consent_text):
    client.force_login(standing.an)
    assert client.post("/tai-khoan/dong-y/").status_code == 200
    assert not standing.an.person.consents.exists()


def test_consent_page_leads_nowhere_else(client, standing, consent_text):
    client.force_login(standing.an)
    response = client.post("/tai-khoan/dong-y/", {box_of(consent_text): "on", "next": "https://elsewhere.example/"})
    assert response.url == "/hoc-tap/"


@pytest.mark.parametrize(
    "path",
    ["/quyen-rieng-tu/", "/healthz", "/tai-khoan/", "/tai-khoan/du-lieu.zip", "/du-lieu-ca-nhan/cua-toi/"],
)
def test_privacy_and_ones_own_data_need_no_consent(client, standing, consent_text, path):
    client.force_login(standing.an)
    with contextlib.closing(client.get(path)) as answer:
        assert not answer.headers.get("Location", "").startswith("/tai-khoan/dong-y/")


def test_new_version_asks_again(client, standing, consent_text, administrator, at):
    accept_consent(person=standing.an.person, text=consent_text, by=standing.an, at=at)
    client.force_login(standing.an)
    assert client.get("/hoc-tap/").headers.get("Location", "") == ""
    publish_consent_text(version="2026-2", text="Mới.", by=administrator, at=at)
    grow_old(client)
    assert client.get("/hoc-tap/").url.startswith("/tai-khoan/dong-y/")


def test_what_is_being_saved_is_not_lost_to_a_new_version(client, standing, consent_text, administrator, at):
    accept_consent(person=standing.an.person, text=consent_text, by=standing.an, at=at)
    client.force_login(standing.an)
    client.get("/hoc-tap/")
    publish_consent_text(version="2026-2", text="Mới.", by=administrator, at=at)
    grow_old(client)
    assert not client.post("/ngon-ngu-khac/").headers.get("Location", "").startswith("/tai-khoan/dong-y/")


@pytest.mark.parametrize("method", ["get", "post"])
def test_consent_withdrawn_in_one_session_stops_every_other_at_once(client, standing, consent_text, at, method):
    accept_consent(person=standing.an.person, text=consent_text, by=standing.an, at=at)
    client.force_login(standing.an)
    client.get("/hoc-tap/")
    withdraw_consent(person=standing.an.person, purpose=SERVICE, by=standing.an, at=timezone.now())
    assert getattr(client, method)("/hoc-tap/khong-co/").url.startswith("/tai-khoan/login/")
    client.force_login(standing.an)
    assert getattr(client, method)("/hoc-tap/khong-co/").url.startswith("/tai-khoan/dong-y/")
    assert client.post("/xapi/statements").status_code == 403
    accept_consent(person=standing.an.person, text=consent_text, by=standing.an, at=timezone.now())
    assert client.get("/hoc-tap/").status_code == 200


def grow_old(client, **by):
    session = client.session
    user, found_good_at = session[SESSION_KEY]
    session[SESSION_KEY] = (user, found_good_at - datetime.timedelta(**by or {"minutes": 6}).total_seconds())
    session.save()


def test_an_officer_away_for_a_working_day_signs_in_again(client, standing):
    client.force_login(standing.dung)
    client.get("/danh-gia/")
    grow_old(client, hours=7)
    assert client.get("/danh-gia/").status_code == 200
    grow_old(client, hours=9)
    sent_out = client.get("/danh-gia/")
    assert sent_out.url == "/tai-khoan/login/?next=%2Fdanh-gia%2F"
    assert "Bạn đã rời máy" in client.get(sent_out.url).content.decode()
    assert "_auth_user_id" not in client.session


def test_a_page_that_asks_by_itself_keeps_no_officer_signed_in(client, standing):
    client.force_login(standing.giang)
    client.get("/danh-gia/")
    grow_old(client, hours=7)
    client.post("/quan-tri/editing-sessions/ping/", headers={"X-Requested-With": "XMLHttpRequest"})
    grow_old(client, hours=2)
    assert client.get("/danh-gia/").url.startswith("/tai-khoan/login/")


def test_a_member_stays_signed_in_on_their_phone(client, standing):
    client.force_login(standing.an)
    client.get("/hoc-tap/")
    grow_old(client, days=30)
    assert client.get("/hoc-tap/").status_code == 200


def test_live_parts_of_a_page_are_led_too(client, standing, consent_text):
    client.force_login(standing.an)
    response = client.get("/hoc-tap/", headers={"HX-Request": "true"})
    assert response.headers["HX-Redirect"].startswith("/tai-khoan/dong-y/")


def test_door_costs_no_query_once_known(client, standing, consent_text, at, django_assert_num_queries):
    accept_consent(person=standing.an.person, text=consent_text, by=standing.an, at=at)
    client.force_login(standing.an)
    client.get("/khong-co-trang-nay-dau/")
    with django_assert_num_queries(1):  # the user; asked of the door itself, whatever lies behind
        assert SignedInDoorMiddleware(lambda request: HttpResponse())(request_of(client)).status_code == 200


def request_of(client):
    """A request of this client's as the door receives it."""
    request = RequestFactory().get("/hoc-tap/")
    request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
    SessionMiddleware(lambda request: None).process_request(request)
    AuthenticationMiddleware(lambda request: None).process_request(request)
    return request


def test_visitors_pass(client, standing, consent_text):
    assert client.get("/tai-khoan/login/").status_code == 200


# --- Wagtail's admin --------------------------------------------------------------------------


def test_trainer_enters_the_admin_by_the_role(client, standing):
    client.force_login(standing.binh)
    assert client.get("/quan-tri/").status_code == 200
    assert [group.name for group in standing.binh.groups.all()] == [TRAINERS]


def test_role_that_ended_yesterday_opens_no_admin_today(client, standing, today):
    client.force_login(standing.binh)
    assert client.get("/quan-tri/").status_code == 200
    Membership.objects.filter(person=standing.binh.person).update(valid_to=today)
    assert client.get("/quan-tri/").status_code == 403
    assert not standing.binh.groups.exists()


@pytest.mark.parametrize("who", ["an", "chi", "lan", "minh"])
def test_admin_is_closed_to_those_without_work_there(client, standing, who):
    client.force_login(getattr(standing, who))
    assert client.get("/quan-tri/").status_code == 403


def test_administrator_enters_with_a_second_factor(client, administrator):
    client.force_login(administrator)
    assert client.get("/quan-tri/").status_code == 200
