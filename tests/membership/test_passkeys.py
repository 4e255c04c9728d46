import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from wagtail.models import ModelLogEntry

from membership.actions import add_passkey, erase_person
from membership.export import export
from tests.factories.passkeys import ADD, CHALLENGE, SIGN_IN, Phone, challenge_of
from tests.factories.people import PASSWORD
from tests.membership.signing_in import SECOND_FACTOR, give_code

ACCOUNT = "/tai-khoan/"


def by_password(client, username):
    return client.post("/tai-khoan/login/", {"login": username, "password": PASSWORD}, secure=True)


def is_in(client):
    return "_auth_user_id" in client.session


@pytest.fixture
def an_with_passkey(client, standing):
    """An's phone; An has signed out again."""
    by_password(client, "an")
    phone = Phone()
    assert phone.add(client).url == "/tai-khoan/#passkeys"
    client.logout()
    return phone


@pytest.fixture
def dung_with_passkey(client, standing):
    """Dũng's phone, which is the only second factor there is; Dũng has signed out again."""
    by_password(client, "dung")
    give_code(client)
    phone = Phone()
    assert phone.add(client).url == "/tai-khoan/2fa/recovery-codes/"
    Authenticator.objects.filter(user=standing.dung, type=Authenticator.Type.TOTP).delete()
    client.logout()
    return phone


def test_a_passkey_is_instead_of_the_password(client, standing, an_with_passkey):
    assert an_with_passkey.sign_in(client).url == "/hoc-tap/"
    assert client.session["_auth_user_id"] == str(standing.an.pk)
    assert ADD not in client.get("/tai-khoan/chao-mung/", secure=True).content.decode(), "who has one needs no offer"


def test_a_citizen_with_passkey_and_password_is_not_asked_twice(client, an_with_passkey):
    assert by_password(client, "an").url == "/hoc-tap/"
    assert is_in(client)


def test_a_citizen_gets_no_recovery_codes(standing, an_with_passkey):
    assert [kept.type for kept in Authenticator.objects.filter(user=standing.an)] == [Authenticator.Type.WEBAUTHN]


def test_an_officer_is_asked_for_the_passkey_after_the_password(client, dung_with_passkey):
    assert by_password(client, "dung").url.startswith(SECOND_FACTOR)
    assert not is_in(client)
    assert client.get(SECOND_FACTOR, secure=True).status_code == 200
    assert dung_with_passkey.sign_in(client, to=SECOND_FACTOR).url == "/danh-gia/"
    assert client.get("/danh-gia/", secure=True).status_code == 200, "the door takes it for a second factor"


def test_an_officers_passkey_alone_is_both_proofs(client, dung_with_passkey):
    assert dung_with_passkey.sign_in(client).url == "/danh-gia/"
    assert client.get("/danh-gia/", secure=True).status_code == 200


def test_another_ones_passkey_is_no_second_factor(client, standing, an_with_passkey, dung_with_passkey):
    by_password(client, "dung")
    assert an_with_passkey.sign_in(client, to=SECOND_FACTOR).status_code == 200
    assert not is_in(client)


def test_an_officer_does_not_remove_their_only_second_factor(client, standing, dung_with_passkey):
    dung_with_passkey.sign_in(client)
    passkey = Authenticator.objects.get(user=standing.dung, type=Authenticator.Type.WEBAUTHN)
    client.post(f"/tai-khoan/2fa/webauthn/keys/{passkey.pk}/remove/", secure=True)
    assert Authenticator.objects.filter(pk=passkey.pk).exists()


def test_a_citizen_renames_and_removes_theirs(client, standing, an_with_passkey):
    an_with_passkey.sign_in(client)
    passkey = Authenticator.objects.get(user=standing.an)
    keys = f"/tai-khoan/2fa/webauthn/keys/{passkey.pk}"
    client.post(f"{keys}/edit/", {"name": "Máy của con"}, secure=True)
    assert "Máy của con" in client.get(ACCOUNT, secure=True).content.decode()
    assert client.get(f"{keys}/remove/", secure=True).status_code == 200
    client.post(f"{keys}/remove/", secure=True)
    assert not Authenticator.objects.filter(user=standing.an).exists()
    done = ModelLogEntry.objects.filter(action__endswith="_passkey").order_by("pk").values_list("action", "user")
    assert list(done) == [(f"membership.{what}_passkey", standing.an.pk) for what in ("add", "rename", "remove")]


