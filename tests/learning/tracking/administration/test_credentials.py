import re

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from learning.tracking.actions import make_credential
from learning.tracking.models import Credential, Scope
from tests.factories.people import add_user
from tests.learning.tracking.xapi.conftest import V2, System, basic

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    client.force_login(add_user("quantri", "Quản trị", is_superuser=True))
    return client


def address(name, *args):
    return reverse(f"xapi_credentials:{name}", args=args)


def test_an_administrator_makes_a_credential_and_sees_its_secret_once(admin):
    page = admin.post(address("add"), {"name": "Trường Lê Lợi", "scopes": [Scope.WRITE_STATEMENTS]})
    credential = Credential.objects.get()
    codes = re.findall(r"<code>([^<]+)</code>", page.content.decode())
    system = System({"Authorization": basic(credential.key, codes[2]), "X-Experience-API-Version": V2})
    assert codes[0].endswith("/xapi")  # what clients append a slash and a resource to
    assert codes[1] == credential.key
    assert "no-store" in page["Cache-Control"]
    assert system.get("statements").status_code == 403  # it is known, and may not read
    listed = admin.get(address("index")).content.decode()
    assert "Trường Lê Lợi" in listed
    assert codes[2] not in listed


def test_a_credential_that_may_nothing_is_not_made(admin):
    page = admin.post(address("add"), {"name": "Trường Lê Lợi"})
    assert page.status_code == 200
    assert not Credential.objects.exists()


def test_revoking_asks_first_and_keeps_the_row(admin, standing):
    credential, _secret = make_credential(name="Cũ", scopes=list(Scope), by=None, at=timezone.now())
    way = f'href="{address("delete", credential.pk)}"'
    assert way in admin.get(address("index")).content.decode()
    assert admin.get(address("delete", credential.pk)).status_code == 200
    admin.post(address("delete", credential.pk))
    credential.refresh_from_db()
    assert credential.revoked_at is not None
    assert way not in admin.get(address("index")).content.decode()
    assert admin.get(address("delete", credential.pk)).status_code == 404


@pytest.mark.parametrize("name", ["index", "add"])
def test_nobody_else_sees_them(client, standing, name):
    client.force_login(standing.giang)
    assert client.get(address(name)).status_code in (302, 403)


def test_the_command_prints_what_basic_asks_for(db, capsys):
    call_command("xapi_credential", "Thử")
    user, _colon, secret = capsys.readouterr().out.strip().partition(":")
    system = System({"Authorization": basic(user, secret), "X-Experience-API-Version": V2})
    assert system.get("statements").status_code == 200
