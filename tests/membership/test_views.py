import datetime

import pytest

from membership.actions import accept_consent, log_file_access
from membership.export import export_parts
from membership.forms import box_of
from membership.models import ConsentText, Membership, Role
from tests.taken import told

ACCOUNT = "/tai-khoan/"


def page(client, path=ACCOUNT):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    "path", [ACCOUNT, "/tai-khoan/dong-y/", "/tai-khoan/rut-dong-y/service/", "/tai-khoan/du-lieu.zip"]
)
def test_account_pages_ask_to_sign_in(client, db, path):
    assert client.get(path).url == f"/tai-khoan/login/?next={path}"


def test_account_shows_what_is_kept(client, standing):
    client.force_login(standing.an)
    shown = page(client)
    for word in ("Trần Thị An", standing.an.person.code, "1960", "Chi hội khối phố 1", "01/07/2025"):
        assert word in shown


def test_account_tells_who_opened_the_file_and_for_which_unit(client, standing, at):
    log_file_access(user=standing.dung, person=standing.an.person, what="dossier", at=at)
    client.force_login(standing.an)
    shown = page(client)
    assert "Võ Văn Dũng" in shown
    assert "Hội Khuyến học phường Hải Châu" in shown


def test_account_does_not_grow_in_queries(client, standing, at, django_assert_max_num_queries):
    for number in range(20):
        log_file_access(user=standing.dung, person=standing.an.person, what=f"file:{number}", at=at)
        Membership.objects.create(
            person=standing.an.person, unit=standing.other_chapter, role=Role.MEMBER,
            valid_from=datetime.date(2000 + number, 1, 1), valid_to=datetime.date(2001 + number, 1, 1),
        )  # fmt: skip
    client.force_login(standing.an)
    client.get("/tai-khoan/tiep/")
    with django_assert_max_num_queries(16):
        page(client)


def test_account_without_a_person_shows_the_sign_in_only(client, administrator):
    client.force_login(administrator)
    assert "quantri" in page(client)
    assert client.get("/tai-khoan/du-lieu.zip").url == ACCOUNT
    assert client.get("/tai-khoan/dong-y/").url == "/quan-tri/"


def test_data_comes_as_a_file_with_the_parts_of_other_apps(client, standing, monkeypatch):
    monkeypatch.setattr("membership.export.export_parts", [lambda person: {"lessons": [person.pk]}])
    client.force_login(standing.an)
    response = client.get("/tai-khoan/du-lieu.zip")
    data = told(response)
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert data["person"]["full_name"] == "Trần Thị An"
    assert data["memberships"][0]["unit_code"] == "20242-01"
    assert data["lessons"] == [standing.an.person.pk]


def test_other_apps_parts_are_functions():
    assert all(callable(part) for part in export_parts)


def test_withdrawing_signs_out_and_is_asked_first(client, standing, consent_text, at):
    accept_consent(person=standing.an.person, text=consent_text, by=standing.an, at=at)
    client.force_login(standing.an)
    page(client, "/tai-khoan/rut-dong-y/service/")
    assert standing.an.person.consents.get().withdrawn_at is None
    assert client.post("/tai-khoan/rut-dong-y/service/").status_code == 200
    assert "_auth_user_id" not in client.session
    assert standing.an.person.consents.get().withdrawn_at is not None


def test_accepted_consent_is_not_asked_for_again(client, standing, consent_text, at):
    accept_consent(person=standing.an.person, text=consent_text, by=standing.an, at=at)
    client.force_login(standing.an)
    assert client.get("/tai-khoan/dong-y/?next=/tai-khoan/").url == ACCOUNT


def test_who_has_just_signed_up_is_welcomed_and_goes_on_where_they_were_led(client, standing, consent_text):
    Membership.objects.filter(person=standing.an.person).update(is_self_declared=True)
    client.force_login(standing.an)
    answer = client.post("/tai-khoan/dong-y/", {box_of(consent_text): "on", "next": "/khoa-hoc/x/"})
    assert answer.url == "/tai-khoan/chao-mung/?next=%2Fkhoa-hoc%2Fx%2F"
    shown = page(client, answer.url)
    assert standing.an.person.full_name in shown
    assert 'class="button" href="/khoa-hoc/x/"' in " ".join(shown.split())
    assert 'href="https://elsewhere.example' not in page(
        client, "/tai-khoan/chao-mung/?next=https://elsewhere.example/"
    )


def test_whom_an_officer_entered_goes_on_at_once(client, standing, consent_text):
    client.force_login(standing.an)
    answer = client.post("/tai-khoan/dong-y/", {box_of(consent_text): "on", "next": "/khoa-hoc/"})
    assert answer.url == "/khoa-hoc/"


def test_agreeing_to_a_later_text_is_no_welcome(client, standing, consent_text, at):
    Membership.objects.filter(person=standing.an.person).update(is_self_declared=True)
    accept_consent(person=standing.an.person, text=consent_text, by=standing.an, at=at)
    later = ConsentText.objects.create(version="2026-2", text="Thêm.", published_at=at)
    client.force_login(standing.an)
    answer = client.post("/tai-khoan/dong-y/", {box_of(later): "on", "next": "/khoa-hoc/"})
    assert answer.url == "/khoa-hoc/"
    assert standing.an.person.consents.filter(text=later).exists()


@pytest.mark.parametrize("path", ["/tai-khoan/login/", "/tai-khoan/signup/", "/tai-khoan/password/reset/"])
def test_pages_of_visitors_hold_nothing_inline(client, standing, path):
    shown = page(client, path)
    assert " style=" not in shown
    assert "<style" not in shown
    assert "<script>" not in shown


@pytest.mark.parametrize("path", ["email/", "password/change/", "2fa/", "2fa/totp/activate/", "2fa/recovery-codes/"])
def test_pages_of_ones_account_hold_nothing_inline(client, standing, path):
    client.post("/tai-khoan/login/", {"login": "an", "password": "mat-khau-thu-1"})
    response = client.get(f"/tai-khoan/{path}", follow=True)
    shown = response.content.decode()
    assert " style=" not in shown
    assert "<script>" not in shown
