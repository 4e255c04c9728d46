"""Opening an account with a slip, as a browser asks for it."""

import logging

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from django_tasks_db.models import DBTaskResult

from membership.actions import confirm_slip, print_slip
from membership.actions.slips import GOOD_FOR
from membership.forms import box_of
from membership.models import Membership, Role, Session, Slip, User
from membership.slips import activating
from tests.factories.people import START, PersonFactory
from tests.membership.signing_in import SECOND_FACTOR, sign_in

PROVE, PASSWORD = "/tai-khoan/phieu/", "/tai-khoan/phieu/mat-khau/"
CODE, NEW_PASSWORD = "K7MN-3HPC-XA4T", "bốn từ không liền"
pytestmark = pytest.mark.usefixtures("one_rate_period")


@pytest.fixture
def hoa(standing):
    person = PersonFactory(full_name="Lê Thị Hòa", birth_year=1962, code="ABCD2345")
    Membership.objects.create(person=person, unit=standing.chapter, role=Role.MEMBER, valid_from=START)
    return person


@pytest.fixture
def slip(standing, hoa, at):
    return print_slip(person=hoa, code=CODE, by=standing.chi, at=at)


def passkey(user):
    return Authenticator.objects.create(user=user, type="webauthn", data={"name": "", "credential": {}})


def prove(client, code=CODE, birth_year="1962"):
    return client.post(PROVE, {"code": code, "birth_year": birth_year})


def test_slip_opens_an_account_that_agrees_and_is_welcomed(client, slip, consent_text):
    assert prove(client, "k7mn 3hpc xa4t").url == PASSWORD
    assert "Lê Thị Hòa" in client.get(PASSWORD).content.decode()
    to_agree = client.post(PASSWORD, {"password1": NEW_PASSWORD}).url
    assert to_agree == "/tai-khoan/dong-y/?next=/tai-khoan/chao-mung/"
    welcome = client.post(to_agree, {box_of(consent_text): "on", "next": "/tai-khoan/chao-mung/"})
    assert "Hòa" in client.get(welcome.url).content.decode()
    assert client.session["_auth_user_id"] == str(slip.person.user.pk)


def test_who_has_no_address_signs_in_by_code_and_is_stopped_nowhere(client, slip):
    prove(client)
    client.post(PASSWORD, {"password1": NEW_PASSWORD})
    again = Client()
    assert sign_in(again, " abcd 2345", NEW_PASSWORD).url == "/hoc-tap/"
    for page in ("", "email/", "password/change/", "2fa/", "confirm-email/", "du-lieu.zip", "rut-dong-y/service/"):
        answer = again.get(f"/tai-khoan/{page}")
        assert (answer.status_code, bool(b"".join(answer))) == (200, True), page
    given = {"oldpassword": NEW_PASSWORD, "password1": "năm từ khác hẳn", "password2": "năm từ khác hẳn"}
    assert again.post("/tai-khoan/password/change/", given).status_code == 302
    assert again.post("/tai-khoan/email/", {"email": "hoa@example.vn", "action_add": ""}).status_code == 302
    assert EmailAddress.objects.get(user=slip.person.user).email == "hoa@example.vn"
    assert sign_in(Client(), "ABCD2345", "năm từ khác hẳn").url == "/hoc-tap/"


def test_anybody_signs_in_by_the_code_of_their_record_and_of_one_merged_into_it(standing):
    person = standing.an.person
    PersonFactory(code="MNPR6789", merged_into=person)
    for code in (person.code.lower(), "mnpr6789"):
        assert sign_in(Client(), code).status_code == 302


def test_sign_up_that_takes_anothers_code_as_its_name_takes_nothing(slip):
    User.objects.create_user("abcd2345", password="mat-khau-ke-trom")
    prove(owner := Client())
    owner.post(PASSWORD, {"password1": NEW_PASSWORD})
    assert sign_in(Client(), "ABCD2345", NEW_PASSWORD).url == "/hoc-tap/"


def test_refusals_look_alike_and_tell_nothing(client, standing, slip, at):
    other = PersonFactory(full_name="Võ Văn Khác", birth_year=1970)
    Membership.objects.create(person=other, unit=standing.chapter, role=Role.MEMBER, valid_from=START)
    print_slip(person=other, code="2222-3333-4444", by=standing.chi, at=at)
    pages = [
        prove(client, *typed).content.decode()
        for typed in ((CODE[:-1] + "U",), (CODE, "1963"), ("222233334444",), ("", ""))
    ]
    told = [page.partition('id="error-summary"')[2].partition("</ul>")[0] for page in pages]
    assert told[0] == told[1] == told[2] != told[3]
    assert not any("Hòa" in page or "Khác" in page for page in pages)
    assert client.get(PASSWORD).url == PROVE