def test_nobody_touches_the_passkey_of_another(client, standing, an_with_passkey):
    passkey = Authenticator.objects.get(user=standing.an)
    by_password(client, "ha")
    give_code(client)
    for what in ("edit", "remove"):
        sent = client.post(f"/tai-khoan/2fa/webauthn/keys/{passkey.pk}/{what}/", {"name": "Của tôi"}, secure=True)
        assert sent.status_code == 404
    assert Authenticator.objects.get(pk=passkey.pk).data["name"] == "Điện thoại"


def test_another_ones_name_opens_nothing(client, standing, an_with_passkey, dung_with_passkey):
    an_with_passkey.owner = dung_with_passkey.owner
    assert an_with_passkey.sign_in(client).url == "/tai-khoan/login/"
    assert not is_in(client)


def test_a_forged_signature_opens_nothing(client, an_with_passkey):
    an_with_passkey.key = Phone().key
    assert an_with_passkey.sign_in(client).url == "/tai-khoan/login/"
    assert not is_in(client)


def test_what_was_signed_once_opens_nothing_again(client, an_with_passkey):
    sent = {"credential": json.dumps(an_with_passkey.open(challenge_of(client)))}
    client.post(SIGN_IN, sent, secure=True)
    assert is_in(client)
    client.logout()
    client.post(SIGN_IN, sent, secure=True)
    challenge_of(client)
    client.post(SIGN_IN, sent, secure=True)
    assert not is_in(client)


def test_a_key_that_asks_for_nothing_opens_nothing(client, an_with_passkey):
    an_with_passkey.asks = False
    an_with_passkey.sign_in(client)
    assert not is_in(client)


def test_a_site_that_looks_like_ours_opens_nothing(client, an_with_passkey):
    an_with_passkey.origin = "https://testserver.example"
    an_with_passkey.sign_in(client)
    assert not is_in(client)


def test_what_cannot_be_read_opens_nothing(client, an_with_passkey):
    good = an_with_passkey.open(challenge_of(client))
    owners = [
        {**good, "response": {**good["response"], "userHandle": owner}} for owner in ("", "AAAA", "/w==", None, 3)
    ]
    sent = ["", "{", "[]", "{}", "3", '{"response": {}}', json.dumps({**good, "response": 3}), *map(json.dumps, owners)]
    for credential in sent:
        challenge_of(client)
        assert client.post(SIGN_IN, {"credential": credential}, secure=True).url == "/tai-khoan/login/"
    by_password(client, "an")
    for credential in sent:
        client.post(CHALLENGE, {"new": "yes"}, secure=True)
        assert client.post(ADD, {"name": "x", "credential": credential}, secure=True).status_code == 422


def test_a_closed_account_is_not_opened(client, standing, an_with_passkey):
    standing.an.is_active = False
    standing.an.save()
    an_with_passkey.sign_in(client)
    assert not is_in(client)


def test_the_same_passkey_is_kept_once(standing):
    made = {"id": "one"}
    said = {"user": standing.an, "name": "Máy", "credential": made, "by": standing.an, "at": standing.an.date_joined}
    assert add_passkey(**said) == add_passkey(**said)


def test_what_the_person_calls_it_is_exported_without_its_key(standing, an_with_passkey):
    (kept,) = export(standing.an.person)["account"]["second_factors"]
    assert kept["name"] == "Điện thoại"
    assert set(kept) == {"type", "created_at", "last_used_at", "name"}


def test_it_is_erased_with_the_person(client, standing, an_with_passkey):
    erase_person(person=standing.an.person, by=standing.an, at=standing.an.date_joined)
    assert not Authenticator.objects.filter(user=standing.an).exists()
    an_with_passkey.sign_in(client)
    assert not is_in(client)


OFFERED = [("https://hoc-tap.example.vn", True), ("http://hoc-tap.example.vn", False), ("http://localhost:8000", True)]
NOT_BY_NUMBER = [("http://127.0.0.1", False), ("https://127.0.0.1", False), ("https://[::1]", False)]


def test_it_is_offered_only_where_browsers_make_one(settings, standing):
    settings.ALLOWED_HOSTS = ["*"]
    for address, is_offered in OFFERED + NOT_BY_NUMBER:
        scheme, _, host = address.partition("://")
        asking = Client(headers={"host": host})
        page = asking.get("/tai-khoan/login/", secure=scheme == "https").content.decode()
        assert ("data-passkey=" in page) is is_offered, address
        asking.force_login(standing.an)
        by_password(asking, "an")
        page = asking.get("/tai-khoan/chao-mung/", secure=scheme == "https").content.decode()
        assert (ADD in page) is is_offered, address


def test_who_is_not_signed_in_makes_none(client, standing):
    assert "user" not in client.post(CHALLENGE, {"new": "yes"}, secure=True).json()["publicKey"]
    assert client.get(ADD, secure=True).status_code == 302
    assert client.get(CHALLENGE).status_code == 405
