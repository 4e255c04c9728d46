import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from membership.accounts import AccountAdapter, first_page_of
from membership.actions import set_totp_secret
from membership.belonging import unit_of
from membership.browsers import COOKIE, _hash_of
from membership.models import Contact, Membership, Person, Role, User
from membership.totp import code_at
from tests.factories.people import PASSWORD, TOTP_SECRET, PersonFactory, add_user
from tests.membership.signing_in import SECOND_FACTOR, SIGN_IN, give_code, sign_in

SIGN_UP = "/tai-khoan/signup/"


@pytest.mark.parametrize("login", ["an", "an@example.vn", "AN@example.vn"])
def test_one_signs_in_by_name_or_address(client, standing, login):
    response = sign_in(client, login)
    assert (response.status_code, response.url) == (302, "/hoc-tap/")


def test_a_phone_signs_in_where_it_is_for_that_and_one_account_alone_has_it(standing):
    own = Contact.objects.create(person=standing.an.person, kind="phone", value="+84905123456", purpose="notices")
    assert sign_in(Client(), "0905 123 456").status_code == 200
    Contact.objects.filter(pk=own.pk).update(purpose="sign_in")
    for written in ("0905 123 456", "0905.123.456", "+84905123456"):
        assert sign_in(Client(), written).status_code == 302, written
    Contact.objects.create(person=PersonFactory(), kind="phone", value="+84905123456")
    assert sign_in(Client(), "0905123456").status_code == 302
    Contact.objects.create(person=standing.minh.person, kind="phone", value="+84905123456")
    assert sign_in(Client(), "0905123456").status_code == 200


def test_a_number_written_in_many_ways_is_guessed_as_one(client, standing):
    Contact.objects.create(person=standing.an.person, kind="phone", value="+84905123456", purpose="sign_in")
    for number in range(10):
        sign_in(client, f"0905123456{'.' * number}", "sai-mat-khau")
    assert_stopped(sign_in(client, "+84905123456"))


@pytest.mark.parametrize(
    ("who", "page"), [("an", "/hoc-tap/"), ("binh", "/quan-tri/"), ("dung", "/danh-gia/"), ("giang", "/danh-gia/")]
)
def test_work_begins_where_the_role_says(standing, who, page):
    assert first_page_of(getattr(standing, who)) == page


def test_staff_give_a_code_after_the_password(client, standing):
    assert sign_in(client, "dung").url == SECOND_FACTOR
    assert "_auth_user_id" not in client.session
    assert give_code(client).url == "/danh-gia/"
    assert client.session["_auth_user_id"] == str(standing.dung.pk)


def test_wrong_code_opens_nothing(client, standing):
    sign_in(client, "dung")
    assert client.post(SECOND_FACTOR, {"code": "000000"}).status_code == 200
    assert "_auth_user_id" not in client.session


def test_second_factor_of_staff_cannot_be_switched_off(client, standing):
    sign_in(client, "dung")
    give_code(client)
    response = client.post("/tai-khoan/2fa/totp/deactivate/")
    assert response.status_code == 200
    assert Authenticator.objects.filter(user=standing.dung, type="totp").exists()


def test_a_hundred_people_of_one_office_sign_in_within_a_minute(client, standing):
    for number in range(100):
        add_user(f"nguoi{number}", "Lê Thị Người")
        assert sign_in(Client(), f"nguoi{number}").status_code == 302


def test_eleven_failures_stop_one_account_and_no_other(client, standing):
    guess(client, "an", 10)
    assert_stopped(sign_in(client, "an"))
    assert sign_in(Client(), "minh").status_code == 302


def test_who_has_signed_in_from_a_browser_before_is_not_held_up_by_guesses_behind_the_same_address(standing):
    office, guesser = Client(), Client()
    sign_in(office, "an")
    office.post("/tai-khoan/logout/")
    guess(guesser, "an", 10)
    assert_stopped(sign_in(guesser, "an"))
    assert sign_in(office, "an").status_code == 302
    assert sign_in(office, "an@example.vn").status_code == 302


def test_who_is_elsewhere_is_not_held_up_either(standing):
    guess(Client(REMOTE_ADDR="203.0.113.9"), "an", 11)
    assert sign_in(Client(REMOTE_ADDR="203.0.113.10"), "an").status_code == 302