def test_used_and_expired_slips_are_refused(client, slip, at):
    prove(client)
    second = Client()
    prove(second)
    client.post(PASSWORD, {"password1": NEW_PASSWORD})
    assert second.post(PASSWORD, {"password1": "một mật khẩu khác"}).url == PROVE
    assert prove(Client()).status_code == 422
    Slip.objects.update(used_at=None, expires_at=at - GOOD_FOR)
    assert prove(Client()).status_code == 422
    assert slip.person.user.check_password(NEW_PASSWORD)


def test_codes_cannot_be_guessed_from_one_address_for_long(client, slip, monkeypatch):
    monkeypatch.setitem(activating._MISSES, "rate", "5/h")
    pages = [prove(client, f"2222-3333-{number:04d}").content.decode() for number in range(7)]
    assert [("một giờ" in page) for page in pages] == [False] * 6 + [True]
    assert prove(client).status_code == 422
    assert prove(Client(REMOTE_ADDR="203.0.113.9")).url == PASSWORD


def test_a_child_of_seven_gets_in_and_a_younger_one_is_told_why_not(client, slip, today):
    for age, is_let_in in ((6, False), (7, True)):
        slip.person.birth_year = today.year - age
        slip.person.save()
        answer = prove(client, birth_year=str(today.year - age))
        assert "Hòa" not in answer.content.decode()
        assert (answer.status_code == 302) is is_let_in
        assert client.get(PASSWORD).status_code == (200 if is_let_in else 302)


def test_a_childs_account_is_closed_until_whoever_represents_them_agrees(client, slip, today, consent_text):
    slip.person.birth_year = today.year - 9
    slip.person.save()
    prove(client, birth_year=str(today.year - 9))
    client.post(PASSWORD, {"password1": NEW_PASSWORD})
    for closed in ("/tai-khoan/", "/tai-khoan/2fa/webauthn/add/", "/tai-khoan/password/change/", "/hoc-tap/"):
        assert client.get(closed).url.startswith("/tai-khoan/dong-y/")
    agreed = {box_of(consent_text): "on", "representative": "Lê Văn Bố", "is_represented": "on"}
    client.post("/tai-khoan/dong-y/", agreed)
    assert client.get("/tai-khoan/").status_code == 200


def test_weak_password_is_refused_and_the_slip_still_works(client, slip):
    prove(client)
    for weak in ("12345678", "ABCD2345", "ngan"):
        assert client.post(PASSWORD, {"password1": weak}).status_code == 422
    assert client.post(PASSWORD, {"password1": NEW_PASSWORD}).status_code == 302


def test_staff_still_give_their_second_factor_after_a_slip(client, standing, administrator, at):
    slip = print_slip(person=standing.dung.person, code=CODE, by=standing.giang, at=at)
    confirm_slip(slip=slip, by=administrator, at=at)
    prove(client, birth_year="1960")
    passkey(standing.dung)
    assert client.post(PASSWORD, {"password1": NEW_PASSWORD}).url == SECOND_FACTOR
    assert Authenticator.objects.filter(user=standing.dung, type="webauthn").exists()
    assert "_auth_user_id" not in client.session


def test_new_password_ends_other_sessions_and_is_told_at_each_sign_in(client, standing, at):
    elsewhere = Client()
    sign_in(elsewhere, "an")
    slip = print_slip(person=standing.an.person, code=CODE, by=standing.chi, at=at)
    confirm_slip(slip=slip, by=standing.dung, at=at)
    prove(client, birth_year="1960")
    passkey(standing.an)
    client.post(PASSWORD, {"password1": NEW_PASSWORD})
    assert "Các khóa truy cập trước đây" in client.get("/tai-khoan/").content.decode()
    assert not Authenticator.objects.filter(user=standing.an).exists()
    assert elsewhere.get("/tai-khoan/").status_code == 302
    again = Client()
    sign_in(again, "an", NEW_PASSWORD)
    page = again.get("/tai-khoan/").content.decode()
    assert "Phạm Thị Chi" in page
    assert "Võ Văn Dũng" in page


def test_code_is_in_no_log_no_session_no_task_and_no_row(client, slip, caplog):
    caplog.set_level(logging.DEBUG)
    prove(client, CODE, "1963")
    prove(client)
    page = client.get(PASSWORD)
    kept = f"{caplog.text} {list(Slip.objects.values())} {list(DBTaskResult.objects.values())} "
    kept += f"{[session.get_decoded() for session in Session.objects.all()]} {page.content.decode()}"
    assert CODE not in kept
    assert CODE.replace("-", "") not in kept
    assert page.headers["Referrer-Policy"] == settings.SECURE_REFERRER_POLICY == "same-origin"
    assert "no-store" in page.headers["Cache-Control"]
