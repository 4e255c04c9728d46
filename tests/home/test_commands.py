"""Commands that set up an installation and keep it going."""

import pytest
from django.core.management import CommandError, call_command

from membership.models import User
from training_materials.models import CoursePage, MaterialPage


@pytest.fixture
def administrator(db):
    return User.objects.create_superuser("quan-tri-vien")


def test_content_is_published_once(administrator, client, capsys):
    call_command("publish_content", by=administrator.username)
    assert (MaterialPage.objects.live().count() >= 12, CoursePage.objects.live().count()) == (True, 4)
    for path in ("/", "/tai-lieu/", "/khoa-hoc/", "/tro-giup/", "/quyen-rieng-tu/", "/tiep-can/", "/gioi-thieu/"):
        assert client.get(path).status_code == 200, path
    call_command("publish_content", by=administrator.username)
    assert "nothing was changed" in capsys.readouterr().out
    assert CoursePage.objects.count() == 4


def test_content_needs_an_administrator(db):
    with pytest.raises(CommandError, match="createsuperuser"):
        call_command("publish_content", by="nobody")
