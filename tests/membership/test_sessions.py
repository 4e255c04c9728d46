import datetime

from django.test import Client
from django.utils import timezone

from membership.actions import erase_person
from membership.models import Session
from membership.sessions import SessionStore
from tests.membership.signing_in import sign_in

LATER = timezone.now() + datetime.timedelta(days=1)


def test_a_session_knows_whose_it_is_from_signing_in_on(client, standing):
    client.get("/tai-khoan/login/?next=/hoc-tap/")
    sign_in(client, "an")
    assert Session.objects.get(pk=client.session.session_key).user == standing.an


def test_erasing_ends_each_session_of_the_account_and_reads_no_other(standing, at, monkeypatch):
    phone, desk = Client(), Client()
    for browser in (phone, desk):
        browser.force_login(standing.an)
    others = [Session(pk=f"s{number}", session_data="", expire_date=LATER) for number in range(20)]
    Session.objects.bulk_create(others)
    monkeypatch.setattr(SessionStore, "decode", None)
    erase_person(person=standing.an.person, by=standing.an, at=at)
    assert Session.objects.count() == len(others)
    monkeypatch.undo()
    assert phone.get("/tai-khoan/").url.startswith("/tai-khoan/login/")


def test_what_was_asked_before_a_sign_in_and_is_answered_after_it_signs_nobody_out(client, standing):
    client.force_login(standing.an)
    before = client.cookies["sessionid"].value
    client.post("/tai-khoan/logout/")
    client.force_login(standing.an)
    late = Client()
    late.cookies["sessionid"] = before
    answer = late.get("/bai-kiem-tra/khong-mang/")
    assert "sessionid" not in answer.cookies
    assert client.get("/tai-khoan/").status_code == 200


def test_signing_out_takes_the_cookie_away(client, standing):
    client.force_login(standing.an)
    assert client.post("/tai-khoan/logout/").cookies["sessionid"].value == ""