def test_many_guessers_together_are_stopped_and_the_owner_in_the_known_browser_is_not(standing):
    owner = Client()
    sign_in(owner, "an")
    for number in range(10):
        guess(Client(REMOTE_ADDR=f"203.0.113.{number}"), "an", 10)
    assert_stopped(sign_in(Client(REMOTE_ADDR="203.0.113.99"), "an"))
    assert sign_in(owner, "an").status_code == 302


def test_a_known_browser_may_not_guess_for_ever(client, standing):
    sign_in(client, "an")
    client.post("/tai-khoan/logout/")
    guess(client, "an", 10)
    assert_stopped(sign_in(client, "an"))


def test_a_browser_is_known_for_those_alone_who_signed_in_from_it(client, standing):
    sign_in(client, "an")
    client.post("/tai-khoan/logout/")
    guess(Client(), "minh", 10)
    assert_stopped(sign_in(client, "minh"))


def test_an_address_that_is_only_typed_makes_no_browser_known_as_its_owner(client, standing):
    EmailAddress.objects.create(user=standing.minh, email="an@example.vn", verified=False)
    sign_in(client, "minh")
    client.post("/tai-khoan/logout/")
    guess(Client(), "an@example.vn", 10)
    assert_stopped(sign_in(client, "an@example.vn"))


def test_a_made_up_cookie_is_not_believed(client, standing):
    client.cookies[COOKIE] = f"{'x' * 16}.{_hash_of('an')}:made-up"
    guess(client, "an", 10)
    assert_stopped(sign_in(client, "an"))


def test_a_new_password_by_mail_ends_the_waiting(client, standing):
    guess(client, "an@example.vn", 10)
    assert set_anew(client, "hoc-suot-doi-2026")
    assert sign_in(client, "an@example.vn", "hoc-suot-doi-2026").status_code == 302


def guess(client, login, times):
    for _attempt in range(times):
        assert sign_in(client, login, "sai").status_code == 200


def assert_stopped(response):
    assert response.status_code == 200
    assert str(AccountAdapter.error_messages["too_many_login_attempts"]) in text(response)


def text(response):
    return response.content.decode()


def test_admin_has_no_door_of_its_own(client, standing):
    assert client.get("/quan-tri/login/?next=/quan-tri/").url == f"{SIGN_IN}?next=/quan-tri/"
    assert client.get("/quan-tri/").url.startswith(SIGN_IN)


def test_forgotten_password_is_set_anew_by_mail(client, standing):
    assert set_anew(client, "hoc-suot-doi-2026")
    assert sign_in(Client(), "an", "hoc-suot-doi-2026").status_code == 302


def set_anew(client, password):
    client.post("/tai-khoan/password/reset/", {"email": "an@example.vn"})
    link = re.search(r"http://testserver(/tai-khoan/password/reset/key/\S+)", mail.outbox[0].body).group(1)
    form = client.get(link, follow=True)
    return client.post(form.request["PATH_INFO"], {"password1": password, "password2": password}).url


