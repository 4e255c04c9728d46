"""A forgotten password, renewed with a code by SMS."""

import datetime
import re

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone
from wagtail.models import ModelLogEntry

from membership.actions import erase_person, renew_password, send_phone_code
from membership.models import Contact, PhoneCode
from tests.factories.people import PASSWORD
from work.letters import opened, opened_note
from work.models import Letter

pytestmark = pytest.mark.django_db
PHONE, NEW = "+84905123456", "mot-mat-khau-khac-7"
ASK, RENEW = "/tai-khoan/mat-khau-qua-sms/", "/tai-khoan/mat-khau-qua-sms/ma/"


@pytest.fixture(autouse=True)
def _gateway(settings):
    gateway = {"url": "https://cong.example.vn", "secret": "s", "a_minute": 0}
    settings.TEXT_CHANNELS = {**settings.TEXT_CHANNELS, "sms": gateway}
    settings.EMAIL_BACKEND = "work.outbox.OutboxBackend"


@pytest.fixture
def phone(standing):
    return give_phone(standing.an)


def give_phone(user, **more):
    told = {"kind": "phone", "value": PHONE, "purpose": "sign_in", "verified_at": timezone.now(), **more}
    return Contact.objects.create(person=user.person, **told)


def texts():
    return [opened_note(bytes(row.content))["text"] for row in Letter.objects.filter(channel="sms").order_by("pk")]


def code():
    return re.match(r"\d{6}", texts()[-1])[0]


def wrong():
    return "000000" if code() != "000000" else "111111"


def later(minutes):
    return timezone.now() + datetime.timedelta(minutes=minutes)


def test_from_the_sign_in_page_to_a_new_password(client, standing, phone, caplog):
    assert ASK in client.get("/tai-khoan/login/").text
    assert client.post(ASK, {"phone": "0905 123 456"}, follow=True).status_code == 200
    sent = code()
    assert client.post(RENEW, {"code": sent, "password1": NEW}).url == "/tai-khoan/login/"
    standing.an.refresh_from_db()
    assert standing.an.check_password(NEW)
    assert "mật khẩu mới" in texts()[-1]
    assert Letter.objects.get(channel="mail").address == standing.an.email
    assert standing.an.person.notices.get().kind == "password-renewed"
    entries = "".join(f"{entry.data} {entry.label}" for entry in ModelLogEntry.objects.all())
    assert sent not in caplog.text + entries + "".join(PhoneCode.objects.values_list("code_hash", flat=True))
    assert not any(sent.encode() in bytes(letter.content) for letter in Letter.objects.all())


def test_it_works_once(standing, phone):
    send_phone_code(phone=PHONE, at=timezone.now())
    code_once = code()
    assert renew_password(phone=PHONE, code=code_once, password=NEW, at=later(1))
    assert not renew_password(phone=PHONE, code=code_once, password=NEW, at=later(2))


def test_after_ten_minutes_it_opens_nothing_and_is_not_even_sent(standing, phone):
    send_phone_code(phone=PHONE, at=timezone.now())
    assert not renew_password(phone=PHONE, code=code(), password=NEW, at=later(11))
    assert Letter.objects.get().good_until <= later(10)


def test_after_five_misses_it_opens_nothing(standing, phone):
    send_phone_code(phone=PHONE, at=timezone.now())
    tries = [wrong()] * 5 + [code()]
    assert not any(renew_password(phone=PHONE, code=typed, password=NEW, at=later(1)) for typed in tries)


def test_a_newer_code_ends_the_older_and_there_are_no_more_than_three_an_hour(standing, phone):
    for minute in range(3):
        send_phone_code(phone=PHONE, at=later(minute))
    first = re.match(r"\d{6}", texts()[0])[0]
    assert first == code() or not renew_password(phone=PHONE, code=first, password=NEW, at=later(3))
    send_phone_code(phone=PHONE, at=later(4))
    assert len(texts()) == 3
    send_phone_code(phone=PHONE, at=later(65))
    assert len(texts()) == 4


def test_a_weak_password_does_not_use_it_up(client, standing, phone):
    client.post(ASK, {"phone": PHONE})
    assert client.post(RENEW, {"code": code(), "password1": "12345"}).status_code == 422
    assert client.post(RENEW, {"code": code(), "password1": NEW}).status_code == 302


@pytest.mark.parametrize(
    "change", [{"verified_at": None}, {"purpose": "notices"}, {"purpose": "representative"}, {"value": "+84905000000"}]
)
def test_a_number_that_is_not_surely_theirs_is_sent_nothing_and_answered_alike(client, standing, phone, change):
    Contact.objects.filter(pk=phone.pk).update(**change)
    assert client.post(ASK, {"phone": PHONE}).url == RENEW
    assert not Letter.objects.exists()
    assert client.post(RENEW, {"code": "123456", "password1": NEW}).status_code == 422


def test_a_number_that_two_accounts_share_and_that_of_an_officer_is_sent_nothing(standing, phone):
    shared = give_phone(standing.chi, purpose="notices", verified_at=None)
    send_phone_code(phone=PHONE, at=timezone.now())
    shared.delete()
    phone.delete()
    give_phone(standing.chi)
    send_phone_code(phone=PHONE, at=timezone.now())
    assert not Letter.objects.exists()


def test_without_the_channel_there_is_no_such_page(client, standing, settings):
    settings.TEXT_CHANNELS = {**settings.TEXT_CHANNELS, "sms": {"url": "", "secret": "", "a_minute": 0}}
    assert client.get(ASK).status_code == 404
    assert ASK not in client.get("/tai-khoan/login/").text
    assert client.get(RENEW).status_code == 302


def test_who_signed_in_elsewhere_is_out(client, standing, phone):
    client.force_login(standing.an)
    send_phone_code(phone=PHONE, at=timezone.now())
    renew_password(phone=PHONE, code=code(), password=NEW, at=later(1))
    assert client.get("/tai-khoan/").status_code == 302
    assert not client.login(username="an@example.vn", password=PASSWORD)


def test_a_passkey_of_the_lost_phone_is_gone_and_letter_and_message_say_so(standing, phone):
    Authenticator.objects.create(user=standing.an, type="webauthn", data={"name": "", "credential": {}})
    send_phone_code(phone=PHONE, at=timezone.now())
    renew_password(phone=PHONE, code=code(), password=NEW, at=later(1))
    assert not Authenticator.objects.filter(user=standing.an).exists()
    assert "khóa truy cập" in opened(bytes(Letter.objects.get(channel="mail").content)).body
    assert "khóa truy cập" in texts()[-1]


def test_of_who_is_erased_no_code_waits(standing, phone):
    send_phone_code(phone=PHONE, at=timezone.now())
    erase_person(person=standing.an.person, by=standing.an, at=timezone.now())
    assert not Letter.objects.exists()
    assert not PhoneCode.objects.exists()