def test_reset_does_not_tell_who_has_an_account(client, standing):
    known = client.post("/tai-khoan/password/reset/", {"email": "an@example.vn"})
    unknown = client.post("/tai-khoan/password/reset/", {"email": "khong-ai@example.vn"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


# --- Signing up -------------------------------------------------------------------------------


def sign_up(client, standing, **changes):
    values = {
        "full_name": "Nguyễn Thị Mới",
        "birth_year": "1970",
        "commune": str(standing.commune.pk),
        "email": "moi@example.vn",
        "password1": PASSWORD,
        "is_old_enough": "on",
    }
    return client.post(SIGN_UP, {**values, **changes})


def confirm_mailbox(client):
    link = re.search(r"http://testserver(/tai-khoan/confirm-email/\S+)", mail.outbox[-1].body).group(1)
    return client.post(link)


def test_who_signs_up_is_on_record_only_once_the_mailbox_is_proven(client, standing, today):
    assert sign_up(client, standing).url == "/tai-khoan/confirm-email/"
    user = User.objects.get(email="moi@example.vn")
    assert user.person is None
    assert "_auth_user_id" not in client.session
    confirm_mailbox(client)
    sign_in(client, "moi@example.vn")
    user.refresh_from_db()
    assert user.person.full_name == "Nguyễn Thị Mới"
    assert user.sign_up is None
    assert unit_of(user.person, today) == standing.association
    membership = Membership.objects.get(person=user.person)
    assert (membership.role, membership.is_self_declared) == (Role.MEMBER, True)


def test_unproven_mailbox_does_not_open(client, standing):
    sign_up(client, standing)
    assert sign_in(Client(), "moi@example.vn").url == "/tai-khoan/confirm-email/"
    assert not Person.objects.filter(full_name="Nguyễn Thị Mới").exists()


def test_signing_up_does_not_tell_who_has_an_account(client, standing):
    fresh, taken = sign_up(Client(), standing), sign_up(Client(), standing, email="an@example.vn")
    assert (fresh.status_code, fresh.url) == (taken.status_code, taken.url)
    assert User.objects.filter(email="an@example.vn").count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"birth_year": "2015"},
        {"is_old_enough": ""},
        {"full_name": ""},
        {"commune": ""},
        {"commune": "999999"},
        {"birth_year": "19"},
    ],
)
def test_sign_up_that_cannot_be_taken_says_why_and_makes_nothing(client, standing, changes):
    response = sign_up(client, standing, **changes)
    assert response.status_code == 200
    assert "error-summary" in text(response)
    assert not User.objects.filter(email="moi@example.vn").exists()


def test_birth_year_may_be_left_out(client, standing):
    sign_up(client, standing, birth_year="")
    assert User.objects.get(email="moi@example.vn").sign_up["birth_year"] is None


def test_account_made_at_a_desk_without_address_signs_in(client, standing):
    User.objects.create_user("ba-tu", password=PASSWORD, person=PersonFactory(full_name="Lê Thị Tư"))
    assert sign_in(client, "ba-tu").url == "/hoc-tap/"


def test_a_slip_in_a_changed_address_locks_nobody_out(client, standing):
    sign_in(client, "an")
    client.post("/tai-khoan/email/", {"action_add": "", "email": "an-sai@example.vn"})
    assert EmailAddress.objects.filter(email="an-sai@example.vn", verified=False).exists()
    assert sign_in(Client(), "an").url == "/hoc-tap/"


def test_given_secret_tells_the_code(standing, at):
    set_totp_secret(user=standing.an, secret=TOTP_SECRET, by=standing.an, at=at)
    set_totp_secret(user=standing.an, secret=TOTP_SECRET, by=standing.an, at=at)
    authenticator = Authenticator.objects.get(user=standing.an, type="totp").wrap()
    assert authenticator.validate_code(code_at(TOTP_SECRET, at))


def test_qr_code_is_drawn_on_white(client, standing):
    sign_in(client, "an")
    drawing = client.get("/tai-khoan/2fa/totp/activate/").context["totp_svg"]
    assert 'fill="#fff"' in drawing


def test_what_is_guarded_opens_by_password_and_not_by_a_code_in_the_mailbox(client, standing):
    sign_in(client, "an")
    by_mail = client.get("/tai-khoan/reauthenticate/code/")
    assert "/reauthenticate/code/" not in client.get("/tai-khoan/reauthenticate/").text
    assert by_mail.status_code != 200
    assert mail.outbox == []


def test_letter_of_a_sign_up_greets_by_name_and_speaks_of_the_site_by_its_name(client, standing):
    sign_up(client, standing, full_name="Nguyễn Thị Mới")
    letter = mail.outbox[-1]
    assert letter.subject == "[Công dân học tập] Hoàn tất đăng ký"
    assert letter.body.startswith("Kính gửi Nguyễn Thị Mới,")
    rest = re.sub(r"http\S+", "", letter.body)
    assert "testserver" not in rest
    assert "người dùng" not in rest
    assert rest.rstrip().endswith("Công dân học tập")


def test_letter_to_whom_the_site_does_not_know_greets_without_a_name(client, standing):
    client.post("/tai-khoan/password/reset/", {"email": "khong-ai@example.vn"})
    assert mail.outbox[-1].body.startswith("Xin chào,")
    assert "testserver" not in re.sub(r"http\S+", "", mail.outbox[-1].body)
